#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/lexicon.h"

namespace tabularium {

/// Whether a folded text may be a label: short, in Chinese, and no sentence.
bool looks_like_label(std::u32string_view text);

/// The fields ("name") and columns ("table.name") of the lexicon whose labels are like the folded
/// text, the likest first, three at most.
std::vector<std::string> guess_label(std::u32string_view text, const Lexicon& lexicon);

}  // namespace tabularium
