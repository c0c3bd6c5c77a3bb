#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// Whether text stands on both sides of `position`, between `from` and `to` along it, and further
/// apart than the text of one cell would: then a rule parted it once. The text is looked for as far
/// as the next of `sides`, positions of the other rules there. `gap` is the least distance. All in
/// pixels.
bool text_stands_apart(const cv::Mat1b& ink, const std::vector<double>& sides, double position,
                       double from, double to, double gap, double em);

/// Pixels from `line` to the nearest print before it and behind it together, between two places
/// along it: little where it runs through a line of text. `farthest` where there is none.
double room_for(const cv::Mat1b& ink, const Trace& line, double from, double to, double farthest);

}  // namespace tabularium::table_grid
