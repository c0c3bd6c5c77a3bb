#pragma once

#include <string>

#include "tabularium/store/overview.h"

namespace tabularium::tool {

/// A page of HTML that needs nothing beside itself: what a person looks at first, as plots. `name`
/// is what the page calls the database.
std::string report_page(const std::string& name, const Overview& overview,
                        const Distributions& distributions);

}  // namespace tabularium::tool
