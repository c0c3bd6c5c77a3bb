#pragma once

#include <optional>
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

/// Browsers draw a merged label that the page edge cuts beyond the end of its table. The pages with
/// such words in the cells that they belong to, no longer among the lines; nothing where there are
/// none. They are told by `hints`: the cell's text alone is no label and none of `words`, with them
/// it is, perhaps with what stands in its column on the next page.
TABULARIUM_API std::optional<std::vector<TabulatedPage>> with_overhangs(
    const std::vector<TabulatedPage>& pages, const ContinuationHints& hints);

/// Joins the ruled tables that go on over the pages of one form. `pages` stand in order.
///
/// Overhanging words go to their cells first (`with_overhangs`).
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
