// The body of the sources that are compiled for one kind of processor each. They must not share any
// inline function of a library with the rest of the program: the linker keeps one copy of each, and
// it could be the one that an older processor cannot run. So there are no includes but these two.
#include <cstddef>

#include "row_of_block.h"

namespace tabularium {
namespace {

template <int kLanes>
struct Vectors {
  typedef float Type __attribute__((vector_size(kLanes * sizeof(float))));
  typedef float Loose __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float))));
};

template <int kLanes>
typename Vectors<kLanes>::Type loaded(const float* from) {
  return *reinterpret_cast<const typename Vectors<kLanes>::Loose*>(from);
}

template <int kLanes>
void store(float* to, typename Vectors<kLanes>::Type value) {
  *reinterpret_cast<typename Vectors<kLanes>::Loose*>(to) = value;
}

/// `kPixels` pixels at once, so that each weight that is loaded is used so often, and all sums stay
/// in registers.
template <int kLanes, int kPixels, int kVectors>
void convolve(const RowOfBlock& block, const float* input, float* output, const float* addend) {
  using Vector = typename Vectors<kLanes>::Type;
  Vector sums[kPixels][kVectors];
#pragma GCC unroll 16
  for (int pixel = 0; pixel < kPixels; ++pixel) {
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) sums[pixel][v] = loaded<kLanes>(block.bias + v * kLanes);
  }
  const std::ptrdiff_t step = block.input_step;
  const float* weights = block.weights;
  for (int y = 0; y < block.kernel_rows; ++y) {
    const float* from = input + y * block.input_row;
    for (int i = 0; i < block.run; ++i) {
      Vector weight[kVectors];
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) weight[v] = loaded<kLanes>(weights + v * kLanes);
#pragma GCC unroll 16
      for (int pixel = 0; pixel < kPixels; ++pixel) {
        const float value = from[pixel * step + i];
#pragma GCC unroll 2
        for (int v = 0; v < kVectors; ++v) sums[pixel][v] += weight[v] * value;
      }
      weights += kVectors * kLanes;
    }
  }
  const Vector zero = {};
#pragma GCC unroll 16
  for (int pixel = 0; pixel < kPixels; ++pixel) {
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) {
      Vector sum = sums[pixel][v];
      if (block.rectified) sum = sum > zero ? sum : zero;
      const std::ptrdiff_t at = pixel * block.output_step + v * kLanes;
      if (addend != nullptr) sum += loaded<kLanes>(addend + at);
      store<kLanes>(output + at, sum);
    }
  }
}

/// `convolve` for a number of pixels that is known at run time.
template <int kLanes, int kMost, int kVectors>
void convolve_some(int pixels, const RowOfBlock& block, const float* input, float* output,
                   const float* addend) {
  if constexpr (kMost > 1) {
    if (pixels < kMost) {
      return convolve_some<kLanes, kMost - 1, kVectors>(pixels, block, input, output, addend);
    }
  }
  convolve<kLanes, kMost, kVectors>(block, input, output, addend);
}

/// The pixels of a row in groups of `kMost` or a little less, all of nearly the same size: a few
/// pixels alone would wait for their own sums.
template <int kLanes, int kMost, int kVectors>
void convolve_row(const RowOfBlock& block) {
  const int groups = (block.pixels + kMost - 1) / kMost;
  int first = 0;
  for (int group = 0; group < groups; ++group) {
    const int last = static_cast<int>(static_cast<long>(block.pixels) * (group + 1) / groups);
    convolve_some<kLanes, kMost, kVectors>(
        last - first, block, block.input + first * block.input_step,
        block.output + first * block.output_step,
        block.addend == nullptr ? nullptr : block.addend + first * block.output_step);
    first = last;
  }
}

template <int kLanes, int kMost>
void convolve_row_of_block(const RowOfBlock& block) {
  if (block.vectors == 2) {
    convolve_row<kLanes, kMost, 2>(block);
  } else {
    convolve_row<kLanes, kMost, 1>(block);
  }
}

}  // namespace
}  // namespace tabularium
