#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tabularium/page/page.h"

namespace tabularium {

/// Words that stand beside each other, in reading order.
struct TextLine {
  int page = 1;
  Box box;
  std::vector<Word> words;  ///< at least one

  /// The words joined as running text (`join_text`).
  TABULARIUM_API std::string text() const;
  /// Whether any of its words was read from pixels.
  TABULARIUM_API bool is_recognized() const;
};

/// One place where a cell stands. A cell that a page break cuts has several.
struct CellPart {
  int page = 1;
  Box box;
};

/// One box of a grid with the text that stands in it.
struct Cell {
  int row = 0;  ///< from 0
  int col = 0;  ///< from 0
  int row_span = 1;
  int col_span = 1;
  std::vector<CellPart> parts;  ///< at least one; in page order
  std::vector<TextLine> lines;  ///< top to bottom, over all parts; empty for an empty cell

  const Box& box() const { return parts.front().box; }
  int page() const { return parts.front().page; }
  /// The lines' texts, joined by "\n".
  TABULARIUM_API std::string text() const;
};

enum class TableKind : std::uint8_t {
  ruled,    ///< from a lattice of rules
  aligned,  ///< from the alignment of text: borderless or with a few horizontal rules
};

/// Cells on a grid. Every grid place belongs to at most one cell; in a ruled table to exactly one.
struct Table {
  TableKind kind = TableKind::ruled;
  int rows = 0;
  int cols = 0;
  std::vector<CellPart> parts;       ///< where the table stands; one box for each page
  std::vector<Cell> cells;           ///< sorted by row, then col
  std::vector<double> column_edges;  ///< x of the cols + 1 grid lines, rising
  std::vector<double>
      row_edges;             ///< y of the rows + 1 grid lines, rising; on the first part's page
  bool open_top = false;     ///< no rule closes the top: the table may go on from the page before
  bool open_bottom = false;  ///< no rule closes the bottom

  int page() const { return parts.front().page; }
  /// The cell that covers the grid place, or null where no cell does or the place is off the grid.
  TABULARIUM_API const Cell* cell_at(int row, int col) const;
};

/// A page whose words stand in tables, or beside them.
struct TabulatedPage {
  int number = 1;
  double width = 0.0;
  double height = 0.0;
  std::vector<Table> tables;    ///< top to bottom, then left to right; each on this page alone
  std::vector<TextLine> lines;  ///< text outside of all ruled tables, top to bottom
  TextTrust trust = TextTrust::trusted;
  Arrangement arrangement = Arrangement::drawn;
  std::vector<Issue> issues;
};

}  // namespace tabularium
