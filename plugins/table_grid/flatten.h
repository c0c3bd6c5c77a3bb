#pragma once

#include <opencv2/core.hpp>

#include "trace.h"

namespace tabularium::table_grid {

/// The homography (3 by 3, pixels to pixels) that makes the traced rules as level and plumb as it
/// can: a turn, a shear, and, where `perspective` says so, a keystone. The identity where there are
/// too few rules to tell.
cv::Matx33d flattening(const Traces& traces, const cv::Size& page, bool perspective);

}  // namespace tabularium::table_grid
