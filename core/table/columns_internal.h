#pragma once

#include <vector>

#include "tabularium/table/text_rows_internal.h"

namespace tabularium {

/// Where white space runs down through the rows: the x of each line between two columns, rising.
/// Rows with one piece say nothing. A few rows may run across, as headings do.
std::vector<double> find_separators(const std::vector<TextRow>& rows);

}  // namespace tabularium
