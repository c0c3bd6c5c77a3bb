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

}  // namespace
}  // namespace tabularium::table_grid
