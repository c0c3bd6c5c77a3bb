#pragma once

#include <memory>

#include "tabularium/plugin/reader.h"

namespace tabularium::image {

/// Opens TIFF (many pages), PNG and JPEG files. Their pages have no words and no rules: trust is
/// `no_text` and `page_image` gives the pixels.
std::unique_ptr<Reader> make_reader();

}  // namespace tabularium::image
