#include "turn.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "components.h"

namespace tabularium::table_grid {

namespace {

constexpr int kPrint = 110;  // darkness from which on a pixel is print

Components print_of(const cv::Mat1b& ink) {
  cv::Mat1b mask;
  cv::threshold(ink, mask, kPrint, 255, cv::THRESH_BINARY);
  return components_of(mask);
}

// Sum of squared steps of the projection along rows that fall by `slope` (Postl's measure): large
// where lines of text and rules meet whole bins.
double sharpness(const std::vector<PixelRun>& runs, const cv::Size& size, double slope) {
  const int offset = cvCeil(std::abs(slope) * size.width) + 2;
  std::vector<int> bins(static_cast<std::size_t>(size.height + 2 * offset), 0);
  const int fixed = cvRound(slope * 65536.0);
  std::vector<int> fall(static_cast<std::size_t>(size.width));
  for (int x = 0; x < size.width; ++x) {
    fall[static_cast<std::size_t>(x)] = (x * fixed + 32768) >> 16;
  }
  for (const PixelRun& run : runs) {
    const int* const end = fall.data() + run.x1;
    // Most runs are shorter than the way to the next step.
    for (const int* from = fall.data() + run.x0; from != end;) {
      const int now = *from;
      const int* to = end;
      if (end[-1] != now) to = std::find_if(from, end, [&](int other) { return other != now; });
      bins[static_cast<std::size_t>(run.y - now + offset)] += static_cast<int>(to - from);
      from = to;
    }
  }
  double sum = 0.0;
  for (std::size_t i = 1; i < bins.size(); ++i) {
    const double step = bins[i] - bins[i - 1];
    sum += step * step;
  }
  return sum;
}

// The skew to 0.4 degrees. A picture of half the size tells as well, and has fewer runs.
double rough_skew(const cv::Mat1b& ink) {
  cv::Mat1b half;
  cv::resize(ink, half, {}, 0.5, 0.5, cv::INTER_AREA);
  const std::vector<PixelRun> runs = runs_of(half >= kPrint / 2);
  Skew best;
  for (double degrees = -12.0; degrees <= 12.0 + 1e-9; degrees += 0.4) {
    const double s = sharpness(runs, half.size(), std::tan(degrees * CV_PI / 180.0));
    if (s > best.sharpness) best = {degrees, s};
  }
  return best.degrees;
}

// Print without rules, frames and other large shapes.
cv::Mat1b text_alone(const cv::Mat1b& ink) {
  const Components print = print_of(ink);
  const int most = std::max(ink.cols, ink.rows) / 22;
  cv::Mat1b mask(ink.size(), std::uint8_t{0});
  for (std::size_t i = 0; i < print.runs.size(); ++i) {
    const Component& piece = print.pieces[print.piece[i]];
    if (piece.box.width > most || piece.box.height > most || piece.area < 4) continue;
    const PixelRun& run = print.runs[i];
    std::fill(mask[run.y] + run.x0, mask[run.y] + run.x1, std::uint8_t{255});
  }
  return mask;
}

}  // namespace

Skew skew_of_rows(const cv::Mat1b& ink) {
  const cv::Mat1b print = ink >= kPrint;
  if (cv::countNonZero(print) < 50) return {};
  const std::vector<PixelRun> runs = runs_of(print);
  const auto full = [&](double degrees) {
    return Skew{degrees, sharpness(runs, ink.size(), std::tan(degrees * CV_PI / 180.0))};
  };
  Skew best = full(0.0);
  const auto take_better = [&](const Skew& other) {
    if (other.sharpness > best.sharpness) best = other;
  };
  take_better(full(rough_skew(ink)));
  const auto search = [&](double from, double to, double step) {
    for (double degrees = from; degrees <= to + 1e-9; degrees += step) take_better(full(degrees));
  };
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
    return components_of(joined).pieces.size();
  };
  return count({1, spread}) < count({spread, 1});
}

double glyph_height(const cv::Mat1b& ink) {
  std::vector<std::pair<int, double>> heights;  // height, weight
  double total = 0.0;
  const int most = std::max(ink.cols, ink.rows) / 20;
  for (const Component& spot : print_of(ink).pieces) {
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
  std::vector<Component> marks;
  std::vector<cv::Rect> glyphs;
  const double em = glyph_height;
  for (const Component& spot : print_of(ink).pieces) {
    const cv::Rect& b = spot.box;
    if (b.width > 3 * em || b.height > 1.6 * em) continue;
    const bool small = b.width < 0.4 * em && b.height < 0.45 * em;
    if (small && spot.area >= 0.006 * em * em) marks.push_back(spot);
    if (!small && b.height > 0.5 * em) glyphs.push_back(b);
  }
  std::sort(glyphs.begin(), glyphs.end(),
            [](const cv::Rect& a, const cv::Rect& b) { return a.y < b.y; });
  for (const Component& mark : marks) {
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
