#include "tabularium/page/upright.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using testing::ElementsAre;

TEST(TurnedBack, TakesTheCornersOfATurnedPageToThoseOfThePageInTheFile) {
  Page page;
  page.width = 400;  // shown turned; 200 wide and 400 high in the file where by a quarter
  page.height = 200;
  EXPECT_EQ(turned_back(page), Homography{});
  page.turned = 90;
  EXPECT_EQ(mapped(turned_back(page), Point{0, 0}), (Point{0, 400}));
  EXPECT_EQ(mapped(turned_back(page), Point{400, 0}), (Point{0, 0}));
  page.turned = 180;
  EXPECT_EQ(mapped(turned_back(page), Point{0, 0}), (Point{400, 200}));
  page.turned = 270;
  EXPECT_EQ(mapped(turned_back(page), Point{0, 0}), (Point{200, 0}));
  EXPECT_EQ(mapped(turned_back(page), Point{400, 0}), (Point{200, 400}));
}

TEST(Mapped, TakesABoxToTheSmallestUprightBoxAroundItsCorners) {
  // A quarter turn: x becomes y, and y runs the other way on a page 100 wide.
  const Homography turn{{0, -1, 100, 1, 0, 0, 0, 0, 1}};
  EXPECT_EQ(mapped(turn, Box{10, 20, 30, 60}), (Box{40, 10, 80, 30}));
}

TEST(Mapped, DividesByTheThirdCoordinate) {
  const Homography keystone{{1, 0, 0, 0, 1, 0, 0, 0.01, 1}};
  EXPECT_EQ(mapped(keystone, Point{50, 100}), (Point{25, 50}));
}

TEST(Then, AppliesTheFirstMapFirst) {
  const Homography twice{{2, 0, 0, 0, 2, 0, 0, 0, 1}};
  const Homography shift{{1, 0, 5, 0, 1, 0, 0, 0, 1}};
  EXPECT_EQ(mapped(then(twice, shift), Point{1, 1}), (Point{7, 2}));
}

TEST(Inverted, LeadsBack) {
  const Homography map{{1.5, 0.2, 30, -0.1, 1.2, 12, 0.0004, 0.0002, 1}};
  const Point there = mapped(map, Point{120, 340});
  const Point back = mapped(inverted(map), there);
  EXPECT_NEAR(back.x, 120, 1e-9);
  EXPECT_NEAR(back.y, 340, 1e-9);
}

TEST(TurnedHalf, TurnsPixelsRulesSealsAndTheWayBackAlike) {
  UprightPage page;
  page.page.width = 200;
  page.page.height = 100;
  page.page.rules = {{Rule::Direction::horizontal, 10, 20, 150, 1}};
  page.text = {2, 1, 1, 72, {1, 2}};
  page.image = page.text;
  page.seals = {{0, 0, 50, 40}};
  const UprightPage turned = turned_half(page);
  EXPECT_THAT(turned.text.samples, ElementsAre(2, 1));
  EXPECT_THAT(turned.page.rules, ElementsAre(Rule{Rule::Direction::horizontal, 90, 50, 180, 1}));
  EXPECT_THAT(turned.seals, ElementsAre(Box{150, 60, 200, 100}));
  EXPECT_EQ(turned.turned, 180);
  EXPECT_EQ(mapped(turned.to_source, Point{200, 100}), (Point{0, 0}));
}

}  // namespace
}  // namespace tabularium
