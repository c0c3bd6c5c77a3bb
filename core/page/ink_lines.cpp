#include "tabularium/page/ink_lines.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "ink_area_internal.h"

namespace tabularium {
namespace {

struct Band {
  int begin = 0;
  int end = 0;  // one past the last
};

class Ink {
 public:
  explicit Ink(const PageImage& image) : image_(image) {}

  /// Leaves out these columns from now on.
  void pass_over(std::vector<int> columns) { passed_over_ = std::move(columns); }

  std::vector<int> by_row(const Area& area) const {
    std::vector<int> counts(static_cast<std::size_t>(area.y1 - area.y0), 0);
    for (int y = area.y0; y < area.y1; ++y) {
      const std::uint8_t* row = row_of(y);
      int count = 0;
      for (int x = area.x0; x < area.x1; ++x) count += row[x] < kInk ? 1 : 0;
      for (const int x : passed_over_) count -= in(area, x) && row[x] < kInk ? 1 : 0;
      counts[static_cast<std::size_t>(y - area.y0)] = count;
    }
    return counts;
  }

  std::vector<int> by_column(const Area& area) const {
    std::vector<int> counts(static_cast<std::size_t>(area.x1 - area.x0), 0);
    for (int y = area.y0; y < area.y1; ++y) {
      const std::uint8_t* row = row_of(y) + area.x0;
      for (std::size_t x = 0; x < counts.size(); ++x) counts[x] += row[x] < kInk ? 1 : 0;
    }
    for (const int x : passed_over_) {
      if (in(area, x)) counts[static_cast<std::size_t>(x - area.x0)] = 0;
    }
    return counts;
  }

  /// Of each column: the most rows of ink one below the other.
  std::vector<int> longest_runs(const Area& area) const {
    std::vector<int> longest(static_cast<std::size_t>(area.x1 - area.x0), 0);
    std::vector<int> runs(longest.size(), 0);
    for (int y = area.y0; y < area.y1; ++y) {
      const std::uint8_t* row = row_of(y) + area.x0;
      for (std::size_t x = 0; x < runs.size(); ++x) {
        runs[x] = row[x] < kInk ? runs[x] + 1 : 0;
        longest[x] = std::max(longest[x], runs[x]);
      }
    }
    return longest;
  }

 private:
  const std::uint8_t* row_of(int y) const {
    return image_.samples.data() + static_cast<std::size_t>(y) * image_.width;
  }

  static bool in(const Area& area, int x) { return x >= area.x0 && x < area.x1; }

  const PageImage& image_;
  std::vector<int> passed_over_;  // columns
};

std::vector<Band> bands_of(const std::vector<int>& counts, int least, int gap) {
  std::vector<Band> bands;
  for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
    if (counts[static_cast<std::size_t>(i)] < least) continue;
    if (!bands.empty() && i - bands.back().end <= gap) {
      bands.back().end = i + 1;
    } else {
      bands.push_back({i, i + 1});
    }
  }
  return bands;
}

// The parts of one glyph that stand over each other, as in 二, are one line: thin bands join while
// the whole stays no taller than a glyph.
std::vector<Band> with_thin_bands_joined(const std::vector<Band>& bands, double em) {
  std::vector<Band> joined;
  for (const Band& band : bands) {
    if (!joined.empty()) {
      Band& last = joined.back();
      const int taller = std::max(last.end - last.begin, band.end - band.begin);
      const int flatter = std::min(last.end - last.begin, band.end - band.begin);
      const double gap = band.begin - last.end;
      const bool near = flatter < 0.5 * em && gap < 0.45 * em && band.end - last.begin < 1.12 * em;
      const bool strokes = taller < 0.3 * em && gap < 0.65 * em;
      if (near || strokes) {
        last.end = band.end;
        continue;
      }
    }
    joined.push_back(band);
  }
  return joined;
}

/// Whether lines part at row `y` of a band: hardly any ink crosses it, less than `share` of what an
/// average row has. A line of large characters, as titles are set in, is as black in the middle as
/// elsewhere.
bool is_valley(const std::vector<int>& counts, const Band& band, int y, double share) {
  double sum = 0.0;
  for (int i = band.begin; i < band.end; ++i) sum += counts[static_cast<std::size_t>(i)];
  return counts[static_cast<std::size_t>(y)] * static_cast<double>(band.end - band.begin) <
         share * sum;
}

/// The largest titles, in heights of the usual text. Of a higher band, noise joins the lines.
constexpr double kMostTitle = 5.0;

// Lines that touch: cut a tall band at its emptiest rows near where lines would part.
void cut_tall(const Band& band, const std::vector<int>& counts, double em, bool may_be_title,
              std::vector<Band>& bands) {
  const int height = band.end - band.begin;
  if (height < 1.75 * em) {
    bands.push_back(band);
    return;
  }
  // Two lines set solid are hardly higher than a line of a large title.
  const bool doubtful = height < 2.175 * em;
  const int lines = std::max(2, static_cast<int>(std::lround(height / (1.45 * em))));
  const double pitch = static_cast<double>(height) / lines;
  int best = band.begin + static_cast<int>(pitch);
  const int from = std::max(band.begin + 1, static_cast<int>(band.begin + 0.6 * em));
  const int to = std::min(band.end - 1, static_cast<int>(band.begin + pitch + 0.45 * em));
  for (int y = from; y < to; ++y) {
    if (counts[static_cast<std::size_t>(y)] < counts[static_cast<std::size_t>(best)]) best = y;
  }
  const bool title = may_be_title && height < kMostTitle * em;
  const bool parts =
      doubtful ? is_valley(counts, band, best, 0.25) : !title || is_valley(counts, band, best, 0.4);
  if (!parts) {
    bands.push_back(band);
    return;
  }
  bands.push_back({band.begin, best});
  cut_tall({best, band.end}, counts, em, may_be_title, bands);
}

Area trimmed(const Ink& ink, Area area) {
  const auto rows = bands_of(ink.by_row(area), 1, area.y1 - area.y0);
  if (rows.empty()) return {};
  return {area.x0, area.y0 + rows.front().begin, area.x1, area.y0 + rows.front().end};
}

/// A region as wide as the page without the black edges that a copier leaves at its sides: they
/// would join all its lines to one. `runs`: of each of its columns the longest run of ink.
Area without_black_sides(const Area& area, const std::vector<int>& runs, double em) {
  constexpr double kTall = 6.0;    // ems of ink without a break: no title is so high
  constexpr double kReach = 0.06;  // of the width: where no form has text
  constexpr double kFringe = 1.0;  // ems: the edge of a sheet on a dark desk is frayed, and leans
  const int width = area.x1 - area.x0;
  const int reach = static_cast<int>(kReach * width);
  const int fringe = static_cast<int>(kFringe * em);
  const auto run_at = [&](int x) { return runs[static_cast<std::size_t>(x - area.x0)]; };
  Area inner = area;
  for (int x = 0; x < reach; ++x) {
    if (run_at(area.x0 + x) > kTall * em) inner.x0 = area.x0 + x + 1;
    if (run_at(area.x1 - 1 - x) > kTall * em) inner.x1 = area.x1 - 1 - x;
  }
  if (inner.x0 > area.x0) {
    const int most = std::min(inner.x0 + fringe, area.x0 + reach);
    while (inner.x0 < most && run_at(inner.x0) > 0) ++inner.x0;
  }
  if (inner.x1 < area.x1) {
    const int least = std::max(inner.x1 - fringe, area.x1 - reach);
    while (inner.x1 > least && run_at(inner.x1 - 1) > 0) --inner.x1;
  }
  return inner;
}

/// The columns of the streaks of a copier, and those right beside them, which fray.
std::vector<int> streaks_in(const Area& area, const std::vector<int>& runs, double em) {
  constexpr double kTall = 4.0;  // ems: no stroke of a title is so long
  constexpr int kFrayed = 2;     // pixels
  std::vector<int> columns;
  const int count = static_cast<int>(runs.size());
  for (int x = 0; x < count; ++x) {
    if (runs[static_cast<std::size_t>(x)] <= kTall * em) continue;
    const int next = columns.empty() ? 0 : columns.back() - area.x0 + 1;
    const int end = std::min(count, x + kFrayed + 1);
    for (int near = std::max(next, x - kFrayed); near < end; ++near) {
      columns.push_back(area.x0 + near);
    }
  }
  return columns;
}

long ink_in(const std::vector<int>& counts, const Band& band) {
  long sum = 0;
  for (int i = band.begin; i < band.end; ++i) sum += counts[static_cast<std::size_t>(i)];
  return sum;
}

// Dirt: too small for any character. A dash is flat, and wider than dirt.
bool is_speck(const Area& area, long ink, double em) {
  const double width = area.x1 - area.x0;
  const double height = area.y1 - area.y0;
  if (static_cast<double>(ink) < 0.008 * em * em) return true;
  const bool is_dash = width >= 0.2 * em && width >= 1.6 * height;
  return std::max(width, height) < (is_dash ? 0.14 : 0.24) * em;
}

// Whether a speck is a point behind `before`: it stands on the same foot, not much farther away
// than the next letter-spaced character would.
bool is_point(const Area& speck, const Area& before, double em) {
  constexpr double kReach = 1.2;
  constexpr double kLeast = 0.07;
  constexpr double kOffFoot = 0.12;
  const double size = std::min(speck.x1 - speck.x0, speck.y1 - speck.y0);
  return speck.x0 - before.x1 <= kReach * em && size >= kLeast * em &&
         std::abs(speck.y1 - before.y1) <= kOffFoot * em;
}

// A piece of a line without the dirt at its ends. Marks of punctuation stand next to a character;
// what is as small and stands off is dirt.
Band without_specks(const Ink& ink, const Area& line, const std::vector<int>& columns,
                    const Band& piece, double em) {
  const std::vector<int> part(columns.begin() + piece.begin, columns.begin() + piece.end);
  Band kept{piece.begin, piece.begin};
  Area before;  // the last group that was kept
  for (const Band& found : bands_of(part, 1, static_cast<int>(0.7 * em))) {
    const Band group{found.begin + piece.begin, found.end + piece.begin};
    const Area area = trimmed(ink, {line.x0 + group.begin, line.y0, line.x0 + group.end, line.y1});
    if (area.empty()) continue;
    const bool dirt = is_speck(area, ink_in(columns, group), em);
    if (dirt && (before.empty() || !is_point(area, before, em))) continue;
    if (before.empty()) kept.begin = group.begin;
    kept.end = group.end;
    before = area;
  }
  return kept;
}

}  // namespace

std::vector<Box> find_ink_lines(const PageImage& image, const Box& region, double text_height) {
  Area area = area_of(image, region);
  if (area.empty() || image.channels != 1 || text_height <= 0.0) return {};
  Ink ink(image);
  const double em = text_height * image.dpi / 72.0;
  // Large print stands beside tables, in regions as wide as the page; the lines of a narrow cell of
  // a worn page touch in many places.
  constexpr double kPageWidth = 50.0;
  const bool may_be_title = area.x1 - area.x0 > kPageWidth * em;
  if (may_be_title) {
    const std::vector<int> runs = ink.longest_runs(area);
    const Area inner = without_black_sides(area, runs, em);
    ink.pass_over(streaks_in(
        inner, {runs.begin() + (inner.x0 - area.x0), runs.end() - (area.x1 - inner.x1)}, em));
    area = inner;
  }
  const std::vector<int> rows = ink.by_row(area);
  std::vector<Band> bands;
  for (const Band& band : bands_of(rows, 1, std::max(0, static_cast<int>(0.05 * em)))) {
    cut_tall(band, rows, em, may_be_title, bands);
  }
  std::vector<Box> lines;
  const double points = 72.0 / image.dpi;
  for (const Band& band : with_thin_bands_joined(bands, em)) {
    const Area line{area.x0, area.y0 + band.begin, area.x1, area.y0 + band.end};
    const std::vector<int> columns = ink.by_column(line);
    for (const Band& whole : bands_of(columns, 1, static_cast<int>(2.2 * em))) {
      const Band piece = without_specks(ink, line, columns, whole, em);
      const Area part =
          trimmed(ink, {line.x0 + piece.begin, line.y0, line.x0 + piece.end, line.y1});
      if (part.empty()) continue;
      lines.push_back({part.x0 * points, part.y0 * points, part.x1 * points, part.y1 * points});
    }
  }
  return lines;
}

}  // namespace tabularium
