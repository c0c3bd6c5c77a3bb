#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::table_grid {

/// Pixels of one row that stand beside each other.
struct PixelRun {
  int y = 0;
  int x0 = 0;
  int x1 = 0;  ///< one past the last
};

/// A piece of print: pixels that touch each other, at corners too.
struct Component {
  cv::Rect box;
  int area = 0;
};

/// What is set in a mask, as runs and as pieces. A page is nine parts paper: runs are a fiftieth of
/// its pixels, and joining runs is several times as fast as labelling pixels.
struct Components {
  std::vector<PixelRun> runs;      ///< by row, then from left to right
  std::vector<std::size_t> piece;  ///< of each run: its place in `pieces`
  std::vector<Component> pieces;   ///< by their first run
};

/// The runs of pixels that are not 0.
std::vector<PixelRun> runs_of(const cv::Mat1b& mask);

Components components_of(const cv::Mat1b& mask);

}  // namespace tabularium::table_grid
