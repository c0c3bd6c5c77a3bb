#pragma once

#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// The lines of text inside `region` of a clean page of pixels (`UprightPage::text`: grey, paper
/// white, no rules), top to bottom, then left to right. Boxes hug the ink, in points. A wide gap
/// cuts a line in two, specks are no line. `text_height` is the height of a typical glyph in
/// points. Costs a look at each pixel of the region, so that empty cells cost nearly nothing.
TABULARIUM_API std::vector<Box> find_ink_lines(const PageImage& image, const Box& region,
                                               double text_height);

}  // namespace tabularium
