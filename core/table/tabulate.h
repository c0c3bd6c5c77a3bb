#pragma once

#include "tabularium/page/limits.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// What `tabulate` should look for.
struct TabulateOptions {
  /// Also tables without rules, or with a few; costs some time. A frame round text is then no
  /// table of one cell, since a form may go on in such a cell but a report does not; nor are
  /// vertical rules side by side that no other rule crosses.
  bool aligned_tables = true;
};

/// Puts the words of a page into the cells that its rules draw, and into tables that alignment
/// alone shows. Every glyph goes to the cell that holds its centre; words that no table holds
/// become `lines`. Words of an aligned table stand in its cells and in `lines` too, since alignment
/// is a guess and a form may need the line as a whole. Of a table in a cell of another the words
/// stand in both. Tolerances follow the page's own rule thickness and text size. Takes any page
/// and throws nothing: where rules make more grid places than `Limits::max_table_cells`, a hatched
/// drawing, no table is read from them, and an issue says so.
TABULARIUM_API TabulatedPage tabulate(Page page, const TabulateOptions& options = {},
                                      const Limits& limits = {});

}  // namespace tabularium
