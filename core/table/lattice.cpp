#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

#include "tabularium/table/lattice_internal.h"

namespace tabularium {
namespace {

/// A wall stands where rules cover this share of the way between two grid lines. A rule that stops
/// half way is an underline, one with small holes is a broken rule.
constexpr double kCovered = 0.7;

/// Positions of grid lines in one direction, and whether the outer ones are not drawn but given by
/// the ends of the crossing rules.
struct Axis {
  std::vector<double> lines;
  bool open_first = false;
  bool open_last = false;
};

/// The outermost end that at least `needed` rules reach within `tolerance`; what a single rule
/// sticks out is a slip of the pen. `ends` rise away from the table.
double agreed_end(std::vector<double> ends, std::size_t needed, double tolerance) {
  std::sort(ends.begin(), ends.end(), std::greater<>());
  for (std::size_t i = 0; i + needed <= ends.size(); ++i) {
    if (ends[i] - ends[i + needed - 1] <= tolerance) return ends[i];
  }
  return -std::numeric_limits<double>::infinity();
}

/// Grid lines at the positions of `along`, and at the common ends of `across` where those go on
/// beyond the outermost by more than `overhang`.
Axis make_axis(const std::vector<Rule>& along, const std::vector<Rule>& across, double overhang,
               const Scale& scale) {
  Axis axis;
  std::vector<double> positions;
  positions.reserve(along.size());
  for (const Rule& rule : along) positions.push_back(rule.position);
  axis.lines = snap_positions(std::move(positions), scale.snap());

  // One crossing line alone shows no border unless it crosses two others: a lone corner or the
  // axes of a diagram are no table.
  std::vector<double> across_positions;
  across_positions.reserve(across.size());
  for (const Rule& rule : across) across_positions.push_back(rule.position);
  const bool one_line = snap_positions(std::move(across_positions), scale.snap()).size() == 1;
  const std::size_t needed = one_line && axis.lines.size() >= 2 ? 1 : 2;
  std::vector<double> starts;
  std::vector<double> ends;
  for (const Rule& rule : across) {
    starts.push_back(-rule.from);
    ends.push_back(rule.to);
  }
  const double first = -agreed_end(std::move(starts), needed, scale.snap());
  const double last = agreed_end(std::move(ends), needed, scale.snap());
  if (first < axis.lines.front() - overhang) {
    axis.lines.insert(axis.lines.begin(), first);
    axis.open_first = true;
  }
  if (last > axis.lines.back() + overhang) {
    axis.lines.push_back(last);
    axis.open_last = true;
  }
  return axis;
}

/// A form without a frame begins and ends with a row that one vertical rule within the table parts
/// in two cells: it sticks out by that row. Opens the row where `y` does not have it.
void open_outer_rows(const RuleGroup& group, const Axis& x, const Scale& scale, Axis& y) {
  if (y.lines.size() < 3) return;
  double first = y.lines.front();
  double last = y.lines.back();
  for (const Rule& rule : group.vertical) {
    const bool inside =
        rule.position > x.lines.front() + scale.text && rule.position < x.lines.back() - scale.text;
    if (!inside) continue;
    first = std::min(first, rule.from);
    last = std::max(last, rule.to);
  }
  const double row = 1.2 * scale.text;
  if (!y.open_first && first < y.lines.front() - row) {
    y.lines.insert(y.lines.begin(), first);
    y.open_first = true;
  }
  if (!y.open_last && last > y.lines.back() + row) {
    y.lines.push_back(last);
    y.open_last = true;
  }
}

/// The index of the grid line nearest to `position`.
std::size_t nearest_line(const std::vector<double>& lines, double position) {
  const auto above = std::lower_bound(lines.begin(), lines.end(), position);
  if (above == lines.begin()) return 0;
  if (above == lines.end()) return lines.size() - 1;
  const auto i = static_cast<std::size_t>(above - lines.begin());
  return position - lines[i - 1] < lines[i] - position ? i - 1 : i;
}

/// Where the rules of one grid line run: intervals, sorted, apart.
using Runs = std::vector<std::pair<double, double>>;

std::vector<Runs> runs_by_line(const std::vector<Rule>& rules, const std::vector<double>& lines) {
  std::vector<Runs> runs(lines.size());
  for (const Rule& rule : rules) {
    runs[nearest_line(lines, rule.position)].emplace_back(rule.from, rule.to);
  }
  for (Runs& line : runs) {
    std::sort(line.begin(), line.end());
    Runs joined;
    for (const auto& [from, to] : line) {
      if (!joined.empty() && from <= joined.back().second) {
        joined.back().second = std::max(joined.back().second, to);
      } else {
        joined.emplace_back(from, to);
      }
    }
    line = std::move(joined);
  }
  return runs;
}

/// Calls `wall(i)` for each interval [stops[i], stops[i + 1]] that the runs cover.
template <typename Wall>
void covered_intervals(const Runs& runs, const std::vector<double>& stops, const Wall& wall) {
  std::size_t first = 0;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    while (first < runs.size() && runs[first].second <= stops[i]) ++first;
    double covered = 0.0;
    for (std::size_t r = first; r < runs.size() && runs[r].first < stops[i + 1]; ++r) {
      covered += overlap(runs[r].first, runs[r].second, stops[i], stops[i + 1]);
    }
    if (covered >= kCovered * (stops[i + 1] - stops[i])) wall(static_cast<int>(i));
  }
}

/// The position of the rule of `across` that a rule at `position` ends at, near `end`: the nearest
/// one that runs there; of none that does the nearest. `across` is sorted by position.
std::optional<double> met_at(const std::vector<Rule>& across, double end, double position,
                             double reach) {
  std::optional<double> met;
  bool runs_there = false;
  auto next = std::lower_bound(across.begin(), across.end(), end - reach,
                               [](const Rule& a, double edge) { return a.position < edge; });
  for (; next != across.end() && next->position <= end + reach; ++next) {
    const bool runs = next->from <= position + reach && next->to >= position - reach;
    const bool no_nearer = met && std::abs(next->position - end) >= std::abs(*met - end);
    if (met && (runs == runs_there ? no_nearer : runs_there)) continue;
    met = next->position;
    runs_there = runs;
  }
  return met;
}

/// The rules with their ends on the grid lines of the rules that they end at: a grid line may stand
/// where none of its rules is, and of a narrow column that would leave a good part uncovered.
std::vector<Rule> snap_ends(std::vector<Rule> rules, std::vector<Rule> across,
                            const std::vector<double>& lines, double reach) {
  std::stable_sort(across.begin(), across.end(),
                   [](const Rule& a, const Rule& b) { return a.position < b.position; });
  const auto snap = [&](double& end, double position) {
    const auto met = met_at(across, end, position, reach);
    if (met) end = lines[nearest_line(lines, *met)];
  };
  for (Rule& rule : rules) {
    snap(rule.from, rule.position);
    snap(rule.to, rule.position);
  }
  return rules;
}

/// No rule that ends at a side without a border ends loose.
void close_open_sides(const Axis& x, const Axis& y, Walls& walls) {
  for (int col = 0; col < walls.cols(); ++col) {
    if (y.open_first) walls.set_above(0, col);
    if (y.open_last) walls.set_above(walls.rows(), col);
  }
  for (int row = 0; row < walls.rows(); ++row) {
    if (x.open_first) walls.set_left(row, 0);
    if (x.open_last) walls.set_left(row, walls.cols());
  }
}

Walls draw_walls(const RuleGroup& group, const Axis& x, const Axis& y, double reach) {
  Walls walls(static_cast<int>(y.lines.size()) - 1, static_cast<int>(x.lines.size()) - 1);
  const std::vector<Runs> horizontal =
      runs_by_line(snap_ends(group.horizontal, group.vertical, x.lines, reach), y.lines);
  for (int row = 0; row <= walls.rows(); ++row) {
    covered_intervals(horizontal[static_cast<std::size_t>(row)], x.lines,
                      [&](int col) { walls.set_above(row, col); });
  }
  const std::vector<Runs> vertical =
      runs_by_line(snap_ends(group.vertical, group.horizontal, y.lines, reach), x.lines);
  for (int col = 0; col <= walls.cols(); ++col) {
    covered_intervals(vertical[static_cast<std::size_t>(col)], y.lines,
                      [&](int row) { walls.set_left(row, col); });
  }
  close_open_sides(x, y, walls);
  return walls;
}

/// Grid lines that bound no cell (a short stroke within a cell left them) fall away.
void drop_unused_lines(std::vector<PlaceRange>& ranges, std::vector<double>& lines,
                       int PlaceRange::*first, int PlaceRange::*last) {
  std::vector<bool> used(lines.size(), false);
  for (const PlaceRange& range : ranges) {
    used[static_cast<std::size_t>(range.*first)] = true;
    used[static_cast<std::size_t>(range.*last)] = true;
  }
  std::vector<int> renamed(lines.size(), 0);
  std::vector<double> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    renamed[i] = static_cast<int>(kept.size());
    if (used[i]) kept.push_back(lines[i]);
  }
  for (PlaceRange& range : ranges) {
    range.*first = renamed[static_cast<std::size_t>(range.*first)];
    range.*last = renamed[static_cast<std::size_t>(range.*last)];
  }
  lines = std::move(kept);
}

Table to_table(const std::vector<PlaceRange>& ranges, Axis x, Axis y) {
  Table table;
  table.rows = static_cast<int>(y.lines.size()) - 1;
  table.cols = static_cast<int>(x.lines.size()) - 1;
  table.open_top = y.open_first;
  table.open_bottom = y.open_last;
  const auto line = [](const std::vector<double>& lines, int i) {
    return lines[static_cast<std::size_t>(i)];
  };
  table.cells.reserve(ranges.size());
  for (const PlaceRange& range : ranges) {
    Cell cell;
    cell.row = range.row0;
    cell.col = range.col0;
    cell.row_span = range.row1 - range.row0;
    cell.col_span = range.col1 - range.col0;
    cell.parts.push_back({1,
                          {line(x.lines, range.col0), line(y.lines, range.row0),
                           line(x.lines, range.col1), line(y.lines, range.row1)}});
    table.cells.push_back(std::move(cell));
  }
  table.parts.push_back({1, {x.lines.front(), y.lines.front(), x.lines.back(), y.lines.back()}});
  table.column_edges = std::move(x.lines);
  table.row_edges = std::move(y.lines);
  return table;
}

}  // namespace

// Positions are finite here: a `Box` and a `Rule` have no other numbers.
std::vector<double> snap_positions(std::vector<double> positions, double tolerance) {
  assert(tolerance >= 0.0);
  std::sort(positions.begin(), positions.end());
  std::vector<double> snapped;
  for (std::size_t first = 0; first < positions.size();) {
    // We measure from the group's first position, not from its last: a thick scanned rule gives a
    // chain of near positions, and a chain could join two true grid lines.
    std::size_t next = first;
    double sum = 0.0;
    do {
      sum += positions[next++];
    } while (next < positions.size() && positions[next] - positions[first] <= tolerance);
    snapped.push_back(sum / static_cast<double>(next - first));
    first = next;
  }
  return snapped;
}

Table build_lattice(const RuleGroup& group, const Scale& scale, std::int64_t max_places) {
  if (group.horizontal.empty() || group.vertical.empty()) return {};
  // A side border is missing only where a column of text fits beside the outermost rule. At a page
  // break the verticals may go on for as little as a cell's padding.
  Axis x = make_axis(group.vertical, group.horizontal, 0.6 * scale.text, scale);
  Axis y = make_axis(group.horizontal, group.vertical, scale.touch(), scale);
  if (x.lines.size() < 2 || y.lines.size() < 2) return {};
  open_outer_rows(group, x, scale, y);
  const auto places =
      static_cast<std::int64_t>(x.lines.size() - 1) * static_cast<std::int64_t>(y.lines.size() - 1);
  if (places > max_places) return {};
  std::vector<PlaceRange> ranges = merge_places(draw_walls(group, x, y, scale.touch()));
  drop_unused_lines(ranges, x.lines, &PlaceRange::col0, &PlaceRange::col1);
  drop_unused_lines(ranges, y.lines, &PlaceRange::row0, &PlaceRange::row1);
  return to_table(ranges, std::move(x), std::move(y));
}

std::vector<Table> build_open_rows(const std::vector<Rule>& loose, const Scale& scale) {
  std::vector<Rule> upright;
  std::copy_if(loose.begin(), loose.end(), std::back_inserter(upright), [&](const Rule& rule) {
    return !rule.horizontal() && rule.length() > 3 * scale.text;
  });
  std::vector<Table> tables;
  while (!upright.empty()) {
    const Rule first = upright.front();
    const auto others =
        std::stable_partition(upright.begin(), upright.end(), [&](const Rule& rule) {
          return std::abs(rule.from - first.from) <= scale.snap() &&
                 std::abs(rule.to - first.to) <= scale.snap();
        });
    std::vector<double> positions;
    for (auto rule = upright.begin(); rule != others; ++rule) positions.push_back(rule->position);
    upright.erase(upright.begin(), others);
    Axis x{snap_positions(std::move(positions), scale.snap()), false, false};
    if (x.lines.size() < 2) continue;
    std::vector<PlaceRange> ranges;
    for (int col = 0; col + 1 < static_cast<int>(x.lines.size()); ++col) {
      ranges.push_back({0, col, 1, col + 1});
    }
    tables.push_back(to_table(ranges, std::move(x), {{first.from, first.to}, true, true}));
  }
  return tables;
}

}  // namespace tabularium
