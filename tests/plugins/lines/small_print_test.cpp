#include "small_print.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace tabularium::lines {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

cv::Mat white() { return {200, 600, CV_8U, cv::Scalar(255)}; }

/// `count` characters of `size` that stand on row 99, from column `x`.
void print(cv::Mat& page, int x, int size, int count) {
  for (int at = 0; at < count; ++at, x += size) {
    cv::rectangle(page, {x, 100 - size}, {x + size - 5, 99}, cv::Scalar(0), 1);
  }
}

TEST(SmallPrint, IsFoundBehindLargePrintAndBeforeIt) {
  cv::Mat page = white();
  print(page, 50, 18, 4);
  print(page, 130, 40, 2);
  print(page, 220, 18, 4);
  EXPECT_THAT(small_print(page, {50, 60, 260, 40}),
              ElementsAre(cv::Rect(50, 82, 68, 18), cv::Rect(220, 82, 68, 18)));
}

TEST(SmallPrint, IsNotWhereSizesDifferAsInAnyText) {
  cv::Mat page = white();
  print(page, 50, 40, 2);
  print(page, 140, 28, 4);  // digits
  print(page, 260, 40, 1);
  cv::rectangle(page, {310, 90}, {316, 99}, cv::Scalar(0), cv::FILLED);  // a comma
  cv::line(page, {330, 80}, {400, 80}, cv::Scalar(0), 3);                // a dash
  EXPECT_THAT(small_print(page, {50, 60, 360, 40}), IsEmpty());
  EXPECT_THAT(small_print(page, {420, 60, 100, 40}), IsEmpty());
}

}  // namespace
}  // namespace tabularium::lines
