#include "detector.h"

#include <gmock/gmock.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "drawn_page.h"
#include "tabularium/page/error.h"

namespace tabularium::table_grid {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(Detector, FindsTheCellsOfACleanPage) {
  const UprightPage page = Detector().detect(image_of(drawn_page()), {});
  EXPECT_EQ(cells(page), kCells);
  EXPECT_EQ(page.turned, 0);
  EXPECT_NEAR(page.page.width, 1240 * 72 / kDpi, 0.01);
  // The outer left rule stands where it was drawn, to half a pixel.
  for (const Rule& rule : page.page.rules) {
    if (rule.horizontal()) continue;
    EXPECT_NEAR(rule.position, 100.5 * 72 / kDpi, 0.25);
    break;
  }
}

TEST(Detector, TakesNoStrokesOfATextForASideBetweenTwoRulesOfOneLine) {
  cv::Mat1b page = drawn_page();
  // In the fourth row there is no rule between two columns; the strokes of a text stand in its
  // place.
  page(cv::Rect(597, 383, 7, 54)) = 250;
  for (int i = 0; i < 10; ++i) cv::rectangle(page, {480 + 24 * i, 392, 19, 36}, 30, 2);
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells - 1);
}

TEST(Detector, SetsASkewedPageStraight) {
  for (const double degrees : {-3.0, -0.7, 0.4, 2.0}) {
    const UprightPage page = Detector().detect(image_of(turned(drawn_page(), degrees)), {});
    EXPECT_EQ(cells(page), kCells) << degrees;
  }
}

TEST(Detector, TakesBoxesBackToThePageAsGiven) {
  const double degrees = 1.5;
  const UprightPage page = Detector().detect(image_of(turned(drawn_page(), degrees)), {});
  const Rule* top = nullptr;
  for (const Rule& rule : page.page.rules) {
    if (rule.horizontal() && (top == nullptr || rule.position < top->position)) top = &rule;
  }
  ASSERT_NE(top, nullptr);
  const Point corner = mapped(page.to_source, Point{top->from, top->position});
  // Where the turn took the table's top left corner.
  const double a = degrees * CV_PI / 180.0;
  const double x = 100 - 620;
  const double y = 200 - 877;
  EXPECT_NEAR(corner.x * kDpi / 72, 620 + x * std::cos(a) + y * std::sin(a), 2.0);
  EXPECT_NEAR(corner.y * kDpi / 72, 877 - x * std::sin(a) + y * std::cos(a), 2.0);
}

TEST(Detector, TurnsAPageThatWasFedSidewaysOrUpsideDown) {
  const cv::RotateFlags turns[] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180,
                                   cv::ROTATE_90_COUNTERCLOCKWISE};
  for (int i = 0; i < 3; ++i) {
    cv::Mat1b page;
    cv::rotate(drawn_page(), page, turns[i]);
    const UprightPage upright = Detector().detect(image_of(page), {});
    EXPECT_EQ(upright.turned, 90 * (i + 1));
    EXPECT_EQ(cells(upright), kCells);
  }
}

TEST(Detector, JoinsRulesThatAreInterruptedAndFaint) {
  cv::Mat1b page = drawn_page();
  page(cv::Rect(400, 255, 60, 10)) = 250;  // a gap in a horizontal rule
  page(cv::Rect(595, 330, 10, 20)) = 250;  // a gap in a vertical one
  cv::Mat faint = page(cv::Rect(895, 200, 10, 360));
  faint.setTo(200, faint < 100);
  EXPECT_EQ(cells(Detector().detect(image_of(page), {})), kCells);
}

TEST(Detector, KeepsThePrintUnderASealAndRecordsTheSeal) {
  cv::Mat3b colours;
  cv::cvtColor(drawn_page(), colours, cv::COLOR_GRAY2RGB);
  cv::Mat3b ink(colours.size(), cv::Vec3b(255, 255, 255));
  cv::circle(ink, {700, 300}, 110, {225, 60, 60}, 8);
  cv::circle(ink, {700, 300}, 30, {225, 60, 60}, -1);
  cv::Mat3b stamped;
  cv::multiply(colours, ink, stamped, 1.0 / 255.0);
  const UprightPage page = Detector().detect(image_of(stamped), {});
  EXPECT_EQ(cells(page), kCells);
  ASSERT_THAT(page.seals, SizeIs(1));
  EXPECT_NEAR(page.seals.front().centre().x, 700 * 72 / kDpi, 5.0);
  EXPECT_NEAR(page.seals.front().width(), 228 * 72 / kDpi, 10.0);
  // On the ring, away from print, there is paper again.
  const auto sample = [&](int x, int y) {
    return page.image.samples[static_cast<std::size_t>(y) * page.image.width + x];
  };
  EXPECT_GT(sample(700, 300 - 110), 200);
}

TEST(Detector, TakesNoBlueRulesForASeal) {
  cv::Mat3b page;
  cv::cvtColor(drawn_page(), page, cv::COLOR_GRAY2RGB);
  // Nearly square, as a seal is.
  for (int i = 0; i <= 4; ++i) {
    cv::line(page, {500, 800 + 80 * i}, {820, 800 + 80 * i}, {60, 90, 200}, 1);
    cv::line(page, {500 + 80 * i, 800}, {500 + 80 * i, 1120}, {60, 90, 200}, 1);
  }
  EXPECT_THAT(Detector().detect(image_of(page), {}).seals, IsEmpty());
}

TEST(Detector, TakesAStreakOfTheCopierOutOfTheText) {
  cv::Mat1b drawn = drawn_page();
  drawn.col(750) = 120;
  drawn.col(751) = 120;
  const UprightPage page = Detector().detect(image_of(drawn), {});
  EXPECT_EQ(cells(page), kCells);
  for (int y = 100; y < 1700; y += 10) {
    EXPECT_GT(page.text.samples[static_cast<std::size_t>(y) * page.text.width + 750], 200) << y;
  }
}

TEST(Detector, TakesRulesOutOfThePictureForTheRecognizer) {
  const UprightPage page = Detector().detect(image_of(drawn_page()), {});
  const auto dark = [](const PageImage& image, int x, int y) {
    return image.samples[static_cast<std::size_t>(y) * image.width + x] < 128;
  };
  EXPECT_TRUE(dark(page.image, 500, 260));
  EXPECT_FALSE(dark(page.text, 500, 260));
  EXPECT_TRUE(dark(page.text, 115, 230));  // a glyph's frame stays
}

TEST(Detector, LeavesAGlyphThatTouchesARuleItsEnd) {
  cv::Mat1b drawn = drawn_page();
  drawn(cv::Rect(603, 256, 294, 9)) = 250;
  drawn(cv::Rect(603, 259, 294, 3)) = 20;
  drawn(cv::Rect(840, 262, 4, 20)) = 30;  // hangs on the rule
  drawn(cv::Rect(870, 239, 4, 20)) = 30;  // stands on it
  const UprightPage page = Detector().detect(image_of(drawn), {});
  const auto dark = [&](int x, int y) {
    return page.text.samples[static_cast<std::size_t>(y) * page.text.width + x] < 128;
  };
  for (const int x : {841, 842}) EXPECT_TRUE(dark(x, 263)) << x;
  for (const int x : {871, 872}) EXPECT_TRUE(dark(x, 257) && dark(x, 258)) << x;
  for (int x = 610; x < 890; ++x) EXPECT_FALSE(dark(x, 259) || dark(x, 260) || dark(x, 261)) << x;
}

TEST(Detector, SetsAWrongResolutionRightByTheHeightOfTheText) {
  const UprightPage page = Detector().detect(image_of(drawn_page(), 1200.0), {});
  EXPECT_GT(page.image.dpi, 100.0);
  EXPECT_LT(page.image.dpi, 250.0);
  // The way back ends in the points of the picture as declared.
  const Point corner = mapped(page.to_source, Point{page.page.width, page.page.height});
  EXPECT_NEAR(corner.x, 1240 * 72 / 1200.0, 0.5);
}

TEST(Detector, FindsNothingOnAWhitePageOrAPhotographOfNoForm) {
  const UprightPage white = Detector().detect(image_of(cv::Mat1b(1754, 1240, 255)), {});
  EXPECT_THAT(white.page.rules, IsEmpty());
  cv::Mat3b photo(900, 1200);
  cv::theRNG().state = 7;
  cv::randu(photo, 0, 255);
  cv::GaussianBlur(photo, photo, {0, 0}, 25);
  cv::normalize(photo, photo, 0, 255, cv::NORM_MINMAX);
  const UprightPage page = Detector().detect(image_of(photo), {});
  EXPECT_EQ(cells(page), 0U);
}

TEST(Detector, TakesTheSmallestPictures) {
  for (const int side : {1, 2, 9, 40}) {
    EXPECT_THAT(Detector().detect(image_of(cv::Mat1b(side, side, 200)), {}).page.rules, IsEmpty());
  }
}

TEST(Detector, RefusesSamplesThatDoNotFitTheSize) {
  PageImage image{10, 10, 1, 300, {}};
  EXPECT_THROW(Detector().detect(image, {}), Error);
}

TEST(Detector, RefusesMorePixelsThanTheLimit) {
  Limits limits;
  limits.max_image_pixels = 99;
  try {
    Detector().detect(image_of(cv::Mat1b(10, 10, 255)), limits);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::limit_exceeded);
  }
}

TEST(Detector, GivesTheSamePageEveryTime) {
  const PageImage image = image_of(turned(drawn_page(), 0.8));
  const UprightPage first = Detector().detect(image, {});
  const UprightPage second = Detector().detect(image, {});
  EXPECT_EQ(first.page.rules, second.page.rules);
  EXPECT_EQ(first.text.samples, second.text.samples);
}

}  // namespace
}  // namespace tabularium::table_grid
