#pragma once

#include <filesystem>
#include <vector>

#include "tabularium/plugin/host.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// What this program would read a file with: its own version, that of every loaded plugin, the
/// contents of declarative layouts and of the models, of records and of recognizers, in the folders
/// `models`.
/// Throws `Error::Code::unreadable`.
TABULARIUM_API Versions current_versions(const PluginHost& host,
                                         const std::vector<std::filesystem::path>& models);

}  // namespace tabularium
