#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <optional>

namespace tabularium::table_grid {

/// Corners of the sheet on a photograph: top left, top right, bottom right, bottom left, in pixels
/// of `grey`. Nothing where the sheet fills the picture, as on every scanner.
std::optional<std::array<cv::Point2d, 4>> sheet_corners(const cv::Mat1b& grey);

/// The dark that a lid left open gives at the borders of a copy: a mask of the size of `grey`,
/// 255 where such dark is. Empty where there is none.
cv::Mat1b black_edges(const cv::Mat1b& grey);

}  // namespace tabularium::table_grid
