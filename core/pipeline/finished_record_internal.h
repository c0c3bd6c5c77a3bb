#pragma once

#include "tabularium/form/form.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// The record of one form as it leaves the stages: normalized, repaired, checked and weighed. Its
/// boxes stand on the pages as they were read.
Record finished_record(const Form& form, const RecordModel& model, Source source);

}  // namespace tabularium
