#include "tabularium/table/tabulate.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>

#include "tabularium/page/text.h"
#include "tabularium/table/aligned_internal.h"
#include "tabularium/table/continuation.h"
#include "tabularium/table/fill_internal.h"
#include "tabularium/table/judge_internal.h"
#include "tabularium/table/lattice_internal.h"
#include "tabularium/table/lines_internal.h"
#include "tabularium/table/refine_internal.h"
#include "tabularium/table/scale_internal.h"
#include "tabularium/table/typed_rules_internal.h"

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
                                bool open_rows, TabulatedPage& result) {
  // A cell has four corners and shares them; doubled rules make each corner four crossings.
  RuleGroups groups = group_rules(page.rules, scale, 4 * limits.max_table_cells);
  if (groups.too_many) warn_of_too_many(result);
  // In a report such rules part columns of text.
  if (open_rows) take_in_sides(groups, scale);
  std::vector<Table> tables;
  for (const RuleGroup& group : groups.groups) {
    Table table = build_lattice(group, scale, limits.max_table_cells);
    if (table.rows == 0 || is_tick_box(table, scale)) continue;
    set_page(table, page.number);
    tables.push_back(std::move(table));
  }
  drop_frames(tables, scale);
  if (!open_rows) return tables;
  for (Table& table : build_open_rows(groups.loose, scale)) {
    const bool taken = std::any_of(tables.begin(), tables.end(), [&](const Table& other) {
      return intersection(box_of(table), box_of(other)).has_value();
    });
    if (taken) continue;
    set_page(table, page.number);
    tables.push_back(std::move(table));
  }
  return tables;
}

void sort_tables(std::vector<Table>& tables) {
  std::stable_sort(tables.begin(), tables.end(), [](const Table& a, const Table& b) {
    const Box& p = box_of(a);
    const Box& q = box_of(b);
    return p.y0 != q.y0 ? p.y0 < q.y0 : p.x0 < q.x0;
  });
}

/// Words that lie in none of the boxes, or at most `margin` from one.
std::vector<Word> away_from(const std::vector<Word>& words, const std::vector<Box>& boxes,
                            double margin) {
  std::vector<Word> away;
  std::copy_if(words.begin(), words.end(), std::back_inserter(away), [&](const Word& word) {
    return std::none_of(boxes.begin(), boxes.end(), [&](const Box& box) {
      return Box{box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin}.contains(
          word.box.centre());
    });
  });
  return away;
}

/// A page number that no cell holds by chance: "第 2 页，共 3 页", "- 2 -".
bool is_framed_number(const TextLine& line) {
  if (!is_page_number(line)) return false;
  const std::u32string text = to_utf32(fold(line.text()));
  constexpr std::u32string_view kDashes = U"-—–";
  const auto dash = [&](char32_t code) { return kDashes.find(code) != kDashes.npos; };
  return text.find(U'页') != text.npos ||
         (text.size() > 2 && dash(text.front()) && dash(text.back()));
}

/// Takes the page number at the foot of the page, in its middle, from the words. Where a row is
/// too tall for its page, spreadsheets draw it over the number.
std::vector<Word> take_page_number(std::vector<Word>& words, const Page& page) {
  constexpr double kFoot = 0.88;    // of the height
  constexpr double kMiddle = 0.03;  // of the width
  std::vector<Word> low;
  std::copy_if(words.begin(), words.end(), std::back_inserter(low),
               [&](const Word& word) { return word.box.centre().y > kFoot * page.height; });
  std::vector<Word> taken;
  for (const TextLine& line : make_page_lines(low, page.number, kColumnGap)) {
    const double aside = std::abs(line.box.centre().x - page.width / 2);
    if (aside > kMiddle * page.width || !is_framed_number(line)) continue;
    const auto rest = std::stable_partition(words.begin(), words.end(), [&](const Word& word) {
      return !line.box.contains(word.box.centre());
    });
    std::move(rest, words.end(), std::back_inserter(taken));
    words.erase(rest, words.end());
  }
  return taken;
}

/// A frame by itself round lines without gaps, as in a chart of boxes and arrows. Frames that stand
/// close beside or below each other may be the shaded rows or cells of a table.
bool is_box_of_diagram(const std::vector<Table>& tables, std::size_t i, const Scale& scale) {
  const Box& box = box_of(tables[i]);
  if (box.height() > 8 * scale.text) return false;
  for (const TextLine& line : tables[i].cells.front().lines) {
    for (std::size_t w = 1; w < line.words.size(); ++w) {
      if (line.words[w].box.x0 - line.words[w - 1].box.x1 > scale.text) return false;
    }
  }
  const Box near{box.x0 - scale.text, box.y0 - scale.text, box.x1 + scale.text,
                 box.y1 + scale.text};
  for (std::size_t other = 0; other < tables.size(); ++other) {
    if (other != i && intersection(near, box_of(tables[other]))) return false;
  }
  return true;
}

/// Grid lines of a diagram: most of the cells are empty.
bool is_plot(const Table& table) {
  const auto filled = std::count_if(table.cells.begin(), table.cells.end(),
                                    [](const Cell& cell) { return !cell.lines.empty(); });
  return table.cells.size() > 1 && 2 * filled <= static_cast<std::ptrdiff_t>(table.cells.size());
}

/// Divides the ruled tables by their text, drops what is none, and adds the aligned ones. Gives
/// back the words outside of ruled tables.
std::vector<Word> tables_of_any_kind(const Page& page, const Scale& scale, TabulatedPage& result) {
  for (Table& table : result.tables) table = refine_by_text(std::move(table), page.words, scale);
  std::vector<Table> candidates = result.tables;
  const std::vector<Word> beside = fill_cells(page.words, candidates);
  std::vector<Box> diagrams;
  std::vector<Table> kept;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i] = without_slivers(std::move(candidates[i]), scale);
    if (is_head_of_unruled(candidates[i], beside, scale)) continue;
    if (is_ruled_table(candidates[i], beside, scale)) {
      kept.push_back(std::move(result.tables[i]));
    } else if (candidates[i].cells.size() > 1 ? is_plot(candidates[i])
                                              : is_box_of_diagram(candidates, i, scale)) {
      diagrams.push_back(box_of(candidates[i]));
    }
  }
  result.tables = std::move(kept);
  std::vector<Word> outside = fill_cells(page.words, result.tables);
  std::vector<Box> taken;
  for (Table& table : result.tables) {
    table = without_slivers(std::move(table), scale);
    taken.push_back(box_of(table));
  }
  for (const Box& plot : find_plots(outside, page.rules, scale)) diagrams.push_back(plot);
  // The labels of a diagram's axes stand within two lines of it.
  const std::vector<Word> text = away_from(outside, diagrams, 2.5 * scale.text);
  TypedPage typed = read_typed_rules(text);
  typed.rules.insert(typed.rules.end(), page.rules.begin(), page.rules.end());
  for (Table& table : find_aligned(typed.words, typed.rules, taken, page.number)) {
    result.tables.push_back(std::move(table));
  }
  sort_tables(result.tables);
  return outside;
}

}  // namespace

TabulatedPage tabulate(Page page, const TabulateOptions& options, const Limits& limits) {
  TabulatedPage result;
  result.number = page.number;
  result.width = page.width;
  result.height = page.height;
  result.trust = page.trust;
  result.arrangement = page.arrangement;
  result.issues = std::move(page.issues);
  const Scale scale = measure(page);
  result.tables = ruled_tables(page, scale, limits, !options.aligned_tables, result);
  sort_tables(result.tables);
  std::vector<Word> outside;
  if (page.arrangement != Arrangement::drawn) {
    // The rules are the reader's own: nothing about them is to be judged.
    outside = fill_cells(page.words, result.tables);
  } else if (options.aligned_tables) {
    outside = tables_of_any_kind(page, scale, result);
  } else {
    std::vector<Word> number = take_page_number(page.words, page);
    outside = fill_cells(page.words, result.tables);
    std::move(number.begin(), number.end(), std::back_inserter(outside));
  }
  result.lines = make_page_lines(outside, page.number, kColumnGap);
  return result;
}

}  // namespace tabularium
