#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "tabularium/table/lattice_internal.h"

/// Where a merged cell ends at a page break, or a table meets the next one whose columns nearly
/// coincide, programs draw each border for its own cell: the last piece between them is missing.
/// Walls that part rectangles meet in T's and crosses, or end in the outer corners; so an end that
/// meets nothing, and a bend, tell where a piece is missing.
namespace tabularium {
namespace {

/// A corner of four places.
struct Knot {
  int row = 0;
  int col = 0;
};

enum class Shape {
  empty,  ///< no wall
  loose,  ///< one wall ends here
  bent,   ///< two walls meet at a right angle
  sound,
};

struct Step {
  int row = 0;
  int col = 0;
};

constexpr Step kSteps[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

bool is_within(const Walls& walls, Knot k) {
  return k.row >= 0 && k.col >= 0 && k.row <= walls.rows() && k.col <= walls.cols();
}

/// Whether a wall stands between a knot and the next one in direction `step`, if there is one.
bool is_walled(const Walls& walls, Knot k, Step step) {
  if (!is_within(walls, {k.row + step.row, k.col + step.col})) return false;
  if (step.col == 0) return walls.left(step.row < 0 ? k.row - 1 : k.row, k.col);
  return walls.above(k.row, step.col < 0 ? k.col - 1 : k.col);
}

Shape shape_of(const Walls& walls, Knot k) {
  int upright = 0;
  int across = 0;
  for (const Step& step : kSteps) {
    (step.col == 0 ? upright : across) += is_walled(walls, k, step);
  }
  if (upright + across == 0) return Shape::empty;
  if (upright + across == 1) return Shape::loose;
  const bool outermost =
      (k.row == 0 || k.row == walls.rows()) && (k.col == 0 || k.col == walls.cols());
  return upright == 1 && across == 1 && !outermost ? Shape::bent : Shape::sound;
}

MissingWall between(Knot a, Knot b) {
  return {a.row == b.row, std::min(a.row, b.row), std::min(a.col, b.col),
          std::abs(a.row - b.row) + std::abs(a.col - b.col)};
}

/// The next knot in direction `step` at which a wall stands, or the last of the grid.
Knot next_knot(const Walls& walls, Knot from, Step step) {
  Knot next{from.row + step.row, from.col + step.col};
  while (shape_of(walls, next) == Shape::empty &&
         is_within(walls, {next.row + step.row, next.col + step.col})) {
    next = {next.row + step.row, next.col + step.col};
  }
  return next;
}

/// Whether a piece of wall from `start` to `next`, in direction `step`, is one that was left out.
bool is_missing(const Walls& walls, Knot start, Step step, Knot next) {
  const Shape met = shape_of(walls, next);
  if (met != Shape::loose && met != Shape::bent) return false;
  if (shape_of(walls, start) == Shape::loose) return true;
  // Between two bends only the middle of a straight wall: what else could bound the places there?
  return is_walled(walls, start, {-step.row, -step.col}) && is_walled(walls, next, step);
}

/// A merged cell that ends early at a page break leaves an empty place below it, down to the end of
/// its row: what ends the row on the other side of the missing upright wall goes on below it.
std::optional<MissingWall> foot_of(const Walls& walls, const MissingWall& upright) {
  const Knot head{upright.row, upright.col};
  const Knot foot{upright.row + upright.length, upright.col};
  if (foot.col == 0 || foot.col == walls.cols()) return std::nullopt;
  const Step left{0, -1};
  const Step right{0, 1};
  for (const auto& [early, late] : {std::pair(left, right), std::pair(right, left)}) {
    if (is_walled(walls, head, early) && !is_walled(walls, head, late) &&
        is_walled(walls, foot, late) && !is_walled(walls, foot, early)) {
      return between(foot, next_knot(walls, foot, early));
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<MissingWall> missing_walls(const Walls& walls, int row, int col) {
  const Knot start{row, col};
  const Shape shape = shape_of(walls, start);
  if (shape != Shape::loose && shape != Shape::bent) return {};
  std::vector<MissingWall> missing;
  for (const Step& step : kSteps) {
    if (!is_within(walls, {row + step.row, col + step.col}) || is_walled(walls, start, step)) {
      continue;
    }
    const Knot next = next_knot(walls, start, step);
    if (!is_missing(walls, start, step, next)) continue;
    const MissingWall wall = between(start, next);
    missing.push_back(wall);
    const auto foot = wall.across ? std::nullopt : foot_of(walls, wall);
    if (foot) missing.push_back(*foot);
  }
  return missing;
}

}  // namespace tabularium
