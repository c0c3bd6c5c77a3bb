#pragma once

#include <cstddef>
#include <vector>

#include "tabularium/page/word.h"

namespace tabularium {

/// Words of one line that stand close together. `first` and `last` are word indices into
/// `TextRow::words`.
struct Piece {
  std::vector<const Word*> words;  ///< from left to right; at least one
  double x0 = 0.0;
  double x1 = 0.0;
  bool prose = false;  ///< a line of a paragraph of running text

  std::size_t glyph_count() const;
};

/// All that stands on one baseline.
struct TextRow {
  double centre = 0.0;        ///< y of the middle of the glyphs
  double size = 0.0;          ///< font size, the largest of the row
  std::vector<Piece> pieces;  ///< from left to right; at least one

  double top() const { return centre - size / 2; }
  double bottom() const { return centre + size / 2; }
};

/// Gap between words, in font sizes, from which they are two pieces. A word space is 0.2 to 0.35
/// of the size; justified text seldom stretches it to the whole.
inline constexpr double kPieceGap = 1.0;

/// Words of one row as pieces, from left to right. `words` is not empty.
TextRow make_row(std::vector<const Word*> words, double piece_gap);

/// Words as rows from top to bottom; words set from top to bottom are left out. The words must
/// outlive the rows.
std::vector<TextRow> make_rows(const std::vector<Word>& words, double piece_gap = kPieceGap);
std::vector<TextRow> make_rows(std::vector<const Word*> words, double piece_gap);

/// Marks the pieces that are lines of paragraphs: three and more lines of one width below each
/// other, which break only where the next word finds no room.
void mark_prose(std::vector<TextRow>& rows);

/// Mostly digits, or a sign that stands for a number ("-", "n.a.", ":").
bool is_numeric(const std::vector<const Word*>& words);

/// A year, a range of years, or a multiplier in brackets such as "(000)": numbers that stand in
/// heads.
bool is_year_or_unit(const std::vector<const Word*>& words);

/// A mark that opens an item of a list or a footnote: a bullet, "1.", "(a)", "iv)".
bool is_enumerator(const Piece& piece);

}  // namespace tabularium
