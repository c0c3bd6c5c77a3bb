#pragma once

#include <string>

#include "tabularium/page/export.h"

namespace tabularium {

/// The JSON Schema of the files in `models/` (draft 7), record models and vocabularies: for
/// completion in editors, and for the reference. What it says is what `Models::load` takes, but for
/// references between keys.
TABULARIUM_API std::string model_schema();

}  // namespace tabularium
