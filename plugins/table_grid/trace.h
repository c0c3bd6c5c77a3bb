#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace tabularium::table_grid {

/// Where a rule's middle lies at one place along it, in pixels.
struct Sample {
  double along = 0.0;
  double across = 0.0;
};

/// A rule followed through the pixels, bends and gaps included. `along` runs with the rule (x of a
/// horizontal one), `across` at right angles to it.
struct Trace {
  std::vector<Sample> samples;  ///< rising along; at least two
  double thickness = 1.0;       ///< pixels
  double inked = 0.0;           ///< pixels along it that the traced pieces cover
  double darkness = 0.0;        ///< 0 to 255, typical of the covered pixels
  double peak = 0.0;            ///< the same of the darkest pixels nearby: of a dotted rule's dots
  double free = 1.0;            ///< part of the pieces beside which there is paper on both sides
  bool dotted = false;          ///< of `dotted_rules`: all of it is drawn, in dots

  double from() const { return samples.front().along; }
  double to() const { return samples.back().along; }
  /// Across at `along`; beyond the ends the trace goes on straight.
  double at(double along) const;
};

/// The two directions of one page. `down` traces have `along` = y and `across` = x.
struct Traces {
  std::vector<Trace> across;  ///< horizontal rules
  std::vector<Trace> down;    ///< vertical rules
};

/// What the size of the text means for rules, in pixels.
struct TraceOptions {
  double em = 40.0;   ///< height of a typical glyph
  int faintest = 26;  ///< darkness (0 to 255) from which on a rule is followed
  int least = 26;     ///< the same for its faint parts, where one knows where to look
};

/// Traces shorter than this, in ems, may be strokes of characters of the text itself.
inline constexpr double kSurelyRule = 1.6;

/// Follows the horizontal rules of `ink` (0 paper, 255 print): runs of dark pixels that are longer
/// than a stroke of a character, joined over gaps. For vertical rules pass the transposed picture.
/// Long strokes of large characters may be among the traces; they cross no other rule.
std::vector<Trace> trace_rules(const cv::Mat1b& ink, const TraceOptions& options);

/// Makes one trace of those that lie in one line, however wide the gap between them.
std::vector<Trace> joined_in_line(std::vector<Trace> traces, double em);

/// Short pieces of worn rules, which `trace_rules` takes for strokes of characters: they hang on
/// rules of the other direction, no print is close beside them, and alone or in line with each
/// other they are longer than a glyph. Those in line with one of `known` are left out.
std::vector<Trace> trace_stubs(const cv::Mat1b& ink, const std::vector<Trace>& known,
                               const std::vector<Trace>& crossing, const TraceOptions& options);

}  // namespace tabularium::table_grid
