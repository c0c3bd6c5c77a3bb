#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/plugin/host.h"

namespace tabularium {

/// What a worker process is told when it is started. `WorkerPool` starts it so.
struct WorkerSettings {
  int parent = 0;                             ///< process that it must not outlive
  std::int64_t memory_bytes = 0;              ///< 0: any
  std::int64_t max_image_pixels = 0;          ///< see `Limits::max_image_pixels`; 0: the default
  std::filesystem::path temporary;            ///< the one folder that it may write to
  std::vector<std::filesystem::path> models;  ///< folders of the record models
};

/// Descriptors that a worker finds open: requests come in by one, answers go out by the other.
inline constexpr int kWorkerRequests = 3;
inline constexpr int kWorkerAnswers = 4;

/// Exit statuses of a worker that mean something to its pool.
inline constexpr int kWorkerOutOfMemory = 71;

/// The life of a worker process: it shuts itself in, loads plugins with `load`, and reads one file
/// for each request until nobody asks any more. Gives the exit status. Throws `Error` where plugins
/// or models cannot be loaded.
TABULARIUM_API int run_worker(const WorkerSettings& settings,
                              const std::function<std::unique_ptr<PluginHost>()>& load);

}  // namespace tabularium
