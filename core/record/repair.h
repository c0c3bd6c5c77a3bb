#pragma once

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// Sets numbers right that a recognizer misread, where the arithmetic of the model's checks tells
/// which: of the other readings of all values that a failed sum, product, ratio, limit or range
/// puts in doubt, the likeliest choice with which all of these checks hold. Nothing is changed
/// where two choices are about as likely, where a check that held would fail, and of values that
/// the file itself stores.
///
/// Every change is an issue `repaired` of severity warning that quotes what was read and names the
/// check; the evidence keeps the raw text. All arithmetic is exact, and the result does not depend
/// on the machine.
TABULARIUM_API void repair(Record& record, const RecordModel& model);

}  // namespace tabularium
