#pragma once

#include <set>
#include <string>
#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// What the reader of a form knows about its words; helps where the paper alone does not tell.
struct ContinuationHints {
  /// Folded labels (`fold`): a cell that begins with one begins a row.
  std::set<std::string, std::less<>> labels;
  /// Folded texts that merged cells hold, "生态效益指标": a page edge cuts one where a part alone
  /// is none of them and both parts together are.
  std::set<std::string, std::less<>> words;
};

/// Joins the ruled tables that go on over the pages of one form. `pages` stand in order.
///
/// The last table of a page and the first of the next are one where they have the same left and
/// right edge and no text but running heads and page numbers stands between them. Of the joined
/// table: a header that is repeated is dropped, a row that the page edge cuts is one row, a merged
/// cell that goes on is one cell with its text made whole. Columns are the union of the parts'
/// columns. Rows count on over the pages; `row_edges` go on below the first part as if the pages
/// were one strip. Tables that join nothing come back as they are.
TABULARIUM_API std::vector<Table> join_continued(const std::vector<TabulatedPage>& pages,
                                                 const ContinuationHints& hints = {});

/// Whether a line is a page number: "1", "- 2 -", "第 1 页 共 3 页", "2/5".
TABULARIUM_API bool is_page_number(const TextLine& line);

}  // namespace tabularium
