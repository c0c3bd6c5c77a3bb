#pragma once

#include <vector>

#include "tabularium/page/rule.h"
#include "tabularium/table/text_rows_internal.h"

namespace tabularium {

/// Text of one or more lines that belongs to one cell.
struct LineCell {
  int line0 = 0;  ///< lines [line0, line1)
  int line1 = 0;
  int col0 = 0;  ///< columns [col0, col1)
  int col1 = 0;
  std::vector<const Word*> words;
  double x0 = 0.0;
  double x1 = 0.0;
};

/// Cells of an aligned grid: rows by lines.
struct LineGrid {
  int rows = 0;
  int cols = 0;
  std::vector<int> first_line;  ///< of each row; rows + 1 numbers, the last is the line count
  bool spaced = false;  ///< rows stand further apart than the lines of a cell, which tells them
  std::vector<LineCell> cells;  ///< `line0`, `line1` are rows here; sorted by row, then column
};

/// The pieces of one line, as `line`, by the columns that `separators` part. A piece that lies over
/// several columns spans them; pieces of one column are one cell.
std::vector<LineCell> cells_of_line(const TextRow& row, int line,
                                    const std::vector<double>& separators);

/// Groups lines into rows: lines that a rule parts are different rows; a line goes on the one above
/// where its text found no room there. `rules` are the horizontal rules of the region. Lines are in
/// order, from top to bottom.
LineGrid group_lines(const std::vector<TextRow>& lines, const std::vector<double>& separators,
                     const std::vector<Rule>& rules);

}  // namespace tabularium
