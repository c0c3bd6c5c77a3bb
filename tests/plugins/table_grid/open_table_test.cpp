#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

#include "detector.h"
#include "drawn_page.h"

namespace tabularium::table_grid {
namespace {

void hole(cv::Mat1b& page, const cv::Rect& box) { page(box) = 250; }

// Lines of glyphs of a kind between two places, from `top` to `bottom`.
void fill(cv::Mat1b& page, int from, int to, int top, int bottom) {
  for (int y = top; y + 20 < bottom; y += 34) {
    for (int x = from + 12; x + 30 < to; x += 24) {
      cv::rectangle(page, {x, y, 19, 19}, 30, 2);
      cv::line(page, {x + 9, y + 3}, {x + 9, y + 16}, 30, 2);
    }
  }
}

// The middle of a table of two columns that begins before the page and ends after it.
cv::Mat1b open_page() {
  cv::Mat1b page(1754, 1240, std::uint8_t{250});
  for (const int x : {100, 300, 1140}) cv::line(page, {x, 110}, {x, 1640}, 20, 2);
  fill(page, 100, 300, 130, 300);
  fill(page, 300, 1140, 130, 1630);
  return page;
}

TEST(OpenTable, IsFoundByItsColumnsAlone) {
  EXPECT_EQ(cells(Detector().detect(image_of(open_page()), {})), 2U);
}

TEST(OpenTable, KeepsAFaintSideAtWhichItsOnlyRuleEnds) {
  cv::Mat1b page = open_page();
  cv::line(page, {100, 420}, {1140, 420}, 20, 2);
  hole(page, {1137, 100, 7, 1550});
  cv::line(page, {1140, 110}, {1140, 1640}, 95, 1);
  cv::line(page, {1130, 420}, {1140, 420}, 20, 2);
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), 4U);
}

// The drawn page where the page break cuts a cell of the first column, merged over the last two
// rows. The other columns end at a rule.
cv::Mat1b page_with_cut_cell() {
  cv::Mat1b page = drawn_page();
  for (const int y : {500, 560}) hole(page, {103, y - 3, 194, 7});
  return page;
}

// Where the leftmost rule that runs down ends, in pixels.
double end_of_left_side(const UprightPage& page) {
  double end = 0.0;
  for (const Rule& rule : page.page.rules) {
    if (rule.horizontal() || rule.position > 110 * 72 / kDpi) continue;
    end = std::max(end, rule.to * kDpi / 72);
  }
  return end;
}

TEST(CutCell, KeepsItsOuterSideAsFarAsTheOtherColumnsGo) {
  const UprightPage page = Detector().detect(image_of(page_with_cut_cell()), {});
  EXPECT_NEAR(end_of_left_side(page), 560.0, 2.0);
  EXPECT_EQ(cells(page), kCells - 1);
}

TEST(CutCell, HasNoSideWhereALoneEndIsDrawnLessFar) {
  cv::Mat1b page = page_with_cut_cell();
  hole(page, {97, 540, 7, 25});
  EXPECT_NEAR(end_of_left_side(Detector().detect(image_of(page), {})), 440.0, 2.0);
}

TEST(OpenTable, LeavesAStreakThatCrossesItsOnlyRule) {
  cv::Mat1b page = open_page();
  cv::line(page, {100, 420}, {1140, 420}, 20, 2);
  for (int y = 0; y < page.rows; ++y) {
    page(y, 210) = cv::saturate_cast<std::uint8_t>(page(y, 210) - 120);
  }
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), 4U);
}

TEST(OpenTable, TakesColumnsThatAreWornAtTheirEndsToWhereTheOthersEnd) {
  cv::Mat1b page = open_page();
  for (int i = 0; i < 9; ++i) {
    hole(page, {97, 160 + 150 * i, 7, 45});
    hole(page, {297, 190 + 150 * i, 7, 40});
    hole(page, {1137, 240 + 150 * i, 7, 45});
  }
  hole(page, {297, 105, 7, 40});
  hole(page, {1137, 1605, 7, 40});
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), 2U);
}

// The drawn page at twice its size, with every rule but the outer ones double: lines of 7 pixels
// with 3 between them.
cv::Mat1b double_ruled_page() {
  cv::Mat1b page;
  cv::resize(drawn_page(), page, {}, 2, 2, cv::INTER_NEAREST);
  for (int row = 1; row < 6; ++row) {
    const int left = row == 3 ? 600 : 200;
    const int y = 390 + 120 * row;
    page(cv::Rect(left, y, 2280 - left, 17)) = 20;
    page(cv::Rect(left, y + 7, 2280 - left, 3)) = 250;
  }
  for (const int x : {590, 1190, 1790}) {
    page(cv::Rect(x, 400, 17, 720)) = 20;
    page(cv::Rect(x + 7, 400, 3, 720)) = 250;
  }
  return page;
}

TEST(DoubleRules, GiveTheCellsOfSimpleOnes) {
  EXPECT_EQ(cells(Detector().detect(image_of(double_ruled_page(), 2 * kDpi), {})), kCells);
}

TEST(DottedRules, AreFoundBesideSolidOnes) {
  cv::Mat1b page = drawn_page();
  for (int y = 205; y < 556; ++y) {
    if (y % 4 < 2) {
      for (const int x : {300, 600, 900}) page(y, x - 1) = page(y, x) = page(y, x + 1) = 250;
    }
  }
  cv::GaussianBlur(page, page, {0, 0}, 0.6);
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(LargeTitle, GivesNoCells) {
  // Thin strokes of glyphs as high as two lines of text, a little above the table.
  cv::Mat1b page = drawn_page();
  for (int i = 0; i < 8; ++i) {
    const int x = 380 + 66 * i;
    cv::rectangle(page, {x, 108 + 4 * (i % 3), 48, 58}, 30, 2);
    const int lower = 4 * (i % 3);  // no two neighbours have their strokes in line
    for (const int y : {127, 144}) cv::line(page, {x, y + lower}, {x + 48, y + lower}, 30, 2);
  }
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(LargeTitle, LendsNoColumnsToATableThatItNearlyTouches) {
  // Glyphs more than twice as high as the text, four pixels above the table, whose bars stand
  // beside a quarter of their uprights.
  cv::Mat1b page = drawn_page();
  for (int i = 0; i < 8; ++i) {
    const int x = 372 + 60 * i;
    const int lower = 3 * (i % 3);  // no two neighbours have their bars in line
    for (const int upright : {x, x + 36}) cv::line(page, {upright, 136}, {upright, 193}, 30, 2);
    for (const int y : {140, 148, 156, 164, 172}) {
      cv::line(page, {x, y + lower}, {x + 36, y + lower}, 30, 2);
    }
  }
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

// The drawn page at twice its size, with two rows below its table that are no higher than 1.3 of
// their text. The sides of their cells are those of no other row.
cv::Mat1b page_with_low_rows() {
  cv::Mat1b page;
  cv::resize(drawn_page(), page, {}, 2, 2, cv::INTER_NEAREST);
  const int y[] = {1120, 1176, 1232};
  for (const int at : y) cv::line(page, {200, at}, {2280, at}, 20, 6);
  for (const int x : {200, 2280}) cv::line(page, {x, y[0]}, {x, y[2]}, 20, 4);
  for (const int x : {400, 900, 1600}) cv::line(page, {x, y[0]}, {x, y[1]}, 20, 4);
  for (const int x : {720, 2000}) cv::line(page, {x, y[1]}, {x, y[2]}, 20, 4);
  for (const int top : {y[0], y[1]}) {
    for (const int x : {220, 420, 920, 960, 1620, 1660}) {
      cv::rectangle(page, {x, top + 10, 36, 36}, 30, 4);
    }
  }
  return page;
}

TEST(LowRows, KeepTheirSides) {
  EXPECT_EQ(cells(Detector().detect(image_of(page_with_low_rows(), 2 * kDpi), {})), kCells + 7);
}

TEST(LowRows, TakeAStrokeWithPrintOnBothSidesForNoSide) {
  // A character whose middle stroke goes from one rule to the other.
  cv::Mat1b page = page_with_low_rows();
  cv::line(page, {1210, 1120}, {1210, 1176}, 30, 4);
  for (const int x : {1198, 1222}) cv::line(page, {x, 1132}, {x, 1164}, 30, 4);
  EXPECT_EQ(cells(Detector().detect(image_of(page, 2 * kDpi), {})), kCells + 7);
}

}  // namespace
}  // namespace tabularium::table_grid
