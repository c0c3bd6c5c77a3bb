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

/// What all print of a page has in common.
struct Print {
  double em_px = 0.0;            ///< height of a Chinese character
  double least_contrast = 22.0;  ///< levels of grey between paper and the faintest ink
};

/// The contrast that ink has on a page at least, judged by its `cells`: where the print is black,
/// what shines through from the other side is none.
double least_contrast(const std::vector<cv::Mat>& cells);

/// Finds the lines of text of a cell. `grey` may hold pieces of the rules around it.
Cell find_lines(const cv::Mat& grey, const Print& print);

/// A cell of one line whose place is known: `line`, in pixels of `grey`, which holds some of the
/// page around it. No line where there is no ink. Nothing is taken for a rule: in a box that hugs
/// its line the strokes of `二` lie where rules would.
Cell known_line(const cv::Mat& grey, const cv::Rect& line, const Print& print);

/// Height of a Chinese character, estimated from the lines of all cells; `fallback` where they tell
/// nothing (no lines at all, or signs alone).
double estimate_em_px(const std::vector<Cell>& cells, double fallback);

/// The part of the cell that the network sees: the line with some paper around it, without its
/// neighbours above and below. The cut does not depend on other cells but through `em_px`.
struct LineCut {
  cv::Mat grey;
  cv::Rect place;  ///< of the cut in the cell; may reach over the cell's edges
};
/// `room`: how much higher than usual the cut is.
LineCut cut_line(const Cell& cell, const TextLine& line, double em_px, double room = 1.0);

/// `grey` as the network wants it: kInputRows rows, paper 0, ink 1, 32-bit floating point. The same
/// steps as `normalize` of tools/train_numbers/degrade.py.
cv::Mat normalized(const cv::Mat& grey);

inline constexpr int kInputRows = 32;
inline constexpr int kMostInputColumns = 640;

}  // namespace tabularium::numbers
