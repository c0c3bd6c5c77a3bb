#pragma once

#include <string>

#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"

namespace tabularium::image {

/// What a file's header declares, read before any pixel is.
struct PictureSize {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

/// Refuses a declared size: `damaged_input` where a side is 0, `limit_exceeded` beyond
/// `Limits::max_image_pixels`. `place` is what the message begins with.
void check_size(const PictureSize& size, const Limits& limits, const std::string& place);

/// A picture of that size, one channel or three, white.
PageImage white_picture(const PictureSize& size, int channels, double dpi);

/// Three equal channels to one: grey pages stored in colour.
void drop_false_colours(PageImage& image);

/// Pictures of the three formats. `bytes` is the whole file. All give 8 bits, grey or RGB: deeper
/// samples are rounded, palettes looked up, CMYK converted, transparency laid on white. A file
/// that is cut gives the rows that are there, the rest white, and says so in `cut`.
/// Throw `Error`: `damaged_input`, `limit_exceeded`.
struct Decoded {
  PageImage image;
  bool cut = false;
};
Decoded decode_jpeg(const std::string& bytes, const Limits& limits, const std::string& place);
Decoded decode_png(const std::string& bytes, const Limits& limits, const std::string& place);
Decoded decode_tiff(const std::string& bytes, int page_number, const Limits& limits,
                    const std::string& place);

/// Number of pages of a TIFF, at least 1. Throws `damaged_input`, `limit_exceeded` (max_pages).
int tiff_pages(const std::string& bytes, const Limits& limits, const std::string& place);

}  // namespace tabularium::image
