#pragma once

#include <ctime>

namespace tabularium::pdf_text {

/// Processor time of this thread, in seconds: what limits of time are measured in, so that a busy
/// machine refuses nothing.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace tabularium::pdf_text
