#pragma once

#include <string>
#include <vector>

namespace tabularium::text {

/// A paragraph, or a line where lines are all that a file has.
struct Line {
  std::u32string text;  ///< not empty but for white space
  int number = 0;       ///< line of the file that it begins in, counted from 1
};

struct Cell {
  int col = 0;  ///< from 0
  int row_span = 1;
  int col_span = 1;
  std::vector<Line> lines;  ///< empty for an empty cell
};

struct Row {
  std::vector<Cell> cells;  ///< rising by `col`, none over another
};

/// What stands below each other in a file: a line outside of all tables, or a table.
struct Block {
  bool page_before = false;  ///< a form feed stands before it
  bool blank_before = false;
  Line line;              ///< where `rows` is empty
  std::vector<Row> rows;  ///< of a table; cells that span rows stand in their first
};

/// A file as its marks tell it.
struct Blocks {
  std::vector<Block> blocks;
};

}  // namespace tabularium::text
