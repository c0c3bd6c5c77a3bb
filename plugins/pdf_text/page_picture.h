#pragma once

#include <optional>

#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"

class PDFDoc;

namespace tabularium::pdf_text {

/// The pixels of a page that shows one picture and nothing over it, at the picture's own resolution
/// and turned as the page shows it. Nothing where the page shows more, or where the picture does
/// not fill it, is skewed, has a mask, or is larger than `limits` allow: then the page is drawn.
std::optional<PageImage> page_picture(PDFDoc& document, int page_number, int turn, double width,
                                      double height, const Limits& limits);

}  // namespace tabularium::pdf_text
