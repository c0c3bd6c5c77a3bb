#pragma once

// What the parts of `PageOutput` share: page_output.cpp (paint, lines, pictures) and page_text.cpp.
#include <GfxState.h>

#include <cmath>

#include "ground.h"
#include "tabularium/page/geometry.h"

namespace tabularium::pdf_text {

inline constexpr double kInvisible = 0.02;     // opacity below which nothing is seen
inline constexpr double kMaxCoordinate = 1e6;  // points; beyond it numbers are nonsense

inline Box clip_box(const GfxState& state) {
  Box box;
  state.getClipBBox(&box.x0, &box.y0, &box.x1, &box.y1);
  return box;
}

inline Rgb to_rgb(const GfxRGB& colour) {
  return {colToByte(colour.r), colToByte(colour.g), colToByte(colour.b)};
}

inline bool sane(double value) { return std::isfinite(value) && std::abs(value) <= kMaxCoordinate; }

}  // namespace tabularium::pdf_text
