#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tabularium/page/rule.h"
#include "tabularium/table/scale_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Means of groups of near positions, rising. A group reaches `tolerance` from its first position.
/// `tolerance` is at least 0.
std::vector<double> snap_positions(std::vector<double> positions, double tolerance);

/// Rules that cross or touch each other, directly or over others.
struct RuleGroup {
  std::vector<Rule> horizontal;
  std::vector<Rule> vertical;
};

/// Pieces of one line made one rule; then the groups of rules that hang together, in a stable
/// order. Rules that touch no other are in no group. Gives nothing and sets `too_many` where the
/// rules cross more than `max_crossings` times: a hatched drawing, not a table.
struct RuleGroups {
  std::vector<RuleGroup> groups;
  std::vector<Rule> loose;  ///< touch no rule of the other direction
  bool too_many = false;
};
RuleGroups group_rules(const std::vector<Rule>& rules, const Scale& scale,
                       std::int64_t max_crossings);

/// Takes loose upright rules that stand beside a group, from its top to its foot, into the group:
/// merged cells that begin on the page before and end on the next have sides alone. Such a rule may
/// go on below the group, where its last row did not fit on the page.
void take_in_sides(RuleGroups& groups, const Scale& scale);

/// Cells that a group of rules draws, without text: a `Table` of kind ruled. Its `rows` is 0 where
/// the group draws no cell, or more than `max_places` grid places.
Table build_lattice(const RuleGroup& group, const Scale& scale, std::int64_t max_places);

/// Tables of one row that goes on beyond the page above and below: two or more vertical rules of
/// one extent that no rule crosses. So looks a page in the middle of a long text of a form.
std::vector<Table> build_open_rows(const std::vector<Rule>& loose, const Scale& scale);

/// A rectangle of grid places: rows [row0, row1), columns [col0, col1).
struct PlaceRange {
  int row0 = 0;
  int col0 = 0;
  int row1 = 0;
  int col1 = 0;
};

/// Walls between the places of a grid, and round them.
class Walls {
 public:
  Walls(int rows, int cols);
  int rows() const { return rows_; }
  int cols() const { return cols_; }
  /// The wall above place (row, col); row 0 to rows, where that is below the last.
  bool above(int row, int col) const { return above_[index(row, col)] != 0; }
  /// The wall left of place (row, col); col 0 to cols, where that is right of the last.
  bool left(int row, int col) const { return left_[index(row, col)] != 0; }
  void set_above(int row, int col) { above_[index(row, col)] = 1; }
  void set_left(int row, int col) { left_[index(row, col)] = 1; }

 private:
  std::size_t index(int row, int col) const {
    return static_cast<std::size_t>(row) * (static_cast<std::size_t>(cols_) + 1) +
           static_cast<std::size_t>(col);
  }
  int rows_;
  int cols_;
  std::vector<std::uint8_t> above_;
  std::vector<std::uint8_t> left_;
};

/// The rectangles that the walls leave: every place is in exactly one. Sorted by row, then column.
/// In a region that is no rectangle, walls that end loose are closed first (see `loose_ends.cpp`);
/// what still is none is cut where most of a line across it is walled.
std::vector<PlaceRange> merge_places(Walls walls);

/// A piece of wall that is not drawn: above the places (row, col) to (row, col + length - 1), or
/// left of (row, col) to (row + length - 1, col).
struct MissingWall {
  bool across = false;  ///< horizontal
  int row = 0;
  int col = 0;
  int length = 1;
};

/// The walls that a drawing left out at the corner of four places above row `row` and left of
/// column `col`: from a loose end, straight on or at right angles, to another end or to a bend that
/// bounds no rectangle; from a bend, the middle of a straight wall. None passes another wall.
std::vector<MissingWall> missing_walls(const Walls& walls, int row, int col);

}  // namespace tabularium
