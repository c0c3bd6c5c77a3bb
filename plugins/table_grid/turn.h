#pragma once

#include <opencv2/core.hpp>

namespace tabularium::table_grid {

/// Degrees by which `ink` is turned clockwise beside a multiple of 90, within 12: where its rules
/// and lines of text are sharpest when projected along rows. Print is dark: 0 paper, 255 black.
struct Skew {
  double degrees = 0.0;
  double sharpness = 0.0;
};
Skew skew_of_rows(const cv::Mat1b& ink);

/// Whether lines of text run up or down in `ink` instead of across; rules count for nothing.
bool text_runs_down(const cv::Mat1b& ink, double glyph_height);

/// Typical height of a CJK glyph in pixels of `ink`; 0 where there is too little text.
double glyph_height(const cv::Mat1b& ink);

/// Evidence for which end is up, from an ink picture with lines of text across: commas, stops and
/// decimal points hang low in a line of Chinese. Positive: upright; negative: on its head. The
/// number of marks that said so, not more than 1 for each mark.
struct Uprightness {
  int upright = 0;
  int on_head = 0;
};
Uprightness uprightness(const cv::Mat1b& ink, double glyph_height);

}  // namespace tabularium::table_grid
