#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

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

/// How much of the page's rules is missing. A clean print has no holes in them.
struct Wear {
  bool worn = false;
  double hole = 0.0;  ///< pixels of a long hole
};

/// Looks for holes in the sides that are drawn without a doubt. Pictures as for `drawn_sides`.
Wear wear_of(const Traces& traces, const cv::Mat1b& across_ink, const cv::Mat1b& down_ink,
             const TraceOptions& options);

/// Cuts the traces at every crossing and keeps the sides of cells that are really drawn, with
/// gaps or faint as they may be, and closes the corners. On a worn page sides are made up where
/// the rest of the grid says that they were there. Both pictures show the same ink, `down_ink`
/// transposed.
std::vector<PixelRule> drawn_sides(const Traces& traces, const cv::Mat1b& across_ink,
                                   const cv::Mat1b& down_ink, const TraceOptions& options,
                                   const Wear& wear);

}  // namespace tabularium::table_grid
