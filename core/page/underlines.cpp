#include "tabularium/page/underlines.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "ink_area_internal.h"

namespace tabularium {
namespace {

constexpr std::uint8_t kPaper = 255;

/// A page, and the pixels of a line on it.
class Plane {
 public:
  Plane(PageImage& image, const Box& box) : line(area_of(image, box)), image_(&image) {}

  bool is_ink(int x, int y) const { return y >= 0 && y < image_->height && *at(x, y) < kInk; }
  void erase(int x, int y) {
    if (y >= 0 && y < image_->height) *at(x, y) = kPaper;
  }

  Area line;

 private:
  std::uint8_t* at(int x, int y) const {
    return image_->samples.data() +
           static_cast<std::size_t>(y) * static_cast<std::size_t>(image_->width) +
           static_cast<std::size_t>(x);
  }

  PageImage* image_;
};

struct Run {
  int begin = 0;
  int end = 0;  // one past the last
};

/// Columns of a row without a break that are at least `least` long. A page that is set upright to a
/// tenth of a degree still has its underlines step from row to row.
std::vector<Run> runs_of(const Plane& plane, int y, int least) {
  std::vector<Run> runs;
  int begin = plane.line.x0;
  for (int x = plane.line.x0; x <= plane.line.x1; ++x) {
    if (x < plane.line.x1 && (plane.is_ink(x, y) || plane.is_ink(x, y - 1))) continue;
    if (x - begin >= least) runs.push_back({begin, x});
    begin = x + 1;
  }
  return runs;
}

/// The rows of ink through (x, y), or (x, y - 1).
Run rows_at(const Plane& plane, int x, int y) {
  if (!plane.is_ink(x, y)) --y;
  Run rows{y, y};
  while (plane.is_ink(x, rows.begin - 1)) --rows.begin;
  while (plane.is_ink(x, rows.end)) ++rows.end;
  return rows;
}

/// Erases a run that is thin in most of its columns: where it is not, a stroke crosses it.
bool erase_thin(Plane& plane, const Run& run, int y, int thickest) {
  constexpr double kThin = 0.55;  // of the columns
  std::vector<Run> thin;
  std::vector<int> columns;
  for (int x = run.begin; x < run.end; ++x) {
    const Run rows = rows_at(plane, x, y);
    if (rows.end - rows.begin > thickest) continue;
    thin.push_back(rows);
    columns.push_back(x);
  }
  if (static_cast<double>(thin.size()) < kThin * (run.end - run.begin)) return false;
  for (std::size_t i = 0; i < thin.size(); ++i) {
    // The soft edge of a line of print goes with it.
    for (int row = thin[i].begin - 1; row <= thin[i].end; ++row) plane.erase(columns[i], row);
  }
  return true;
}

}  // namespace

bool erase_underlines(PageImage& text, const Box& line, double text_height) {
  constexpr double kLongerThanHigh = 1.5;
  constexpr double kLoneLength = 2.7;  // ems: the long dash of Chinese print has two
  constexpr double kThickest = 0.14;
  constexpr double kLow = 0.25;  // ems above the lower edge
  if (text.channels != 1 || text_height <= 0.0) return false;
  Plane plane(text, line);
  const double em = text_height * text.dpi / 72.0;
  const int height = plane.line.y1 - plane.line.y0;
  const bool lone = height < 0.3 * em;
  const auto least = static_cast<int>(
      std::ceil(std::max(kLongerThanHigh * height, (lone ? kLoneLength : kLongerThanHigh) * em)));
  if (plane.line.x1 - plane.line.x0 < least) return false;
  const int thickest = std::max(3, static_cast<int>(std::lround(kThickest * em)));
  bool found = false;
  const int first =
      std::max(plane.line.y0, plane.line.y1 - static_cast<int>(std::lround(kLow * em)));
  for (int y = plane.line.y1 - 1; y >= first; --y) {
    for (const Run& run : runs_of(plane, y, least)) {
      found = erase_thin(plane, run, y, thickest) || found;
    }
  }
  return found;
}

}  // namespace tabularium
