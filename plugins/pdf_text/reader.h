#pragma once

#include <memory>

#include "tabularium/plugin/reader.h"

namespace tabularium::pdf_text {

/// The reader of this plugin: PDF files with text, by Poppler.
std::unique_ptr<Reader> make_reader();

}  // namespace tabularium::pdf_text
