#pragma once

#include "tabularium/page/page.h"

namespace tabularium {

/// The measures of one page that every tolerance of the stage follows, in points.
struct Scale {
  double text = 10.0;  ///< median font size, by glyphs; 10 where the page has no words
  double line = 0.5;   ///< median rule thickness, by length; 0.5 where the page has no rules

  /// How far two rules may miss each other and still touch. Drawing programs let the rules of a
  /// corner end a line width short, so several widths; but well below the smallest row, which
  /// holds text.
  double touch() const;

  /// Rules nearer than this are one grid line: no text fits between them. Doubled borders and the
  /// jitter of a scan fall below it.
  double snap() const;
};

Scale measure(const Page& page);

}  // namespace tabularium
