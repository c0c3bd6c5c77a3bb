#pragma once

#include <vector>

#include "sides.h"

namespace tabularium::table_grid {

/// Fills in `settled` and the two ends: rules nearer to each other than anything that holds text is
/// wide stand on one position. `em` is the height of a glyph in pixels.
void settle_positions(std::vector<PixelRule>& rules, double em);

}  // namespace tabularium::table_grid
