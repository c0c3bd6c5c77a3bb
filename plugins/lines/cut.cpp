#include "cut.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tabularium::lines {

namespace {

constexpr double kMargin = 0.07;       // ems of paper on every side, as in training
constexpr double kLeastHeight = 0.85;  // ems: of the ink of a line with a Chinese character in it
constexpr std::uint8_t kPaper = 255;   // of `UprightPage::text`
constexpr int kInk = 150;

bool row_has_ink(const cv::Mat& page, const cv::Rect& ink, int y) {
  if (y < 0 || y >= page.rows) return false;
  const std::uint8_t* row = page.ptr<std::uint8_t>(y);
  return std::any_of(row + ink.x, row + ink.x + ink.width,
                     [](std::uint8_t level) { return level < kInk; });
}

/// Of connected strokes, what belongs to the line of the rows `first` to `last`.
enum class Share : std::uint8_t { all, inside, nothing };

Share share_of(const cv::Mat& stats, const cv::Mat& centroids, int label, int first, int last,
               int rows, double em_px) {
  constexpr double kTwoLines = 1.2;  // ems: strokes so high belong to characters that touch
  const int top = stats.at<int>(label, cv::CC_STAT_TOP);
  const int height = stats.at<int>(label, cv::CC_STAT_HEIGHT);
  if (top >= first && top + height - 1 <= last) return Share::all;
  if (height > kTwoLines * em_px) return Share::inside;
  const double middle = centroids.at<double>(label, 1);
  if (middle < first || middle > last) return Share::nothing;
  // They go on beyond what is looked at.
  const bool ends = (top > 0 || first == 0) && (top + height < rows || last == rows - 1);
  return ends ? Share::all : Share::inside;
}

/// The strokes of the line that `ink` bounds, where lines are set so tightly that the feet of one
/// stand among the heads of the next: the tail of a comma below the box is its own, the dot of an
/// `i` of the next line is not.
cv::Mat strokes_of(const cv::Mat& page, const cv::Rect& ink, double em_px) {
  constexpr double kReach = 0.25;  // ems that strokes may stand out
  const int last = ink.y + ink.height - 1;
  if (!row_has_ink(page, ink, ink.y - 1) && !row_has_ink(page, ink, last + 1)) {
    return page(ink);
  }
  const int reach = static_cast<int>(std::lround(kReach * em_px));
  const int top = std::max(0, ink.y - reach);
  const int bottom = std::min(page.rows, last + 1 + reach);
  cv::Mat grey = page(cv::Rect(ink.x, top, ink.width, bottom - top)).clone();
  const cv::Mat dark = grey < kInk;
  cv::Mat labels, stats, centroids;
  const int count = cv::connectedComponentsWithStats(dark, labels, stats, centroids, 8, CV_32S);
  std::vector<Share> shares(static_cast<std::size_t>(count), Share::nothing);
  for (int label = 1; label < count; ++label) {
    shares[static_cast<std::size_t>(label)] =
        share_of(stats, centroids, label, ink.y - top, last - top, grey.rows, em_px);
  }
  cv::Mat own(grey.size(), CV_8U, cv::Scalar(0));
  for (int y = 0; y < grey.rows; ++y) {
    const bool inside = y >= ink.y - top && y <= last - top;
    const int* label = labels.ptr<int>(y);
    std::uint8_t* kept = own.ptr<std::uint8_t>(y);
    for (int x = 0; x < grey.cols; ++x) {
      const Share share = shares[static_cast<std::size_t>(label[x])];
      if (share == Share::all || (share == Share::inside && inside)) kept[x] = 255;
    }
  }
  // Strokes have soft edges: a pixel around them goes with them.
  cv::Mat strange = dark & ~own;
  cv::dilate(strange, strange, cv::Mat());
  cv::Mat near;
  cv::dilate(own, near, cv::Mat());
  strange.rowRange(0, ink.y - top).setTo(255);
  strange.rowRange(last + 1 - top, grey.rows).setTo(255);
  grey.setTo(kPaper, strange & ~near);
  cv::Mat by_row;
  cv::reduce(own, by_row, 1, cv::REDUCE_MAX);
  int from = 0;
  int to = grey.rows;
  while (from < ink.y - top && by_row.at<std::uint8_t>(from) == 0) ++from;
  while (to > last + 1 - top && by_row.at<std::uint8_t>(to - 1) == 0) --to;
  return grey.rowRange(from, to);
}

}  // namespace

LineCut cut_line(const cv::Mat& page, const cv::Rect& ink, double em_px) {
  const cv::Mat strokes = strokes_of(page, ink, em_px);
  const double tall = std::max({static_cast<double>(strokes.rows), kLeastHeight * em_px, 6.0});
  const double em = std::max(tall / 0.92, 0.8 * em_px);
  const int side = std::max(1, static_cast<int>(std::lround(kMargin * em)));
  const int rows = static_cast<int>(std::lround(tall + 2.0 * kMargin * em));
  const int top = (rows - strokes.rows) / 2;
  LineCut cut{
      cv::Mat(std::max(rows, strokes.rows), ink.width + 2 * side, CV_8U, cv::Scalar(kPaper)),
      static_cast<double>(ink.x - side)};
  strokes.copyTo(cut.grey(cv::Rect(side, std::max(0, top), ink.width, strokes.rows)));
  return cut;
}

bool has_ink(const cv::Mat& page, const cv::Rect& ink) {
  for (int y = ink.y; y < ink.y + ink.height; ++y) {
    if (row_has_ink(page, ink, y)) return true;
  }
  return false;
}

}  // namespace tabularium::lines
