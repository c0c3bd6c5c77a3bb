#pragma once

#include <string>

#include "tabularium/pipeline/check_layout.h"

namespace tabularium::tool {

/// What `layout check` found, in words for a terminal.
std::string check_in_words(const LayoutCheck& check);

/// The same as one JSON object; docs/layout.md names its members.
std::string check_as_json(const LayoutCheck& check);

}  // namespace tabularium::tool
