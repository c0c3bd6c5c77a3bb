#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"

namespace tabularium {

/// How a reading of pixels may have come from a printed text. Costs count tenths of a character:
/// 10 is one that is taken for an unrelated one, lost or added. Look-alikes, and marks that a speck
/// or the end of a rule makes, cost less.
struct Misreading {
  int cost = 0;
  std::size_t begin = 0;  ///< of the printed text in the reading
  std::size_t end = 0;
  std::vector<std::size_t> places;  ///< in the reading, of each printed character; rising
};

/// What it costs to take `printed` for `read`; 0 where they are the same. "#" stands for any digit.
TABULARIUM_API int misreading_cost(char32_t printed, char32_t read);

/// The digit that `read` looks like; `read` itself where it looks like none.
TABULARIUM_API char32_t likely_digit(char32_t read);

/// The likeliest way in which the whole of `read` came from `printed`; nothing where it costs more
/// than `most`. Both are folded texts (`fold`).
TABULARIUM_API std::optional<Misreading> explain_reading(std::u32string_view printed,
                                                         std::u32string_view read, int most);

/// The same for a part of `read`, wherever it stands.
TABULARIUM_API std::optional<Misreading> find_reading(std::u32string_view printed,
                                                      std::u32string_view read, int most);

/// What a text of that many characters may cost and still be taken for the printed one.
TABULARIUM_API int misreading_budget(std::size_t length);

/// By how much another text must cost more before a reading is taken for one of several.
inline constexpr int kMisreadingMargin = 4;

}  // namespace tabularium
