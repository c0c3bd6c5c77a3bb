#pragma once

#include <cstddef>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"
#include "tabularium/page/word.h"

namespace tabularium {

/// Short lines of a page cut out and set on paper of their own, one below the other: whoever reads
/// one sees nothing of its neighbours, and paper all around the ink.
struct LineSheet {
  PageImage image;
  std::vector<Box> boxes;          ///< the lines on the sheet, with some paper around
  std::vector<Point> origins;      ///< what to add to a place on the sheet to come to the page
  std::vector<std::size_t> lines;  ///< which line each of them is
};

/// The sheet of those of `lines` that are short enough to be a number with its unit. `text` is
/// grey; `text_height` is the height of a typical glyph in points.
TABULARIUM_API LineSheet line_sheet(const PageImage& text, const std::vector<Box>& lines,
                                    double text_height);

/// Whether a line may be a number, given what a recognizer of text makes of it: one that it reads
/// as words, and is sure of, is none and costs no second look.
TABULARIUM_API bool may_hold_number(const std::vector<Word>& text);

/// What one line says, of which two recognizers have read the words: `text` by one that reads
/// everything, `number` by one that reads numbers better and refuses (U+FFFD) what is none.
///
/// Where the number stands, the confidence weighs both: they agree in nearly every number, so one
/// that they read with other digits has less than 0.9, and the other's reading is among the
/// alternatives. A short text with digits that nobody confirmed has less than 0.9 as well.
TABULARIUM_API std::vector<Word> settled(std::vector<Word> text, const std::vector<Word>& number);

}  // namespace tabularium
