#include "cut.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace tabularium::lines {
namespace {

cv::Mat page() {
  cv::Mat white(200, 400, CV_8U, cv::Scalar(255));
  cv::rectangle(white, {50, 60}, {149, 99}, cv::Scalar(0), cv::FILLED);
  cv::rectangle(white, {50, 102}, {149, 110}, cv::Scalar(0), cv::FILLED);  // the next line
  return white;
}

TEST(CutLine, LeavesPaperAroundTheInkAndNothingOfTheNextLine) {
  const LineCut cut = cut_line(page(), {50, 60, 100, 40}, 44.0);
  EXPECT_EQ(cut.grey.at<std::uint8_t>(0, 0), 255);
  EXPECT_EQ(cut.grey.at<std::uint8_t>(cut.grey.rows - 1, cut.grey.cols / 2), 255);
  EXPECT_EQ(cut.grey.at<std::uint8_t>(cut.grey.rows / 2, cut.grey.cols / 2), 0);
  EXPECT_EQ(cv::countNonZero(cut.grey == 0), 100 * 40);
  EXPECT_LT(cut.left, 50.0);
  EXPECT_NEAR(cut.grey.rows, 46, 3);
}

TEST(CutLine, IsAsHighAsACharacterForAFlatStroke) {
  cv::Mat white(200, 400, CV_8U, cv::Scalar(255));
  cv::rectangle(white, {50, 102}, {89, 105}, cv::Scalar(0), cv::FILLED);
  const LineCut cut = cut_line(white, {50, 102, 40, 4}, 44.0);
  EXPECT_GE(cut.grey.rows, 38);
  EXPECT_EQ(cut.grey.at<std::uint8_t>(cut.grey.rows / 2, cut.grey.cols / 2), 0);
}

TEST(CutLine, FollowsLargePrint) {
  EXPECT_GE(cut_line(page(), {50, 60, 100, 51}, 22.0).grey.rows, 55);
}

/// Two lines set solid: a comma of the upper one ends among the heads of the lower one, whose own
/// dot stands above its box.
cv::Mat tight_page() {
  cv::Mat white(200, 400, CV_8U, cv::Scalar(255));
  cv::rectangle(white, {50, 60}, {89, 99}, cv::Scalar(0), cv::FILLED);
  cv::rectangle(white, {100, 92}, {105, 104}, cv::Scalar(0), cv::FILLED);  // the comma
  cv::rectangle(white, {120, 97}, {124, 103}, cv::Scalar(0), cv::FILLED);  // the dot
  cv::rectangle(white, {50, 104}, {89, 143}, cv::Scalar(0), cv::FILLED);
  return white;
}

TEST(CutLine, GivesStrokesThatCrossToTheLineOfTheirMiddle) {
  const LineCut upper = cut_line(tight_page(), {50, 60, 90, 40}, 44.0);
  EXPECT_EQ(cv::countNonZero(upper.grey == 0), 40 * 40 + 6 * 13);
  const LineCut lower = cut_line(tight_page(), {50, 100, 90, 44}, 44.0);
  EXPECT_EQ(cv::countNonZero(lower.grey == 0), 40 * 40 + 5 * 7);
}

TEST(CutLine, DividesCharactersThatTouch) {
  cv::Mat white(200, 400, CV_8U, cv::Scalar(255));
  cv::rectangle(white, {50, 60}, {89, 139}, cv::Scalar(0), cv::FILLED);
  EXPECT_EQ(cv::countNonZero(cut_line(white, {50, 60, 40, 40}, 44.0).grey == 0), 40 * 40);
}

TEST(HasInk, TellsPrintFromPaper) {
  EXPECT_TRUE(has_ink(page(), {40, 50, 30, 30}));
  EXPECT_FALSE(has_ink(page(), {200, 0, 100, 100}));
}

}  // namespace
}  // namespace tabularium::lines
