#pragma once

#include <string_view>

#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"
#include "tabularium/page/upright.h"

namespace tabularium {

/// Sets a page that is pixels upright, cleans it and finds its rules. Plugins of kind grid detector
/// derive from it. One object per thread, as for `Reader`.
class TABULARIUM_API GridDetector {
 public:
  virtual ~GridDetector();
  GridDetector(const GridDetector&) = delete;
  GridDetector& operator=(const GridDetector&) = delete;

  virtual std::string_view name() const noexcept = 0;

  /// The page of `image`, upright and flat: its rules, clean pixels, seals, and the way back to
  /// `image`, whose points are pixels times 72 / dpi. A dpi of 0 or one that the text height
  /// contradicts is replaced by an estimate for the upright page; the way back heeds it.
  /// A page without rules or text is no error. Throws `Error`: `damaged_input`, `limit_exceeded`.
  virtual UprightPage detect(const PageImage& image, const Limits& limits) = 0;

 protected:
  GridDetector() = default;
};

}  // namespace tabularium
