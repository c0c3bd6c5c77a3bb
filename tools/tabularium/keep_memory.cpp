#include "keep_memory.h"

#include <cstddef>  // says whose C library this is
#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

namespace tabularium::tool {

#ifdef __GLIBC__
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20U;
constexpr std::size_t kLargePage = 2 * kMiB;

/// What a page of pixels takes at once. None of it is touched before it is used.
constexpr std::size_t kFirst = 128 * kMiB;

/// Asks for large pages for the whole ones of `size` bytes at `memory`.
void ask_for_large_pages(void* memory, std::size_t size) {
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + kLargePage - 1) / kLargePage * kLargePage;
  const std::uintptr_t last = (begin + size) / kLargePage * kLargePage;
  // A kernel without them says no, and nothing is lost.
  if (last > first) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
}

}  // namespace

void keep_memory() {
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(2 * kFirst));
  void* first = std::malloc(kFirst);
  if (first == nullptr) return;
  ask_for_large_pages(first, kFirst);
  std::free(first);
}
#else
void keep_memory() {}
#endif

}  // namespace tabularium::tool
