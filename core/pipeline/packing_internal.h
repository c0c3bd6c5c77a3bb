#pragma once

#include <string>
#include <string_view>

#include "tabularium/record/record.h"

namespace tabularium {

/// A record on its way from a worker to the program, as bytes that only this build of the program
/// reads. Not JSON, because writing and reading JSON took the program longer than storing the
/// record; nothing is rounded on the way. Readings of evidence that were not chosen
/// (`Evidence::alternatives`) stay behind.
std::string packed(const Record& record);

/// The record again. Texts come out as valid UTF-8 without zero bytes, which databases refuse, and
/// dates and numbers within their bounds, whatever the worker did. Throws
/// `Error::Code::damaged_input` where the bytes are no packed record.
Record unpacked(std::string_view bytes);

}  // namespace tabularium
