#include "tabularium/table/line_cells_internal.h"

#include <algorithm>

#include "tabularium/table/line_facts_internal.h"

namespace tabularium {
namespace {

/// How far a piece may reach over a separator and still belong to one column, in font sizes:
/// a centred head is often a little wider than the column below it.
constexpr double kOverhang = 0.75;

int column_of(double x, const std::vector<double>& separators) {
  return static_cast<int>(std::upper_bound(separators.begin(), separators.end(), x) -
                          separators.begin());
}

/// Adds the cell to `cells`, cut to the places that no other has: the pieces of a careless
/// drawing may overlap. Where none is left, its words go to the cell that is there.
void settle(LineCell& cell, int cols, std::vector<int>& owner, std::vector<LineCell>& cells) {
  const auto at = [&](int row, int col) -> int& {
    return owner[static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) +
                 static_cast<std::size_t>(col)];
  };
  const auto is_free = [&](int col) {
    for (int row = cell.line0; row < cell.line1; ++row) {
      if (at(row, col) >= 0) return false;
    }
    return true;
  };
  const int first = cell.col0;
  while (cell.col0 < cell.col1 && !is_free(cell.col0)) ++cell.col0;
  if (cell.col0 == cell.col1) {
    int row = cell.line0;
    while (at(row, first) < 0) ++row;
    LineCell& there = cells[static_cast<std::size_t>(at(row, first))];
    there.words.insert(there.words.end(), cell.words.begin(), cell.words.end());
    return;
  }
  int end = cell.col0;
  while (end < cell.col1 && is_free(end)) ++end;
  cell.col1 = end;
  for (int row = cell.line0; row < cell.line1; ++row) {
    for (int col = cell.col0; col < cell.col1; ++col) at(row, col) = static_cast<int>(cells.size());
  }
  cells.push_back(std::move(cell));
}

LineGrid to_grid(std::vector<LineCell> cells, std::vector<int> starts, int cols) {
  LineGrid grid;
  grid.rows = static_cast<int>(starts.size()) - 1;
  grid.cols = cols;
  const auto row_of = [&](int line) {
    return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), line) - starts.begin()) -
           1;
  };
  std::vector<int> owner(static_cast<std::size_t>(grid.rows * cols), -1);
  for (LineCell& cell : cells) {
    cell.line1 = row_of(cell.line1 - 1) + 1;
    cell.line0 = row_of(cell.line0);
    settle(cell, cols, owner, grid.cells);
  }
  std::sort(grid.cells.begin(), grid.cells.end(), [](const LineCell& a, const LineCell& b) {
    return a.line0 != b.line0 ? a.line0 < b.line0 : a.col0 < b.col0;
  });
  grid.first_line = std::move(starts);
  return grid;
}

}  // namespace

std::vector<LineCell> cells_of_line(const TextRow& row, int line,
                                    const std::vector<double>& separators) {
  std::vector<LineCell> cells;
  for (const Piece& piece : row.pieces) {
    const double slack = std::min(kOverhang * row.size, 0.3 * (piece.x1 - piece.x0));
    LineCell cell{line,
                  line + 1,
                  column_of(piece.x0 + slack, separators),
                  column_of(piece.x1 - slack, separators) + 1,
                  piece.words,
                  piece.x0,
                  piece.x1};
    if (!cells.empty() && cell.col0 < cells.back().col1) {
      LineCell& before = cells.back();
      before.words.insert(before.words.end(), cell.words.begin(), cell.words.end());
      before.col1 = std::max(before.col1, cell.col1);
      before.x1 = std::max(before.x1, cell.x1);
    } else {
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

void add_to_row(const LineCell& cell, std::vector<LineCell>& row) {
  for (LineCell& other : row) {
    if (other.col1 <= cell.col0 || other.col0 >= cell.col1) continue;
    other.words.insert(other.words.end(), cell.words.begin(), cell.words.end());
    other.col0 = std::min(other.col0, cell.col0);
    other.col1 = std::max(other.col1, cell.col1);
    other.x0 = std::min(other.x0, cell.x0);
    other.x1 = std::max(other.x1, cell.x1);
    return;
  }
  row.push_back(cell);
}

LineGrid group_lines(const std::vector<TextRow>& lines, const std::vector<double>& separators,
                     const std::vector<Rule>& rules) {
  if (lines.empty()) return {};
  LineFacts facts(lines, separators, rules);
  const std::size_t head = count_head_lines(facts);
  GroupedLines grouped = group_heads(facts, head);
  GroupedLines body;
  if (!rows_are_ruled(facts, head)) body = group_by_spacing(facts, head);
  const bool spaced = !body.starts.empty();
  if (!spaced) body = group_by_text(facts, head);
  std::move(body.cells.begin(), body.cells.end(), std::back_inserter(grouped.cells));
  grouped.starts.insert(grouped.starts.end(), body.starts.begin(), body.starts.end());
  grouped.starts.push_back(static_cast<int>(lines.size()));
  LineGrid grid = to_grid(std::move(grouped.cells), std::move(grouped.starts), facts.cols);
  grid.spaced = spaced;
  return grid;
}

}  // namespace tabularium
