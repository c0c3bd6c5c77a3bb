#include "tabularium/form/title_internal.h"

#include <algorithm>
#include <string_view>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// Whether `text` is nothing but a year: "2025年度", "(2025年)", or empty.
bool is_year(std::u32string_view text) {
  for (const std::u32string_view pattern : {U"####年度", U"####年", U"####"}) {
    std::u32string bracketed = U"(";
    bracketed.append(pattern).append(U")");
    if (text.size() == pattern.size() && find_pattern(text, pattern) == 0) return true;
    if (text.size() == bracketed.size() && find_pattern(text, bracketed) == 0) return true;
  }
  return text.empty();
}

struct Match {
  std::string text;
  bool exact = false;
};

std::optional<Match> match(std::u32string_view folded, const Labels& titles) {
  for (const Label& title : titles) {
    const std::size_t at = folded.find(title.folded);
    if (at == folded.npos) continue;
    const auto before = folded.substr(0, at);
    const auto after = folded.substr(at + title.folded.size());
    if (is_year(before) && is_year(after)) {
      return Match{to_utf8(title.folded), before.empty() && after.empty()};
    }
  }
  return std::nullopt;
}

/// Two lines of one heading: near each other, of one size, about one axis.
bool one_heading(const TextLine& above, const TextLine& below) {
  const double size = above.words.front().font_size;
  return std::abs(size - below.words.front().font_size) < 0.1 * size &&
         below.box.y0 - above.box.y1 < size &&
         std::abs(above.box.centre().x - below.box.centre().x) < 2 * size;
}

std::optional<Title> find_in_lines(const TabulatedPage& page, const Labels& titles) {
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const TextLine& line = page.lines[i];
    const std::u32string folded = fold_lines({line}).text;
    if (const auto found = match(folded, titles)) {
      return Title{line.box.y0, line.box.y1, found->text, found->exact};
    }
    if (i + 1 == page.lines.size() || !one_heading(line, page.lines[i + 1])) continue;
    const TextLine& next = page.lines[i + 1];
    // The second line alone may be the title, under a heading of the same size.
    if (match(fold_lines({next}).text, titles)) continue;
    if (const auto found = match(folded + fold_lines({next}).text, titles)) {
      return Title{line.box.y0, next.box.y1, found->text, found->exact};
    }
  }
  return std::nullopt;
}

/// Spreadsheets may draw rules around the title too.
std::optional<Title> find_in_cells(const TabulatedPage& page, const Labels& titles) {
  for (const Table& table : page.tables) {
    for (const Cell& cell : table.cells) {
      if (cell.lines.empty() || cell.lines.size() > 3) continue;
      if (const auto found = match(fold_lines(cell.lines).text, titles)) {
        return Title{cell.lines.front().box.y0, cell.lines.back().box.y1, found->text,
                     found->exact};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Title> find_title(const TabulatedPage& page, const LayoutSpec& spec) {
  const auto line = find_in_lines(page, spec.titles);
  const auto cell = find_in_cells(page, spec.titles);
  if (line && cell) return line->top <= cell->top ? line : cell;
  return line ? line : cell;
}

}  // namespace tabularium
