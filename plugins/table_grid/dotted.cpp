#include "dotted.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace tabularium::table_grid {

namespace {

constexpr double kShortest = 0.8;     // ems: no row or column is narrower
constexpr double kMargin = 0.12;      // ems around the rules that a dotted one runs between
constexpr double kLeastShare = 0.15;  // of a rule that its dots cover
constexpr double kWeakShare = 0.08;   // the same where it goes on beyond one of its ends
constexpr double kFlank = 0.25;       // ems of bare paper on both sides
constexpr double kMostDirt = 0.02;    // of the flanks that specks cover
constexpr double kLongestGap = 1.0;   // ems between two dots
constexpr double kBeyond = 0.6;       // ems to the rule beyond: of a table for each row
constexpr double kWornAway = 30.0;    // ems between two pieces of one rule
constexpr int kLeastDots = 3;         // a colon has two

/// The dots in one row of pixels and those beside it, of a rule that leans a little.
struct Dots {
  int covered = 0;
  int count = 0;
  int longest_gap = 0;
};

bool is_ink(const cv::Mat1b& ink, int y, int x, int faintest) {
  return std::max({ink(y - 1, x), ink(y, x), ink(y + 1, x)}) >= faintest;
}

Dots dots_in(const cv::Mat1b& ink, int y, int from, int to, int faintest) {
  Dots dots;
  int gap = 0;
  for (int x = from; x < to; ++x) {
    if (is_ink(ink, y, x, faintest)) {
      ++dots.covered;
      dots.count += gap > 0 || x == from ? 1 : 0;
      gap = 0;
    } else {
      dots.longest_gap = std::max(dots.longest_gap, ++gap);
    }
  }
  return dots;
}

/// Whether the paper beside a row of pixels is bare, but for specks.
bool stands_free(const cv::Mat1b& ink, int y, int from, int to, const TraceOptions& options) {
  constexpr int kNear = 3;  // pixels: the rule itself is no thicker than four
  const int far = std::max(kNear + 2, cvRound(kFlank * options.em));
  if (y < far || y + far >= ink.rows) return false;
  for (const int side : {-1, 1}) {
    int dark = 0;
    for (int off = kNear; off <= far; ++off) {
      const std::uint8_t* row = ink[y + side * off];
      dark += static_cast<int>(std::count_if(
          row + from, row + to, [&](std::uint8_t level) { return level >= options.faintest; }));
    }
    if (dark > kMostDirt * (far - kNear + 1) * (to - from)) return false;
  }
  return true;
}

/// A row of pixels between two rules in which there may be a dotted one.
struct Way {
  int y = 0;
  double from = 0.0;  // where the rules cross it
  double to = 0.0;
  int covered = 0;
  bool is_sure = false;
};

std::optional<Way> dotted_way(const cv::Mat1b& ink, int y, double begin, double end,
                              const TraceOptions& options) {
  const double em = options.em;
  const int from = std::max(0, cvCeil(begin + kMargin * em));
  const int to = std::min(ink.cols, cvFloor(end - kMargin * em));
  const int length = to - from;
  if (length < (kShortest - 2.0 * kMargin) * em) return std::nullopt;
  const Dots dots = dots_in(ink, y, from, to, options.faintest);
  if (dots.count < kLeastDots || dots.covered < kWeakShare * length) return std::nullopt;
  if (dots.longest_gap > 0.5 * length || !stands_free(ink, y, from, to, options)) {
    return std::nullopt;
  }
  const bool is_sure = dots.covered >= kLeastShare * length && dots.longest_gap <= kLongestGap * em;
  return Way{y, begin, end, dots.covered, is_sure};
}

Trace trace_of(const Way& way) {
  Trace trace;
  trace.samples = {{way.from, way.y + 0.5}, {way.to, way.y + 0.5}};
  trace.thickness = 2.0;
  trace.inked = way.covered;
  trace.dotted = true;
  return trace;
}

/// The rules `crossing`, those in pieces as one: what lies between two pieces is worn away.
std::vector<Trace> whole_lines(std::vector<Trace> crossing, double em) {
  std::sort(crossing.begin(), crossing.end(),
            [](const Trace& a, const Trace& b) { return a.from() < b.from(); });
  std::vector<Trace> lines;
  for (Trace& piece : crossing) {
    if (piece.to() - piece.from() < 4.0 * em) continue;
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Trace& other) {
      const double gap = piece.from() - other.to();
      return gap > 0.0 && gap < kWornAway * em &&
             std::abs(other.at(piece.from()) - piece.samples.front().across) < 0.2 * em;
    });
    if (line == lines.end()) {
      lines.push_back(std::move(piece));
    } else {
      line->samples.insert(line->samples.end(), piece.samples.begin(), piece.samples.end());
    }
  }
  return lines;
}

/// Where the rules that pass a row of pixels cross it, rising.
std::vector<double> crossed_at(const std::vector<Trace>& lines, int y, double em) {
  std::vector<double> places;
  for (const Trace& line : lines) {
    if (y >= line.from() - em && y <= line.to() + em) places.push_back(line.at(y));
  }
  std::sort(places.begin(), places.end());
  return places;
}

bool overlaps(double from, double to, const Way& way) {
  return std::min(to, way.to) - std::max(from, way.from) > 0.6 * (way.to - way.from);
}

bool is_known(const std::vector<Trace>& known, const Way& way, double em) {
  return std::any_of(known.begin(), known.end(), [&](const Trace& trace) {
    return overlaps(trace.from(), trace.to(), way) &&
           std::abs(trace.at((way.from + way.to) / 2) - way.y) < 0.3 * em;
  });
}

/// Whether one of `traces` ends where the way begins, or begins where it ends.
bool goes_on(const std::vector<Trace>& traces, const Way& way, double em) {
  return std::any_of(traces.begin(), traces.end(), [&](const Trace& trace) {
    const bool before = std::abs(trace.to() - way.from) < kBeyond * em;
    const bool behind = std::abs(trace.from() - way.to) < kBeyond * em;
    return (before || behind) && std::abs(trace.at(before ? way.from : way.to) - way.y) < 2.5;
  });
}

/// Adds a way, or puts it in the place of one beside it that shows less.
void add_best(std::vector<Way>& ways, const Way& way, double em) {
  for (Way& other : ways) {
    if (std::abs(other.y - way.y) > 0.3 * em || !overlaps(other.from, other.to, way)) continue;
    if (way.covered > other.covered) other = way;
    return;
  }
  ways.push_back(way);
}

}  // namespace

std::vector<Trace> dotted_rules(const cv::Mat1b& ink, const std::vector<Trace>& known,
                                const std::vector<Trace>& crossing, const TraceOptions& options) {
  const double em = options.em;
  const std::vector<Trace> lines = whole_lines(crossing, em);
  std::vector<Way> ways;
  for (int y = 1; y + 1 < ink.rows; ++y) {
    const std::vector<double> places = crossed_at(lines, y, em);
    for (std::size_t i = 0; i + 1 < places.size(); ++i) {
      const auto way = dotted_way(ink, y, places[i], places[i + 1], options);
      if (way && !is_known(known, *way, em)) add_best(ways, *way, em);
    }
  }
  std::vector<Trace> found;
  for (const Way& way : ways) {
    if (way.is_sure) found.push_back(trace_of(way));
  }
  const std::vector<Trace> sure = found;
  for (const Way& way : ways) {
    if (!way.is_sure && (goes_on(sure, way, em) || goes_on(known, way, em))) {
      found.push_back(trace_of(way));
    }
  }
  return found;
}

}  // namespace tabularium::table_grid
