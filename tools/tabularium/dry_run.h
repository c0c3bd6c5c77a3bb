#pragma once

#include <string>
#include <vector>

#include "seat_options.h"
#include "stop_signal.h"

namespace tabularium::tool {

/// Prints what an import of `paths` would change, and writes nothing. Files that the ledger knows
/// and that would be read anew are read, and their records compared with the stored ones: "layout
/// declaration-2020 0.2.0 changes 14 values in 9 records". Gives the exit status.
int dry_run(const Session& session, const SeatOptions& options,
            const std::vector<std::string>& paths, Retry retry, const StopSignal& stop);

}  // namespace tabularium::tool
