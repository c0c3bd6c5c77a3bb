#pragma once

#include <CLI/App.hpp>

#include "commands.h"

namespace tabularium::tool {

/// Adds `layout check` to `layout`.
Command add_layout_check(CLI::App& layout);

}  // namespace tabularium::tool
