// What the reader makes of lines and areas.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "read_page.h"

namespace tabularium {
namespace {

using test::read_content;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Rules, ComeFromStrokes) {
  const Page page = read_content("2 w 20 50 m 120 50 l S");
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_TRUE(page.rules[0].horizontal());
  EXPECT_DOUBLE_EQ(page.rules[0].position, 150.0);
  EXPECT_DOUBLE_EQ(page.rules[0].from, 20.0);
  EXPECT_DOUBLE_EQ(page.rules[0].to, 120.0);
  EXPECT_DOUBLE_EQ(page.rules[0].thickness, 2.0);
}

TEST(Rules, ComeFromThinFilledBoxes) {
  const Page page = read_content("20 50 100 0.5 re f");
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_NEAR(page.rules[0].position, 149.75, 1e-9);
  EXPECT_NEAR(page.rules[0].thickness, 0.5, 1e-9);
}

TEST(Rules, ComeFromTheFourSidesOfAnOutlinedBox) {
  EXPECT_THAT(read_content("20 50 100 40 re S").rules, SizeIs(4));
}

TEST(Rules, ComeFromTheFrameBetweenTwoBoxes) {
  EXPECT_THAT(read_content("20 50 100 40 re 21 51 98 38 re f*").rules, SizeIs(4));
}

TEST(Rules, DoNotComeFromAFilledArea) {
  EXPECT_THAT(read_content("0.8 g 20 50 100 40 re f").rules, IsEmpty());
}

TEST(Rules, InWhiteOnPaperAreIgnored) {
  EXPECT_THAT(read_content("1 G 20 50 m 120 50 l S 1 g 20 70 100 0.5 re f").rules, IsEmpty());
}

TEST(Rules, InWhiteBetweenGreyAreasAreSeen) {
  EXPECT_THAT(read_content("0.8 g 20 40 100 40 re f 1 G 20 60 m 120 60 l S").rules, SizeIs(1));
}

TEST(Rules, AreCutToTheClip) {
  const Page page = read_content("q 30 0 50 200 re W n 20 50 m 120 50 l S Q");
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_DOUBLE_EQ(page.rules[0].from, 30.0);
  EXPECT_DOUBLE_EQ(page.rules[0].to, 80.0);
}

TEST(Rules, OfWhichTheClipLeavesLessThanTheirThicknessAreGone) {
  // Upright, 1 point thick; the clip begins 0.1 points below its top end.
  EXPECT_THAT(read_content("q 0 0 200 50.1 re W n 20 50 1 100 re f Q").rules, IsEmpty());
}

TEST(Rules, OutsideTheClipAreGone) {
  EXPECT_THAT(read_content("q 30 100 50 50 re W n 20 50 m 120 50 l S Q").rules, IsEmpty());
}

TEST(Rules, OfTiltedLinesAreIgnoredAndNearlyUprightOnesTaken) {
  EXPECT_THAT(read_content("20 50 m 120 70 l S").rules, IsEmpty());
  EXPECT_THAT(read_content("20 20 m 21 180 l S").rules, SizeIs(1));
}

TEST(Rules, JoinPiecesThatTouch) {
  EXPECT_THAT(read_content("20 50 m 60 50 l S 60 50 m 120 50 l S").rules, SizeIs(1));
}

TEST(Rules, JoinDashes) {
  std::string content;
  for (int i = 0; i < 20; ++i) content += fmt::format("{} 50 3 0.5 re f ", 20 + 5 * i);
  ASSERT_THAT(read_content(content).rules, SizeIs(1));
  EXPECT_NEAR(read_content(content).rules[0].length(), 98.0, 1e-6);
}

TEST(Rules, JoinDots) {
  std::string content;
  for (int i = 0; i < 30; ++i) content += fmt::format("{} 50 1 1 re f ", 20 + 2 * i);
  const Page page = read_content(content);
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_TRUE(page.rules[0].horizontal());
}

TEST(Rules, OfADashPatternAreWhole) {
  const Page page = read_content("[3 2] 0 d 20 50 m 120 50 l S");
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_DOUBLE_EQ(page.rules[0].length(), 100.0);
}

TEST(Rules, KeepTheGapsBetweenCells) {
  EXPECT_THAT(read_content("20 50 m 60 50 l S 70 50 m 120 50 l S").rules, SizeIs(2));
}

TEST(Rules, ComeFromTheStripsBetweenCellsPaintedOnOneArea) {
  // Two cells side by side with one below both, 1 point apart, on grey.
  const Page page = read_content(
      "0.6 g 20 50 101 41 re f 1 g 21 71 49 19 re f 71 71 49 19 re f 21 51 99 19 re f");
  // The frame, the strip across and the one that parts the upper cells.
  ASSERT_THAT(page.rules, SizeIs(6));
  const Rule& between = page.rules[4];
  EXPECT_FALSE(between.horizontal());
  EXPECT_NEAR(between.position, 70.5, 1e-9);
  EXPECT_LE(between.from, 110.0);
  EXPECT_GE(between.to, 129.0);
  EXPECT_LT(between.to, 132.0);
}

TEST(Rules, ComeFromTheEdgeOfTheLastCellBelowWhichMoreOfTheAreaShows) {
  // Two columns on grey; the page ends below, so that 20 points of grey show under the right one.
  const Page page = read_content(
      "0.6 g 20 50 101 61 re f 1 g 21 51 49 59 re f 71 91 49 19 re f 71 71 49 19 re f");
  const auto below = std::find_if(page.rules.begin(), page.rules.end(), [](const Rule& rule) {
    return rule.horizontal() && std::abs(rule.position - 129.5) < 0.01;
  });
  ASSERT_NE(below, page.rules.end());
  EXPECT_LE(below->from, 71.0);
  EXPECT_GE(below->to, 120.0);
  EXPECT_NEAR(below->thickness, 1.0, 1e-9);
}

TEST(Rules, ComeFromTheTopOfACellBelowTheShortRestOfAMergedOne) {
  // The left column: the rest of a merged cell, 20 points of grey, then the next cell.
  const Page page = read_content(
      "0.6 g 20 50 101 62 re f 1 g 21 91 49 20 re f 21 51 49 19 re f "
      "71 71 49 40 re f 71 51 49 19 re f");
  const auto at = [&](double y) {
    return std::any_of(page.rules.begin(), page.rules.end(), [&](const Rule& rule) {
      return rule.horizontal() && std::abs(rule.position - y) < 0.6 && rule.from < 25;
    });
  };
  EXPECT_TRUE(at(129.5));   // above the next cell
  EXPECT_FALSE(at(109.5));  // below the rest
}

TEST(Rules, DoNotComeFromAHighlightInACell) {
  EXPECT_THAT(read_content("0.6 g 20 50 100 40 re f 1 g 22 52 96 36 re f").rules, IsEmpty());
}

TEST(Rules, DoNotComeFromShadedCellsOnBarePaper) {
  EXPECT_THAT(read_content("0.6 g 20 50 49 40 re f 70 50 49 40 re f").rules, IsEmpty());
}

}  // namespace
}  // namespace tabularium
