#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/table/continuation.h"
#include "tabularium/table/paragraphs.h"

namespace tabularium {

struct PageBreakContext {
  const ContinuationHints& hints;
  BreakStyle style;
};

/// Whether a folded text is a label of `hints`, perhaps with a colon or a unit in brackets behind
/// it. Labels may hold "#" for the digits of a year.
bool is_label(std::string_view folded, const ContinuationHints& hints);

/// Whether a folded text is such a label, or one of the words of `hints`.
bool is_known(const std::string& folded, const ContinuationHints& hints);

constexpr std::size_t kNoTable = static_cast<std::size_t>(-1);

/// Index of the last ruled table of a page, looked for from `from`; `kNoTable` where there is none.
std::size_t last_ruled(const std::vector<Table>& tables, std::size_t from);

/// Null where the page has none.
const Table* first_ruled(const TabulatedPage& page);

/// Appends `lower`, which stands on the next page, to `upper`.
void join_at_page_break(Table& upper, Table lower, const PageBreakContext& context);

}  // namespace tabularium
