#include "tabularium/table/lattice_internal.h"

#include <gmock/gmock.h>

#include "build.h"

namespace tabularium {
namespace {

using build::across;
using build::down;
using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(SnapPositions, KeepsTwoGridLinesThatAChainOfRulesConnects) {
  // Steps of 0.8 pt, tolerance 1 pt: every neighbour is near, yet the ends are 2.4 pt apart.
  EXPECT_THAT(snap_positions({74.4, 72.0, 73.6, 72.8}, 1.0),
              ElementsAre(DoubleNear(72.4, 1e-9), DoubleNear(74.0, 1e-9)));
}

TEST(SnapPositions, GivesNothingForNothing) { EXPECT_TRUE(snap_positions({}, 1.0).empty()); }

TEST(GroupRules, KeepsApartWhatDoesNotTouch) {
  const std::vector<Rule> rules{across(100, 50, 200), down(50, 100, 150), across(300, 50, 200),
                                down(50, 300, 350), across(500, 50, 200)};
  const RuleGroups groups = group_rules(rules, Scale{}, 1000);
  EXPECT_EQ(groups.groups.size(), 2u);
  EXPECT_EQ(groups.loose, std::vector<Rule>{across(500, 50, 200)});
  EXPECT_FALSE(groups.too_many);
}

TEST(GroupRules, JoinsThePiecesOfOneLine) {
  // One short rule for each cell edge, as browsers draw collapsed borders.
  const std::vector<Rule> rules{across(100, 50, 100), across(100.2, 100, 150),
                                across(99.9, 149.8, 200), down(50, 100, 120), down(50, 120, 140)};
  const RuleGroups groups = group_rules(rules, Scale{}, 1000);
  ASSERT_EQ(groups.groups.size(), 1u);
  ASSERT_EQ(groups.groups[0].horizontal.size(), 1u);
  EXPECT_EQ(groups.groups[0].horizontal[0].from, 50);
  EXPECT_EQ(groups.groups[0].horizontal[0].to, 200);
  ASSERT_EQ(groups.groups[0].vertical.size(), 1u);
  EXPECT_EQ(groups.groups[0].vertical[0].length(), 40);
}

TEST(GroupRules, GivesUpOnAHatchedDrawing) {
  std::vector<Rule> rules;
  for (int i = 0; i < 100; ++i) {
    rules.push_back(across(i * 5.0, 0, 500));
    rules.push_back(down(i * 5.0, 0, 500));
  }
  EXPECT_TRUE(group_rules(rules, Scale{}, 9'999).too_many);
  EXPECT_FALSE(group_rules(rules, Scale{}, 10'000).too_many);
}

TEST(MergePlaces, MakesOneCellWhereNoWallStands) {
  const std::vector<PlaceRange> cells = merge_places(Walls(3, 4));
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0].row1, 3);
  EXPECT_EQ(cells[0].col1, 4);
}

TEST(MergePlaces, CutsARegionThatIsNoRectangleWhereItIsWalledMost) {
  // A tall place on the right; of its left border the middle piece is missing.
  Walls walls(3, 2);
  walls.set_left(0, 1);
  walls.set_left(2, 1);
  walls.set_above(1, 0);
  walls.set_above(2, 0);
  const std::vector<PlaceRange> cells = merge_places(walls);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[1].col0, 1);
  EXPECT_EQ(cells[1].row1, 3);
}

TEST(MergePlaces, LetsAWallThatEndsWithinACellBe) {
  Walls walls(2, 3);
  walls.set_above(1, 0);
  walls.set_above(1, 1);  // not above (1, 2)
  EXPECT_EQ(merge_places(walls).size(), 1u);
}

/// The box of the cell that holds the point.
Box cell_at(const Table& table, Point point) {
  for (const Cell& cell : table.cells) {
    if (cell.box().contains(point)) return cell.box();
  }
  return {};
}

TEST(BuildLattice, ClosesTheCornerBelowMergedCellsThatEndEarlyAtAPageBreak) {
  // The two merged cells on the left end within the last row: their border is drawn at their own
  // end, and nothing beside or below the empty place under them.
  RuleGroup group;
  group.horizontal = {across(47.6, 43, 259.9), across(61, 260.2, 544)};
  group.vertical = {down(43, 42, 61), down(110, 42, 48), down(259.9, 42, 48), down(410, 42, 61),
                    down(544, 42, 61)};
  const Table table = build_lattice(group, Scale{11, 0.75}, 100);
  EXPECT_EQ(cell_at(table, {300, 58}), (Box{259.9, 42, 410, 61}));
  EXPECT_EQ(cell_at(table, {150, 45}), (Box{110, 42, 259.9, 47.6}));
  EXPECT_EQ(cell_at(table, {150, 58}), (Box{43, 47.6, 259.9, 61}));
}

TEST(BuildLattice, PartsStackedTablesWhoseColumnsNearlyCoincide) {
  // A label ends at 78 above a row that ends at 88; the next label is four points narrower.
  RuleGroup group;
  group.horizontal = {across(78, 63, 123), across(88, 123.7, 524), across(178, 63, 524),
                      across(245, 63, 524)};
  group.vertical = {down(63, 70, 245), down(119, 88.5, 245), down(123.2, 70, 78.7),
                    down(374, 70, 88.5), down(524, 70, 245)};
  const Table table = build_lattice(group, Scale{10, 0.75}, 100);
  EXPECT_EQ(cell_at(table, {300, 84}), (Box{123.2, 70, 374, 88}));
  EXPECT_EQ(cell_at(table, {300, 120}), (Box{119, 88, 524, 178}));
  EXPECT_EQ(cell_at(table, {500, 120}), (Box{119, 88, 524, 178}));
  EXPECT_EQ(cell_at(table, {90, 120}), (Box{63, 88, 119, 178}));
}

TEST(BuildLattice, LeavesTheEmptyPlaceBelowAMergedCellOutOfTheNextCell) {
  // As above with the columns in line: the label of the second row begins where that row does.
  RuleGroup group;
  group.horizontal = {across(44, 71, 139), across(61, 139.5, 524), across(242, 71, 524)};
  group.vertical = {down(71, 42, 242), down(139.2, 42, 44), down(139.2, 61.5, 242),
                    down(373, 42, 61.5), down(524, 42, 242)};
  const Table table = build_lattice(group, Scale{9, 0.75}, 100);
  EXPECT_EQ(cell_at(table, {100, 100}), (Box{71, 61, 139.2, 242}));
  EXPECT_EQ(cell_at(table, {250, 55}), (Box{139.2, 42, 373, 61}));
  EXPECT_EQ(cell_at(table, {100, 50}), (Box{71, 44, 139.2, 61}));
}

TEST(BuildLattice, DropsGridLinesThatBoundNoCell) {
  RuleGroup group;
  group.horizontal = {across(100, 50, 250), across(140, 50, 250), across(120, 50, 80)};
  group.vertical = {down(50, 100, 140), down(150, 100, 140), down(250, 100, 140)};
  const Table table = build_lattice(group, Scale{}, 100);
  EXPECT_EQ(table.rows, 1);
  EXPECT_EQ(table.cols, 2);
  EXPECT_THAT(table.row_edges, ElementsAre(100, 140));
  EXPECT_THAT(table.column_edges, ElementsAre(50, 150, 250));
}

TEST(BuildLattice, RefusesMorePlacesThanAllowed) {
  RuleGroup group;
  for (int i = 0; i <= 10; ++i) {
    group.horizontal.push_back(across(i * 20.0, 0, 200));
    group.vertical.push_back(down(i * 20.0, 0, 200));
  }
  EXPECT_EQ(build_lattice(group, Scale{}, 99).rows, 0);
  EXPECT_EQ(build_lattice(group, Scale{}, 100).rows, 10);
}

}  // namespace
}  // namespace tabularium
