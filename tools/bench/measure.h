#pragma once

#include <string>
#include <vector>

namespace tabularium::bench {

/// What one run of a command cost.
struct Cost {
  double cpu_ms = 0.0;  ///< user and system time of the process and the children it waited for
  double wall_ms = 0.0;
  double peak_mib = 0.0;  ///< largest resident set
};

/// Runs `command` (program and arguments; the program is searched on PATH) with its output thrown
/// away and waits for it. Throws `std::runtime_error` where it cannot be started or ends with a
/// status other than 0.
Cost run(const std::vector<std::string>& command);

/// The least CPU time, wall time and memory of `rounds` runs: noise only ever adds.
Cost best_of(int rounds, const std::vector<std::string>& command);

}  // namespace tabularium::bench
