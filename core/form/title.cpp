#include "tabularium/form/title_internal.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/page/misreading.h"
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

/// `scanned`: specks may stand beside the title.
std::optional<Match> match(std::u32string_view folded, const Labels& titles, bool scanned) {
  const auto beside = [&](std::u32string_view text) {
    return is_year(text) || (scanned && may_stand_beside_title(text));
  };
  for (const Label& title : titles) {
    const std::size_t at = folded.find(title.folded);
    if (at == folded.npos) continue;
    const auto before = folded.substr(0, at);
    const auto after = folded.substr(at + title.folded.size());
    if (beside(before) && beside(after)) {
      return Match{to_utf8(title.folded), before.empty() && after.empty()};
    }
  }
  return std::nullopt;
}

/// How like the title of the layout what a recognizer read is: 1 where it is the same.
double likeness(const TextLine& line) {
  constexpr int kMost = 1000;
  int cost = 0;
  std::size_t length = 1;
  for (const Word& word : line.words) {
    if (word.raw.empty()) continue;
    const std::u32string printed = to_utf32(fold(word.text()));
    const auto found = find_reading(printed, to_utf32(fold(word.raw)), kMost);
    cost += found ? found->cost : kMost;
    length += printed.size();
  }
  return 1.0 - std::min(0.5, 0.1 * cost / static_cast<double>(length));
}

/// Two lines of one heading: near each other, of one size, about one axis.
bool one_heading(const TextLine& above, const TextLine& below) {
  const double size = above.words.front().font_size;
  return std::abs(size - below.words.front().font_size) < 0.1 * size &&
         below.box.y0 - above.box.y1 < size &&
         std::abs(above.box.centre().x - below.box.centre().x) < 2 * size;
}

/// The usual size of the text of a table; 0 where it has none.
double usual_font_size(const Table& table) {
  std::vector<double> sizes;
  for (const Cell& cell : table.cells) {
    if (!cell.lines.empty()) sizes.push_back(cell.lines.front().words.front().font_size);
  }
  if (sizes.empty()) return 0.0;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

/// The usual size of the text in the first table below `y`; 0 where there is none.
double usual_size_below(const TabulatedPage& page, double y) {
  for (const Table& table : page.tables) {
    if (table.parts.front().box.y0 < y) continue;
    const double usual = usual_font_size(table);
    if (usual > 0.0) return usual;
  }
  return 0.0;
}

/// Whether a first label of the form stands at the top of a table below `y`.
bool form_begins_below(const TabulatedPage& page, double y, const LayoutSpec& spec) {
  constexpr int kRows = 4;
  for (const Table& table : page.tables) {
    if (table.parts.front().box.y0 < y) continue;
    return std::any_of(table.cells.begin(), table.cells.end(), [&](const Cell& cell) {
      if (cell.row >= kRows || cell.lines.empty()) return false;
      return match_whole(fold_lines(cell.lines), spec.fields.front().labels).has_value();
    });
  }
  return false;
}

/// Whether a title is the running head of a page on which a form goes on.
bool is_running_head(const TextLine& line, const TabulatedPage& page, const LayoutSpec& spec) {
  if (line.box.y1 > 0.085 * page.height) return false;
  // A title may stand so near to its table that the two boxes overlap.
  const double middle = line.box.centre().y;
  const double usual = usual_size_below(page, middle);
  // What stands beside a title, dirt of a scan too, may be smaller.
  double size = 0.0;
  for (const Word& word : line.words) size = std::max(size, word.font_size);
  if (usual > 0.0 && size > 1.15 * usual) return false;
  return !form_begins_below(page, middle, spec);
}

std::vector<Title> titles_in_lines(const TabulatedPage& page, const LayoutSpec& spec) {
  std::vector<Title> found;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const TextLine& line = page.lines[i];
    const std::u32string folded = fold_lines({line}).text;
    const bool scanned = line.is_recognized();
    auto title = match(folded, spec.titles, scanned);
    double bottom = line.box.y1;
    const bool two = !title && i + 1 < page.lines.size() && one_heading(line, page.lines[i + 1]);
    if (two) {
      const TextLine& next = page.lines[i + 1];
      const std::u32string second = fold_lines({next}).text;
      // The second line alone may be the title, under a heading of the same size.
      if (!match(second, spec.titles, scanned)) {
        title = match(folded + second, spec.titles, scanned);
      }
      bottom = next.box.y1;
    }
    if (!title || is_running_head(line, page, spec)) continue;
    found.push_back({page.number, line.box.y0, bottom, title->text, title->exact, likeness(line)});
  }
  return found;
}

/// The first of the titles that a table stands below before the next title: of a running head and
/// the title below it the latter.
std::optional<Title> find_in_lines(const TabulatedPage& page, const LayoutSpec& spec) {
  const std::vector<Title> titles = titles_in_lines(page, spec);
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (i + 1 == titles.size()) return titles[i];
    const bool table_between =
        std::any_of(page.tables.begin(), page.tables.end(), [&](const Table& table) {
          const double top = table.parts.front().box.y0;
          return top > titles[i].top && top < titles[i + 1].top;
        });
    if (table_between) return titles[i];
  }
  return std::nullopt;
}

/// Spreadsheets may draw rules around the title too.
std::optional<Title> find_in_cells(const TabulatedPage& page, const Labels& titles) {
  for (const Table& table : page.tables) {
    for (const Cell& cell : table.cells) {
      if (cell.lines.empty() || cell.lines.size() > 3) continue;
      const bool scanned = cell.lines.front().is_recognized();
      if (const auto found = match(fold_lines(cell.lines).text, titles, scanned)) {
        return Title{
            page.number,  cell.lines.front().box.y0,   cell.lines.back().box.y1, found->text,
            found->exact, likeness(cell.lines.front())};
      }
    }
  }
  return std::nullopt;
}

bool ends_like_title(std::u32string_view text) {
  return text.ends_with(U"表") || text.ends_with(U"评价") || text.ends_with(U"书");
}

/// `text` without a year before or behind it.
std::u32string_view without_year(std::u32string_view text) {
  constexpr std::size_t kLongest = 8;  // "(2025年度)"
  for (std::size_t size = std::min(kLongest, text.size()); size > 0; --size) {
    if (is_year(text.substr(text.size() - size))) {
      text.remove_suffix(size);
      break;
    }
  }
  for (std::size_t size = std::min(kLongest, text.size()); size > 0; --size) {
    if (is_year(text.substr(0, size))) return text.substr(size);
  }
  return text;
}

/// Whether `line` is set larger than the table below it and about its middle.
bool is_heading_of(const TextLine& line, const Table& table, double usual) {
  constexpr double kLarger = 1.2;
  const Box& box = table.parts.front().box;
  return line.words.front().font_size >= kLarger * usual &&
         std::abs(line.box.centre().x - box.centre().x) <= 0.05 * box.width();
}

std::optional<Title> unknown_title(const TextLine& line, int page) {
  const std::u32string folded = fold_lines({line}).text;
  const auto text = title_text(folded);
  if (!text) return std::nullopt;
  return Title{page, line.box.y0, line.box.y1, to_utf8(*text), text->size() == folded.size(), 1.0};
}

}  // namespace

std::optional<std::u32string> title_text(std::u32string_view folded) {
  const std::u32string_view text = without_year(folded);
  return ends_like_title(text) ? std::optional(std::u32string(text)) : std::nullopt;
}

std::optional<Title> find_unknown_title(const TabulatedPage& page) {
  if (page.tables.empty()) return std::nullopt;
  const Table& table = page.tables.front();
  const double usual = usual_font_size(table);
  if (usual <= 0.0) return std::nullopt;
  for (const TextLine& line : page.lines) {
    if (line.box.y1 > table.parts.front().box.y0 + 0.5 * usual) continue;
    if (!is_heading_of(line, table, usual)) continue;
    if (auto title = unknown_title(line, page.number)) return title;
  }
  const Cell* first = table.cell_at(0, 0);
  if (first == nullptr || first->col_span < table.cols || first->lines.empty()) return std::nullopt;
  return unknown_title(first->lines.front(), page.number);
}

bool may_stand_beside_title(std::u32string_view text) {
  constexpr std::ptrdiff_t kMaxOthers = 3;
  constexpr std::size_t kMaxYear = 12;  // "(2025年度)" and some specks
  const auto others = std::count_if(text.begin(), text.end(), [](char32_t code) {
    return code >= 0x4E00 && code <= 0x9FFF && code != U'年' && code != U'度';
  });
  return others <= kMaxOthers && text.size() <= kMaxYear;
}

std::optional<Title> find_title(const TabulatedPage& page, const LayoutSpec& spec) {
  const auto line = find_in_lines(page, spec);
  const auto cell = find_in_cells(page, spec.titles);
  if (line && cell) return line->top <= cell->top ? line : cell;
  return line ? line : cell;
}

}  // namespace tabularium
