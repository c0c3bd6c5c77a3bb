#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/form/form_look.h"
#include "tabularium/page/export.h"
#include "tabularium/record/model.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// What workers may take, and how they are started.
struct PoolSettings {
  /// Program and words that run `run_worker`; `{parent}` and `{temporary}` are filled in.
  std::vector<std::string> command;
  int jobs = 1;                   ///< workers at a time, at least 1
  double file_seconds = 120.0;    ///< a file's time, and
  double page_seconds = 20.0;     ///< so much more for each of its pages
  double start_seconds = 120.0;   ///< until a worker has loaded its plugins
  std::int64_t memory_bytes = 0;  ///< what `command` sets as limit; 0: none. For the reason.
  int files_per_worker = 2000;    ///< then a fresh one takes its place
};

/// A file to read.
struct PoolTask {
  std::int64_t id = 0;  ///< the caller's; comes back with the reading
  std::string path;     ///< as `ledger_path` gives it
  std::optional<std::string> password;
  bool look = false;  ///< only tell what its forms look like: `PoolResult::looks`
};

struct PoolResult {
  std::int64_t id = 0;
  FileReading reading;          ///< with `milliseconds`
  std::string said;             ///< what a worker that failed had printed, for the log; else empty
  std::vector<FormLook> looks;  ///< of a task that asks for them; then there are no records
};

/// Reads files in worker processes. Whatever a file does to its worker, only that file fails:
///
/// - `crashed`: the worker ended by itself, by a signal or with a status;
/// - `timeout`: it was over its time and was killed;
/// - `memory`: it wanted more memory than it may have;
/// - `killed`: somebody else killed it (an administrator, the kernel short of memory), three times
///   with this file; the first two times the file is read again;
/// - `plugin_failed`: it answered what no worker answers.
///
/// One thread uses a pool, the one that made it: workers end with that thread. While a pool lives
/// the process ignores SIGPIPE.
class TABULARIUM_API WorkerPool {
 public:
  /// Starts a worker, which says with which versions it reads; the others follow with the work.
  /// Throws `Error::Code::plugin_failed` where it does not come up.
  WorkerPool(PoolSettings settings, const Models& models);
  /// Kills what still runs.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  const Versions& versions() const;
  /// Plugins that were refused, and what the sandbox could not shut: each once, for the log.
  const std::vector<std::string>& notes() const;

  int jobs() const;
  /// Whether another task would soon be begun: tasks in hand are at most twice the workers.
  bool has_room() const;
  void submit(PoolTask task);
  int in_hand() const;  ///< tasks that are submitted and not yet given back
  int running() const;  ///< those that a worker reads at present
  /// Takes back the tasks that no worker has begun.
  std::vector<PoolTask> take_back();

  /// The next reading, in the order of their ends. Waits at most `wait_ms`, and no longer than
  /// until one of `wake` can be read. Nothing: none has ended until then. Throws
  /// `Error::Code::plugin_failed` where workers cannot be started any more.
  std::optional<PoolResult> next(int wait_ms, const std::vector<int>& wake = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tabularium
