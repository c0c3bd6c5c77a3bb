#include "keep_memory.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <vector>

namespace tabularium::tool {
namespace {

long page_faults() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

void fill_pictures() {
  std::vector<std::vector<char>> pictures;
  for (int i = 0; i < 6; ++i) pictures.emplace_back(8U << 20U, static_cast<char>(i));
}

TEST(KeepMemory, PicturesThatFollowOthersTakeTheirMemory) {
#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
  GTEST_SKIP() << "not the C library's own memory";
#endif
  keep_memory();
  fill_pictures();
  const long before = page_faults();
  fill_pictures();
  // 48 MiB are twelve thousand pages of 4 KiB.
  EXPECT_LT(page_faults() - before, 200);
}

}  // namespace
}  // namespace tabularium::tool
