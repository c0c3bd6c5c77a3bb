#pragma once

#include "tabularium/page/export.h"
#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// Paints the underlines of a line of text white, and gives whether there were any: of words and of
/// blanks to fill in, which recognizers take for dashes or 一. Strokes that cross one stay. `text`
/// is a clean page of pixels (`UprightPage::text`), `line` a box of `find_ink_lines`, in points,
/// `text_height` the height of a typical glyph in points. Afterwards the line's box may be smaller.
///
/// An underline is longer than the line is high, thin, and lies along the line's lower edge; a line
/// that is nothing else must be longer than any dash.
TABULARIUM_API bool erase_underlines(PageImage& text, const Box& line, double text_height);

}  // namespace tabularium
