#pragma once

#include <algorithm>
#include <cmath>

#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"

namespace tabularium {

inline constexpr int kInk = 150;  ///< of `UprightPage::text`: a pixel darker than this is ink

/// Pixels of a page.
struct Area {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;  ///< one past the last
  int y1 = 0;

  bool empty() const { return x0 >= x1 || y0 >= y1; }
};

/// The pixels of a box that is given in points, cut to the page.
inline Area area_of(const PageImage& image, const Box& box) {
  const double scale = image.dpi / 72.0;
  const auto within = [](double value, int most) {
    return std::clamp(static_cast<int>(std::lround(value)), 0, most);
  };
  return {within(box.x0 * scale, image.width), within(box.y0 * scale, image.height),
          within(box.x1 * scale, image.width), within(box.y1 * scale, image.height)};
}

}  // namespace tabularium
