#pragma once

#include <map>
#include <string>

#include "tabularium/form/layout_spec_internal.h"

namespace tabularium {

/// The layout as the text of a `layout.toml`, which reads back as `spec`. `examples`: by field or
/// "table.column", what the samples say there; it goes into comments. `about`: lines of the comment
/// at the head.
std::string layout_toml(const LayoutSpec& spec, const std::map<std::string, std::string>& examples,
                        const std::string& about);

}  // namespace tabularium
