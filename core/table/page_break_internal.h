#pragma once

#include "tabularium/table/continuation.h"
#include "tabularium/table/paragraphs.h"

namespace tabularium {

struct PageBreakContext {
  const ContinuationHints& hints;
  BreakStyle style;
};

/// Appends `lower`, which stands on the next page, to `upper`.
void join_at_page_break(Table& upper, Table lower, const PageBreakContext& context);

}  // namespace tabularium
