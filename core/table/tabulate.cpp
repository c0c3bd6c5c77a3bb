#include "tabularium/table/tabulate.h"

#include <algorithm>
#include <string>

#include "tabularium/table/fill_internal.h"
#include "tabularium/table/lattice_internal.h"
#include "tabularium/table/lines_internal.h"
#include "tabularium/table/scale_internal.h"

namespace tabularium {
namespace {

/// Words further apart than this many font sizes stand in different lines outside of tables: the
/// spaces of justified text stay below it.
constexpr double kColumnGap = 2.0;

void set_page(Table& table, int page) {
  table.parts.front().page = page;
  for (Cell& cell : table.cells) cell.parts.front().page = page;
}

const Box& box_of(const Table& table) { return table.parts.front().box; }

/// Whether `inner` lies in `outer`, which may be the same size but for `slack`.
bool lies_in(const Box& inner, const Box& outer, double slack) {
  return inner.x0 >= outer.x0 - slack && inner.y0 >= outer.y0 - slack &&
         inner.x1 <= outer.x1 + slack && inner.y1 <= outer.y1 + slack;
}

/// A box drawn for a tick, or for one letter, is no table.
bool is_tick_box(const Table& table, const Scale& scale) {
  return table.cells.size() == 1 && box_of(table).width() < 2 * scale.text &&
         box_of(table).height() < 2 * scale.text;
}

/// Frames round other tables go: they decorate the page.
void drop_frames(std::vector<Table>& tables, const Scale& scale) {
  std::vector<bool> frame(tables.size(), false);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].cells.size() != 1) continue;
    frame[i] = std::any_of(tables.begin(), tables.end(), [&](const Table& other) {
      return &other != &tables[i] && lies_in(box_of(other), box_of(tables[i]), scale.touch());
    });
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (frame[i]) continue;
    if (kept != i) tables[kept] = std::move(tables[i]);
    ++kept;
  }
  tables.resize(kept);
}

void warn_of_too_many(TabulatedPage& page) {
  Issue issue;
  issue.check = "tables";
  issue.message = "page " + std::to_string(page.number) +
                  ": its rules cross more often than the cells of a table could "
                  "(Limits::max_table_cells): no table was read from them";
  page.issues.push_back(std::move(issue));
}

std::vector<Table> ruled_tables(const Page& page, const Scale& scale, const Limits& limits,
                                TabulatedPage& result) {
  // A cell has four corners and shares them; doubled rules make each corner four crossings.
  const RuleGroups groups = group_rules(page.rules, scale, 4 * limits.max_table_cells);
  if (groups.too_many) warn_of_too_many(result);
  std::vector<Table> tables;
  for (const RuleGroup& group : groups.groups) {
    Table table = build_lattice(group, scale, limits.max_table_cells);
    if (table.rows == 0 || is_tick_box(table, scale)) continue;
    set_page(table, page.number);
    tables.push_back(std::move(table));
  }
  drop_frames(tables, scale);
  return tables;
}

}  // namespace

TabulatedPage tabulate(Page page, const TabulateOptions& options, const Limits& limits) {
  TabulatedPage result;
  result.number = page.number;
  result.width = page.width;
  result.height = page.height;
  result.trust = page.trust;
  result.issues = std::move(page.issues);
  const Scale scale = measure(page);
  result.tables = ruled_tables(page, scale, limits, result);
  (void)options;
  std::stable_sort(result.tables.begin(), result.tables.end(), [](const Table& a, const Table& b) {
    const Box& p = box_of(a);
    const Box& q = box_of(b);
    return p.y0 != q.y0 ? p.y0 < q.y0 : p.x0 < q.x0;
  });
  result.lines = make_page_lines(fill_cells(page.words, result.tables), page.number, kColumnGap);
  return result;
}

}  // namespace tabularium
