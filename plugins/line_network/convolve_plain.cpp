#include "convolve_rows_internal.h"

namespace tabularium {

// Vectors of four exist on every processor of 64 bits.
void convolve_row_plain(const RowOfBlock& block) { convolve_row_of_block<4, 6>(block); }

}  // namespace tabularium
