#pragma once

#include <GfxState.h>

#include <cmath>

#include "tabularium/page/geometry.h"

namespace tabularium::pdf_text {

inline constexpr double kMaxCoordinate = 1e6;  ///< points; beyond it numbers are nonsense

inline bool sane(double value) { return std::isfinite(value) && std::abs(value) <= kMaxCoordinate; }

/// The box of what the clip leaves, in page coordinates.
inline Box clip_box(const GfxState& state) {
  Box box;
  state.getClipBBox(&box.x0, &box.y0, &box.x1, &box.y1);
  return box;
}

}  // namespace tabularium::pdf_text
