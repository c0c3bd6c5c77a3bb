#pragma once

#include <vector>

#include "tabularium/page/rule.h"
#include "tabularium/page/word.h"

namespace tabularium {

/// Words of a page, without what is typed to draw.
struct TypedPage {
  std::vector<Word> words;
  std::vector<Rule> rules;
};

/// Takes words of dashes, underscores or equals signs for the horizontal rules that they stand for
/// in typed reports, and parts a word after a leader of dots from the number that sticks to it.
TypedPage read_typed_rules(const std::vector<Word>& words);

}  // namespace tabularium
