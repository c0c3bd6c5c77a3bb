#include "true_rules.h"

#include <gmock/gmock.h>

namespace tabularium::table_grid {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;

constexpr double kEm = 40.0;

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
  return true_rules(std::move(traces), kEm, {1000, 1000}).down.size() > others;
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

TEST(LooseStrokes, AsShortAsAGlyphAreSidesWhereTheyJoinTheMiddlesOfTwoRules) {
  // A row 1.25 em high below the upper side of the table.
  EXPECT_TRUE(keeps(trace_over(600.0, {{500.0, 550.0}}), 1.0, 550.0));
  EXPECT_FALSE(keeps(trace_over(600.0, {{503.0, 547.0}}), 1.0, 550.0));
}

}  // namespace
}  // namespace tabularium::table_grid
