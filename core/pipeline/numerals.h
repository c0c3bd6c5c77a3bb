#pragma once

#include <cstddef>
#include <optional>
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

/// The number that a longer line begins with, before a note in brackets: "≥3篇(围绕...)".
struct NumberPart {
  Box box;                 ///< on the page; from the beginning of the line to the bracket
  std::size_t glyphs = 0;  ///< of the line's text that stand in it
};

/// The number part of a line that a recognizer of text read as `text`; nothing where it begins with
/// none. `image` is the grey page, `text_height` the height of a typical glyph in points. The cut
/// lies where the paper is white between unit and bracket: a recognizer of text knows the places of
/// its glyphs only roughly.
TABULARIUM_API std::optional<NumberPart> number_part(const PageImage& image, const Box& line,
                                                     const std::vector<Word>& text,
                                                     double text_height);

/// `text` with its first `glyphs` glyphs settled by `number`, as `settled` does.
TABULARIUM_API std::vector<Word> settled_part(std::vector<Word> text, std::size_t glyphs,
                                              const std::vector<Word>& number);

/// A line that only one recognizer looked at: where it begins like a number, the confidence is less
/// than 0.9.
TABULARIUM_API std::vector<Word> looked_at_once(std::vector<Word> text);

/// What one line says, of which two recognizers have read the words: `text` by one that reads
/// everything, `number` by one that reads numbers better and refuses (U+FFFD) what is none.
///
/// Where the number stands, the confidence weighs both: they agree in nearly every number, so one
/// that they read with other digits has less than 0.9, and the other's reading is among the
/// alternatives. A short text with digits that nobody confirmed has less than 0.9 as well.
TABULARIUM_API std::vector<Word> settled(std::vector<Word> text, const std::vector<Word>& number);

}  // namespace tabularium
