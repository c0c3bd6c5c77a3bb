#include "convolve_rows_internal.h"

namespace tabularium {

// 12 of the 16 registers hold sums.
void convolve_row_avx2(const RowOfBlock& block) { convolve_row_of_block<8, 6>(block); }

}  // namespace tabularium
