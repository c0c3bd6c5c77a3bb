#pragma once

#include <string_view>

#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// Finds the rules of a page that is pixels. Plugins of kind grid detector derive from it. One
/// object per thread, as for `Reader`.
class TABULARIUM_API GridDetector {
 public:
  virtual ~GridDetector();
  GridDetector(const GridDetector&) = delete;
  GridDetector& operator=(const GridDetector&) = delete;

  virtual std::string_view name() const noexcept = 0;

  /// The upright page of `image`: its size in points and its rules; no words yet.
  /// Throws `Error`: `damaged_input`, `limit_exceeded`.
  virtual Page detect(const PageImage& image, const Limits& limits) = 0;

 protected:
  GridDetector() = default;
};

}  // namespace tabularium
