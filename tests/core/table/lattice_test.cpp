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
