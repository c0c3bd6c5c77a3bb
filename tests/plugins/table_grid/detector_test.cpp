#include "detector.h"

#include <gmock/gmock.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tabularium/page/error.h"
#include "tabularium/table/tabulate.h"

namespace tabularium::table_grid {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr double kDpi = 150.0;

// A page of A4 with a table of 6 rows and 4 columns; each cell holds glyphs of a kind: frames with
// a cross, as large as 10 point text. The first column of rows 2 and 3 is one cell.
cv::Mat1b drawn_page() {
  cv::Mat1b page(1754, 1240, std::uint8_t{250});
  const int x[] = {100, 300, 600, 900, 1140};
  const int y[] = {200, 260, 320, 380, 440, 500, 560};
  for (int row = 0; row <= 6; ++row) {
    const int from = row == 3 ? x[1] : x[0];
    cv::line(page, {from, y[row]}, {x[4], y[row]}, 20, 2);
  }
  for (const int at : x) cv::line(page, {at, y[0]}, {at, y[6]}, 20, 2);
  for (int row = 0; row < 6; ++row) {
    for (int col = 0; col < 4; ++col) {
      for (int i = 0; i < 5; ++i) {
        const cv::Point at(x[col] + 15 + 24 * i, y[row] + 20);
        cv::rectangle(page, {at.x, at.y, 19, 19}, 30, 2);
        cv::line(page, {at.x + 9, at.y + 3}, {at.x + 9, at.y + 16}, 30, 2);
        // The comma after it: low in the line.
        if (i == 4) cv::rectangle(page, {at.x + 24, at.y + 15, 4, 5}, 30, -1);
      }
    }
  }
  return page;
}

PageImage image_of(const cv::Mat& mat, double dpi = kDpi) {
  PageImage image{mat.cols, mat.rows, mat.channels(), dpi, {}};
  image.samples.assign(mat.datastart, mat.dataend);
  return image;
}

cv::Mat1b turned(const cv::Mat1b& page, double degrees) {
  cv::Mat1b out;
  const cv::Mat turn = cv::getRotationMatrix2D({page.cols / 2.0F, page.rows / 2.0F}, degrees, 1.0);
  cv::warpAffine(page, out, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 250);
  return out;
}

std::size_t cells(const UprightPage& page) {
  const TabulatedPage tabulated = tabulate(page.page, {.aligned_tables = false});
  return tabulated.tables.size() == 1 ? tabulated.tables.front().cells.size() : 0;
}

constexpr std::size_t kCells = 23;

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

TEST(Detector, TakesRulesOutOfThePictureForTheRecognizer) {
  const UprightPage page = Detector().detect(image_of(drawn_page()), {});
  const auto dark = [](const PageImage& image, int x, int y) {
    return image.samples[static_cast<std::size_t>(y) * image.width + x] < 128;
  };
  EXPECT_TRUE(dark(page.image, 500, 260));
  EXPECT_FALSE(dark(page.text, 500, 260));
  EXPECT_TRUE(dark(page.text, 115, 230));  // a glyph's frame stays
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
