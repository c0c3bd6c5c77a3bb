#pragma once

#include "tabularium/form/form.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// Turns the raw values of a form into typed ones. A value that cannot be understood becomes null
/// (a text stays text), its raw text stays in the evidence, and an issue `unparsed` names it.
/// `model` is the one that `form.record` names. Text that no field took becomes issues of
/// severity info, check `unclaimed_text`. Never throws on content.
TABULARIUM_API Record normalize(const Form& form, const RecordModel& model);

}  // namespace tabularium
