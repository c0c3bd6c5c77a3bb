#include "trace.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace tabularium::table_grid {

namespace {

constexpr int kStep = 8;              // pixels between samples
constexpr double kFlankStep = 2.0;    // pixels between the places whose flanks are looked at
constexpr double kWidestRule = 0.25;  // ems: of the rules between which a side runs

struct Run {
  int y = 0;
  int x0 = 0;
  int x1 = 0;  // one past the last
};

// Runs of at least `least` pixels of which none is further than `gap` pixels from the next dark
// one.
std::vector<Run> long_runs(const cv::Mat1b& ink, int faintest, int least, int gap) {
  std::vector<Run> runs;
  for (int y = 0; y < ink.rows; ++y) {
    const std::uint8_t* row = ink[y];
    const auto dark_within = [&](int last) {
      for (int x = last; x >= last - gap; --x) {
        if (row[x] >= faintest) return true;
      }
      return false;
    };
    int x = 0;
    while (x + least <= ink.cols) {
      // A run that begins at x or a little later must be dark near x + least too: looking there
      // first skips most of the paper.
      if (!dark_within(x + least - 1)) {
        x += least;
        continue;
      }
      int begin = x + least - 1;
      for (int back = begin; back >= x && back >= begin - gap - 1; --back) {
        if (row[back] >= faintest) begin = back;
      }
      int end = x + least;
      for (int on = end; on < ink.cols && on <= end + gap; ++on) {
        if (row[on] >= faintest) end = on + 1;
      }
      if (end - begin >= least) runs.push_back({y, begin, end});
      x = end + gap + 1;
    }
  }
  return runs;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t i) {
  while (parents[i] != i) i = parents[i] = parents[parents[i]];
  return i;
}

// Runs of neighbouring rows that touch are one piece. Runs come sorted by row, then x.
std::vector<std::vector<Run>> pieces_of(const std::vector<Run>& runs) {
  std::vector<std::size_t> parents(runs.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  std::size_t above = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    while (runs[above].y < runs[i].y - 1) ++above;
    for (std::size_t j = above; j < i && runs[j].y < runs[i].y; ++j) {
      if (runs[j].x0 < runs[i].x1 && runs[i].x0 < runs[j].x1) {
        parents[root_of(parents, i)] = root_of(parents, j);
      }
    }
  }
  std::vector<std::vector<Run>> pieces;
  std::vector<std::size_t> place(runs.size(), runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t root = root_of(parents, i);
    if (place[root] == runs.size()) {
      place[root] = pieces.size();
      pieces.emplace_back();
    }
    pieces[place[root]].push_back(runs[i]);
  }
  return pieces;
}

/// What stands beside a piece.
struct Flanks {
  double free = 1.0;      // part of the piece beside which there is paper on both sides
  double darkness = 0.0;  // typical of that part
};

// Darkness on one side of a rule: 0 to 255, the least of what stands right beside it and of what
// stands beyond the other line of a double rule.
int beside(const cv::Mat1b& ink, int x, int y, int side, int flank, int beyond) {
  const int near = ink(y + side * flank, x);
  const int far = y + side * beyond;
  return far < 0 || far >= ink.rows ? near : std::min<int>(near, ink(far, x));
}

// Pixels without ink that do not end a run: those of a dotted rule.
int gap_of(double em) { return std::max(1, cvRound(0.07 * em)); }

// Of the pixels around a place on a rule that reaches `gap` to both sides along it.
int darkest_near(const cv::Mat1b& ink, const Sample& s, int gap) {
  const int x = cvRound(s.along);
  const int y = cvFloor(s.across);
  int most = 0;
  for (int row = std::max(0, y - 1); row <= std::min(ink.rows - 1, y + 1); ++row) {
    for (int column = std::max(0, x - gap); column <= std::min(ink.cols - 1, x + gap); ++column) {
      most = std::max<int>(most, ink(row, column));
    }
  }
  return most;
}

double median_of(std::vector<int>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// A rule stands free; the strokes of a line of text that happen to touch are crossed by other
// strokes all along. Where they hang on a faint rule of the other side of the sheet the free parts
// tell how dark it is.
Flanks flanks_of(const Trace& trace, const cv::Mat1b& ink, double em) {
  const int flank = cvCeil(trace.thickness / 2 + std::max(2.0, 0.07 * em));
  // Of a double rule each line stands free on one side. Strokes of a large title stand as near to
  // each other, but they are short.
  const bool may_be_double = trace.to() - trace.from() > 3.0 * em;
  const int beyond = may_be_double ? flank + cvCeil(trace.thickness) + cvRound(0.07 * em) : flank;
  int all = 0;
  int crossed = 0;  // in a row up to here
  const int widest = may_be_double ? 0 : cvRound(kWidestRule * em / kFlankStep);
  std::vector<int> dark;
  for (double along = trace.from() + 1; along < trace.to() - 1; along += kFlankStep) {
    const int x = cvRound(along);
    const int y = cvFloor(trace.at(along));
    if (x >= ink.cols || y < flank || y + flank >= ink.rows) continue;
    ++all;
    const int above = ink(y - flank, x);
    const int below = ink(y + flank, x);
    const int other =
        above < below ? beside(ink, x, y, 1, flank, beyond) : beside(ink, x, y, -1, flank, beyond);
    if (2 * std::max(std::min(above, below), other) >= trace.darkness) {
      ++crossed;
      continue;
    }
    // Of a side no longer than a glyph the rules that it runs between are a good part.
    if (dark.empty()) all -= std::min(crossed, widest);
    crossed = 0;
    dark.push_back(std::max({ink(y - 1, x), ink(y, x), ink(y + 1, x)}));
  }
  if (all == 0) return {1.0, trace.darkness};
  if (dark.empty()) return {0.0, trace.darkness};
  all -= std::min(crossed, widest);
  const double share = static_cast<double>(dark.size()) / all;
  return {share, median_of(dark)};
}

std::optional<Trace> trace_of(const std::vector<Run>& piece, const cv::Mat1b& ink,
                              const TraceOptions& options) {
  int x0 = piece.front().x0;
  int x1 = piece.front().x1;
  for (const Run& run : piece) {
    x0 = std::min(x0, run.x0);
    x1 = std::max(x1, run.x1);
  }
  const int bins = (x1 - x0 - 1) / kStep + 1;
  std::vector<int> rows(static_cast<std::size_t>(bins), 0);
  std::vector<double> sums(static_cast<std::size_t>(bins), 0.0);
  for (const Run& run : piece) {
    for (int bin = (run.x0 - x0) / kStep; bin * kStep + x0 < run.x1; ++bin) {
      ++rows[static_cast<std::size_t>(bin)];
      sums[static_cast<std::size_t>(bin)] += run.y;
    }
  }
  Trace trace;
  std::vector<int> thick;
  for (std::size_t bin = 0; bin < rows.size(); ++bin) {
    if (rows[bin] == 0) continue;
    const double along = std::min(x0 + kStep * (static_cast<double>(bin) + 0.5), x1 - 0.5);
    trace.samples.push_back({along, sums[bin] / rows[bin] + 0.5});
    thick.push_back(rows[bin]);
  }
  std::nth_element(thick.begin(), thick.begin() + static_cast<std::ptrdiff_t>(thick.size() / 2),
                   thick.end());
  trace.thickness = thick[thick.size() / 2];
  if (trace.thickness > std::max(3.0, 0.4 * options.em)) return std::nullopt;  // a dark area
  trace.samples.front().along = x0;
  if (trace.samples.size() == 1) trace.samples.push_back(trace.samples.front());
  trace.samples.back().along = x1;
  trace.inked = x1 - x0;
  std::vector<int> dark;
  std::vector<int> peaks;
  for (const Sample& s : trace.samples) {
    dark.push_back(darkest_near(ink, {std::min(s.along, ink.cols - 1.0), s.across}, 0));
    peaks.push_back(darkest_near(ink, s, gap_of(options.em)));
  }
  trace.darkness = median_of(dark);
  trace.peak = median_of(peaks);
  const Flanks flanks = flanks_of(trace, ink, options.em);
  if (flanks.free < 0.6) return std::nullopt;
  trace.free = flanks.free;
  trace.darkness = std::min(trace.darkness, flanks.darkness);
  return trace;
}

double slope_at(const std::vector<Sample>& samples, bool at_end, double reach) {
  // Least squares over the last stretch; a short one says nothing about the direction.
  const double end = at_end ? samples.back().along : samples.front().along;
  double n = 0.0;
  double sx = 0.0;
  double sy = 0.0;
  double sxx = 0.0;
  double sxy = 0.0;
  for (const Sample& s : samples) {
    if (std::abs(s.along - end) > reach) continue;
    const double x = s.along - end;
    n += 1.0;
    sx += x;
    sy += s.across;
    sxx += x * x;
    sxy += x * s.across;
  }
  const double det = n * sxx - sx * sx;
  if (n < 6.0 || det < 1e-9) return 0.0;
  return std::clamp((n * sxy - sx * sy) / det, -0.03, 0.03);
}

double ahead(const Trace& trace, bool at_end, double along, double em) {
  const Sample& end = at_end ? trace.samples.back() : trace.samples.front();
  return end.across + slope_at(trace.samples, at_end, 10.0 * em) * (along - end.along);
}

void join(Trace& chain, const Trace& piece) {
  const double inked = chain.inked + piece.inked;
  chain.thickness =
      (chain.thickness * chain.inked + piece.thickness * piece.inked) / std::max(1.0, inked);
  chain.darkness =
      (chain.darkness * chain.inked + piece.darkness * piece.inked) / std::max(1.0, inked);
  chain.peak = (chain.peak * chain.inked + piece.peak * piece.inked) / std::max(1.0, inked);
  chain.free = (chain.free * chain.inked + piece.free * piece.inked) / std::max(1.0, inked);
  chain.inked = inked;
  chain.samples.insert(chain.samples.end(), piece.samples.begin(), piece.samples.end());
  std::stable_sort(chain.samples.begin(), chain.samples.end(),
                   [](const Sample& a, const Sample& b) { return a.along < b.along; });
}

bool are_alike(const Trace& a, const Trace& b) {
  return std::min(a.darkness, b.darkness) > 0.6 * std::max(a.darkness, b.darkness);
}

// The piece that goes on where `chain` ends, over the smallest gap.
std::optional<std::size_t> next_piece(const Trace& chain, bool at_end,
                                      const std::vector<Trace>& pieces,
                                      const std::vector<bool>& used, double em, bool alike) {
  std::optional<std::size_t> best;
  double best_gap = 10.0 * em;
  const double inked = chain.inked;
  const double end = at_end ? chain.to() : chain.from();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i] || (alike && !are_alike(chain, pieces[i]))) continue;
    const Trace& piece = pieces[i];
    const double begin = at_end ? piece.from() : piece.to();
    const double far = at_end ? piece.to() : piece.from();
    const double gap = at_end ? begin - end : end - begin;
    const double gain = at_end ? far - end : end - far;
    const double widest = std::max(2.0 * em, 1.5 * std::min(inked, piece.inked));
    if (gap >= std::min(best_gap, widest) || gap < -piece.inked || gain <= 0.0) continue;
    const double here = gap < 0.0 ? chain.at(begin) : ahead(chain, at_end, begin, em);
    const double off =
        std::abs((at_end ? piece.samples.front() : piece.samples.back()).across - here);
    const double allowed = 0.10 * em + std::min(0.15 * em, 0.006 * std::max(0.0, gap));
    if (off > std::max(2.0, allowed)) continue;
    best = i;
    best_gap = gap;
  }
  return best;
}

// `alike`: only pieces that are about as dark make one rule: a fold may lie in line with one.
std::vector<Trace> chained(std::vector<Trace> pieces, double em, bool alike) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Trace& a, const Trace& b) { return a.inked > b.inked; });
  std::vector<bool> used(pieces.size(), false);
  std::vector<Trace> chains;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i]) continue;
    used[i] = true;
    if (pieces[i].inked < kSurelyRule * em) {
      // A side of a low cell, or a stroke: what it runs to will tell.
      if (pieces[i].free >= 0.85) chains.push_back(std::move(pieces[i]));
      continue;
    }
    Trace chain = pieces[i];
    for (const bool at_end : {true, false}) {
      while (const auto next = next_piece(chain, at_end, pieces, used, em, alike)) {
        used[*next] = true;
        join(chain, pieces[*next]);
      }
    }
    // What lies beside the chain is its own frayed edge.
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      const Trace& other = pieces[j];
      if (used[j] || other.from() < chain.from() || other.to() > chain.to()) continue;
      const double middle = (other.from() + other.to()) / 2;
      if (std::abs(other.at(middle) - chain.at(middle)) < std::max(2.0, 0.1 * em)) used[j] = true;
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace

double Trace::at(double along) const {
  const auto next = std::lower_bound(samples.begin(), samples.end(), along,
                                     [](const Sample& s, double x) { return s.along < x; });
  if (next == samples.begin()) {
    return samples.front().across +
           slope_at(samples, false, 400.0) * (along - samples.front().along);
  }
  if (next == samples.end()) {
    return samples.back().across + slope_at(samples, true, 400.0) * (along - samples.back().along);
  }
  const Sample& before = *std::prev(next);
  const double gap = next->along - before.along;
  if (gap <= 0.0) return next->across;
  const double part = (along - before.along) / gap;
  return before.across + part * (next->across - before.across);
}

std::vector<Trace> trace_rules(const cv::Mat1b& ink, const TraceOptions& options) {
  const int least = std::max(12, cvRound(1.05 * options.em));
  std::vector<Trace> pieces;
  const int gap = gap_of(options.em);
  for (const auto& piece : pieces_of(long_runs(ink, options.faintest, least, gap))) {
    if (auto trace = trace_of(piece, ink, options)) pieces.push_back(std::move(*trace));
  }
  // Once more: of a rule that is hardly dark enough two stretches, each grown from small pieces,
  // are long enough only now for the gap between them.
  return chained(chained(std::move(pieces), options.em, false), options.em, true);
}

std::vector<Trace> joined_in_line(std::vector<Trace> traces, double em) {
  std::stable_sort(traces.begin(), traces.end(),
                   [](const Trace& a, const Trace& b) { return a.inked > b.inked; });
  const auto in_line = [&](const Trace& a, const Trace& b) {
    if (std::min(a.inked, b.inked) < 1.6 * em) return false;
    const bool after = b.from() >= a.to() - 0.3 * em;
    if (!after && b.to() > a.from() + 0.3 * em) return false;
    const Sample& end = after ? b.samples.front() : b.samples.back();
    if ((after ? b.from() - a.to() : a.from() - b.to()) > 12.0 * em) return false;
    return std::abs(ahead(a, after, end.along, em) - end.across) < std::max(2.0, 0.15 * em);
  };
  for (std::size_t i = 0; i < traces.size(); ++i) {
    for (std::size_t j = i + 1; j < traces.size();) {
      if (!in_line(traces[i], traces[j])) {
        ++j;
        continue;
      }
      join(traces[i], traces[j]);
      traces.erase(traces.begin() + static_cast<std::ptrdiff_t>(j));
      j = i + 1;  // the longer trace may be in line with what the shorter one was not
    }
  }
  return traces;
}

namespace {

// Whether there is no print close to most of a piece, on either side.
bool stands_bare(const Trace& piece, const cv::Mat1b& ink, const TraceOptions& options) {
  constexpr double kReach = 0.22;  // ems: strokes of one character stand closer
  const int near = cvCeil(piece.thickness / 2) + 2;
  const int far = std::max(near, cvRound(kReach * options.em));
  int bare = 0;
  int all = 0;
  for (int x = cvCeil(piece.from()); x < cvFloor(piece.to()); ++x) {
    const int y = cvFloor(piece.at(x));
    if (y < far || y + far >= ink.rows) continue;
    int print = 0;
    for (int off = near; off <= far; ++off) {
      print += ink(y - off, x) >= options.faintest || ink(y + off, x) >= options.faintest ? 1 : 0;
    }
    ++all;
    bare += print == 0 ? 1 : 0;
  }
  return bare >= 0.75 * all;
}

}  // namespace

std::vector<Trace> trace_stubs(const cv::Mat1b& ink, const std::vector<Trace>& known,
                               const std::vector<Trace>& crossing, const TraceOptions& options) {
  const double em = options.em;
  const int least = std::max(6, cvRound(0.4 * em));
  const auto hangs_on_a_rule = [&](const Trace& piece) {
    return std::any_of(crossing.begin(), crossing.end(), [&](const Trace& rule) {
      if (rule.inked < 6.0 * em) return false;
      const double across = piece.at((piece.from() + piece.to()) / 2);
      if (across < rule.from() - em || across > rule.to() + em) return false;
      const double along = rule.at(across);
      const double touch = rule.thickness / 2 + std::max(2.0, 0.05 * em);
      return along > piece.from() - touch && along < piece.to() + touch;
    });
  };
  const auto is_known = [&](const Trace& piece) {
    const double middle = (piece.from() + piece.to()) / 2;
    return std::any_of(known.begin(), known.end(), [&](const Trace& trace) {
      return middle > trace.from() - 6.0 * em && middle < trace.to() + 6.0 * em &&
             std::abs(trace.at(middle) - piece.at(middle)) < 0.3 * em;
    });
  };
  std::vector<Trace> stubs;
  for (const auto& runs : pieces_of(long_runs(ink, options.faintest, least, 1))) {
    auto piece = trace_of(runs, ink, options);
    if (!piece || piece->thickness > 0.2 * em || piece->free < 0.85 || is_known(*piece)) continue;
    if (!hangs_on_a_rule(*piece) || !stands_bare(*piece, ink, options)) continue;
    stubs.push_back(std::move(*piece));
  }
  std::vector<Trace> lines;
  for (const Trace& stub : stubs) {
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Trace& other) {
      const double gap = std::max(stub.from() - other.to(), other.from() - stub.to());
      return gap < 4.0 * em &&
             std::abs(other.samples.front().across - stub.samples.front().across) < 0.15 * em;
    });
    if (line == lines.end()) {
      lines.push_back(stub);
    } else {
      join(*line, stub);
    }
  }
  std::erase_if(lines, [&](const Trace& line) { return line.to() - line.from() < 1.2 * em; });
  return lines;
}

}  // namespace tabularium::table_grid
