#pragma once

#include "commands.h"

namespace tabularium::tool {

/// `plugins check`.
Command add_plugins_check(CLI::App& plugins);

}  // namespace tabularium::tool
