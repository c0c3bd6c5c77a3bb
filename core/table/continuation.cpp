#include "tabularium/table/continuation.h"

#include <algorithm>
#include <cmath>
#include <functional>
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

bool has_recognized_words(const Table& table) {
  return std::any_of(table.cells.begin(), table.cells.end(), [](const Cell& cell) {
    return std::any_of(cell.lines.begin(), cell.lines.end(),
                       [](const TextLine& line) { return line.is_recognized(); });
  });
}

/// Whether all sides between the cells of the first row are among the edges that agree: the rows
/// below may be cut otherwise.
bool first_row_agrees(const Table& table, const std::vector<bool>& agrees) {
  int inner = 0;
  for (const Cell& cell : table.cells) {
    if (cell.row != 0 || cell.col + cell.col_span == table.cols) continue;
    if (!agrees[static_cast<std::size_t>(cell.col + cell.col_span)]) return false;
    ++inner;
  }
  return inner > 0;
}

/// `lower` with its columns in the place and size of those of `upper`: photographed pages do not
/// come out in one size. Nothing where the tables are not pixels or their columns disagree even so.
std::optional<Table> rescaled(const Table& upper, const Table& lower) {
  constexpr double kMostScale = 0.08;
  constexpr double kMostShift = 0.15;
  constexpr double kNear = 0.012;  // of the width
  constexpr int kFewest = 2;       // inner edges that agree
  const std::vector<double>& to = upper.column_edges;
  const std::vector<double>& from = lower.column_edges;
  const double width = to.back() - to.front();
  const double scale = width / (from.back() - from.front());
  if (std::abs(scale - 1.0) > kMostScale) return std::nullopt;
  if (std::abs(to.front() - from.front()) > kMostShift * width) return std::nullopt;
  if (!has_recognized_words(upper) || !has_recognized_words(lower)) return std::nullopt;
  Table moved = lower;
  int agreeing = 0;
  std::vector<bool> agrees(from.size(), false);
  for (std::size_t i = 0; i < from.size(); ++i) {
    double& edge = moved.column_edges[i];
    edge = to.front() + (edge - from.front()) * scale;
    const auto nearest = std::min_element(to.begin(), to.end(), [&](double a, double b) {
      return std::abs(a - edge) < std::abs(b - edge);
    });
    if (std::abs(*nearest - edge) > kNear * width) continue;
    edge = *nearest;
    agrees[i] = true;
    ++agreeing;
  }
  const bool rising = std::adjacent_find(moved.column_edges.begin(), moved.column_edges.end(),
                                         std::greater_equal<>()) == moved.column_edges.end();
  const int inner = static_cast<int>(std::min(to.size(), from.size())) - 2;
  const bool agree = agreeing - 2 >= kFewest &&
                     (3 * (agreeing - 2) >= 2 * inner || first_row_agrees(lower, agrees));
  return rising && agree ? std::optional(std::move(moved)) : std::nullopt;
}

/// `lower` with an empty cell in place of columns that it lacks at its left: where the label of a
/// merged cell is not repeated, some programs draw nothing of the cell. Nothing where the tables
/// have not the same edges otherwise.
std::optional<Table> fitted(const Table& upper, const Table& lower) {
  const Box& above = upper.parts.back().box;
  const Box& below = lower.parts.front().box;
  // The page above may itself have come out in another size than the first one.
  const double width = upper.column_edges.back() - upper.column_edges.front();
  const bool same = same_edges(above, below);
  if (same && std::abs(width - above.width()) < 0.003 * width) return lower;
  if (auto moved = rescaled(upper, lower)) return moved;
  if (same) return lower;
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

}  // namespace

std::size_t last_ruled(const std::vector<Table>& tables, std::size_t from) {
  const auto bottom = [&](std::size_t i) { return tables[i].parts.back().box.y1; };
  std::size_t found = kNoTable;
  for (std::size_t i = from; i < tables.size(); ++i) {
    if (tables[i].kind != TableKind::ruled) continue;
    if (found == kNoTable || bottom(i) > bottom(found)) found = i;
  }
  return found;
}

const Table* first_ruled(const TabulatedPage& page) {
  for (const Table& table : page.tables) {
    if (table.kind == TableKind::ruled) return &table;
  }
  return nullptr;
}

namespace {

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
  std::size_t open = kNoTable;  // in `joined`: the last ruled table of the page before
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const Table* first = first_ruled(pages[p]);
    const std::size_t begin = joined.size();
    bool taken = false;
    if (p > 0 && open != kNoTable && first != nullptr) {
      const Box& upper = joined[open].parts.back().box;
      const Box& lower = first->parts.front().box;
      auto next = fitted(joined[open], *first);
      if (next && nothing_between(pages[p - 1], upper, pages[p], lower)) {
        join_at_page_break(joined[open], std::move(*next), {hints, observer.style()});
        taken = true;
      }
    }
    for (const Table& table : pages[p].tables) {
      if (!taken || &table != first) joined.push_back(table);
    }
    if (const std::size_t last = last_ruled(joined, begin); last != kNoTable) {
      open = last;
    } else if (!taken && !(first == nullptr && pages[p].lines.empty())) {
      open = kNoTable;
    }
  }
  return joined;
}

}  // namespace

bool is_label(std::string_view folded, const ContinuationHints& hints) {
  const auto drop_colon = [&] {
    if (!folded.empty() && folded.back() == ':') folded.remove_suffix(1);
  };
  drop_colon();
  std::string pattern(folded);  // as layouts write labels that hold a year
  std::replace_if(
      pattern.begin(), pattern.end(), [](char c) { return c >= '0' && c <= '9'; }, '#');
  if (hints.labels.contains(folded) || hints.labels.contains(pattern)) return true;
  const std::size_t bracket = folded.rfind('(');
  if (folded.empty() || folded.back() != ')' || bracket == folded.npos) return false;
  folded.remove_suffix(folded.size() - bracket);
  drop_colon();
  return hints.labels.contains(folded);
}

bool is_known(const std::string& folded, const ContinuationHints& hints) {
  return hints.words.contains(folded) || is_label(folded, hints);
}

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

std::vector<Table> join_continued(const std::vector<TabulatedPage>& pages,
                                  const ContinuationHints& hints) {
  const auto whole = with_overhangs(pages, hints);
  return join_pages(whole ? *whole : pages, hints);
}

}  // namespace tabularium
