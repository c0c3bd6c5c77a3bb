#include "measure.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>

extern char** environ;

namespace tabularium::bench {
namespace {

double milliseconds(const timeval& time) {
  return 1000.0 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1000.0;
}

pid_t start(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failure =
      posix_spawnp(&child, arguments[0], &quiet, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  if (failure != 0) {
    throw std::runtime_error(fmt::format("{}: {}", command[0], std::strerror(failure)));
  }
  return child;
}

}  // namespace

Cost run(const std::vector<std::string>& command) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = start(command);
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child) throw std::runtime_error("wait4 failed");
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error(
        fmt::format("{} ended with status {}", fmt::join(command, " "), status));
  }
  return {milliseconds(used.ru_utime) + milliseconds(used.ru_stime), wall.count(),
          static_cast<double>(used.ru_maxrss) / 1024.0};
}

Cost best_of(int rounds, const std::vector<std::string>& command) {
  Cost best = run(command);
  for (int round = 1; round < rounds; ++round) {
    const Cost cost = run(command);
    best = {std::min(best.cpu_ms, cost.cpu_ms), std::min(best.wall_ms, cost.wall_ms),
            std::min(best.peak_mib, cost.peak_mib)};
  }
  return best;
}

}  // namespace tabularium::bench
