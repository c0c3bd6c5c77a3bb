#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

#include "detector.h"
#include "drawn_page.h"

namespace tabularium::table_grid {
namespace {

void hole(cv::Mat1b& page, const cv::Rect& box) { page(box) = 250; }

// The drawn page with two holes in each of its inner rules: enough to know it for worn.
cv::Mat1b worn_page() {
  cv::Mat1b page = drawn_page();
  for (int row = 1; row < 6; ++row) {
    hole(page, {340 + 30 * row, 200 + 60 * row - 3, 45, 7});
    hole(page, {940, 200 + 60 * row - 3, 50, 7});
  }
  for (const int x : {300, 600, 900}) {
    hole(page, {x - 3, 222, 7, 20});
    hole(page, {x - 3, 345, 7, 20});
  }
  return page;
}

TEST(WornPage, KeepsItsCellsWhereRulesHaveHoles) {
  EXPECT_EQ(cells(Detector().detect(image_of(worn_page()), {})), kCells);
}

TEST(WornPage, DrawsASideOfWhichAFewPiecesAreLeft) {
  cv::Mat1b page = worn_page();
  // Under the second row of the last column: a third of the rule is left, in two pieces.
  hole(page, {903, 317, 90, 7});
  hole(page, {1040, 317, 97, 7});
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(WornPage, MakesUpASideThatIsGoneWhereTheRuleGoesOnAtBothEnds) {
  cv::Mat1b page = worn_page();
  // Holes as long as the side.
  for (const int row : {1, 3, 5}) hole(page, {640, 200 + 60 * row - 3, 70, 7});
  hole(page, {597, 383, 7, 54});
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(WornPage, MakesUpASideThatIsGoneWhereTheTextOnItsSidesStandsApart) {
  cv::Mat1b page = worn_page();
  for (const int row : {1, 3, 5}) hole(page, {640, 200 + 60 * row - 3, 70, 7});
  hole(page, {597, 203, 7, 54});  // in the first row: the rule goes on at one end only
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(WornPage, LeavesACellWholeThatTextRunsThrough) {
  cv::Mat1b page = worn_page();
  for (const int row : {1, 3, 5}) hole(page, {640, 200 + 60 * row - 3, 70, 7});
  hole(page, {597, 383, 7, 54});
  for (int i = 0; i < 10; ++i) cv::rectangle(page, {470 + 24 * i, 400, 19, 19}, 30, 2);
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells - 1);
}

TEST(WornPage, FindsARuleOfWhichAFaxLeftSingleDots) {
  cv::Mat1b page = worn_page();
  for (const int row : {1, 3, 5}) hole(page, {640, 200 + 60 * row - 3, 70, 7});
  hole(page, {597, 203, 7, 354});
  for (int row = 0; row < 6; ++row) {
    for (int y = 206 + 60 * row; y < 255 + 60 * row; y += 12) page(cv::Rect(599, y, 2, 3)) = 20;
    // Where no text stands to the right the dots alone tell of the rule.
    if (row % 2 == 0) hole(page, {605, 203 + 60 * row, 290, 54});
  }
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(WornPage, LeavesNothingOfABrokenRuleToTheRecognizer) {
  const UprightPage page = Detector().detect(image_of(worn_page()), {});
  // Between the holes of the rule under the first row, away from text.
  for (int x = 620; x < 890; x += 10) {
    for (int y = 257; y < 264; ++y) {
      ASSERT_GE(page.text.samples[static_cast<std::size_t>(y) * page.text.width + x], 128)
          << x << ", " << y;
    }
  }
}

TEST(WornPage, TellsTheHeightOfTextFromTheCornersOfBrokenRules) {
  cv::Mat1b page(1754, 1240, std::uint8_t{250});
  for (int y = 200; y <= 1000; y += 160) {
    for (int x = 100; x <= 1060; x += 160) {
      cv::line(page, {x - 40, y}, {x + 40, y}, 20, 2);
      cv::line(page, {x, y - 40}, {x, y + 40}, 20, 2);
    }
  }
  for (int i = 0; i < 16; ++i) cv::rectangle(page, {120 + 60 * i, 230, 19, 19}, 30, 2);
  const UprightPage upright = Detector().detect(image_of(page), {});
  EXPECT_DOUBLE_EQ(upright.image.dpi, kDpi);
  EXPECT_NEAR(upright.text_height, 20 * 72 / kDpi, 1.5);
}

TEST(FoldedPage, TakesAFoldThatMeetsARuleForNoPartOfIt) {
  // The rule right of the second column ends under the third row; a fold goes on to both edges.
  cv::Mat1b page = drawn_page();
  hole(page, {597, 383, 7, 54});
  hole(page, {597, 443, 7, 54});
  hole(page, {597, 503, 7, 54});
  const std::size_t merged = cells(Detector().detect(image_of(page), {}));
  EXPECT_EQ(merged, kCells - 3);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 599; x < 604; ++x) page(y, x) = cv::saturate_cast<std::uint8_t>(page(y, x) - 45);
  }
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), merged);
}

TEST(FoldedPage, KeepsATableSideThatIsThinAndFaint) {
  cv::Mat1b page = drawn_page();
  hole(page, {1136, 190, 9, 380});
  for (int row = 0; row <= 6; ++row)
    cv::line(page, {1100, 200 + 60 * row}, {1140, 200 + 60 * row}, 20, 2);
  cv::line(page, {1140, 200}, {1140, 560}, 195, 1);
  hole(page, {1137, 290, 7, 12});
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
  const UprightPage upright = Detector().detect(image_of(page), {});
  const bool drawn =
      std::any_of(upright.page.rules.begin(), upright.page.rules.end(), [](const Rule& rule) {
        return !rule.horizontal() && std::abs(rule.position - 1140.5 * 72 / kDpi) < 1.0;
      });
  EXPECT_TRUE(drawn);
}

}  // namespace
}  // namespace tabularium::table_grid
