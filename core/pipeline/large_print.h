#pragma once

#include "tabularium/page/upright.h"

namespace tabularium {

/// Gives titles in large print their strokes back: the sides of a 目 that is set in twice the usual
/// size are as long as short rules, and were taken for rules. Rules that touch no longer one, are
/// themselves no longer than such a character is high, and stand beside all tables, are taken out
/// of `page.page`, and their place is print again in `page.text`. Without effect where the height
/// of the text is not known.
TABULARIUM_API void restore_large_print(UprightPage& page);

}  // namespace tabularium
