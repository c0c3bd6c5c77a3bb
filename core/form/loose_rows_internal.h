#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// A cell of a text conversion, or a word of a line without cells.
struct LoosePiece {
  std::vector<TextLine> lines;  // one for each paragraph; at least one
  std::u32string folded;        // of all lines
  int col = 0;                  // of a cell: the place that the file gives it
  double wide_before = 0.0;     // of a word: the gap before it, in points
};

/// A line of the file: cells that marks part, or words with nothing but spaces between them.
struct LooseRow {
  std::vector<LoosePiece> pieces;  // at least one; empty cells are left out
  bool cells = false;
  bool blank_before = false;  // an empty line, or the end of another table
  int page = 1;
  double top = 0.0;
  double bottom = 0.0;
};

/// Whether `page` is of a text file whose columns may have slipped.
bool is_loose(const TabulatedPage& page);

/// The rows of loose pages, in the order of the file.
std::vector<LooseRow> loose_rows(const std::vector<TabulatedPage>& pages);

/// `pieces` from `first` to `last`, the latter left out, as one text.
FoldedText folded_pieces(const std::vector<LoosePiece>& pieces, std::size_t first,
                         std::size_t last);

/// All words of the pieces as one line. Pieces of one line of the file keep their spaces.
TextLine joined(const std::vector<const LoosePiece*>& pieces);

/// Columns that the text takes on a typewriter: two for a full-width character.
int shown_width(const TextLine& line);

}  // namespace tabularium
