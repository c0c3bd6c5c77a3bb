#include "convolve.h"

namespace tabularium {

// Each in a source of its own, compiled for its processor.
void convolve_row_avx512(const RowOfBlock& block);
void convolve_row_avx2(const RowOfBlock& block);
void convolve_row_plain(const RowOfBlock& block);

Convolver plain_convolver() { return {4, &convolve_row_plain}; }

std::vector<Convolver> runnable_convolvers() {
  std::vector<Convolver> convolvers;
#ifdef TABULARIUM_X86_VECTORS
  if (__builtin_cpu_supports("avx512f")) convolvers.push_back({16, &convolve_row_avx512});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    convolvers.push_back({8, &convolve_row_avx2});
  }
#endif
  convolvers.push_back(plain_convolver());
  return convolvers;
}

Convolver best_convolver() { return runnable_convolvers().front(); }

}  // namespace tabularium
