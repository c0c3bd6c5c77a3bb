#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "session.h"
#include "tabularium/pipeline/seat_work.h"

namespace tabularium::tool {

/// How files are read in worker processes.
struct ReadingOptions {
  std::optional<std::string> password;
  int jobs = 1;
  double file_seconds = 120.0;
  double page_seconds = 20.0;
  std::int64_t memory_mib = 2048;
  double megapixels = 100.0;
};

/// Options that `import` and `work` share: how files are read, and where what comes of them goes.
struct SeatOptions : ReadingOptions {
  std::string database;
  int lease_seconds = 60;
  double patience_seconds = 120.0;
};

/// Adds them to `command`, `--to` included.
void add_seat_options(CLI::App& command, SeatOptions& options);

/// Adds those that say how files are read alone.
void add_reading_options(CLI::App& command, ReadingOptions& options);

/// How the workers of this program are started.
PoolSettings pool_settings(const Session& session, const ReadingOptions& options);

}  // namespace tabularium::tool
