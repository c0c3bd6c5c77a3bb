#pragma once

#include <memory>

#include "tabularium/plugin/reader.h"

namespace tabularium::text {

/// Opens what converters make of forms: `.txt`, `.md`, `.html`, `.htm`, `.tsv` and `.csv`, in
/// UTF-8, UTF-16 or GB18030. Sizes and places are made up: a page is as wide and long as its text
/// needs, and words say in which line of the file they stand.
std::unique_ptr<Reader> make_reader();

}  // namespace tabularium::text
