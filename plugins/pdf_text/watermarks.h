#pragma once

#include <vector>

#include "tabularium/page/issue.h"
#include "tabularium/page/rule.h"
#include "tabularium/page/word.h"

namespace tabularium::pdf_text {

/// Words far larger than this are watermarks where they are faint or lie across rules, in points:
/// a few times the size of the middle one of `words`. Infinite where there is none.
double largest_text(const std::vector<Word>& words);

/// Takes the words out of `words` that are larger than `largest` and drawn over a table with no
/// regard to its cells: a rule goes right through a glyph and on beyond the word. The other words
/// of that size on the same line go with them. A large title that stands in a cell stays.
std::vector<Word> take_crossed_words(std::vector<Word>& words, const std::vector<Rule>& rules,
                                     double largest);

/// Says what was left out of the text of a page; at least one word.
Issue watermark_issue(const std::vector<Word>& left_out);

}  // namespace tabularium::pdf_text
