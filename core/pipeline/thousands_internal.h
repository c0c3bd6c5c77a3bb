#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tabularium {

/// A number whose thousands points part, with commas in their place.
struct PartedNumber {
  std::u32string text;    ///< of the whole: `=1,800.00(株)` for `=1.800.00(株)`
  bool possible = false;  ///< whether it was a number as it stood: 1.000, but not 1.800.00
};

/// Looks at the first number of `text`. Nothing where no point can stand for a comma: groups of
/// three digits follow one to three that do not begin with 0, and two decimals at most.
std::optional<PartedNumber> with_commas(std::u32string_view text);

}  // namespace tabularium
