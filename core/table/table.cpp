#include "tabularium/table/table.h"

#include <algorithm>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// Glyphs nearer than this share of the font size belong to one word that the reader cut, for
/// example where the font changes. A word space is a fifth of the size or more.
constexpr double kNoSpace = 0.1;

}  // namespace

bool TextLine::is_recognized() const {
  return std::any_of(words.begin(), words.end(), [](const Word& word) { return word.recognized; });
}

std::string TextLine::text() const {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if (i == 0) {
      text = word.text();
      continue;
    }
    const Word& before = words[i - 1];
    const double gap = word.vertical ? word.box.y0 - before.box.y1 : word.box.x0 - before.box.x1;
    if (!word.after_space && gap < kNoSpace * word.font_size) {
      text += word.text();
    } else {
      text = join_text(std::move(text), word.text(), word.after_space);
    }
  }
  return text;
}

std::string Cell::text() const {
  std::string text;
  for (const TextLine& line : lines) {
    if (!text.empty()) text += '\n';
    text += line.text();
  }
  return text;
}

const Cell* Table::cell_at(int row, int col) const {
  // Cells are sorted by row and column, but a cell that spans may begin anywhere before.
  for (const Cell& cell : cells) {
    if (cell.row > row) break;
    if (row < cell.row + cell.row_span && col >= cell.col && col < cell.col + cell.col_span) {
      return &cell;
    }
  }
  return nullptr;
}

}  // namespace tabularium
