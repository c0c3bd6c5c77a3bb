#include "dark_areas.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double kEm = 40.0;

cv::Mat1b white() { return cv::Mat1b(1000, 1200, std::uint8_t{255}); }

TEST(DarkAreas, AreWhatIsDarkAllOver) {
  cv::Mat1b page = white();
  const cv::Rect block(203, 611, 700, 64);
  page(block).setTo(70);
  cv::line(page, {203, 100}, {203, 611}, cv::Scalar(0), 3);  // rules that end at it
  cv::line(page, {500, 100}, {500, 611}, cv::Scalar(0), 3);
  EXPECT_THAT(dark_areas(page, kEm), ElementsAre(block));
}

TEST(DarkAreas, AreNoRulesTitlesOrTintedCells) {
  cv::Mat1b page = white();
  cv::line(page, {100, 100}, {1100, 100}, cv::Scalar(0), 12);              // a thick frame
  cv::rectangle(page, {200, 200}, {240, 280}, cv::Scalar(0), 16);          // a title
  page(cv::Rect(100, 400, 600, 80)).setTo(215);                            // a heading cell
  cv::rectangle(page, {800, 400}, {830, 430}, cv::Scalar(0), cv::FILLED);  // a bullet
  EXPECT_THAT(dark_areas(page, kEm), IsEmpty());
}

TEST(DarkAreas, KeepTheirOutline) {
  cv::Mat1b page = white();
  const cv::Rect block(203, 611, 700, 64);
  page(block).setTo(70);
  hollow(page, {block}, kEm);
  EXPECT_EQ(page(block.y, 500), 70);
  EXPECT_EQ(page(640, block.x + 1), 70);
  EXPECT_EQ(page(640, 500), 255);
}

TEST(DarkAreas, MayReachTheEdgesOfThePage) {
  cv::Mat1b page = white();
  page(cv::Rect(0, 900, 1200, 100)).setTo(20);
  EXPECT_THAT(dark_areas(page, kEm), ElementsAre(cv::Rect(0, 900, 1200, 100)));
  cv::Mat1b black(50, 60, std::uint8_t{0});
  hollow(black, dark_areas(black, kEm), kEm);
}

TEST(Tints, GoFromTheInkAndTheirRulesStay) {
  cv::Mat1b ink(600, 1200, std::uint8_t{0});
  ink(cv::Rect(100, 100, 900, 60)).setTo(60);  // a heading cell
  cv::line(ink, {100, 160}, {1000, 160}, cv::Scalar(220), 3);
  cv::line(ink, {500, 100}, {500, 160}, cv::Scalar(220), 3);
  cv::rectangle(ink, {200, 300}, {228, 302}, cv::Scalar(255), cv::FILLED);  // a stroke
  take_tints(ink, kEm, 26);
  EXPECT_LT(ink(130, 300), 5);
  EXPECT_GT(ink(160, 300), 150);
  EXPECT_GT(ink(130, 500), 150);
  EXPECT_EQ(ink(301, 210), 255);
}

TEST(Tints, FainterThanAnyRuleStay) {
  cv::Mat1b ink(600, 1200, std::uint8_t{0});
  ink(cv::Rect(100, 100, 900, 60)).setTo(15);
  take_tints(ink, kEm, 26);
  EXPECT_EQ(ink(130, 300), 15);
}

}  // namespace
}  // namespace tabularium::table_grid
