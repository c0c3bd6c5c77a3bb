#pragma once

#include <string>
#include <string_view>

#include "tabularium/record/record.h"

namespace tabularium {

/// The record as docs/record.md defines it, UTF-8, numbers exact, keys in a fixed order, indented
/// by `indent` spaces (0: one line).
TABULARIUM_API std::string to_json(const Record& record, int indent = 2);

/// Reads what `to_json` wrote; numbers stay exact.
/// Throws `Error::Code::damaged_input` where it is no record.
TABULARIUM_API Record record_from_json(std::string_view json, const class RecordModel& model);

}  // namespace tabularium
