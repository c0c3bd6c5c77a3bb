#include "paths.h"

#include <algorithm>
#include <cmath>

#include "rules.h"

namespace tabularium::pdf_text {
namespace {

using Direction = Rule::Direction;

constexpr double kMaxTilt = 0.01746;  // tangent of 1 degree
constexpr double kMinAspect = 2.5;    // a rule is at least this many times as long as thick
constexpr double kMaxDot = 3.0;       // points
constexpr double kSquareArea = 0.97;  // share of its box that a rectangle fills
// Outlines of letters are curved and thin as well; none is as long as this, in points.
constexpr double kMinCurvedRule = 24.0;

// Sides of a tick box, in points, and how far from a square it may be.
constexpr double kMinSquare = 4.5;
constexpr double kMinSpeck = 1.3;
constexpr double kMaxSquare = 18.0;
constexpr double kMaxStretch = 1.25;
constexpr double kRoundedArea = 0.9;  // a circle fills 0.785 of its box
constexpr double kMaxMark = 24.0;

std::optional<Direction> direction_of(Point a, Point b) {
  const double dx = std::abs(b.x - a.x);
  const double dy = std::abs(b.y - a.y);
  // Rounding tilts a short line by more than a degree.
  if (dy <= std::max(kMaxTilt * dx, std::min(0.02, dx / 4))) return Direction::horizontal;
  if (dx <= std::max(kMaxTilt * dy, std::min(0.02, dy / 4))) return Direction::vertical;
  return std::nullopt;
}

Rule as_rule(const Box& box) {
  if (box.width() >= box.height()) {
    return {Direction::horizontal, box.centre().y, box.x0, box.x1, box.height()};
  }
  return {Direction::vertical, box.centre().x, box.y0, box.y1, box.width()};
}

bool rule_like(const Box& box) {
  const double thin = std::min(box.width(), box.height());
  const double length = std::max(box.width(), box.height());
  return thin <= kMaxRuleThickness && length > 0.3 && length >= kMinAspect * thin;
}

void add_box(const Box& box, const Box& clip, bool exact, Shapes& shapes, int figure = -1) {
  const auto seen = intersection(box, clip);
  if (!seen) return;
  // What the clip leaves of a thick thing has no inside: a touching edge, not a hairline.
  if ((seen->width() <= 0 && box.width() > 0) || (seen->height() <= 0 && box.height() > 0)) return;
  // Nor is the last sliver of an upright rule a level one: where rules of the next page begin, at
  // the edge of the clip.
  if (rule_like(box) && (box.width() > box.height()) != (seen->width() > seen->height())) return;
  if (rule_like(*seen)) {
    shapes.pieces.push_back({as_rule(*seen), figure});
  } else if (std::max(seen->width(), seen->height()) <= kMaxDot) {
    shapes.dots.push_back(*seen);
  } else {
    shapes.areas.push_back({*seen, exact});
  }
}

bool square(const Box& box, double least = kMinSquare) {
  const double low = std::min(box.width(), box.height());
  const double high = std::max(box.width(), box.height());
  return low >= least && high <= kMaxSquare && high <= kMaxStretch * low;
}

// Adds `box` as a figure where it can be seen; gives its index or -1.
int add_figure(Figure::Kind kind, const Box& box, const Box& clip, Shapes& shapes) {
  if (!clip.contains(box.centre())) return -1;
  shapes.figures.push_back({kind, box});
  return static_cast<int>(shapes.figures.size()) - 1;
}

bool small(const Box& box) { return std::max(box.width(), box.height()) <= kMaxMark; }

// What a straight line from `a` to `b` covers. Gives whether it is level or upright.
bool stroke_line(Point a, Point b, const Stroke& stroke, const Box& clip, int figure,
                 Shapes& shapes) {
  const double half = stroke.thickness / 2;
  const double cap = stroke.extends ? half : 0.0;
  if (a == b) {
    if (cap > 0) add_box({a.x - half, a.y - half, a.x + half, a.y + half}, clip, true, shapes);
    return true;
  }
  const auto direction = direction_of(a, b);
  if (!direction) return false;
  Box box;
  if (*direction == Direction::horizontal) {
    const double y = (a.y + b.y) / 2;
    box = {std::min(a.x, b.x) - cap, y - half, std::max(a.x, b.x) + cap, y + half};
  } else {
    const double x = (a.x + b.x) / 2;
    box = {x - half, std::min(a.y, b.y) - cap, x + half, std::max(a.y, b.y) + cap};
  }
  add_box(box, clip, true, shapes, figure);
  return true;
}

// Whether the shape is an upright rectangle that fills at least `share` of its box: less than all
// where corners are rounded.
bool rectangular(const Subpath& part, double share = kSquareArea) {
  const Box box = part.box();
  return part.points.size() >= 4 && std::abs(part.signed_area()) >= share * box.area();
}

// Whether `inner` leaves a frame of rule width all around, at least on one side.
bool framed(const Box& outer, const Box& inner) {
  const double margins[] = {inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1,
                            outer.y1 - inner.y1};
  const auto thin = [](double margin) { return margin >= -0.01 && margin <= kMaxRuleThickness; };
  return std::all_of(std::begin(margins), std::end(margins), thin) &&
         inner.width() > 0.5 * outer.width() && inner.height() > 0.5 * outer.height();
}

bool is_frame(const Subpath& a, const Subpath& b, bool even_odd) {
  if (!rectangular(a) || !rectangular(b)) return false;
  if (!even_odd && a.signed_area() * b.signed_area() > 0) return false;
  return framed(a.box(), b.box()) || framed(b.box(), a.box());
}

void add_frame(const Box& outer, const Box& inner, const Box& clip, Shapes& shapes) {
  const int figure = square(outer) ? add_figure(Figure::Kind::outline, outer, clip, shapes) : -1;
  const Box sides[] = {{outer.x0, outer.y0, outer.x1, inner.y0},
                       {outer.x0, inner.y1, outer.x1, outer.y1},
                       {outer.x0, outer.y0, inner.x0, outer.y1},
                       {inner.x1, outer.y0, outer.x1, outer.y1}};
  for (const Box& side : sides) {
    if (side.width() > 0.01 && side.height() > 0.01) add_box(side, clip, true, shapes, figure);
  }
}

// A thin quadrangle along a nearly level or upright line.
std::optional<Box> tilted_line(const Subpath& part) {
  std::vector<Point> corners = part.points;
  if (corners.size() == 5 && corners.front() == corners.back()) corners.pop_back();
  if (corners.size() != 4 || part.curved()) return std::nullopt;
  const auto length = [&](std::size_t i) {
    const Point a = corners[i];
    const Point b = corners[(i + 1) % 4];
    return std::hypot(b.x - a.x, b.y - a.y);
  };
  const std::size_t first = length(0) + length(2) >= length(1) + length(3) ? 0 : 1;
  const auto one = direction_of(corners[first], corners[first + 1]);
  const auto other = direction_of(corners[first + 2], corners[(first + 3) % 4]);
  if (!one || !other || *one != *other) return std::nullopt;
  const double extent = (length(first) + length(first + 2)) / 2;
  const double thickness = std::abs(part.signed_area()) / extent;
  const Box box = part.box();
  const Point mid = box.centre();
  if (*one == Direction::horizontal) {
    return Box{box.x0, mid.y - thickness / 2, box.x1, mid.y + thickness / 2};
  }
  return Box{mid.x - thickness / 2, box.y0, mid.x + thickness / 2, box.y1};
}

void fill_part(const Subpath& part, const Box& clip, Shapes& shapes) {
  if (part.points.size() < 3) return;  // encloses nothing
  const Box box = part.box();
  if (square(box) && rectangular(part, kRoundedArea)) {
    add_figure(Figure::Kind::area, box, clip, shapes);
  } else if (square(box, kMinSpeck) && rectangular(part, kRoundedArea)) {
    add_figure(Figure::Kind::speck, box, clip, shapes);
  } else if (small(box) && !rectangular(part)) {
    add_figure(Figure::Kind::mark, box, clip, shapes);
  }
  if (rectangular(part)) {
    add_box(box, clip, true, shapes);
    return;
  }
  const double extent = std::max(box.width(), box.height());
  if (extent <= kMaxDot) {
    add_box(box, clip, false, shapes);
    return;
  }
  // Mitred corners: long and thin as a rectangle, the ends cut askew.
  if (rule_like(box) && (!part.curved() || extent >= kMinCurvedRule)) {
    add_box(box, clip, false, shapes);
    return;
  }
  if (const auto line = tilted_line(part); line && rule_like(*line)) {
    add_box(*line, clip, false, shapes);
    return;
  }
  if (const auto seen = intersection(box, clip)) shapes.areas.push_back({*seen, false});
}

}  // namespace

bool Subpath::curved() const {
  return std::find(straight.begin() + 1, straight.end(), false) != straight.end();
}

Box Subpath::box() const {
  Box box{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const Point& p : points) box = united(box, {p.x, p.y, p.x, p.y});
  return box;
}

double Subpath::signed_area() const {
  double twice = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i];
    const Point b = points[(i + 1) % points.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

Shapes shapes_of_stroke(const std::vector<Subpath>& path, const Stroke& stroke, const Box& clip) {
  Shapes shapes;
  for (const Subpath& part : path) {
    const Box box = part.box();
    int figure = -1;
    if (square(box) && rectangular(part, kRoundedArea)) {
      figure = add_figure(Figure::Kind::outline, box, clip, shapes);
    }
    bool tilted = false;
    for (std::size_t i = 1; i < part.points.size(); ++i) {
      tilted |= !part.straight[i] ||
                !stroke_line(part.points[i - 1], part.points[i], stroke, clip, figure, shapes);
    }
    if (tilted && figure < 0 && small(box)) add_figure(Figure::Kind::mark, box, clip, shapes);
  }
  return shapes;
}

Shapes shapes_of_fill(const std::vector<Subpath>& path, bool even_odd, const Box& clip) {
  Shapes shapes;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i + 1 < path.size() && is_frame(path[i], path[i + 1], even_odd)) {
      const Box a = path[i].box();
      const Box b = path[i + 1].box();
      const bool first_outside = framed(a, b);
      add_frame(first_outside ? a : b, first_outside ? b : a, clip, shapes);
      ++i;
    } else {
      fill_part(path[i], clip, shapes);
    }
  }
  return shapes;
}

}  // namespace tabularium::pdf_text
