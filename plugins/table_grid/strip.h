#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// What a stretch of a trace looks like.
struct Look {
  double inked = 0.0;     ///< part of it that shows a rule, near the trace
  double narrow = 0.0;    ///< part of it that shows one right on the trace
  double ends = 0.0;      ///< the same near the worse of its two ends
  double crossed = 0.0;   ///< part where strokes of text cross it
  double sharp = 0.0;     ///< part that shows a rule with paper on both sides
  double alone = 0.0;     ///< the same where no print stands near: no stroke of a line of text
  double attached = 0.0;  ///< pixels of such a rule that go out from one of the ends
  double longest = 0.0;   ///< pixels of the longest such piece
};

/// The pixels along a trace and a way beyond its ends, looked at once. A pixel shows a rule where
/// it is dark and the paper beside it is lighter: a stroke that only crosses the trace is dark on
/// both sides of it.
class Strip {
 public:
  /// `reach`: pixels to look beyond the ends. `ink` and `trace` need not outlive the strip.
  Strip(const cv::Mat1b& ink, const Trace& trace, double reach, const TraceOptions& options);

  /// Between two places along the trace.
  Look look(double from, double to) const;

  /// Lengths in pixels of the stretches between two places that show neither a rule nor text.
  std::vector<double> gaps(double from, double to) const;

 private:
  enum Flag : std::uint8_t {
    wide = 1,
    narrow = 2,
    crossed = 4,
    sharp = 8,
    outside = 16,
    alone = 32
  };
  bool is(int along, Flag flag) const;
  int clamped(double along) const;

  int first_ = 0;  ///< along of the first flag
  double em_ = 1.0;
  std::vector<std::uint8_t> flags_;
};

}  // namespace tabularium::table_grid
