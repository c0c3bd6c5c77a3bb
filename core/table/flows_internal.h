#pragma once

#include <vector>

#include "tabularium/table/text_rows_internal.h"

namespace tabularium {

/// The rows of a page in the order they are read, each sequence from one column of the page's text:
/// a page set in two columns gives the rows above them, those of the left and of the right column,
/// and those below. Pieces of running text are marked. The words must outlive the rows.
std::vector<std::vector<TextRow>> text_flows(const std::vector<Word>& words);

}  // namespace tabularium
