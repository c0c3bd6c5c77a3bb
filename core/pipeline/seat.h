#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/pipeline/lasting_store.h"

namespace tabularium {

/// The seat of this process, with a name that no other process has: "LABEL@HOST:N:PID:START", where
/// N is the number of the PID namespace and START the kernel's start time of the process. The label
/// tells a person which of many seats it is: from the environment, "slurm-JOB_TASK" (with
/// SLURM_ARRAY_JOB_ID and SLURM_ARRAY_TASK_ID), "index-N" (JOB_COMPLETION_INDEX of a Kubernetes
/// Indexed Job), else "import".
TABULARIUM_API Seat own_seat(int lease_seconds);

/// Those of `seats` whose process ran on this machine, where this process can see it, and has
/// ended: nobody will ever answer for their leases.
TABULARIUM_API std::vector<std::string> dead_seats(const std::vector<SeatRow>& seats);

/// Renews the leases of a seat, three times in each of their lives, in a thread and over a
/// connection of its own, as long as it lives: a call that takes long, or a database that is away
/// for a while, costs no lease. A beat that fails is made good by the next.
class TABULARIUM_API Heartbeat {
 public:
  /// `models` must outlive it.
  Heartbeat(std::string address, const Models& models, Seat seat);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tabularium
