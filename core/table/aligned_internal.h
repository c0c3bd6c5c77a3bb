#pragma once

#include <vector>

#include "tabularium/table/lattice_internal.h"
#include "tabularium/table/scale_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Tables that show by the alignment of `words`, with the help of `rules`; both lie outside of the
/// ruled tables, whose boxes are `taken`, and of diagrams. Borderless tables, and those with
/// horizontal rules only.
///
/// The way: rows of pieces; paragraphs put aside; runs of rows that have gaps below each other;
/// the gaps give columns, the breaks of lines give rows. Compare: T. Kieninger, "Table structure
/// recognition based on robust block segmentation" (1998); A. Nurminen, "Algorithmic extraction of
/// data in tables in PDF documents" (2013); A. Shigarov et al., "Configurable table structure
/// recognition in untagged PDF documents" (2016).
std::vector<Table> find_aligned(const std::vector<Word>& words, const std::vector<Rule>& rules,
                                const std::vector<Box>& taken, int page);

}  // namespace tabularium
