#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "session.h"
#include "tabularium/pipeline/seat_work.h"

namespace tabularium::tool {

/// Options that `import` and `work` share: how files are read, and where what comes of them goes.
struct SeatOptions {
  std::string database;
  std::optional<std::string> password;
  int jobs = 1;
  double file_seconds = 120.0;
  double page_seconds = 20.0;
  std::int64_t memory_mib = 2048;
  double megapixels = 100.0;
  int lease_seconds = 60;
  double patience_seconds = 120.0;
};

/// Adds them to `command`, `--to` included.
void add_seat_options(CLI::App& command, SeatOptions& options);

/// How the workers of this program are started.
PoolSettings pool_settings(const Session& session, const SeatOptions& options);

}  // namespace tabularium::tool
