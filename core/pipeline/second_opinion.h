#pragma once

#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/word.h"

namespace tabularium {

/// Whether what a recognizer made of a line leaves so much doubt that another should read it too:
/// there is ink and no text, a character that it does not know (U+FFFD), or one that it is not sure
/// of.
TABULARIUM_API bool is_doubtful(const std::vector<Word>& text);

/// `text` where another recognizer, less sure by nature, read the same line as `other`.
///
/// Both readings are laid side by side. A character that both read is surer than before. Where they
/// differ, the first one's stands unless the other's was among its own thoughts and is likelier
/// when both are weighed, or it knew none itself; either way the confidence is below 0.9 where the
/// two disagree, and the reading that lost is an alternative. Where `text` is empty, `other` is
/// taken, with little confidence.
TABULARIUM_API std::vector<Word> with_second_opinion(std::vector<Word> text,
                                                     const std::vector<Word>& other);

}  // namespace tabularium
