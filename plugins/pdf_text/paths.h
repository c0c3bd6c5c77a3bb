#pragma once

#include <optional>
#include <vector>

#include "tabularium/page/geometry.h"
#include "tabularium/page/rule.h"

namespace tabularium::pdf_text {

/// A run of lines and curves of a path, in the coordinates of the page.
struct Subpath {
  std::vector<Point> points;   ///< with the control points of curves
  std::vector<bool> straight;  ///< whether the line from the point before to this one is straight
  bool closed = false;

  bool curved() const;
  Box box() const;
  /// Shoelace area, positive where the points run clockwise as seen on the page.
  double signed_area() const;
};

/// How a path is stroked, in points of the page.
struct Stroke {
  double thickness = 0.0;
  bool extends = false;  ///< square or round caps: lines reach half a thickness beyond their ends
};

/// A small shape that may be a tick box or the tick in one.
struct Figure {
  enum class Kind {
    outline,  ///< the outline of a square
    area,     ///< a filled square
    speck,    ///< a filled square too small for a tick box: it may tick one
    mark,     ///< anything else with a tilted or curved side
  };
  Kind kind = Kind::mark;
  Box box;
};

/// What a painted path comes to.
struct Shapes {
  struct Piece {
    Rule rule;
    int figure = -1;  ///< index of the figure that it outlines; -1 for none
  };
  struct Area {
    Box box;
    bool exact = false;  ///< fills its box; else the shape is more complicated
  };
  std::vector<Piece> pieces;  ///< lines
  std::vector<Box> dots;      ///< marks of a few points, about as wide as high
  std::vector<Area> areas;
  std::vector<Figure> figures;
};

/// The lines, dots and areas that stroking paints, cut to `clip`.
/// A line counts as level or upright up to 1 degree.
Shapes shapes_of_stroke(const std::vector<Subpath>& path, const Stroke& stroke, const Box& clip);

/// The lines, dots and areas that filling paints, cut to `clip`. The thin frame between two nested
/// boxes gives its four lines.
Shapes shapes_of_fill(const std::vector<Subpath>& path, bool even_odd, const Box& clip);

}  // namespace tabularium::pdf_text
