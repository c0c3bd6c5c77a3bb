#include "small_print.h"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace tabularium::lines {

namespace {

constexpr int kInk = 150;

// Of the line's height. Digits and capitals are lower than Chinese characters, but not so low; flat
// marks are no print of their own size.
constexpr double kSmall = 0.6;
constexpr double kFlat = 0.3;

/// The ink of small print is wider than this many of its heights: two characters.
constexpr double kWidth = 1.4;

/// The ink between two white columns.
struct Piece {
  int x0 = 0;
  int x1 = 0;  // one past the last
  int y0 = 0;
  int y1 = 0;
};

std::vector<Piece> pieces_of(const cv::Mat& dark) {
  cv::Mat columns;
  cv::reduce(dark, columns, 0, cv::REDUCE_MAX);
  std::vector<Piece> pieces;
  for (int x = 0; x < dark.cols; ++x) {
    if (columns.at<std::uint8_t>(x) == 0) continue;
    int end = x;
    while (end < dark.cols && columns.at<std::uint8_t>(end) != 0) ++end;
    const cv::Rect box = cv::boundingRect(dark.colRange(x, end));
    pieces.push_back({x, end, box.y, box.y + box.height});
    x = end;
  }
  return pieces;
}

/// Pieces `first` to `last` as one.
Piece joined(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
  Piece whole = pieces[first];
  for (std::size_t at = first; at <= last; ++at) {
    whole.x1 = pieces[at].x1;
    whole.y0 = std::min(whole.y0, pieces[at].y0);
    whole.y1 = std::max(whole.y1, pieces[at].y1);
  }
  return whole;
}

/// Whether the pieces `first` to `last`, together `run`, are characters of small print. Marks of
/// punctuation are as low, but no two of them fill the same rows.
bool is_small_print(const std::vector<Piece>& pieces, std::size_t first, std::size_t last,
                    const Piece& run, int tall) {
  constexpr double kFilled = 0.7;
  const int height = run.y1 - run.y0;
  if (height >= kSmall * tall || height <= kFlat * tall) return false;
  int width = 0;
  for (std::size_t at = first; at <= last; ++at) {
    if (pieces[at].y1 - pieces[at].y0 >= kFilled * height) width += pieces[at].x1 - pieces[at].x0;
  }
  return width > kWidth * height;
}

}  // namespace

std::vector<cv::Rect> small_print(const cv::Mat& page, const cv::Rect& ink) {
  const std::vector<Piece> pieces = pieces_of(page(ink) < kInk);
  std::vector<cv::Rect> parts;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    std::size_t end = at;
    while (end < pieces.size() && pieces[end].y1 - pieces[end].y0 < kSmall * ink.height) ++end;
    if (end == at) continue;
    const Piece run = joined(pieces, at, end - 1);
    if (is_small_print(pieces, at, end - 1, run, ink.height)) {
      parts.emplace_back(ink.x + run.x0, ink.y + run.y0, run.x1 - run.x0, run.y1 - run.y0);
    }
    at = end - 1;
  }
  return parts;
}

}  // namespace tabularium::lines
