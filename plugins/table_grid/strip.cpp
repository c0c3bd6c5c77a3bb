#include "strip.h"

#include <algorithm>
#include <cmath>

namespace tabularium::table_grid {

namespace {

constexpr int kTextInk = 60;     // darkness from which on a pixel beside the trace is print
constexpr double kAlone = 0.35;  // ems: the strokes of one character stand closer to each other

int darkest(const cv::Mat1b& ink, int x, int y, int window) {
  int most = 0;
  for (int dy = -window; dy <= window; ++dy) most = std::max<int>(most, ink(y + dy, x));
  return most;
}

// Whether there is no print from `near` to `far` pixels beside a place, on either side.
bool is_alone(const cv::Mat1b& ink, int x, int y, int near, int far) {
  for (int off = near; off <= far; ++off) {
    if (y >= off && ink(y - off, x) > kTextInk) return false;
    if (y + off < ink.rows && ink(y + off, x) > kTextInk) return false;
  }
  return true;
}

}  // namespace

Strip::Strip(const cv::Mat1b& ink, const Trace& trace, double reach, const TraceOptions& options)
    : first_(std::max(0, cvFloor(trace.from() - reach))), em_(options.em) {
  const int last = std::min(ink.cols, cvCeil(trace.to() + reach) + 1);
  const int window = std::max(2, cvRound(0.07 * options.em));
  const int flank = cvCeil(trace.thickness / 2) + std::max(2, cvRound(0.07 * options.em)) + 2;
  const int far = std::max(flank, cvRound(kAlone * options.em));
  const int edge = std::max(flank, window) + 1;
  const int least = options.least / 2 + 4;
  flags_.assign(static_cast<std::size_t>(std::max(0, last - first_)), outside);
  for (int x = first_; x < last; ++x) {
    const int y = cvFloor(trace.at(x));
    if (y < edge || y >= ink.rows - edge) continue;
    const int light = std::min(ink(y - flank, x), ink(y + flank, x));
    const int dark = std::max(ink(y - flank, x), ink(y + flank, x));
    const int most = darkest(ink, x, y, window);
    unsigned flags = 0;
    if (light > kTextInk) flags |= crossed;
    if (most >= std::max(least, 2 * light)) flags |= wide;
    if (darkest(ink, x, y, 1) >= std::max(least, 2 * light)) flags |= narrow;
    if (most >= std::max(options.least, 2 * dark)) {
      flags |= sharp;
      if (is_alone(ink, x, y, flank, far)) flags |= alone;
    }
    flags_[static_cast<std::size_t>(x - first_)] = static_cast<std::uint8_t>(flags);
  }
}

bool Strip::is(int along, Flag flag) const {
  return (flags_[static_cast<std::size_t>(along - first_)] & flag) != 0;
}

int Strip::clamped(double along) const {
  return std::clamp(cvRound(along), first_, first_ + static_cast<int>(flags_.size()));
}

Look Strip::look(double from, double to) const {
  const int begin = clamped(from);
  const int end = clamped(to);
  const double end_length = std::max(3.0, std::min(0.2 * (to - from), 0.5 * em_));
  int all[3] = {0, 0, 0};  // everywhere, near the first end, near the last end
  int shown[3] = {0, 0, 0};
  int on_trace = 0;
  int text = 0;
  int rule = 0;
  int lone = 0;
  int run = 0;
  int run_before = 0;  // of the piece that goes out from the first end
  Look look;
  const int near = std::max(1, cvRound(0.04 * em_));
  for (int x = begin; x < end; ++x) {
    if (is(x, outside)) continue;
    const int part = x < from + end_length ? 1 : x >= to - end_length ? 2 : 0;
    ++all[0];
    if (is(x, crossed)) ++text;
    if (is(x, narrow)) ++on_trace;
    if (is(x, wide)) ++shown[0];
    if (part > 0) {
      ++all[part];
      if (is(x, wide)) ++shown[part];
    }
    run = is(x, sharp) ? run + 1 : 0;
    if (run > 0) ++rule;
    if (is(x, alone)) ++lone;
    look.longest = std::max<double>(look.longest, run);
    if (run > 0 && x - run + 1 - begin <= near) run_before = run;
    if (run > 0 && end - 1 - x <= near) look.attached = std::max<double>(look.attached, run);
  }
  if (all[0] == 0) return {};
  const auto share = [](int part, int whole) {
    return static_cast<double>(part) / std::max(1, whole);
  };
  look.attached = std::max<double>(look.attached, run_before);
  look.inked = share(shown[0], all[0]);
  look.narrow = share(on_trace, all[0]);
  look.ends = std::min(share(shown[1], all[1]), share(shown[2], all[2]));
  look.crossed = share(text, all[0]);
  look.sharp = share(rule, all[0]);
  look.alone = share(lone, all[0]);
  return look;
}

std::vector<double> Strip::gaps(double from, double to) const {
  std::vector<double> found;
  int length = 0;
  const int end = clamped(to);
  for (int x = clamped(from); x <= end; ++x) {
    const bool empty = x < end && !is(x, wide) && !is(x, crossed) && !is(x, outside);
    if (empty) {
      ++length;
    } else if (length > 0) {
      found.push_back(length);
      length = 0;
    }
  }
  return found;
}

}  // namespace tabularium::table_grid
