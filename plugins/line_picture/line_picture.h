#pragma once

#include <opencv2/core.hpp>

#include "tabularium/page/page.h"

namespace tabularium {

/// The pixels of `image` as grey levels. Shares the samples where they are grey already, so that
/// `image` must outlive it. Throws `Error::Code::damaged_input`: samples that do not fit the size,
/// a resolution of 0 or less.
cv::Mat grey_matrix(const PageImage& image);

/// The level of grey below which the share `part` of the pixels lies.
double grey_at(const cv::Mat& grey, double part);

/// The picture of a line as a network wants it: `rows` rows and as many columns as its shape asks
/// for, 8 to `most_columns`; paper 0, ink 1, 32-bit floating point. The same steps as `normalize`
/// of tools/train_numbers/degrade.py.
cv::Mat normalized_line(const cv::Mat& grey, int rows, int most_columns);

}  // namespace tabularium
