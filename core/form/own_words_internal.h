#pragma once

#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// Sets characters right that a recognizer doubted, by what the same form says elsewhere: where the
/// characters around one stand several times on the form, nearly always with the same other one
/// between them, that one it is. A form about incubators says 孵化器 thirty times, and a fax makes
/// five other words of some of them.
///
/// Only characters are changed that were read with doubt and that make no word known from elsewhere
/// on the form; digits, numerals, marks and what may well differ between two like texts (上 and 下,
/// 内 and 外) never are. Lone characters that were made of a speck between two that always stand
/// together go. Latin words of five letters and more take the spelling that the form has for sure
/// where they differ from it by a letter. `Word::raw` keeps what was read. Words that the file
/// itself stores stay as they are.
std::vector<TabulatedPage> mended_by_own_words(std::vector<TabulatedPage> pages);

}  // namespace tabularium
