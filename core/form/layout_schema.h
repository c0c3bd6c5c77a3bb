#pragma once

#include <string>

#include "tabularium/page/export.h"

namespace tabularium {

/// The JSON Schema of layout files (draft 7): for completion in editors, and for the reference.
/// What it says is what `load_layout` takes, but for references between keys.
TABULARIUM_API std::string layout_schema();

}  // namespace tabularium
