#include "trace.h"

#include <gmock/gmock.h>

namespace tabularium::table_grid {
namespace {

using testing::DoubleNear;
using testing::SizeIs;

constexpr double kEm = 40.0;
constexpr int kRow = 100;  // where the rules run
constexpr int kRule = 200;

const TraceOptions kOptions{kEm, 26, 26};

cv::Mat1b paper() { return cv::Mat1b(200, 1600, std::uint8_t{0}); }

/// A long stretch of a rule that shows in pieces of two em alone, as far apart.
void draw_stretch(cv::Mat1b& ink, int from, int to, int darkness) {
  for (int x = from; x + 80 <= to; x += 160) ink(cv::Rect(x, kRow, 80, 3)) = darkness;
}

TEST(BrokenRule, IsOneOverAGapThatItsPiecesAloneAreTooShortFor) {
  cv::Mat1b ink = paper();
  draw_stretch(ink, 100, 660, kRule);
  draw_stretch(ink, 860, 1420, kRule);
  const auto rules = trace_rules(ink, kOptions);
  ASSERT_THAT(rules, SizeIs(1));
  EXPECT_THAT(rules[0].from(), DoubleNear(100.0, 1.0));
  EXPECT_THAT(rules[0].to(), DoubleNear(1420.0, 1.0));
}

TEST(BrokenRule, EndsWhereAFoldHalfAsDarkGoesOnInItsLine) {
  cv::Mat1b ink = paper();
  draw_stretch(ink, 100, 660, kRule);
  draw_stretch(ink, 860, 1420, kRule / 2);
  EXPECT_THAT(trace_rules(ink, kOptions), SizeIs(2));
}

}  // namespace
}  // namespace tabularium::table_grid
