#pragma once

#include <vector>

#include "blocks.h"

namespace tabularium::text {

/// Adds `text`, what stands in a cell or line of a file that is not HTML, to `lines`: `<p>` and
/// `<br>` part paragraphs, check boxes become ☑ and ☐, other known tags go, entities become their
/// characters. All else stays, also "<" of a number.
void add_lines(const Line& text, std::vector<Line>& lines);

/// Whether nothing but white space stands in `text`.
bool is_blank(std::u32string_view text);

/// `text` without white space at both ends.
std::u32string_view trimmed(std::u32string_view text);

}  // namespace tabularium::text
