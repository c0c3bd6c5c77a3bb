#pragma once

#include <vector>

#include "tabularium/table/scale_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Divides the cells of a ruled table, without text yet, where the `words` in it show columns or
/// rows that no rule parts: a frame with rules between the columns alone, or between the rows
/// alone, or round the head alone. Running text is left as it is. What shows nothing comes back
/// unchanged.
Table refine_by_text(Table table, const std::vector<Word>& words, const Scale& scale);

}  // namespace tabularium
