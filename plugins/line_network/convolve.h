#pragma once

#include <vector>

#include "row_of_block.h"

namespace tabularium {

/// The same work for one kind of processor.
struct Convolver {
  int lanes = 0;  ///< floats in a vector: blocks are one or two vectors wide
  void (*row)(const RowOfBlock&) = nullptr;
};

/// Those that this processor can run, the fastest first.
std::vector<Convolver> runnable_convolvers();

Convolver best_convolver();

/// One that every processor of the architecture can run.
Convolver plain_convolver();

}  // namespace tabularium
