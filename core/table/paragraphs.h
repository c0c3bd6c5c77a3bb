#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tabularium/table/table.h"

namespace tabularium {

/// How the text of a form breaks at the ends of its lines. It tells what a short line means: under
/// the Chinese rules a line ends early where the next character may not begin a line.
struct BreakStyle {
  bool anywhere = false;      ///< lines begin with closing punctuation too
  bool splits_words = false;  ///< Latin words and numbers are cut
};

/// Watches many texts of one form and says how they break.
class TABULARIUM_API BreakObserver {
 public:
  void add(const std::vector<TextLine>& lines);
  BreakStyle style() const;

 private:
  int line_ends_ = 0;
  int forbidden_starts_ = 0;
  int split_numbers_ = 0;
};

/// The text of a cell: lines of one paragraph joined (`join_text`), paragraphs separated by "\n".
///
/// A paragraph ends where the first characters of the next line would have had room on the line,
/// where the next line is indented as first lines are, after an additional gap, and where the next
/// line begins with a list marker that continues a list. `parts` are the places of the cell that
/// the lines stand in; empty for text outside of all cells.
TABULARIUM_API std::string paragraph_text(const std::vector<TextLine>& lines,
                                          const std::vector<CellPart>& parts,
                                          const BreakStyle& style = {});

/// Room that is left behind a line in its cell, in points, its padding taken off.
TABULARIUM_API double room_after(const TextLine& line, const CellPart& part);

/// Whether `next` may go on in the sentence of `line`: what it begins with has no room on `line`.
/// `part` is the place of `line`.
TABULARIUM_API bool may_go_on(const TextLine& line, const CellPart& part, const TextLine& next,
                              const BreakStyle& style = {});

}  // namespace tabularium
