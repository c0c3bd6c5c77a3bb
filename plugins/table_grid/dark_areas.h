#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::table_grid {

/// The upright rectangles of `even` (0 print, 255 paper) that are dark all over: the ground of a
/// table whose cells lie on it, seen where a row is empty, or a bar. Higher and wider than the
/// strokes of any title; `em` is the height of a typical glyph in pixels.
std::vector<cv::Rect> dark_areas(const cv::Mat1b& even, double em);

/// Makes dark areas white but for their outline: rules end at their sides, and they are no print.
void hollow(cv::Mat1b& even, const std::vector<cv::Rect>& areas, double em);

}  // namespace tabularium::table_grid
