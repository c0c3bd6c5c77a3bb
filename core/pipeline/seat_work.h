#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/pipeline/seat.h"
#include "tabularium/pipeline/worker_pool.h"

namespace tabularium {

/// What became of a file, as the ledger has it now.
struct SeatResult {
  FileRow row;
  std::vector<Issue> issues;  ///< of the reading: what belongs to no record
  std::int64_t milliseconds = 0;
  std::string said;  ///< see `PoolResult::said`
};

/// Who is told what, and how a seat is made to stop.
struct SeatEvents {
  std::function<void(const SeatResult&)> done;
  std::function<void(const std::string&)> note;  ///< for the log
  std::function<void()> tick;                    ///< at least twice a second
  std::function<bool()> stopped;                 ///< true: no further file is begun
  std::vector<int> wake;                         ///< descriptors that become readable with it
};

enum class SeatEnd : std::uint8_t {
  nothing_left,    ///< every file of the database has its state
  stopped,         ///< what was begun within ten seconds is stored, the rest is given back
  other_versions,  ///< what is left was entered for other versions of plugins, layouts or models
};

/// The work of one seat, alone or one of many: claims files, has the pool read them and stores what
/// comes of them, until nothing is left. Where other seats still hold files it waits: their leases
/// may end. Seats of this machine whose process has died lose their leases at once.
class TABULARIUM_API SeatWork {
 public:
  /// All must outlive it.
  SeatWork(LastingStore& store, WorkerPool& pool, Seat seat, SeatEvents events);

  /// `password`: of encrypted files. Throws `store_failed`, `store_unavailable`, `plugin_failed`;
  /// what was claimed is given back then, as far as the database lets us.
  SeatEnd run(const std::optional<std::string>& password);

 private:
  SeatEnd work(const std::optional<std::string>& password);
  void top_up(const std::optional<std::string>& password);
  bool claim_more();
  bool take_one(int wait_ms);
  void take_in(PoolResult result);
  void store_results();
  void tell(const ClaimedReading& read, const std::string& said, std::optional<FileState> state,
            bool answer_lost);
  bool others_hold_files();
  void wind_up();
  void give_back();
  bool stopped() const { return events_.stopped && events_.stopped(); }

  LastingStore& store_;
  WorkerPool& pool_;
  Seat seat_;
  SeatEvents events_;
  std::optional<Heartbeat> heartbeat_;
  std::vector<ClaimedFile> queue_;    ///< claimed and not yet with the pool, the next one last
  std::vector<ClaimedFile> begun_;    ///< with the pool
  std::vector<ClaimedReading> read_;  ///< and not yet stored
  std::vector<std::string> said_;     ///< of the same
  std::chrono::steady_clock::time_point first_read_;
  std::size_t read_records_ = 0;
  int last_stored_ = 0;   ///< files in the last transaction
  bool drained_ = false;  ///< the last claim gave nothing
};

}  // namespace tabularium
