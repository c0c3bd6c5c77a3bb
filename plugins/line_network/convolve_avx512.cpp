#include "convolve_rows_internal.h"

namespace tabularium {

// 24 of the 32 registers hold sums.
void convolve_row_avx512(const RowOfBlock& block) { convolve_row_of_block<16, 12>(block); }

}  // namespace tabularium
