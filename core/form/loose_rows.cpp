#include "tabularium/form/loose_rows_internal.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

std::u32string folded_text(const std::vector<TextLine>& lines) {
  std::u32string text;
  for (const TextLine& line : lines) {
    for (const Word& word : line.words) {
      for (const Glyph& glyph : word.glyphs) append_folded(text, glyph.code);
    }
  }
  return text;
}

void add_word(TextLine& line, const Word& word, int page) {
  line.page = page;
  line.box = line.words.empty() ? word.box : united(line.box, word.box);
  line.words.push_back(word);
}

/// One line for each paragraph, whatever lines it was set in.
std::vector<TextLine> by_paragraph(const std::vector<TextLine>& set, int page) {
  std::vector<TextLine> lines;
  int paragraph = 0;
  for (const TextLine& line : set) {
    for (const Word& word : line.words) {
      if (lines.empty() || word.paragraph != paragraph) lines.emplace_back();
      paragraph = word.paragraph;
      add_word(lines.back(), word, page);
    }
  }
  return lines;
}

LoosePiece piece_of(std::vector<TextLine> lines, int col) {
  LoosePiece piece;
  piece.folded = folded_text(lines);
  piece.lines = std::move(lines);
  piece.col = col;
  return piece;
}

void add_table_rows(const Table& table, std::vector<LooseRow>& rows) {
  std::map<int, LooseRow> by_row;
  for (const Cell& cell : table.cells) {
    LooseRow& row = by_row[cell.row];
    row.cells = true;
    row.page = cell.page();
    row.top = cell.box().y0;
    row.bottom = cell.box().y1;
    if (!cell.lines.empty()) {
      row.pieces.push_back(piece_of(by_paragraph(cell.lines, cell.page()), cell.col));
    }
  }
  bool first = true;
  for (auto& [number, row] : by_row) {
    if (row.pieces.empty()) continue;
    row.blank_before = std::exchange(first, false);
    rows.push_back(std::move(row));
  }
}

/// Lines of the file outside of all tables, each cut into its words.
void add_lines(const TabulatedPage& page, std::vector<LooseRow>& rows) {
  std::map<int, std::vector<Word>> by_paragraph;
  for (const TextLine& line : page.lines) {
    for (const Word& word : line.words) by_paragraph[word.paragraph].push_back(word);
  }
  for (auto& [paragraph, words] : by_paragraph) {
    std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
      return a.box.y0 != b.box.y0 ? a.box.y0 < b.box.y0 : a.box.x0 < b.box.x0;
    });
    LooseRow row;
    row.page = page.number;
    row.top = words.front().box.y0;
    for (const Word& word : words) row.bottom = std::max(row.bottom, word.box.y1);
    for (const Word& word : words) {
      if (row.pieces.empty() || word.after_space) {
        const double gap =
            row.pieces.empty() ? 0.0 : word.box.x0 - row.pieces.back().lines.front().box.x1;
        row.pieces.push_back(piece_of({{}}, static_cast<int>(row.pieces.size())));
        row.pieces.back().wide_before = gap;
      }
      add_word(row.pieces.back().lines.front(), word, page.number);
    }
    for (LoosePiece& piece : row.pieces) piece.folded = folded_text(piece.lines);
    rows.push_back(std::move(row));
  }
}

void mark_blanks(std::vector<LooseRow>& rows) {
  constexpr double kHalfALine = 0.6;  // in font sizes
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double size = rows[i].pieces.front().lines.front().words.front().font_size;
    const bool another_table = rows[i].blank_before && rows[i - 1].cells;
    rows[i].blank_before = another_table || rows[i].page != rows[i - 1].page ||
                           rows[i].top - rows[i - 1].bottom > kHalfALine * size;
  }
}

}  // namespace

bool is_loose(const TabulatedPage& page) { return page.arrangement == Arrangement::loose; }

std::vector<LooseRow> loose_rows(const std::vector<TabulatedPage>& pages) {
  std::vector<LooseRow> rows;
  for (const TabulatedPage& page : pages) {
    const auto first = static_cast<std::ptrdiff_t>(rows.size());
    for (const Table& table : page.tables) add_table_rows(table, rows);
    add_lines(page, rows);
    std::stable_sort(rows.begin() + first, rows.end(),
                     [](const LooseRow& a, const LooseRow& b) { return a.top < b.top; });
  }
  mark_blanks(rows);
  return rows;
}

FoldedText folded_pieces(const std::vector<LoosePiece>& pieces, std::size_t first,
                         std::size_t last) {
  std::vector<TextLine> lines;
  for (std::size_t i = first; i < last; ++i) {
    lines.insert(lines.end(), pieces[i].lines.begin(), pieces[i].lines.end());
  }
  FoldedText folded = fold_lines(lines);
  // Words of one line are no lines.
  folded.line_ends = {folded.text.size()};
  return folded;
}

TextLine joined(const std::vector<const LoosePiece*>& pieces) {
  TextLine line;
  for (const LoosePiece* piece : pieces) {
    for (const TextLine& part : piece->lines) {
      for (const Word& word : part.words) add_word(line, word, part.page);
    }
  }
  return line;
}

int shown_width(const TextLine& line) {
  int width = 0;
  for (const Word& word : line.words) {
    width += word.after_space && &word != &line.words.front() ? 1 : 0;
    for (const Glyph& glyph : word.glyphs) width += is_cjk(glyph.code) ? 2 : 1;
  }
  return width;
}

}  // namespace tabularium
