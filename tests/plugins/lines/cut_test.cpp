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
  const LineCut cut = cut_line(page(), {50, 102, 40, 4}, 44.0);
  EXPECT_GE(cut.grey.rows, 38);
  EXPECT_EQ(cut.grey.at<std::uint8_t>(cut.grey.rows / 2, cut.grey.cols / 2), 0);
}

TEST(CutLine, FollowsLargePrint) {
  EXPECT_GE(cut_line(page(), {50, 60, 100, 51}, 22.0).grey.rows, 55);
}

TEST(HasInk, TellsPrintFromPaper) {
  EXPECT_TRUE(has_ink(page(), {40, 50, 30, 30}));
  EXPECT_FALSE(has_ink(page(), {200, 0, 100, 100}));
}

}  // namespace
}  // namespace tabularium::lines
