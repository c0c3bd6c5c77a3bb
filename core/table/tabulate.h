#pragma once

#include "tabularium/page/limits.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// What `tabulate` should look for.
struct TabulateOptions {
  bool aligned_tables = true;  ///< also tables without rules, or with a few; costs some time
};

/// Puts the words of a page into the cells that its rules draw, and into tables that alignment
/// alone shows. Every glyph goes to the cell that holds its centre; words that no table holds
/// become `lines`. Words of an aligned table stand in its cells and in `lines` too, since alignment
/// is a guess and a form may need the line as a whole. Tolerances follow the page's own rule
/// thickness and text size. Takes any page; never throws but for `Error::Code::limit_exceeded`
/// (max_table_cells).
TABULARIUM_API TabulatedPage tabulate(Page page, const TabulateOptions& options = {},
                                      const Limits& limits = {});

}  // namespace tabularium
