#pragma once

#include <cstddef>
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

/// A line below the last table of its page that is the rest of a cell's text.
struct Overhang {
  std::size_t page = 0;   ///< index in `pages`
  std::size_t table = 0;  ///< index in the page's tables
  std::size_t cell = 0;   ///< index in the table's cells
  std::size_t line = 0;   ///< index in the page's lines

  bool operator==(const Overhang&) const = default;
};

/// Browsers draw a merged label that the page edge cuts beyond the end of its table. Such lines,
/// told by `hints.words`: the cell's text alone is none of them, with the lines it is. In order.
TABULARIUM_API std::vector<Overhang> find_overhangs(const std::vector<TabulatedPage>& pages,
                                                    const ContinuationHints& hints);

/// Joins the ruled tables that go on over the pages of one form. `pages` stand in order.
///
/// Overhanging lines go to their cells first (`find_overhangs`).
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
