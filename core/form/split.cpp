#include "tabularium/form/split.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "tabularium/form/loose_rows_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/table/continuation.h"

namespace tabularium {
namespace {

// A title without the labels of its form, on a cover for example, makes no form.
constexpr double kLeastFit = 0.35;
// Headings above a title stand in this share of the page at most.
constexpr double kHeadingShare = 0.3;
constexpr double kHeadingLines = 4;

/// A known title on a page, and who knows it.
struct Start {
  double top = 0.0;
  std::vector<const Layout*> layouts;
};

std::optional<Start> find_start(const TabulatedPage& page,
                                const std::vector<const Layout*>& layouts) {
  std::optional<Start> first;
  for (const Layout* layout : layouts) {
    const auto top = layout->begins(page);
    if (!top) continue;
    if (!first || *top < first->top - 0.5) first = Start{*top, {}};
    if (std::abs(*top - first->top) <= 0.5) first->layouts.push_back(layout);
  }
  return first;
}

bool is_empty(const TabulatedPage& page) { return page.lines.empty() && page.tables.empty(); }

/// A page with nothing on it yet that stands for the same sheet.
TabulatedPage blank_like(const TabulatedPage& page) {
  TabulatedPage blank;
  blank.number = page.number;
  blank.width = page.width;
  blank.height = page.height;
  blank.trust = page.trust;
  blank.arrangement = page.arrangement;
  return blank;
}

/// The rows `first` to `last` of a table, the latter left out. A cell that spans rows stays with
/// its first.
Table rows_of(const Table& table, int first, int last) {
  Table part;
  part.kind = table.kind;
  part.rows = last - first;
  part.cols = table.cols;
  part.column_edges = table.column_edges;
  part.row_edges.assign(table.row_edges.begin() + first, table.row_edges.begin() + last + 1);
  part.parts = table.parts;
  part.parts.front().box.y0 = part.row_edges.front();
  part.parts.front().box.y1 = part.row_edges.back();
  for (const Cell& cell : table.cells) {
    if (cell.row < first || cell.row >= last) continue;
    part.cells.push_back(cell);
    part.cells.back().row -= first;
    part.cells.back().row_span = std::min(cell.row_span, last - cell.row);
  }
  return part;
}

/// Cuts the tables of a text conversion between two rows at `y`: forms may follow each other
/// without anything between them.
void cut_tables(TabulatedPage& page, double y) {
  for (std::size_t i = 0; i < page.tables.size(); ++i) {
    const std::vector<double>& edges = page.tables[i].row_edges;
    const auto edge = std::lower_bound(edges.begin(), edges.end() - 1, y - 0.01);
    const int row = static_cast<int>(edge - edges.begin());
    if (row <= 0 || row >= page.tables[i].rows) continue;
    Table below = rows_of(page.tables[i], row, page.tables[i].rows);
    page.tables[i] = rows_of(page.tables[i], 0, row);
    page.tables.insert(page.tables.begin() + static_cast<std::ptrdiff_t>(++i), std::move(below));
  }
}

/// Takes what stands above `y` off the page. A table that holds `y` stays whole, but for the rows
/// of a text conversion.
TabulatedPage take_above(TabulatedPage& page, double y) {
  TabulatedPage above = blank_like(page);
  const auto line = std::stable_partition(page.lines.begin(), page.lines.end(),
                                          [&](const TextLine& l) { return l.box.y0 >= y - 0.01; });
  std::move(line, page.lines.end(), std::back_inserter(above.lines));
  page.lines.erase(line, page.lines.end());
  if (is_loose(page)) cut_tables(page, y);
  const auto table =
      std::stable_partition(page.tables.begin(), page.tables.end(), [&](const Table& t) {
        const Box& box = t.parts.front().box;
        return is_loose(page) ? box.y0 >= y - 0.01 : box.y1 >= y;
      });
  std::move(table, page.tables.end(), std::back_inserter(above.tables));
  page.tables.erase(table, page.tables.end());
  return above;
}

/// Puts back what `take_above` took.
void put_back(TabulatedPage& page, TabulatedPage above) {
  page.lines.insert(page.lines.begin(), std::make_move_iterator(above.lines.begin()),
                    std::make_move_iterator(above.lines.end()));
  page.tables.insert(page.tables.begin(), std::make_move_iterator(above.tables.begin()),
                     std::make_move_iterator(above.tables.end()));
}

/// Where the title that begins at `top` has certainly ended.
double below_title(const TabulatedPage& page, double top) {
  if (is_loose(page)) return top + 1.0;
  double bottom = top;
  for (const TextLine& line : page.lines) {
    if (std::abs(line.box.y0 - top) < 1.0) bottom = std::max(bottom, line.box.y1);
  }
  for (const Table& table : page.tables) {
    const Box& box = table.parts.front().box;
    if (box.y0 <= top && box.y1 > top) bottom = std::max(bottom, box.y1 + 0.01);
  }
  return std::max(bottom, top + 1.0);
}

/// Whether what stands above a title is a heading of the document rather than the end of a form.
bool is_heading(const TabulatedPage& above, double title_top) {
  return above.tables.empty() && above.lines.size() <= kHeadingLines &&
         title_top < kHeadingShare * above.height;
}

const Layout* best_layout(const std::vector<const Layout*>& candidates,
                          const std::vector<TabulatedPage>& pages) {
  const Layout* best = nullptr;
  double most = kLeastFit;
  for (const Layout* layout : candidates) {
    const double fit = layout->fit(pages);
    if (fit > most) most = fit, best = layout;
  }
  return best;
}

}  // namespace

FormSplitter::FormSplitter(std::vector<const Layout*> layouts, Limits limits,
                           std::vector<const Layout*> fallbacks)
    : layouts_(std::move(layouts)), fallbacks_(std::move(fallbacks)), limits_(limits) {}

void FormSplitter::close(std::vector<FormPages>& done) {
  if (open_.empty()) return;
  const Layout* layout = best_layout(candidates_, open_);
  done.push_back({std::exchange(open_, {}), layout});
  candidates_.clear();
}

void FormSplitter::begin(TabulatedPage page, std::vector<const Layout*> candidates) {
  open_.push_back(std::move(page));
  candidates_ = std::move(candidates);
}

/// A page, or the rest of one, that begins no form.
void FormSplitter::go_on(TabulatedPage page, std::vector<FormPages>& done) {
  if (!open_.empty() && find_unknown_title(page)) close(done);
  if (open_.empty()) {
    FormPages stray;
    stray.pages.push_back(std::move(page));
    done.push_back(std::move(stray));
    return;
  }
  open_.push_back(std::move(page));
  if (static_cast<int>(open_.size()) >= limits_.max_form_pages) close(done);
}

std::vector<FormPages> FormSplitter::push(TabulatedPage page) {
  std::vector<FormPages> done;
  const auto start_on = [&](const TabulatedPage& rest) {
    std::optional<Start> known = find_start(rest, layouts_);
    if (known && !is_loose(rest)) return known;
    // A text file is one long page: forms that no layout knows may stand before those that one
    // does.
    std::optional<Start> unknown = find_start(rest, fallbacks_);
    if (known && (!unknown || unknown->top > known->top - 0.5)) return known;
    return unknown;
  };
  std::optional<Start> start = start_on(page);
  if (!start) {
    go_on(std::move(page), done);
    return done;
  }
  TabulatedPage above = take_above(page, start->top);
  if (is_heading(above, start->top)) {
    // A heading of the document goes with the form below it, which lists it as nobody's text.
    put_back(page, std::move(above));
  } else if (!is_empty(above)) {
    go_on(std::move(above), done);
  }
  close(done);
  // More titles may follow on the same page.
  while (start) {
    TabulatedPage title = take_above(page, below_title(page, start->top));
    std::optional<Start> next = is_loose(page) ? start_on(page) : find_start(page, layouts_);
    if (!next) {
      put_back(page, std::move(title));
      begin(std::move(page), std::move(start->layouts));
      break;
    }
    TabulatedPage form = take_above(page, next->top);
    put_back(form, std::move(title));
    begin(std::move(form), std::move(start->layouts));
    close(done);
    start = std::move(next);
  }
  return done;
}

std::vector<FormPages> FormSplitter::finish() {
  std::vector<FormPages> done;
  close(done);
  return done;
}

}  // namespace tabularium
