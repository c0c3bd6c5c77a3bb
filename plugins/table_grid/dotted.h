#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// Rules of which a fax or a copy in two levels left single dots: too far apart to be followed, but
/// in one line from one of the rules `crossing` to the next, with bare paper on both sides, as
/// strokes of characters never stand. Those of the rules of one direction that none of `known` is;
/// for vertical rules pass the transposed picture.
std::vector<Trace> dotted_rules(const cv::Mat1b& ink, const std::vector<Trace>& known,
                                const std::vector<Trace>& crossing, const TraceOptions& options);

}  // namespace tabularium::table_grid
