#pragma once

#include <cstdint>

#include "tabularium/page/page.h"

class PDFDoc;

namespace tabularium::pdf_text {

/// Draws page `page_number` of `document` with everything on it, annotations too, turned clockwise
/// by `turn` degrees more than it says itself. Stops after `max_seconds` of processor time;
/// pictures of more than `max_pixels` are left out.
/// The caller has checked the page number and the size in pixels.
PageImage draw_page(PDFDoc& document, int page_number, double dpi, int turn, double max_seconds,
                    std::int64_t max_pixels);

}  // namespace tabularium::pdf_text
