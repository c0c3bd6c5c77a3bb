#pragma once

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// Makes the confidence of values that were read from pixels mean how often such values are right
/// (docs/calibration.md): what recognizers say of numbers, texts and narratives is brought to what
/// was measured; a number in a sum, product or ratio that holds gains; where a rule fails, its
/// values lose by how likely each of them was misread rather than written so; a value that another
/// issue of severity warning or error names loses more. Call after `validate`, with its issues in
/// the record. A number that was read less surely than `kSureReading`, a text nearly so, gets an
/// issue `unsure` of severity warning, unless one names it already.
TABULARIUM_API void weigh(Record& record, const RecordModel& model);

/// From this confidence on a value may be used without a look at the paper.
inline constexpr double kSureReading = 0.9;

}  // namespace tabularium
