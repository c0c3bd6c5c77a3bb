#pragma once

#include <algorithm>
#include <optional>

namespace tabularium {

/// A place on a page: PDF points (1/72 inch) from the top left corner of the page as shown, y down.
struct Point {
  double x = 0.0;
  double y = 0.0;

  bool operator==(const Point&) const = default;
};

/// An upright rectangle in the coordinates of `Point`. `x0 <= x1` and `y0 <= y1`; a box may have
/// no width or no height. All numbers are finite.
struct Box {
  double x0 = 0.0;
  double y0 = 0.0;
  double x1 = 0.0;
  double y1 = 0.0;

  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double area() const { return width() * height(); }
  Point centre() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }

  /// The left and top edges belong to the box, the right and bottom edges do not: of two boxes
  /// that share an edge exactly one holds a point on it.
  bool contains(Point p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }

  bool operator==(const Box&) const = default;
};

/// The smallest box that holds both.
inline Box united(const Box& a, const Box& b) {
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

/// What the boxes share, or nothing where they do not even touch.
inline std::optional<Box> intersection(const Box& a, const Box& b) {
  const Box shared{std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1),
                   std::min(a.y1, b.y1)};
  if (shared.x0 > shared.x1 || shared.y0 > shared.y1) return std::nullopt;
  return shared;
}

/// Length that the intervals [a0, a1] and [b0, b1] share; 0 where they are apart.
inline double overlap(double a0, double a1, double b0, double b1) {
  return std::max(0.0, std::min(a1, b1) - std::max(a0, b0));
}

}  // namespace tabularium
