#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// Whether text stands on both sides of a part of `line`, `from` to `to` along it, and further
/// apart than the text of one cell would: then a rule parted it once. `lines` are the traces of
/// the direction of `line`, itself among them: the text is looked for as far as the next of them.
/// `gap` is the least distance in pixels.
bool text_stands_apart(const cv::Mat1b& ink, const std::vector<Trace>& lines, const Trace& line,
                       double from, double to, double gap, const TraceOptions& options);

/// Pixels from `line` to the nearest print before it and behind it together, between two places
/// along it: little where it runs through a line of text. `farthest` where there is none.
double room_for(const cv::Mat1b& ink, const Trace& line, double from, double to, double farthest);

}  // namespace tabularium::table_grid
