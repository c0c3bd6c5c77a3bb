#pragma once

#include <string>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/form/loose_rows_internal.h"

namespace tabularium {

/// More columns than these no form has.
inline constexpr std::size_t kMostLooseColumns = 32;

/// A column of a table as its header in a text conversion shows it.
struct LooseColumn {
  const ColumnSpec* spec = nullptr;
  int col = 0;          // of the header's cell
  bool level = false;   // merged cells stand in it, of which the layout knows the words
  bool wanted = false;  // one of those that rows are told by
};

/// A row of a table, put together.
struct LooseTableRow {
  std::vector<std::vector<const LoosePiece*>> cells;  // one for each column, perhaps empty
  bool doubtful = false;  // its pieces fit no better here than elsewhere
};

/// Puts the pieces of `rows`, all of one table below its header, into rows and columns.
///
/// The order of the pieces is sure, their columns are not: cells slip, lines are wrapped, a page
/// break cuts a row in two. Of all ways to deal the pieces out, in order, the likeliest is taken:
/// level columns hold words that the layout knows, or parts of one that the next line goes on
/// with; numbers stand where other rows have numbers (what a column holds is learned from a first
/// reading); brackets close in the cell that they open in; a column that other rows fill is
/// seldom left out. Places that the file gives weigh, but less than that.
struct RowParse {
  std::vector<LooseTableRow> rows;
  std::vector<const LoosePiece*> dropped;  // what belongs in no cell: written twice
  double cost = 0.0;
};
RowParse parse_rows(const std::vector<LooseColumn>& columns,
                    const std::vector<const LooseRow*>& rows);

/// Whether the text is a number and nothing else: "7.50", "1,990,000", "100".
bool is_plain_number(std::u32string_view folded);

}  // namespace tabularium
