#include "cut.h"

#include <algorithm>
#include <cmath>

namespace tabularium::lines {

namespace {

constexpr double kMargin = 0.07;       // ems of paper on every side, as in training
constexpr double kLeastHeight = 0.85;  // ems: of the ink of a line with a Chinese character in it
constexpr std::uint8_t kPaper = 255;   // of `UprightPage::text`
constexpr int kInk = 150;

}  // namespace

LineCut cut_line(const cv::Mat& page, const cv::Rect& ink, double em_px) {
  const double tall = std::max({static_cast<double>(ink.height), kLeastHeight * em_px, 6.0});
  const double em = std::max(tall / 0.92, 0.8 * em_px);
  const int side = std::max(1, static_cast<int>(std::lround(kMargin * em)));
  const int rows = static_cast<int>(std::lround(tall + 2.0 * kMargin * em));
  const int top = (rows - ink.height) / 2;
  LineCut cut{cv::Mat(std::max(rows, ink.height), ink.width + 2 * side, CV_8U, cv::Scalar(kPaper)),
              static_cast<double>(ink.x - side)};
  page(ink).copyTo(cut.grey(cv::Rect(side, std::max(0, top), ink.width, ink.height)));
  return cut;
}

bool has_ink(const cv::Mat& page, const cv::Rect& ink) {
  for (int y = ink.y; y < ink.y + ink.height; ++y) {
    const std::uint8_t* row = page.ptr<std::uint8_t>(y);
    if (std::any_of(row + ink.x, row + ink.x + ink.width,
                    [](std::uint8_t level) { return level < kInk; })) {
      return true;
    }
  }
  return false;
}

}  // namespace tabularium::lines
