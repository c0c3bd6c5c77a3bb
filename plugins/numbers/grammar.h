#pragma once

#include <string_view>
#include <vector>

#include "beam.h"

namespace tabularium::numbers {

/// How much rarer `text` is in forms than a well-formed number, date, quantity or word: 1 for what
/// is well formed, less for what hardly anybody writes (`50.00(家家)`, `12.00()`, `2025-01.01`,
/// `34,8`). Looks at neighbouring characters alone: a line may begin or end within a number.
double frequency_of(std::u32string_view text);

/// Bayes' rule: the probabilities of `readings` from the pixels, times `frequencies` (one for each,
/// 0.0 to 1.0), and scaled to sum to one with what the search left out. Where no reading is well
/// formed, some probability stays for one that the search did not see: none gets above 0.3 then.
/// Best first; equal ones keep their order.
std::vector<Reading> weighed(std::vector<Reading> readings, const std::vector<double>& frequencies);

}  // namespace tabularium::numbers
