// Random partitions of a rectangle, drawn as rules in every way that programs and scanners draw
// them, come back exactly.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include "build.h"
#include "tabularium/table/tabulate.h"

namespace tabularium {
namespace {

using Spans = std::set<std::tuple<int, int, int, int>>;  // row, col, row_span, col_span

/// A rectangle cut into cells on a grid.
struct Partition {
  std::vector<double> xs;
  std::vector<double> ys;
  Spans cells;
};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  int number(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1));
  }
  double real(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 8) / static_cast<double>(1u << 24);
  }
  bool chance(int percent) { return number(1, 100) <= percent; }

  std::vector<double> positions(int count, double start, double smallest, double largest) {
    std::vector<double> places{start};
    for (int i = 0; i < count; ++i) places.push_back(places.back() + real(smallest, largest));
    return places;
  }

  /// Cuts in two, again and again: the partitions that rows of columns of rows give.
  void guillotine(int row, int col, int rows, int cols, Spans& cells) {
    const bool can_rows = rows > 1;
    const bool can_cols = cols > 1;
    if ((!can_rows && !can_cols) || (rows * cols < 9 && chance(25))) {
      cells.emplace(row, col, rows, cols);
    } else if (can_rows && (!can_cols || chance(50))) {
      const int first = number(1, rows - 1);
      guillotine(row, col, first, cols, cells);
      guillotine(row + first, col, rows - first, cols, cells);
    } else {
      const int first = number(1, cols - 1);
      guillotine(row, col, rows, first, cells);
      guillotine(row, col + first, rows, cols - first, cells);
    }
  }

  /// Rectangles of random size laid into the grid wherever there is room: also pinwheels, which no
  /// straight cut divides.
  Spans scatter(int rows, int cols) {
    std::vector<std::vector<bool>> taken(static_cast<std::size_t>(rows),
                                         std::vector<bool>(static_cast<std::size_t>(cols), false));
    const auto at = [&](int r, int c) {
      return taken[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
    };
    Spans cells;
    for (int row = 0; row < rows; ++row) {
      for (int col = 0; col < cols; ++col) {
        if (at(row, col)) continue;
        int wide = 1;
        while (col + wide < cols && !at(row, col + wide) && wide < 4 && chance(40)) ++wide;
        const int high = chance(60) ? 1 : number(1, std::min(4, rows - row));
        for (int r = row; r < row + high; ++r) {
          for (int c = col; c < col + wide; ++c) {
            taken[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] = true;
          }
        }
        cells.emplace(row, col, high, wide);
      }
    }
    return cells;
  }

  Partition partition() {
    const int rows = number(1, 14);
    const int cols = number(2, 9);
    Partition made;
    made.ys = positions(rows, real(30, 120), 9.0, 45.0);
    made.xs = positions(cols, real(20, 60), 12.0, 90.0);
    if (chance(50)) {
      guillotine(0, 0, rows, cols, made.cells);
    } else {
      made.cells = scatter(rows, cols);
    }
    return made;
  }

  std::mt19937& engine() { return random_; }

 private:
  std::mt19937 random_;
};

/// How a partition is drawn.
struct Drawing {
  double jitter = 0.0;     ///< greatest shift of a rule's position and ends
  int cut_percent = 0;     ///< chance that a rule is cut into pieces
  double gap = 0.0;        ///< between the pieces
  int double_percent = 0;  ///< chance that a rule is drawn twice, 1 pt apart
};

/// Grid lines that no cell's edge lies on cannot be drawn: the partition on the others.
Partition compact(const Partition& from) {
  std::set<int> rows{0};
  std::set<int> cols{0};
  for (const auto& [row, col, high, wide] : from.cells) {
    rows.insert({row, row + high});
    cols.insert({col, col + wide});
  }
  const auto index = [](const std::set<int>& of, int value) {
    return static_cast<int>(std::distance(of.begin(), of.find(value)));
  };
  Partition made;
  for (const int row : rows) made.ys.push_back(from.ys[static_cast<std::size_t>(row)]);
  for (const int col : cols) made.xs.push_back(from.xs[static_cast<std::size_t>(col)]);
  for (const auto& [row, col, high, wide] : from.cells) {
    made.cells.emplace(index(rows, row), index(cols, col),
                       index(rows, row + high) - index(rows, row),
                       index(cols, col + wide) - index(cols, col));
  }
  return made;
}

void draw(const Rule& rule, const Drawing& how, Maker& maker, std::vector<Rule>& rules) {
  Rule shaken = rule;
  shaken.position += maker.real(-how.jitter, how.jitter);
  shaken.from += maker.real(-how.jitter, how.jitter);
  shaken.to += maker.real(-how.jitter, how.jitter);
  if (maker.chance(how.double_percent)) {
    rules.push_back(shaken);
    shaken.position += 1.0;
  }
  if (maker.chance(how.cut_percent) && shaken.length() > 6.0) {
    const double middle = shaken.from + shaken.length() * maker.real(0.2, 0.8);
    Rule rest = shaken;
    shaken.to = middle - how.gap / 2;
    rest.from = middle + how.gap / 2;
    rules.push_back(rest);
  }
  rules.push_back(shaken);
}

/// Each edge of each cell as a rule of its own; edges that two cells share are drawn twice.
std::vector<Rule> draw_cells(const Partition& partition, const Drawing& how, Maker& maker,
                             const std::set<char>& missing = {}) {
  std::vector<Rule> rules;
  for (const auto& [row, col, high, wide] : partition.cells) {
    const double x0 = partition.xs[static_cast<std::size_t>(col)];
    const double x1 = partition.xs[static_cast<std::size_t>(col + wide)];
    const double y0 = partition.ys[static_cast<std::size_t>(row)];
    const double y1 = partition.ys[static_cast<std::size_t>(row + high)];
    const bool top = y0 != partition.ys.front() || !missing.contains('t');
    const bool bottom = y1 != partition.ys.back() || !missing.contains('b');
    const bool left = x0 != partition.xs.front() || !missing.contains('l');
    const bool right = x1 != partition.xs.back() || !missing.contains('r');
    if (top) draw(build::across(y0, x0, x1), how, maker, rules);
    if (bottom) draw(build::across(y1, x0, x1), how, maker, rules);
    if (left) draw(build::down(x0, y0, y1), how, maker, rules);
    if (right) draw(build::down(x1, y0, y1), how, maker, rules);
  }
  std::shuffle(rules.begin(), rules.end(), maker.engine());
  return rules;
}

Spans spans(const Table& table) {
  Spans found;
  for (const Cell& cell : table.cells) {
    found.emplace(cell.row, cell.col, cell.row_span, cell.col_span);
  }
  return found;
}

/// A cell's edges are drawn within `tolerance` of where they come back.
void expect_same(const Partition& drawn, const TabulatedPage& page, double tolerance) {
  ASSERT_EQ(page.tables.size(), 1u);
  const Table& table = page.tables[0];
  ASSERT_EQ(spans(table), drawn.cells);
  ASSERT_EQ(table.column_edges.size(), drawn.xs.size());
  ASSERT_EQ(table.row_edges.size(), drawn.ys.size());
  for (std::size_t i = 0; i < drawn.xs.size(); ++i) {
    EXPECT_NEAR(table.column_edges[i], drawn.xs[i], tolerance);
  }
  for (std::size_t i = 0; i < drawn.ys.size(); ++i) {
    EXPECT_NEAR(table.row_edges[i], drawn.ys[i], tolerance);
  }
}

void expect_back(const Drawing& how, double tolerance) {
  TabulateOptions options;
  options.aligned_tables = false;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    Maker maker(seed);
    const Partition partition = compact(maker.partition());
    expect_same(partition, tabulate(build::page(draw_cells(partition, how, maker)), options),
                tolerance);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(Partitions, ComeBackFromOneRuleForEachEdgeOfACell) { expect_back({}, 1e-9); }

TEST(Partitions, ComeBackFromJitteredRules) { expect_back({.jitter = 0.6}, 0.61); }

TEST(Partitions, ComeBackFromRulesCutIntoPieces) {
  expect_back({.cut_percent = 50, .gap = 1.2}, 1e-9);
}

TEST(Partitions, ComeBackFromDoubledRules) { expect_back({.double_percent = 40}, 1.01); }

TEST(Partitions, ComeBackFromJitteredCutAndDoubledRules) {
  expect_back({.jitter = 0.4, .cut_percent = 30, .gap = 0.8, .double_percent = 30}, 1.41);
}

/// A partition in which every outer border can be missed: two grid lines at least cross it.
bool has_inner_rules(const Partition& partition) {
  int across_whole = 0;
  int down_whole = 0;
  for (std::size_t i = 1; i + 1 < partition.ys.size(); ++i) {
    const int line = static_cast<int>(i);
    across_whole += std::none_of(partition.cells.begin(), partition.cells.end(), [&](auto& cell) {
      return std::get<0>(cell) < line && std::get<0>(cell) + std::get<2>(cell) > line;
    });
  }
  for (std::size_t i = 1; i + 1 < partition.xs.size(); ++i) {
    const int line = static_cast<int>(i);
    down_whole += std::none_of(partition.cells.begin(), partition.cells.end(), [&](auto& cell) {
      return std::get<1>(cell) < line && std::get<1>(cell) + std::get<3>(cell) > line;
    });
  }
  return across_whole >= 2 && down_whole >= 2;
}

TEST(Partitions, ComeBackWithOuterBordersMissing) {
  TabulateOptions options;
  options.aligned_tables = false;
  int tried = 0;
  for (unsigned seed = 1; seed <= 4000; ++seed) {
    Maker maker(seed);
    const Partition partition = compact(maker.partition());
    if (!has_inner_rules(partition)) continue;
    ++tried;
    for (const std::set<char>& missing :
         std::vector<std::set<char>>{{'l'}, {'r'}, {'l', 'r'}, {'t'}, {'b'}, {'t', 'b'}}) {
      SCOPED_TRACE(seed);
      SCOPED_TRACE(std::string(missing.begin(), missing.end()));
      const TabulatedPage page =
          tabulate(build::page(draw_cells(partition, {.jitter = 0.2}, maker, missing)), options);
      expect_same(partition, page, 0.41);
      if (HasFatalFailure()) return;
      EXPECT_EQ(page.tables[0].open_top, missing.contains('t'));
      EXPECT_EQ(page.tables[0].open_bottom, missing.contains('b'));
    }
  }
  EXPECT_GT(tried, 100);
}

}  // namespace
}  // namespace tabularium
