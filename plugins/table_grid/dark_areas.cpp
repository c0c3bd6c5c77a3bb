#include "dark_areas.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {

namespace {

constexpr int kDark = 150;
constexpr double kLeastSide = 0.6;   // ems: thicker than the strokes of titles
constexpr double kLongerSide = 2.5;  // ems
constexpr double kTint = 0.67;       // ems: no stroke is as broad
constexpr double kFilled = 0.9;      // of its rectangle
constexpr double kSmallEm = 8.0;  // pixels of a glyph in the picture that areas are looked for in

bool is_dark_row(const cv::Mat1b& even, const cv::Rect& area, int y) {
  return cv::mean(even.row(y).colRange(area.x, area.br().x))[0] < kDark;
}

bool is_dark_column(const cv::Mat1b& even, const cv::Rect& area, int x) {
  return cv::mean(even.col(x).rowRange(area.y, area.br().y))[0] < kDark;
}

/// Moves the sides of a rectangle that was found in a small picture to where the dark begins.
cv::Rect refined(const cv::Mat1b& even, const cv::Rect& found, int reach) {
  const cv::Rect page(0, 0, even.cols, even.rows);
  const cv::Rect core = cv::Rect(found.x + reach, found.y + reach, found.width - 2 * reach,
                                 found.height - 2 * reach) &
                        page;
  if (core.empty()) return {};
  int top = core.y;
  int bottom = core.br().y;
  int left = core.x;
  int right = core.br().x;
  const int most = 3 * reach;
  while (top > 0 && core.y - top < most && is_dark_row(even, core, top - 1)) --top;
  while (bottom < even.rows && bottom - core.br().y < most && is_dark_row(even, core, bottom)) {
    ++bottom;
  }
  while (left > 0 && core.x - left < most && is_dark_column(even, core, left - 1)) --left;
  while (right < even.cols && right - core.br().x < most && is_dark_column(even, core, right)) {
    ++right;
  }
  return {left, top, right - left, bottom - top};
}

}  // namespace

std::vector<cv::Rect> dark_areas(const cv::Mat1b& even, double em) {
  const double scale = std::min(1.0, kSmallEm / em);
  cv::Mat1b small;
  cv::resize(even, small, {}, scale, scale, cv::INTER_AREA);
  cv::Mat1b dark = small < kDark;
  if (cv::countNonZero(dark) == 0) return {};
  const int side = std::max(2, cvRound(kLeastSide * em * scale));
  cv::morphologyEx(dark, dark, cv::MORPH_OPEN, cv::Mat::ones(side, side, CV_8U));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(dark, labels, stats, middles, 4, CV_32S);
  std::vector<cv::Rect> areas;
  const int reach = std::max(1, cvCeil(1.0 / scale));
  for (int label = 1; label < count; ++label) {
    const cv::Rect box(
        stats.at<int>(label, cv::CC_STAT_LEFT), stats.at<int>(label, cv::CC_STAT_TOP),
        stats.at<int>(label, cv::CC_STAT_WIDTH), stats.at<int>(label, cv::CC_STAT_HEIGHT));
    if (std::max(box.width, box.height) < kLongerSide * em * scale) continue;
    if (stats.at<int>(label, cv::CC_STAT_AREA) < kFilled * box.area()) continue;
    const cv::Rect found(cvRound(box.x / scale), cvRound(box.y / scale), cvRound(box.width / scale),
                         cvRound(box.height / scale));
    const cv::Rect area = refined(even, found, reach);
    if (!area.empty()) areas.push_back(area);
  }
  return areas;
}

void hollow(cv::Mat1b& even, const std::vector<cv::Rect>& areas, double em) {
  const int outline = std::max(2, cvRound(0.06 * em));
  for (const cv::Rect& area : areas) {
    const cv::Rect inside(area.x + outline, area.y + outline, area.width - 2 * outline,
                          area.height - 2 * outline);
    if (!inside.empty()) even(inside).setTo(255);
  }
}

void take_tints(cv::Mat1b& ink, double em, int faintest) {
  // A small picture tells where there is any: few pages have tints, and most of a page has none.
  constexpr double kBlock = 4.0;  // of the blocks of the small picture, a glyph's height
  const double scale = std::min(1.0, kBlock / em);
  cv::Mat1b small;
  cv::resize(ink, small, {}, scale, scale, cv::INTER_AREA);
  cv::morphologyEx(small, small, cv::MORPH_OPEN, cv::Mat::ones(2, 6, CV_8U));
  cv::Mat1b tinted = small >= faintest;
  if (cv::countNonZero(tinted) == 0) return;
  cv::dilate(tinted, tinted, cv::Mat::ones(3, 3, CV_8U));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(tinted, labels, stats, middles, 8, CV_32S);
  const int side = std::max(3, cvRound(kTint * em));
  const cv::Mat1b kernel = cv::Mat1b::ones(side, side);
  const cv::Rect page(0, 0, ink.cols, ink.rows);
  for (int label = 1; label < count; ++label) {
    const cv::Rect box =
        cv::Rect(cvFloor(stats.at<int>(label, cv::CC_STAT_LEFT) / scale) - side,
                 cvFloor(stats.at<int>(label, cv::CC_STAT_TOP) / scale) - side,
                 cvCeil(stats.at<int>(label, cv::CC_STAT_WIDTH) / scale) + 2 * side,
                 cvCeil(stats.at<int>(label, cv::CC_STAT_HEIGHT) / scale) + 2 * side) &
        page;
    cv::Mat1b part = ink(box);
    cv::Mat1b ground;
    cv::morphologyEx(part, ground, cv::MORPH_OPEN, kernel);
    part -= ground;
  }
}

}  // namespace tabularium::table_grid
