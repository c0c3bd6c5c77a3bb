#pragma once

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// Makes the confidence of values that were read from pixels mean how often such values are right:
/// a number in a sum, product or ratio that holds gains, a value that an issue of severity warning
/// or error puts in doubt loses. Call after `validate`, with its issues in the record. What is then
/// less sure than `kSureReading` gets an issue `unsure` of severity warning, unless one names it
/// already.
TABULARIUM_API void weigh(Record& record, const RecordModel& model);

/// From this confidence on a value may be used without a look at the paper.
inline constexpr double kSureReading = 0.9;

}  // namespace tabularium
