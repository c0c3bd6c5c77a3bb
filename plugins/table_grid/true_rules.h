#pragma once

#include <opencv2/core.hpp>

#include "trace.h"

namespace tabularium::table_grid {

/// Drops what is no rule: strokes of characters, boxes to tick, underlines of a word, folds of the
/// paper, rules that show through from the other side.
Traces true_rules(Traces traces, double em, const cv::Size& page);

/// Darkness, 0 to 255, that the page's rules typically have. 0 where there are none.
double typical_darkness(const Traces& traces);

}  // namespace tabularium::table_grid
