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

/// Takes from `ink` (0 paper, 255 print) the tint of shaded cells, so that the rules at their sides
/// and within them stand alone: what is at least as high and as wide as two thirds of a glyph,
/// which no stroke and no rule is. Tints fainter than `faintest` stay: no rule is looked for there.
void take_tints(cv::Mat1b& ink, double em, int faintest);

}  // namespace tabularium::table_grid
