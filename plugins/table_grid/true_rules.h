#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// Drops what is no rule: strokes of characters, boxes to tick, underlines of a word, folds of the
/// paper, rules that show through from the other side.
Traces true_rules(Traces traces, double em, const cv::Size& page);

/// The streaks of a copier among all `traces` of one direction: they run from one edge of the paper
/// to the other, `length` pixels, and are none of the `rules` that `true_rules` left.
std::vector<Trace> streaks_among(const std::vector<Trace>& traces, const std::vector<Trace>& rules,
                                 double length);

/// Cuts off what a trace caught beyond the rule at which it and another one end: bare paper, then a
/// stroke of a title that happens to stand in line with a column.
Traces without_stray_ends(Traces traces, double em);

/// Whether three of `lines` or more end in one place where none of `others` stands: the side of a
/// table that was too faint to follow.
bool misses_border(const std::vector<Trace>& lines, const std::vector<Trace>& others, double em);

/// Adds to `known` those of `faint` at which three of `crossing` or more end.
void add_borders(std::vector<Trace>& known, const std::vector<Trace>& faint,
                 const std::vector<Trace>& crossing, double em);

/// Drops short traces that do not stand free and do not run from rule to rule: strokes of
/// characters that stand in line. Where rules are worn little of one proves a side of a cell.
Traces without_strokes(Traces traces, double em);

/// Darkness, 0 to 255, that the page's rules typically have. 0 where there are none.
double typical_darkness(const Traces& traces);

}  // namespace tabularium::table_grid
