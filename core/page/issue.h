#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"

namespace tabularium {

enum class Severity : std::uint8_t { info, warning, error };

/// "info", "warning", "error".
TABULARIUM_API std::string_view to_string(Severity severity) noexcept;

/// Something wrong with the content of a form or page. What stops a document is an `Error`.
struct Issue {
  std::string check;  ///< what found it, for example "sum", "unclaimed_text", "reader"
  Severity severity = Severity::warning;
  std::string pointer;  ///< JSON Pointer into the record; empty for the record as a whole
  std::vector<std::string> related;  ///< pointers of the other values that are in doubt
  std::string message;

  bool operator==(const Issue&) const = default;
};

}  // namespace tabularium
