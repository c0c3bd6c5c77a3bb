#pragma once

#include <opencv2/core.hpp>

namespace tabularium::lines {

/// The part of a page that the network sees of one line.
struct LineCut {
  cv::Mat grey;       ///< the line with paper around it, 8 bits
  double left = 0.0;  ///< pixels of the page where it begins
};

/// Cuts `ink`, the box that hugs a line's ink in pixels, out of `page`, with paper around it: what
/// stands beside it is left out. Where lines touch, strokes that cross the box's edge go to the
/// line that holds their middle, whole. `em_px` is the usual height of a Chinese character; a flat
/// line (a dash, 一) is cut as high as one, so that its height tells what it is.
LineCut cut_line(const cv::Mat& page, const cv::Rect& ink, double em_px);

/// Whether any pixel of `ink` is as dark as print.
bool has_ink(const cv::Mat& page, const cv::Rect& ink);

}  // namespace tabularium::lines
