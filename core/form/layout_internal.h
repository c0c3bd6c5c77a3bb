#pragma once

#include <memory>

#include "tabularium/form/layout.h"
#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/continuation.h"

namespace tabularium {

/// The interpreter of `spec`.
std::unique_ptr<Layout> make_declarative_layout(LayoutSpec spec);

/// What a declarative layout says; null where `layout` is a plugin's own code.
const LayoutSpec* spec_of(const Layout& layout);

/// What the layout knows of words that a page break may cut.
ContinuationHints continuation_hints(const LayoutSpec& spec);

}  // namespace tabularium
