#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::numbers {

/// One line of text in a cell: where it stands in the cell's pixels, and its ink.
struct TextLine {
  cv::Rect ink;  ///< the smallest box that holds its ink
  int lines_in_cell = 1;
};

/// A cell's pixels and what a first look tells of them.
struct Cell {
  cv::Mat grey;                 ///< 8 bits, one channel
  cv::Mat is_ink;               ///< 8 bits: 255 where there is ink, 0 on paper; rules are left out
  std::vector<TextLine> lines;  ///< from the top
};

/// Finds the lines of text of a cell. `grey` may hold pieces of the rules around it. `em_px`:
/// height of a Chinese character as far as it is known.
Cell find_lines(const cv::Mat& grey, double em_px);

/// Height of a Chinese character, estimated from the lines of all cells; `fallback` where they tell
/// nothing (no lines at all, or signs alone).
double estimate_em_px(const std::vector<Cell>& cells, double fallback);

/// The part of the cell that the network sees: the line with some paper around it, without its
/// neighbours above and below. The cut does not depend on other cells but through `em_px`.
struct LineCut {
  cv::Mat grey;
  cv::Rect place;  ///< of the cut in the cell; may reach over the cell's edges
};
LineCut cut_line(const Cell& cell, const TextLine& line, double em_px);

/// `grey` as the network wants it: kInputRows rows, paper 0, ink 1, 32-bit floating point. The same
/// steps as `normalize` of tools/train_numbers/degrade.py.
cv::Mat normalized(const cv::Mat& grey);

inline constexpr int kInputRows = 32;
inline constexpr int kMostInputColumns = 640;

}  // namespace tabularium::numbers
