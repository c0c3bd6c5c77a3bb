#pragma once

#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// Puts each glyph into the cell of each table that holds its centre; a word that lies in several
/// cells is split. `tables` have no text yet. Gives back what no table holds. A table that lies in
/// a cell of another gets its words, and the outer cell too.
std::vector<Word> fill_cells(const std::vector<Word>& words, std::vector<Table>& tables);

}  // namespace tabularium
