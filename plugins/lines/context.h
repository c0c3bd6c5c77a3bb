#pragma once

#include <vector>

#include "readings.h"

namespace tabularium::lines {

/// Weighs characters that look alike by what stands beside them: `O` and `0`, `I`, `l` and `1` by
/// whether their neighbours are digits, capitals or small letters, or the carbon of CO2; 一 and the
/// dash, points, commas and 。 by whether they stand among Chinese characters; the circle ○ is the
/// numeral 〇 between Chinese numerals. Only what the network itself thought of changes places.
/// `places` are those of one line, in order.
void heed_neighbours(std::vector<Place>& places);

}  // namespace tabularium::lines
