#include "true_rules.h"

#include <gmock/gmock.h>

namespace tabularium::table_grid {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::SizeIs;

constexpr double kEm = 40.0;
const cv::Size kPage(1000, 1200);  // the table ends far above its lower edge
constexpr double kFaint = 100.0;   // half as dark as the rules

/// A straight trace with a sample every eight pixels, over each of the stretches.
Trace trace_over(double across, const std::vector<std::pair<double, double>>& stretches) {
  Trace trace;
  for (const auto& [from, to] : stretches) {
    for (double along = from; along < to; along += 8.0) trace.samples.push_back({along, across});
    trace.samples.push_back({to, across});
    trace.inked += to - from;
  }
  trace.thickness = 3.0;
  trace.darkness = 200.0;
  trace.peak = 200.0;
  return trace;
}

Trace shaded(Trace trace, double darkness) {
  trace.darkness = trace.peak = darkness;
  return trace;
}

/// Three columns that begin at the upper side of a table.
Traces table() {
  Traces traces;
  traces.across = {trace_over(500.0, {{100.0, 900.0}}), trace_over(900.0, {{100.0, 900.0}})};
  traces.down = {trace_over(100.0, {{500.0, 900.0}}), trace_over(400.0, {{500.0, 900.0}}),
                 trace_over(900.0, {{500.0, 900.0}})};
  return traces;
}

TEST(StrayEnds, AreCutWhereATraceCaughtAStrokeOfATitle) {
  Traces traces = table();
  traces.down[1] = trace_over(400.0, {{320.0, 390.0}, {500.0, 900.0}});
  const Traces cut = without_stray_ends(traces, kEm);
  EXPECT_THAT(cut.down[1].from(), DoubleNear(500.0, 1.0));
  EXPECT_THAT(cut.down[1].inked, DoubleEq(400.0));
  EXPECT_THAT(cut.down[0].from(), DoubleEq(500.0));
}

TEST(StrayEnds, StayWhereTheyHangOnTheirRule) {
  Traces traces = table();
  traces.down[1] = trace_over(400.0, {{430.0, 900.0}});
  EXPECT_THAT(without_stray_ends(traces, kEm).down[1].from(), DoubleEq(430.0));
}

TEST(StrayEnds, AreNoneWhereTheTableGoesOn) {
  Traces traces = table();
  traces.down[0] = trace_over(100.0, {{200.0, 900.0}});
  traces.down[1] = trace_over(400.0, {{200.0, 440.0}, {500.0, 900.0}});
  traces.down[2] = trace_over(900.0, {{200.0, 900.0}});
  EXPECT_THAT(without_stray_ends(traces, kEm).down[1].from(), DoubleEq(200.0));
}

/// Whether the table, with another rule across it, keeps a trace that runs down. `free`: the part
/// of it beside which there is no print.
bool keeps(Trace trace, double free, double rule = 700.0) {
  Traces traces = table();
  const std::size_t others = traces.down.size();
  traces.across.push_back(trace_over(rule, {{100.0, 900.0}}));
  trace.free = free;
  traces.down.push_back(std::move(trace));
  return true_rules(std::move(traces), kEm, kPage).down.size() > others;
}

TEST(LooseStrokes, OfATitleThatNearlyTouchesTheTableAreNoRules) {
  EXPECT_FALSE(keeps(trace_over(600.0, {{420.0, 490.0}}), 0.7));
  // Two in line, of a title of two lines.
  EXPECT_FALSE(keeps(trace_over(600.0, {{350.0, 415.0}, {425.0, 490.0}}), 0.7));
}

TEST(LooseStrokes, AreRulesWhereTheyStandFreeOrRunFromRuleToRule) {
  EXPECT_TRUE(keeps(trace_over(600.0, {{420.0, 490.0}}), 0.9));
  EXPECT_TRUE(keeps(trace_over(600.0, {{508.0, 592.0}}), 0.7, 600.0));
}

TEST(LooseStrokes, AsShortAsAGlyphAreSidesWhereTheyJoinTwoRulesWithoutAGap) {
  // A row 1.25 em high below the upper side of the table.
  EXPECT_TRUE(keeps(trace_over(600.0, {{500.0, 550.0}}), 1.0, 550.0));
  EXPECT_FALSE(keeps(trace_over(600.0, {{504.0, 546.0}}), 1.0, 550.0));
}

TEST(Streaks, FromOneEdgeOfThePaperToTheOtherAreNoRulesHoweverDark) {
  EXPECT_FALSE(keeps(trace_over(600.0, {{5.0, 1195.0}}), 1.0));
  // One that ends before the edges is dropped only where it is fainter than the rules.
  const Trace shorter = trace_over(600.0, {{50.0, 1150.0}});
  EXPECT_TRUE(keeps(shorter, 1.0));
  EXPECT_FALSE(keeps(shaded(shorter, 140.0), 1.0));
}

TEST(Folds, OfWhichAPieceEndsOrBeginsInACellAreNoRules) {
  const Trace ending = trace_over(600.0, {{500.0, 700.0}});
  EXPECT_FALSE(keeps(shaded(ending, kFaint), 1.0, 600.0));
  EXPECT_TRUE(keeps(ending, 1.0, 600.0));
  const Trace beginning = trace_over(600.0, {{650.0, 900.0}});
  EXPECT_FALSE(keeps(shaded(beginning, kFaint), 1.0, 800.0));
  EXPECT_TRUE(keeps(beginning, 1.0, 800.0));
}

TEST(FaintRules, StayWhereTheyEndAtRules) {
  EXPECT_TRUE(keeps(shaded(trace_over(600.0, {{500.0, 700.0}}), kFaint), 1.0, 700.0));
  EXPECT_TRUE(keeps(shaded(trace_over(600.0, {{500.0, 900.0}}), kFaint), 1.0));
}

TEST(FaintRules, StayWhereTheOthersOfAnOpenTableEndBesideThem) {
  Traces traces = table();
  for (Trace& column : traces.down) column = trace_over(column.at(500.0), {{500.0, 1100.0}});
  traces.down[1] = shaded(traces.down[1], kFaint);
  EXPECT_THAT(true_rules(traces, kEm, kPage).down, SizeIs(3));
}

TEST(FaintRules, StayWhereOtherRulesEndAtThem) {
  // The left side of the table, beyond the lower end of which there is no rule.
  Traces traces = table();
  traces.across.push_back(trace_over(700.0, {{100.0, 900.0}}));
  traces.down[0] = shaded(trace_over(100.0, {{500.0, 1040.0}}), kFaint);
  EXPECT_THAT(true_rules(traces, kEm, kPage).down, SizeIs(3));
}

/// The table in hairlines that a worn page left pale, and a trace that runs down among them.
bool keeps_among_hairlines(Trace trace, double darkness, double free) {
  Traces traces = table();
  for (auto* list : {&traces.across, &traces.down}) {
    for (Trace& hairline : *list) hairline = shaded(hairline, 60.0);
  }
  const std::size_t hairlines = traces.down.size();
  trace.free = free;
  traces.down.push_back(shaded(std::move(trace), darkness));
  return without_strokes(std::move(traces), kEm).down.size() > hairlines;
}

TEST(DarkStrokes, AmongHairlinesAreDroppedUnlessPaperIsBesideThemOrTheyEndAtRules) {
  const Trace strokes = trace_over(600.0, {{300.0, 850.0}});
  EXPECT_FALSE(keeps_among_hairlines(strokes, 200.0, 0.9));
  EXPECT_TRUE(keeps_among_hairlines(strokes, 200.0, 0.95));
  EXPECT_TRUE(keeps_among_hairlines(strokes, 60.0, 0.9));
  EXPECT_TRUE(keeps_among_hairlines(trace_over(600.0, {{500.0, 900.0}}), 200.0, 0.9));
}

}  // namespace
}  // namespace tabularium::table_grid
