#include "tabularium/table/continuation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "tabularium/page/text.h"
#include "tabularium/table/page_break_internal.h"

namespace tabularium {
namespace {

// Share of the page's height at its top and bottom where running heads stand.
constexpr double kMargin = 0.085;

bool same_edges(const Box& a, const Box& b) {
  const double tolerance = std::max(2.0, 0.006 * a.width());
  // Pages of a bound document may have their inner margin on either side.
  const bool same_width = std::abs(a.width() - b.width()) <= tolerance;
  const bool same_place = std::abs(a.x0 - b.x0) <= tolerance && std::abs(a.x1 - b.x1) <= tolerance;
  return same_place || (same_width && std::abs(a.x0 - b.x0) <= 0.15 * a.width());
}

/// `lower` with an empty cell in place of columns that it lacks at its left: where the label of a
/// merged cell is not repeated, some programs draw nothing of the cell. Nothing where the tables
/// have not the same edges otherwise.
std::optional<Table> fitted(const Table& upper, const Table& lower) {
  const Box& above = upper.parts.back().box;
  const Box& below = lower.parts.front().box;
  if (same_edges(above, below)) return lower;
  const double tolerance = std::max(2.0, 0.006 * above.width());
  const bool at_edge =
      std::any_of(upper.column_edges.begin() + 1, upper.column_edges.end(),
                  [&](double edge) { return std::abs(edge - below.x0) <= tolerance; });
  if (!at_edge || std::abs(above.x1 - below.x1) > tolerance) return std::nullopt;
  Table whole = lower;
  for (Cell& cell : whole.cells) ++cell.col;
  Cell missing;
  missing.row_span = whole.rows;
  missing.parts = {{lower.page(), {above.x0, below.y0, below.x0, below.y1}}};
  whole.cells.insert(whole.cells.begin(), std::move(missing));
  whole.column_edges.insert(whole.column_edges.begin(), above.x0);
  whole.parts.front().box.x0 = above.x0;
  ++whole.cols;
  return whole;
}

/// The line's text with every digit as "#", so that numbered heads of two pages are equal.
std::string shape_of(const TextLine& line) {
  std::string shape = fold(line.text());
  for (char& c : shape) {
    if (c >= '0' && c <= '9') c = '#';
  }
  return shape;
}

bool repeats_on(const TextLine& line, const TabulatedPage& other) {
  const std::string shape = shape_of(line);
  return std::any_of(other.lines.begin(), other.lines.end(), [&](const TextLine& candidate) {
    return std::abs(candidate.box.y0 - line.box.y0) < line.box.height() &&
           shape_of(candidate) == shape;
  });
}

bool is_running(const TextLine& line, const TabulatedPage& page, const TabulatedPage& other) {
  if (line.box.y1 < kMargin * page.height || line.box.y0 > (1 - kMargin) * page.height) return true;
  if (is_page_number(line) || repeats_on(line, other)) return true;
  const std::string text = fold(line.text());
  return text == "续表" || text == "(续)" || text == "(续表)" || text == "接上页" ||
         text == "续上表";
}

/// The table's box with the text that has run out of its last cells: lines right below it, one
/// below the other, within its width, short. `lines` are sorted top to bottom.
Box with_overflow(Box table, const std::vector<TextLine>& lines) {
  for (const TextLine& line : lines) {
    const double size = line.words.front().font_size;
    const bool next = line.box.centre().y > table.y1 && line.box.y0 < table.y1 + size;
    const bool inside = line.box.x0 >= table.x0 && line.box.x1 <= table.x1;
    const bool brief = line.box.width() < 6 * size && line.box.width() < 0.25 * table.width();
    if (next && inside && brief) table.y1 = line.box.y1;
  }
  return table;
}

bool nothing_between(const TabulatedPage& above, const Box& upper, const TabulatedPage& below,
                     const Box& lower) {
  const auto clear = [&](const TabulatedPage& page, const TabulatedPage& other,
                         auto stands_between) {
    return std::all_of(page.lines.begin(), page.lines.end(), [&](const TextLine& line) {
      return !stands_between(line) || is_running(line, page, other);
    });
  };
  const double bottom = with_overflow(upper, above.lines).y1;
  return clear(above, below, [&](const TextLine& line) { return line.box.centre().y > bottom; }) &&
         clear(below, above, [&](const TextLine& line) { return line.box.centre().y < lower.y0; });
}

/// Indices of the lines that stand in the column of `cell` right below it, top to bottom.
std::vector<std::size_t> lines_below(const TabulatedPage& page, const Box& cell) {
  std::vector<std::size_t> below;
  double bottom = cell.y1;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {  // sorted top to bottom
    const Box& line = page.lines[i].box;
    const bool within = line.x0 > cell.x0 && line.x1 < cell.x1;
    if (!within || line.centre().y < cell.y1 || line.y0 > bottom + line.height()) continue;
    below.push_back(i);
    bottom = line.y1;
  }
  return below;
}

/// The lines below a cell that make its text a known word, perhaps with one of `rests` behind them.
std::vector<std::size_t> rest_of_word(const TabulatedPage& page, const Cell& cell,
                                      const std::vector<std::string>& rests,
                                      const ContinuationHints& hints) {
  constexpr std::size_t kMostLines = 4;
  const auto is_word = [&](const std::string& text) {
    return hints.words.contains(text) ||
           std::any_of(rests.begin(), rests.end(),
                       [&](const std::string& rest) { return hints.words.contains(text + rest); });
  };
  std::string text = fold(cell.text());
  if (text.empty() || is_word(text)) return {};
  std::vector<std::size_t> lines = lines_below(page, cell.parts.back().box);
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) {
    text += fold(page.lines[lines[i]].text());
    if (!is_word(text)) continue;
    lines.resize(i + 1);
    return lines;
  }
  return {};
}

/// Index of the last ruled table of a page, or nothing.
std::optional<std::size_t> last_ruled(const std::vector<Table>& tables, std::size_t from) {
  std::optional<std::size_t> found;
  for (std::size_t i = from; i < tables.size(); ++i) {
    if (tables[i].kind != TableKind::ruled) continue;
    if (!found || tables[i].parts.back().box.y1 > tables[*found].parts.back().box.y1) found = i;
  }
  return found;
}

const Table* first_ruled(const TabulatedPage& page) {
  for (const Table& table : page.tables) {
    if (table.kind == TableKind::ruled) return &table;
  }
  return nullptr;
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

/// The pages with overhanging lines in their cells.
std::vector<TabulatedPage> with_overhangs(std::vector<TabulatedPage> pages,
                                          const std::vector<Overhang>& overhangs) {
  for (const Overhang& at : overhangs) {
    Cell& cell = pages[at.page].tables[at.table].cells[at.cell];
    cell.lines.push_back(pages[at.page].lines[at.line]);
  }
  std::vector<Overhang> backwards = overhangs;
  std::sort(backwards.begin(), backwards.end(), [](const Overhang& a, const Overhang& b) {
    return std::pair(a.page, a.line) > std::pair(b.page, b.line);
  });
  for (const Overhang& at : backwards) {
    std::vector<TextLine>& lines = pages[at.page].lines;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at.line));
  }
  return pages;
}

/// `join_continued` for pages whose overhanging lines are in their cells.
std::vector<Table> join_pages(const std::vector<TabulatedPage>& pages,
                              const ContinuationHints& hints) {
  BreakObserver observer;
  for (const TabulatedPage& page : pages) {
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) observer.add(cell.lines);
    }
  }
  std::vector<Table> joined;
  std::optional<std::size_t> open;  // in `joined`: the last ruled table of the page before
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const Table* first = first_ruled(pages[p]);
    const std::size_t begin = joined.size();
    bool taken = false;
    if (p > 0 && open && first != nullptr) {
      const Box& upper = joined[*open].parts.back().box;
      const Box& lower = first->parts.front().box;
      auto next = fitted(joined[*open], *first);
      if (next && nothing_between(pages[p - 1], upper, pages[p], lower)) {
        join_at_page_break(joined[*open], std::move(*next), {hints, observer.style()});
        taken = true;
      }
    }
    for (const Table& table : pages[p].tables) {
      if (!taken || &table != first) joined.push_back(table);
    }
    if (const auto last = last_ruled(joined, begin)) {
      open = last;
    } else if (!taken && !(first == nullptr && pages[p].lines.empty())) {
      open.reset();
    }
  }
  return joined;
}

}  // namespace

bool is_page_number(const TextLine& line) {
  const std::u32string text = to_utf32(fold(line.text()));
  if (text.empty() || text.size() > 24) return false;
  constexpr std::u32string_view kAround = U"第页共/-—–·.,，of0123456789Page|~";
  bool digit = false;
  for (const char32_t code : text) {
    if (kAround.find(code) == kAround.npos) return false;
    digit = digit || (code >= U'0' && code <= U'9');
  }
  return digit;
}

std::vector<Overhang> find_overhangs(const std::vector<TabulatedPage>& pages,
                                     const ContinuationHints& hints) {
  std::vector<Overhang> found;
  if (hints.words.empty()) return found;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const auto last = last_ruled(pages[p].tables, 0);
    if (!last) continue;
    const Table& table = pages[p].tables[*last];
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const Cell& cell = table.cells[c];
      if (cell.row + cell.row_span != table.rows || cell.lines.empty()) continue;
      for (const std::size_t line :
           rest_of_word(pages[p], cell, texts_over_break(pages, p, cell), hints)) {
        found.push_back({p, *last, c, line});
      }
    }
  }
  return found;
}

std::vector<Table> join_continued(const std::vector<TabulatedPage>& pages,
                                  const ContinuationHints& hints) {
  const std::vector<Overhang> overhangs = find_overhangs(pages, hints);
  return overhangs.empty() ? join_pages(pages, hints)
                           : join_pages(with_overhangs(pages, overhangs), hints);
}

}  // namespace tabularium
