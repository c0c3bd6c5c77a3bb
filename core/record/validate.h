#pragma once

#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// Applies the checks that the model declares; gives what they found, in the model's order, then by
/// pointer. Does not look at `record.issues`.
TABULARIUM_API std::vector<Issue> validate(const Record& record, const RecordModel& model);

}  // namespace tabularium
