#pragma once

#include <string_view>

#include "blocks.h"
#include "tabularium/page/limits.h"

namespace tabularium::text {

/// How cells are parted in a file that is not HTML.
enum class Style {
  text,      ///< `.txt`: tabs or pipes, whatever a line has
  markdown,  ///< the same, with Markdown's marks taken off
  tabs,      ///< `.tsv`: a cell in quotes may hold tabs and line ends
  commas,    ///< `.csv`
};

/// The lines and tables of `text`, whose line ends are "\n". `name` is what messages begin with.
/// Throws `Error::Code::limit_exceeded`: `Limits::max_table_cells`.
Blocks read_plain(std::u32string_view text, Style style, const Limits& limits,
                  const std::string& name);

}  // namespace tabularium::text
