#include "turn.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tabularium::table_grid {

namespace {

constexpr int kPrint = 110;  // darkness from which on a pixel is print

struct Spot {
  cv::Rect box;
  int area = 0;
};

std::vector<Spot> spots(const cv::Mat1b& ink) {
  cv::Mat1b mask;
  cv::threshold(ink, mask, kPrint, 255, cv::THRESH_BINARY);
  cv::Mat1i labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  std::vector<Spot> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    all.push_back({{s[0], s[1], s[2], s[3]}, s[4]});
  }
  return all;
}

std::vector<cv::Point> print_points(const cv::Mat1b& ink) {
  std::vector<cv::Point> points;
  for (int y = 0; y < ink.rows; ++y) {
    const std::uint8_t* row = ink[y];
    for (int x = 0; x < ink.cols; ++x) {
      if (row[x] >= kPrint) points.emplace_back(x, y);
    }
  }
  return points;
}

// Sum of squared steps of the projection along rows that fall by `slope` (Postl's measure): large
// where lines of text and rules meet whole bins.
double sharpness(const std::vector<cv::Point>& points, const cv::Size& size, double slope) {
  const int offset = cvCeil(std::abs(slope) * size.width) + 2;
  std::vector<int> bins(static_cast<std::size_t>(size.height + 2 * offset), 0);
  const int fixed = cvRound(slope * 65536.0);
  for (const cv::Point& p : points) {
    const int y = p.y - ((p.x * fixed + 32768) >> 16) + offset;
    ++bins[static_cast<std::size_t>(y)];
  }
  double sum = 0.0;
  for (std::size_t i = 1; i < bins.size(); ++i) {
    const double step = bins[i] - bins[i - 1];
    sum += step * step;
  }
  return sum;
}

// Print without rules, frames and other large shapes.
cv::Mat1b text_alone(const cv::Mat1b& ink) {
  cv::Mat1b mask;
  cv::threshold(ink, mask, kPrint, 255, cv::THRESH_BINARY);
  cv::Mat1i labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  const int most = std::max(ink.cols, ink.rows) / 22;
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 0);
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    keep[static_cast<std::size_t>(i)] = s[2] <= most && s[3] <= most && s[4] >= 4 ? 255 : 0;
  }
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) mask(y, x) = keep[static_cast<std::size_t>(labels(y, x))];
  }
  return mask;
}

}  // namespace

Skew skew_of_rows(const cv::Mat1b& ink) {
  const std::vector<cv::Point> points = print_points(ink);
  if (points.size() < 50) return {};
  Skew best{0.0, sharpness(points, ink.size(), 0.0)};
  const auto search = [&](double from, double to, double step) {
    for (double degrees = from; degrees <= to + 1e-9; degrees += step) {
      const double s = sharpness(points, ink.size(), std::tan(degrees * CV_PI / 180.0));
      if (s > best.sharpness) best = {degrees, s};
    }
  };
  search(-12.0, 12.0, 0.4);
  search(best.degrees - 0.4, best.degrees + 0.4, 0.1);
  search(best.degrees - 0.1, best.degrees + 0.1, 0.02);
  return best;
}

bool text_runs_down(const cv::Mat1b& ink, double glyph_height) {
  // Glyphs of one line stand closer to each other than lines do: a little spread along the lines
  // joins more of them than the same spread across.
  const cv::Mat1b text = text_alone(ink);
  const int spread = std::max(2, cvRound(0.22 * glyph_height)) + 1;
  const auto count = [&](const cv::Size& size) {
    cv::Mat1b joined;
    cv::dilate(text, joined, cv::getStructuringElement(cv::MORPH_RECT, size));
    cv::Mat1i labels;
    return cv::connectedComponents(joined, labels, 8, CV_32S);
  };
  return count({1, spread}) < count({spread, 1});
}

double glyph_height(const cv::Mat1b& ink) {
  std::vector<std::pair<int, double>> heights;  // height, weight
  double total = 0.0;
  const int most = std::max(ink.cols, ink.rows) / 20;
  for (const Spot& spot : spots(ink)) {
    const cv::Rect& b = spot.box;
    if (b.height < 6 || b.width < 6 || b.height > most || b.width > most) continue;
    const double aspect = static_cast<double>(b.width) / b.height;
    if (aspect < 0.6 || aspect > 1.7) continue;
    // Where rules are broken their corners and crossings stand alone: thin strokes, much paper.
    if (spot.area < 0.1 * b.area()) continue;
    heights.emplace_back(std::max(b.width, b.height), b.area());
    total += b.area();
  }
  if (heights.size() < 12) return 0.0;
  std::sort(heights.begin(), heights.end());
  double seen = 0.0;
  for (const auto& [height, weight] : heights) {
    seen += weight;
    if (seen >= 0.6 * total) return height;
  }
  return heights.back().first;
}

Uprightness uprightness(const cv::Mat1b& ink, double glyph_height) {
  Uprightness votes;
  if (glyph_height < 6.0) return votes;
  std::vector<Spot> marks;
  std::vector<cv::Rect> glyphs;
  const double em = glyph_height;
  for (const Spot& spot : spots(ink)) {
    const cv::Rect& b = spot.box;
    if (b.width > 3 * em || b.height > 1.6 * em) continue;
    const bool small = b.width < 0.4 * em && b.height < 0.45 * em;
    if (small && spot.area >= 0.006 * em * em) marks.push_back(spot);
    if (!small && b.height > 0.5 * em) glyphs.push_back(b);
  }
  std::sort(glyphs.begin(), glyphs.end(),
            [](const cv::Rect& a, const cv::Rect& b) { return a.y < b.y; });
  for (const Spot& mark : marks) {
    const cv::Rect& m = mark.box;
    const double centre_y = m.y + m.height / 2.0;
    double top = 1e9;
    double bottom = -1e9;
    int beside = 0;
    bool free = true;
    const auto first = std::lower_bound(glyphs.begin(), glyphs.end(), m.y - 1.7 * em,
                                        [](const cv::Rect& g, double y) { return g.y < y; });
    for (auto g = first; g != glyphs.end() && g->y < m.br().y + em; ++g) {
      const bool same_line = g->y - 0.3 * em < centre_y && g->br().y + 0.3 * em > centre_y;
      if (!same_line) continue;
      if (g->x < m.br().x && g->br().x > m.x) {
        free = false;  // above or below the mark: it is a stroke of that glyph
        break;
      }
      const int gap = g->x >= m.br().x ? g->x - m.br().x : m.x - g->br().x;
      if (gap > 1.0 * em) continue;
      ++beside;
      top = std::min<double>(top, g->y);
      bottom = std::max<double>(bottom, g->br().y);
    }
    if (!free || beside == 0 || bottom - top < 0.7 * em || bottom - top > 1.5 * em) continue;
    const double place = (centre_y - top) / (bottom - top);
    if (place > 0.7) ++votes.upright;
    if (place < 0.3) ++votes.on_head;
  }
  return votes;
}

}  // namespace tabularium::table_grid
