#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::lines {

/// What of a line of text may be set in clearly smaller print, left to right: a note behind a
/// label. `ink` hugs the line's ink, the parts hug their own, in pixels of `page`. Small letters
/// without ascenders look the same: who reads must tell. Most lines have no such part.
std::vector<cv::Rect> small_print(const cv::Mat& page, const cv::Rect& ink);

}  // namespace tabularium::lines
