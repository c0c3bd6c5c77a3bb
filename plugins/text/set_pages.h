#pragma once

#include <string>
#include <vector>

#include "blocks.h"
#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"

namespace tabularium::text {

/// Sets `blocks` on pages, as on a typewriter: a half-width character is 6 points wide, a full one
/// 12, a line 14 high. Lines of the file keep their columns, so that what a converter lined up
/// stays so; cells are as wide as their text asks, within bounds, and wrap; rules stand between
/// all cells. A new page begins at a form feed and where a page would grow beyond what a page may
/// be. At least one page.
/// Throws `Error::Code::limit_exceeded`: `Limits::max_page_glyphs`, `Limits::max_pages`, or a row
/// that no page could hold.
std::vector<Page> set_pages(const Blocks& blocks, const Limits& limits, const std::string& name);

}  // namespace tabularium::text
