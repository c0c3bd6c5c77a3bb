#include "crop.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace tabularium::numbers {
namespace {

using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kEm = 40.0;
const Print kPrint{kEm, 22.0};

cv::Mat paper(int width, int height) { return cv::Mat(height, width, CV_8U, cv::Scalar(240)); }

/// A stroke as thick as print of 40 pixels has them.
void stroke(cv::Mat& page, int x, int y, int width, int height) {
  cv::rectangle(page, cv::Rect(x, y, width, height), cv::Scalar(20), cv::FILLED);
}

TEST(FindLines, FindsNothingInAnEmptyCell) {
  EXPECT_THAT(find_lines(paper(200, 60), kPrint).lines, IsEmpty());
}

TEST(FindLines, TakesPaleNoiseForPaper) {
  cv::Mat page = paper(200, 60);
  cv::RNG noise(7);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      page.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(240 - noise.uniform(0, 15));
    }
  }
  EXPECT_THAT(find_lines(page, kPrint).lines, IsEmpty());
}

TEST(FindLines, SeesALoneHyphen) {
  cv::Mat page = paper(200, 60);
  stroke(page, 95, 30, 13, 4);
  const Cell cell = find_lines(page, kPrint);
  ASSERT_THAT(cell.lines, SizeIs(1));
  EXPECT_EQ(cell.lines[0].ink, cv::Rect(95, 30, 13, 4));
}

TEST(FindLines, LeavesOutTheRulesAroundTheCell) {
  cv::Mat page = paper(200, 60);
  cv::rectangle(page, cv::Rect(0, 0, 200, 60), cv::Scalar(10), 3);
  stroke(page, 80, 16, 6, 28);
  const Cell cell = find_lines(page, kPrint);
  ASSERT_THAT(cell.lines, SizeIs(1));
  EXPECT_EQ(cell.lines[0].ink, cv::Rect(80, 16, 6, 28));
  EXPECT_GT(cell.grey.at<std::uint8_t>(30, 0), 200) << "the rule is painted over";
}

TEST(FindLines, LeavesOutTheNeighbourBelowASlantedRule) {
  cv::Mat page = paper(400, 70);
  stroke(page, 180, 12, 6, 28);
  cv::line(page, {0, 52}, {399, 58}, cv::Scalar(20), 2);
  stroke(page, 60, 62, 6, 8);  // head of the next row's text
  EXPECT_THAT(find_lines(page, kPrint).lines, SizeIs(1));
}

TEST(FindLines, JoinsTheTwoStrokesOfAnEqualsSign) {
  cv::Mat page = paper(200, 60);
  stroke(page, 50, 24, 20, 3);
  stroke(page, 50, 34, 20, 3);
  EXPECT_THAT(find_lines(page, kPrint).lines, SizeIs(1));
}

TEST(FindLines, SplitsLinesAndCountsThem) {
  cv::Mat page = paper(200, 120);
  stroke(page, 50, 10, 30, 36);
  stroke(page, 50, 66, 30, 36);
  EXPECT_THAT(find_lines(page, kPrint).lines, Each(Field(&TextLine::lines_in_cell, 2)));
}

TEST(FindLines, LeavesOutSpecksThatStandAlone) {
  cv::Mat page = paper(400, 100);
  stroke(page, 150, 40, 8, 28);
  stroke(page, 163, 64, 4, 4);  // a decimal point stays
  stroke(page, 320, 50, 4, 4);  // far off: dust
  stroke(page, 150, 8, 4, 4);
  const Cell cell = find_lines(page, kPrint);
  ASSERT_THAT(cell.lines, SizeIs(1));
  EXPECT_EQ(cell.lines[0].ink, cv::Rect(150, 40, 17, 28));
}

TEST(LeastContrast, GoesByMostCellsAndNeverBelowTheNoise) {
  cv::Mat printed = paper(200, 60);
  stroke(printed, 20, 10, 30, 35);
  EXPECT_NEAR(least_contrast({printed, printed, paper(200, 60)}), 0.3 * 220, 1);
  EXPECT_EQ(least_contrast({paper(200, 60)}), 22.0);
  EXPECT_EQ(least_contrast({}), 22.0);
}

TEST(EstimateEm, GoesByTheLinesAndNotBySigns) {
  cv::Mat big = paper(200, 60);
  stroke(big, 20, 10, 30, 35);
  cv::Mat sign = paper(200, 60);
  stroke(sign, 95, 30, 13, 4);
  const std::vector<Cell> cells{find_lines(big, kPrint), find_lines(sign, kPrint),
                                find_lines(sign, kPrint)};
  EXPECT_NEAR(estimate_em_px(cells, kEm), 40, 1);
  EXPECT_EQ(estimate_em_px({}, 33.0), 33.0);
}

TEST(CutLine, GivesASignTheHeightOfALine) {
  cv::Mat page = paper(200, 60);
  stroke(page, 95, 30, 13, 4);
  const Cell cell = find_lines(page, kPrint);
  const LineCut cut = cut_line(cell, cell.lines.at(0), kEm);
  EXPECT_EQ(cut.grey.rows, 42);
  EXPECT_EQ(cut.place.y + cut.place.height / 2, 32);
}

TEST(Normalized, MakesPaperZeroAndInkOneAtEveryLight) {
  cv::Mat dark(64, 100, CV_8U, cv::Scalar(120));
  stroke(dark, 30, 10, 20, 44);
  const cv::Mat image = normalized(dark);
  EXPECT_EQ(image.size(), cv::Size(50, kInputRows));
  EXPECT_NEAR(image.at<float>(2, 2), 0.0F, 0.01F);
  EXPECT_NEAR(image.at<float>(16, 20), 1.0F, 0.01F);
}

TEST(Normalized, DoesNotBlowUpTheNoiseOfAnEmptyCut) {
  cv::Mat page = paper(64, 64);
  page.at<std::uint8_t>(30, 30) = 220;
  double most = 0.0;
  cv::minMaxLoc(normalized(page), nullptr, &most);
  EXPECT_LT(most, 0.4);
}

}  // namespace
}  // namespace tabularium::numbers
