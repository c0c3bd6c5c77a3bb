#pragma once

#include "tabularium/pipeline/check_layout.h"

namespace tabularium {

/// Gives each field, table and column its part of `check.score`.
void hand_out_scores(LayoutCheck& check);

/// What a person should look at, the layout as a whole first, then in the order of its keys.
std::vector<LayoutFinding> findings_of(const LayoutCheck& check);

}  // namespace tabularium
