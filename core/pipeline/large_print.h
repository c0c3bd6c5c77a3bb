#pragma once

#include "tabularium/page/upright.h"

namespace tabularium {

/// Gives titles in large print their strokes back: the sides of a 目 that is set in twice the usual
/// size are as long as short rules, and were taken for rules. Rules that touch no others, or only
/// each other, are together no higher than such a character and as wide as some of them, and stand
/// beside all tables, are taken out of `page.page`, and their place is print again in `page.text`.
/// Without effect where the height of the text is not known.
TABULARIUM_API void restore_large_print(UprightPage& page);

}  // namespace tabularium
