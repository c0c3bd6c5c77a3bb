#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// The two directions of one page. `down` traces have `along` = y and `across` = x.
struct Traces {
  std::vector<Trace> across;  ///< horizontal rules
  std::vector<Trace> down;    ///< vertical rules
};

/// Drops what is no rule: strokes of characters, boxes to tick, underlines of a word, folds of the
/// paper, rules that show through from the other side.
Traces true_rules(Traces traces, double em, const cv::Size& page);

/// A straight rule in pixels; from and to are where it meets the rules at its ends.
struct PixelRule {
  bool horizontal = true;
  double position = 0.0;
  double from = 0.0;
  double to = 0.0;
  double thickness = 1.0;
  std::size_t trace = 0;  ///< which of the traces of its direction it is a part of
  double settled = 0.0;   ///< position, from and to as the grid has them: near positions are one
  double settled_from = 0.0;
  double settled_to = 0.0;
};

/// Cuts the traces at every crossing and keeps the sides of cells that are really drawn, with
/// gaps or faint as they may be, and closes the corners. Both pictures show the
/// same ink, `down_ink` transposed.
std::vector<PixelRule> drawn_sides(const Traces& traces, const cv::Mat1b& across_ink,
                                   const cv::Mat1b& down_ink, const TraceOptions& options);

}  // namespace tabularium::table_grid
