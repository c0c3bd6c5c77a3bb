#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::table_grid {

/// Pixels of a page as given, in one grey plane, coloured seals taken out.
struct GreyScan {
  cv::Mat1b grey;
  std::vector<cv::Rect> seals;  ///< pixels of `grey`
};

/// Grey of `colours` (8 bits, red green blue). The ink of a seal is red or blue: in the channel of
/// its own colour it is nearly as light as paper while black print stays dark, so inside a seal
/// that channel stands for the grey.
GreyScan grey_without_seals(const cv::Mat3b& colours);

/// `grey` with even paper: every pixel relative to the paper around it, the print's own black
/// stretched to 0. Folds, stains, shadows and yellow paper give 255, or nearly.
cv::Mat1b even_paper(const cv::Mat1b& grey);

/// Makes white what is much fainter than the print (the other side's print, stains). `samples` are
/// those of an even page, `faintest` is the darkness (0 to 255) from which on something counts as
/// print.
void take_ghosts(std::vector<std::uint8_t>& samples, int faintest);

}  // namespace tabularium::table_grid
