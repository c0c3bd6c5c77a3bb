#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "tabularium/page/text.h"
#include "tabularium/table/page_break_internal.h"

namespace tabularium {
namespace {

/// Words of one line that hang over from a cell.
struct Piece {
  std::size_t line = 0;  // index in the page's lines
  std::size_t first = 0;
  std::size_t last = 0;  // behind them
};

std::string text_of(const TabulatedPage& page, const Piece& piece) {
  std::string text;
  for (std::size_t w = piece.first; w < piece.last; ++w) {
    for (const Glyph& glyph : page.lines[piece.line].words[w].glyphs) text += to_utf8(glyph.code);
  }
  return fold(text);
}

/// The words of a line that stand between the sides of a box: labels of neighbouring columns stand
/// so close that they are one line.
Piece words_between(const TabulatedPage& page, std::size_t line, const Box& box) {
  const std::vector<Word>& words = page.lines[line].words;
  const auto within = [&](const Word& word) {
    return word.box.x0 > box.x0 && word.box.x1 < box.x1;
  };
  const auto first = std::find_if(words.begin(), words.end(), within);
  const auto last = std::find_if_not(first, words.end(), within);
  return {line, static_cast<std::size_t>(first - words.begin()),
          static_cast<std::size_t>(last - words.begin())};
}

/// What stands in the column of a cell right below it, top to bottom.
std::vector<Piece> pieces_below(const TabulatedPage& page, const Box& cell) {
  std::vector<Piece> below;
  double bottom = cell.y1;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {  // sorted top to bottom
    const Box& line = page.lines[i].box;
    if (line.centre().y < cell.y1 || line.y0 > bottom + line.height()) continue;
    const Piece piece = words_between(page, i, cell);
    if (piece.first == piece.last) continue;
    below.push_back(piece);
    bottom = line.y1;
  }
  return below;
}

/// The pieces below a cell that make its text known, perhaps with one of `rests` behind them.
std::vector<Piece> rest_of_label(const TabulatedPage& page, const Cell& cell,
                                 const std::vector<std::string>& rests,
                                 const ContinuationHints& hints) {
  constexpr std::size_t kMostLines = 4;
  const auto is_whole = [&](const std::string& text) {
    return is_known(text, hints) ||
           std::any_of(rests.begin(), rests.end(),
                       [&](const std::string& rest) { return is_known(text + rest, hints); });
  };
  std::string text = fold(cell.text());
  if (text.empty() || is_whole(text)) return {};
  std::vector<Piece> pieces = pieces_below(page, cell.parts.back().box);
  for (std::size_t i = 0; i < std::min(pieces.size(), kMostLines); ++i) {
    text += text_of(page, pieces[i]);
    if (!is_whole(text)) continue;
    pieces.resize(i + 1);
    return pieces;
  }
  return {};
}

/// What stands in the column of `cell` at the top of the next page, folded: in the first rows,
/// since a header may be repeated there.
std::vector<std::string> texts_over_break(const std::vector<TabulatedPage>& pages, std::size_t page,
                                          const Cell& cell) {
  constexpr int kRows = 4;
  std::vector<std::string> texts;
  const Table* next = page + 1 < pages.size() ? first_ruled(pages[page + 1]) : nullptr;
  if (next == nullptr) return texts;
  const Box& above = cell.parts.back().box;
  for (const Cell& below : next->cells) {
    if (below.row >= kRows) break;
    const Box& box = below.box();
    const double shared = overlap(above.x0, above.x1, box.x0, box.x1);
    const bool same_column = 2 * shared > std::max(above.width(), box.width());
    if (same_column && !below.lines.empty()) texts.push_back(fold(below.text()));
  }
  return texts;
}

void fit_box(TextLine& line) {
  line.box = line.words.front().box;
  for (const Word& word : line.words) line.box = united(line.box, word.box);
}

/// Puts the words of `piece` into `cell`; the line keeps its other words.
void move_words(TabulatedPage& page, const Piece& piece, Cell& cell) {
  TextLine& line = page.lines[piece.line];
  const auto at = [&](std::size_t word) {
    return line.words.begin() + static_cast<std::ptrdiff_t>(word);
  };
  TextLine moved;
  moved.page = line.page;
  moved.words.assign(std::make_move_iterator(at(piece.first)),
                     std::make_move_iterator(at(piece.last)));
  fit_box(moved);
  line.words.erase(at(piece.first), at(piece.last));
  if (!line.words.empty()) fit_box(line);
  cell.lines.push_back(std::move(moved));
}

}  // namespace

std::optional<std::vector<TabulatedPage>> with_overhangs(const std::vector<TabulatedPage>& pages,
                                                         const ContinuationHints& hints) {
  std::optional<std::vector<TabulatedPage>> whole;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::size_t last = last_ruled(pages[p].tables, 0);
    if (last == kNoTable) continue;
    const Table& table = pages[p].tables[last];
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const Cell& cell = table.cells[c];
      if (cell.row + cell.row_span != table.rows || cell.lines.empty()) continue;
      // Words that a cell took are no longer there for the next.
      const TabulatedPage& page = whole ? (*whole)[p] : pages[p];
      const auto pieces = rest_of_label(page, cell, texts_over_break(pages, p, cell), hints);
      if (pieces.empty()) continue;
      if (!whole) whole = pages;
      for (const Piece& piece : pieces) {
        move_words((*whole)[p], piece, (*whole)[p].tables[last].cells[c]);
      }
    }
    if (whole) {
      std::erase_if((*whole)[p].lines, [](const TextLine& line) { return line.words.empty(); });
    }
  }
  return whole;
}

}  // namespace tabularium
