#include "components.h"

#include <gmock/gmock.h>

#include <map>
#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {
namespace {

using testing::SizeIs;

cv::Mat1b mask_of(const std::vector<std::string>& rows) {
  cv::Mat1b mask(static_cast<int>(rows.size()), static_cast<int>(rows.front().size()),
                 std::uint8_t{0});
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#') mask(y, x) = 255;
    }
  }
  return mask;
}

TEST(Components, PiecesTouchAtCorners) {
  const Components found = components_of(mask_of({"##..#", "..#..", ".....", "#...#"}));
  ASSERT_THAT(found.pieces, SizeIs(4));
  EXPECT_EQ(found.pieces[0].box, cv::Rect(0, 0, 3, 2));
  EXPECT_EQ(found.pieces[0].area, 3);
  EXPECT_EQ(found.pieces[1].box, cv::Rect(4, 0, 1, 1));
}

TEST(Components, ArmsThatMeetBelowAreOnePiece) {
  const Components found = components_of(mask_of({"#.#.#", "#.#.#", "#####"}));
  ASSERT_THAT(found.pieces, SizeIs(1));
  EXPECT_EQ(found.pieces[0].area, 11);
  for (const std::size_t piece : found.piece) EXPECT_EQ(piece, 0U);
}

TEST(Components, NothingHasNone) {
  EXPECT_THAT(components_of(cv::Mat1b(20, 30, std::uint8_t{0})).pieces, SizeIs(0));
}

/// How often each box and area occurs.
using Counts = std::map<std::vector<int>, int>;

Counts counts_of_opencv(const cv::Mat1b& mask) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  Counts counts;
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    ++counts[{s[0], s[1], s[2], s[3], s[4]}];
  }
  return counts;
}

TEST(Components, AreThoseThatOpenCvFinds) {
  cv::RNG random(5);
  for (int round = 0; round < 40; ++round) {
    const cv::Size size(random.uniform(1, 70), random.uniform(1, 50));
    cv::Mat1b noise(size);
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    const cv::Mat1b mask = noise > random.uniform(60, 230);
    Counts counts;
    for (const Component& piece : components_of(mask).pieces) {
      ++counts[{piece.box.x, piece.box.y, piece.box.width, piece.box.height, piece.area}];
    }
    EXPECT_EQ(counts, counts_of_opencv(mask)) << round;
  }
}

}  // namespace
}  // namespace tabularium::table_grid
