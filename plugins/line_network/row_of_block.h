#pragma once

#include <cstddef>

namespace tabularium {

/// One row of output pixels, one block of their channels: the inner part of a convolution.
///
/// The channels of a pixel stand beside each other, and the pixels of a row do too, so that what
/// one row of the kernel looks at is one run of floats.
struct RowOfBlock {
  const float* input = nullptr;    ///< what the kernel's first weight meets at the first pixel
  std::ptrdiff_t input_row = 0;    ///< floats from one input row to the next
  std::ptrdiff_t input_step = 0;   ///< floats from one output pixel to the next, in the input
  int kernel_rows = 0;             ///< of the convolution
  int run = 0;                     ///< floats that a row of the kernel looks at
  const float* weights = nullptr;  ///< for each of them the block's weights; aligned to 64 bytes
  const float* bias = nullptr;     ///< of the block
  float* output = nullptr;         ///< the block's first channel of the first pixel
  const float* addend = nullptr;   ///< added at the end, laid out as the output; may be null
  std::ptrdiff_t output_step = 0;  ///< floats from one output pixel to the next, in the output
  int pixels = 0;
  int vectors = 1;         ///< the block's width in vectors of the processor: 1 or 2
  bool rectified = false;  ///< negative sums become 0 before the addend comes
};

}  // namespace tabularium
