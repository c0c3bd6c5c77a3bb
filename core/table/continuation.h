#pragma once

#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// Joins the ruled tables that go on over the pages of one form. `pages` stand in order.
///
/// The last table of a page and the first of the next are one where they have the same left and
/// right edge and no text but running heads and page numbers stands between them. Of the joined
/// table: a header that is repeated is dropped, a row that the page edge cuts is one row, a merged
/// cell that goes on is one cell with its text made whole. Columns are the union of the parts'
/// columns. Rows count on over the pages. Tables that join nothing come back as they are.
TABULARIUM_API std::vector<Table> join_continued(const std::vector<TabulatedPage>& pages);

}  // namespace tabularium
