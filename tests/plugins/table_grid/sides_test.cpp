#include "sides.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace tabularium::table_grid {
namespace {

constexpr double kEm = 40.0;
constexpr int kRule = 200;

const TraceOptions kOptions{kEm, 26, 26};
const Wear kWorn{true, 220.0};  // with holes as long as the sides here

Trace straight(double across, double from, double to) {
  Trace trace;
  trace.samples = {{from, across}, {to, across}};
  trace.thickness = 3.0;
  trace.inked = to - from;
  trace.darkness = trace.peak = kRule;
  return trace;
}

/// A rule of three pixels that is drawn from one point to another, to the right or down.
void draw(cv::Mat1b& ink, cv::Point from, cv::Point to) {
  ink(cv::Rect(from.x - 1, from.y - 1, to.x - from.x + 3, to.y - from.y + 3)) = kRule;
}

/// Two rows of a table, cut by two columns in the upper one.
struct Table {
  cv::Mat1b ink = cv::Mat1b(700, 1200, std::uint8_t{0});
  Traces traces;

  Table() {
    for (const int y : {100, 300, 500}) {
      draw(ink, {100, y}, {1000, y});
      traces.across.push_back(straight(y + 0.5, 100, 1000));
    }
    for (const int x : {100, 1000}) {
      draw(ink, {x, 100}, {x, 500});
      traces.down.push_back(straight(x + 0.5, 100, 500));
    }
    for (const int x : {400, 520}) {
      draw(ink, {x, 100}, {x, 300});
      traces.down.push_back(straight(x + 0.5, 100, 300));
    }
  }

  /// Strokes of a text in the lower row.
  void write(int from, int to) {
    for (int x = from; x + 20 <= to; x += 40) ink(cv::Rect(x, 380, 20, 40)) = 255;
  }

  /// Whether there is a side at `x` in the lower row.
  bool has_side(double x) const {
    const auto rules = drawn_sides(traces, ink, ink.t(), kOptions, kWorn);
    return std::any_of(rules.begin(), rules.end(), [&](const PixelRule& rule) {
      return !rule.horizontal && std::abs(rule.position - x) < 5.0 && rule.to > 450.0;
    });
  }
};

TEST(MadeUpSide, StandsWhereTextsAreApart) {
  Table table;
  table.write(140, 340);
  table.write(560, 900);
  EXPECT_TRUE(table.has_side(400));
}

TEST(MadeUpSide, IsNoneBesideADrawnOneThatPartsTheTexts) {
  Table table;
  table.write(140, 340);
  table.write(560, 900);
  draw(table.ink, {520, 300}, {520, 500});  // the trace of it ends above
  EXPECT_TRUE(table.has_side(520));
  EXPECT_FALSE(table.has_side(400));
}

}  // namespace
}  // namespace tabularium::table_grid
