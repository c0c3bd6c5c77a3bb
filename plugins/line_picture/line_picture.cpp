#include "line_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>

#include "tabularium/page/error.h"

namespace tabularium {

cv::Mat grey_matrix(const PageImage& image) {
  const auto wanted = static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height) *
                      static_cast<std::size_t>(image.channels);
  const bool sound = image.width > 0 && image.height > 0 && image.dpi > 0.0 &&
                     (image.channels == 1 || image.channels == 3) && image.samples.size() == wanted;
  if (!sound) {
    throw Error(Error::Code::damaged_input,
                "an image of " + std::to_string(image.width) + " x " +
                    std::to_string(image.height) + " pixels, " + std::to_string(image.channels) +
                    " channels, " + std::to_string(image.dpi) + " dpi and " +
                    std::to_string(image.samples.size()) + " samples cannot be read");
  }
  // OpenCV has no matrix over constant bytes; nobody writes through this one.
  const cv::Mat pixels(image.height, image.width, image.channels == 1 ? CV_8UC1 : CV_8UC3,
                       const_cast<std::uint8_t*>(image.samples.data()));
  if (image.channels == 1) return pixels;
  cv::Mat grey;
  cv::cvtColor(pixels, grey, cv::COLOR_RGB2GRAY);
  return grey;
}

double grey_at(const cv::Mat& grey, double part) {
  std::array<std::int64_t, 256> histogram{};
  for (int y = 0; y < grey.rows; ++y) {
    const std::uint8_t* row = grey.ptr<std::uint8_t>(y);
    for (int x = 0; x < grey.cols; ++x) ++histogram[row[x]];
  }
  const auto total = static_cast<std::int64_t>(grey.total());
  const auto wanted = static_cast<std::int64_t>(part * static_cast<double>(total - 1));
  std::int64_t seen = 0;
  for (int level = 0; level < 256; ++level) {
    seen += histogram[static_cast<std::size_t>(level)];
    if (seen > wanted) return level;
  }
  return 255;
}

cv::Mat normalized_line(const cv::Mat& grey, int rows, int most_columns) {
  const int width =
      std::clamp(static_cast<int>(std::lround(static_cast<double>(grey.cols) * rows / grey.rows)),
                 8, most_columns);
  cv::Mat scaled;
  cv::resize(grey, scaled, {width, rows}, 0, 0,
             grey.rows > rows ? cv::INTER_AREA : cv::INTER_LINEAR);
  const double paper = grey_at(scaled, 0.8);
  const double spread = std::max(paper - grey_at(scaled, 0.01), 60.0);
  cv::Mat image;
  scaled.convertTo(image, CV_32F, -1.0 / spread, paper / spread);
  cv::max(image, -0.25, image);
  cv::min(image, 1.25, image);
  return image;
}

}  // namespace tabularium
