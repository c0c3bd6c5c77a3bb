#pragma once

#include <string>

#include "blocks.h"
#include "tabularium/page/limits.h"

namespace tabularium::text {

/// The lines and tables of an HTML file, in any of the encodings of `decode`, whatever the file
/// says of itself. Text of scripts, styles, comments and hidden elements is left out; of a table
/// within a cell the rows become paragraphs of the cell, their cells parted by a space. Nothing is
/// loaded, no entity is expanded but characters.
/// Throws `Error`: `damaged_input` where the parser gives up (elements nested too deep),
/// `limit_exceeded` (`Limits::max_table_cells`).
Blocks read_html(std::u32string_view text, const Limits& limits, const std::string& name);

}  // namespace tabularium::text
