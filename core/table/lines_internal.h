#pragma once

#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// Words of one cell as lines, top to bottom, each from left to right. Words set from top to bottom
/// give one line for each column of text, right to left, before the others. Takes any order.
std::vector<TextLine> make_lines(std::vector<Word> words, int page);

/// The same for words of a whole page: a line is cut where the gap between two words is wider
/// than `max_gap` times the font size.
std::vector<TextLine> make_page_lines(std::vector<Word> words, int page, double max_gap);

}  // namespace tabularium
