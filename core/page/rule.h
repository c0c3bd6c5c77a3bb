#pragma once

#include <tuple>

namespace tabularium {

/// A ruling line on the page, always horizontal or vertical; from a stroke, a thin filled
/// rectangle, the outline of a box, or from pixels.
struct Rule {
  enum class Direction { horizontal, vertical };

  Direction direction = Direction::horizontal;
  double position = 0.0;  ///< y of a horizontal rule, x of a vertical one: the middle of the stroke
  double from = 0.0;      ///< where it begins on the other axis; from <= to
  double to = 0.0;
  double thickness = 0.0;  ///< points, at least 0 (a hairline)

  double length() const { return to - from; }
  bool horizontal() const { return direction == Direction::horizontal; }
  bool operator==(const Rule&) const = default;
};

/// The order of `Page::rules`: by direction, position, from, to.
inline bool rule_before(const Rule& a, const Rule& b) {
  return std::tie(a.direction, a.position, a.from, a.to) <
         std::tie(b.direction, b.position, b.from, b.to);
}

}  // namespace tabularium
