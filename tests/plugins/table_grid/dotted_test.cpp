#include "dotted.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {
namespace {

using testing::DoubleNear;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kEm = 40.0;
constexpr int kRow = 250;  // where the dots stand

const TraceOptions kOptions{kEm, 26, 26};

/// A straight trace; of a rule that crosses the dotted one `along` is y.
Trace straight(double across, double from, double to) {
  Trace trace;
  trace.samples = {{from, across}, {to, across}};
  trace.thickness = 3.0;
  trace.inked = to - from;
  trace.darkness = 200.0;
  return trace;
}

/// Rules from the upper to the lower edge of the picture.
std::vector<Trace> rules_at(const std::vector<int>& places) {
  std::vector<Trace> rules;
  for (const int x : places) rules.push_back(straight(x, 0.0, 500.0));
  return rules;
}

cv::Mat1b paper() { return cv::Mat1b(500, 1000, std::uint8_t{0}); }

/// Dots of 4 x 2 pixels. Every 20 pixels they cover a fifth of a rule, every 36 a ninth: too little
/// to tell it from dirt.
constexpr int kDense = 20;
constexpr int kSparse = 36;

void dot(cv::Mat1b& ink, int from, int to, int every) {
  for (int x = from + 12; x + 12 < to; x += every) ink(cv::Rect(x, kRow, 4, 2)) = 255;
}

TEST(DottedRule, IsFoundBetweenTwoThatCrossIt) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  const auto found = dotted_rules(ink, {}, rules_at({100, 400}), kOptions);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_TRUE(found[0].dotted);
  EXPECT_THAT(found[0].from(), DoubleNear(100.0, 0.5));
  EXPECT_THAT(found[0].to(), DoubleNear(400.0, 0.5));
  EXPECT_THAT(found[0].at(250.0), DoubleNear(kRow + 1.0, 2.0));
}

TEST(DottedRule, IsFoundInThePictureTransposedWhereItRunsDown) {
  cv::Mat1b ink(1000, 500, std::uint8_t{0});
  for (int y = 112; y + 12 < 400; y += kDense) ink(cv::Rect(kRow, y, 2, 4)) = 255;
  EXPECT_THAT(dotted_rules(ink.t(), {}, rules_at({100, 400}), kOptions), SizeIs(1));
  EXPECT_THAT(dotted_rules(ink, {}, rules_at({100, 400}), kOptions), IsEmpty());
}

TEST(DottedRule, IsNoneWithoutASecondRuleToRunTo) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  EXPECT_THAT(dotted_rules(ink, {}, rules_at({100}), kOptions), IsEmpty());
}

TEST(DottedRule, RunsToARuleThatIsWornAwayWhereTheyMeet) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  auto crossing = rules_at({100});
  crossing.push_back(straight(402.0, 330.0, 500.0));
  crossing.push_back(straight(400.0, 0.0, 165.0));
  const auto found = dotted_rules(ink, {}, crossing, kOptions);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].to(), DoubleNear(401.0, 1.0));
}

TEST(DottedRule, ThatShowsLittleCountsWhereASureOneGoesOnBeyondItsEnd) {
  cv::Mat1b ink = paper();
  dot(ink, 400, 700, kSparse);
  const auto crossing = rules_at({100, 400, 700});
  EXPECT_THAT(dotted_rules(ink, {}, crossing, kOptions), IsEmpty());
  EXPECT_THAT(dotted_rules(ink, {straight(kRow + 0.5, 100.0, 398.0)}, crossing, kOptions),
              SizeIs(1));
  dot(ink, 100, 400, kDense);
  EXPECT_THAT(dotted_rules(ink, {}, crossing, kOptions), SizeIs(2));
}

TEST(DottedRule, IsNoColon) {
  // Between two rules as near as those of a column for one character.
  const auto crossing = rules_at({100, 160});
  cv::Mat1b ink = paper();
  for (const int x : {115, 139}) ink(cv::Rect(x, kRow, 6, 4)) = 255;
  EXPECT_THAT(dotted_rules(ink, {}, crossing, kOptions), IsEmpty());
  ink(cv::Rect(127, kRow, 6, 4)) = 255;
  EXPECT_THAT(dotted_rules(ink, {}, crossing, kOptions), SizeIs(1));
}

TEST(DottedRule, HasNoTextBesideIt) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  for (int x = 150; x < 350; x += 40) ink(cv::Rect(x, kRow + 8, 20, 30)) = 255;
  EXPECT_THAT(dotted_rules(ink, {}, rules_at({100, 400}), kOptions), IsEmpty());
}

TEST(DottedRule, MayHaveTextAQuarterEmAway) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  for (int x = 150; x < 350; x += 40) ink(cv::Rect(x, kRow + 16, 20, 30)) = 255;
  EXPECT_THAT(dotted_rules(ink, {}, rules_at({100, 400}), kOptions), SizeIs(1));
}

TEST(DottedRule, IsGivenOnce) {
  cv::Mat1b ink = paper();
  dot(ink, 100, 400, kDense);
  const auto crossing = rules_at({100, 400});
  const auto found = dotted_rules(ink, {}, crossing, kOptions);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(dotted_rules(ink, found, crossing, kOptions), IsEmpty());
}

}  // namespace
}  // namespace tabularium::table_grid
