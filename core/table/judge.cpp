#include "tabularium/table/judge_internal.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "tabularium/table/text_rows_internal.h"

namespace tabularium {
namespace {

/// Marks the intervals of `edges` that are narrow and in which no cell with text begins or ends.
std::vector<bool> slivers(const std::vector<double>& edges, const Table& table, int Cell::*start,
                          int Cell::*span, double narrow) {
  std::vector<bool> sliver;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    sliver.push_back(edges[i + 1] - edges[i] < narrow);
  }
  for (const Cell& cell : table.cells) {
    // A cell with text keeps one interval at least.
    const auto first = sliver.begin() + cell.*start;
    const auto last = first + cell.*span;
    if (!cell.lines.empty() && std::find(first, last, false) == last) *first = false;
  }
  return sliver;
}

/// New number of each grid line when the slivers are gone; the line before a sliver falls on the
/// one after it.
std::vector<int> renumbered(const std::vector<bool>& sliver) {
  std::vector<int> numbers{0};
  for (const bool gone : sliver) numbers.push_back(numbers.back() + (gone ? 0 : 1));
  return numbers;
}

std::vector<double> kept_edges(const std::vector<double>& edges, const std::vector<int>& numbers) {
  std::vector<double> kept;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (static_cast<int>(kept.size()) == numbers[i]) {
      kept.push_back(edges[i]);
    } else {
      kept.back() = (kept.back() + edges[i]) / 2;
    }
  }
  return kept;
}

/// Words that stand beside the table at the height of its rows, or just below or above it: labels
/// of an axis.
int axis_labels(const Table& table, const std::vector<Word>& outside, const Scale& scale) {
  const Box& box = table.parts.front().box;
  const double reach = 2.0 * scale.text;
  int left = 0;
  int right = 0;
  int below = 0;
  for (const Word& word : outside) {
    const Point centre = word.box.centre();
    if (centre.y > box.y0 - scale.text && centre.y < box.y1 + scale.text) {
      left += word.box.x1 <= box.x0 + 1 && word.box.x1 > box.x0 - reach;
      right += word.box.x0 >= box.x1 - 1 && word.box.x0 < box.x1 + reach;
    }
    below += centre.x > box.x0 - scale.text && centre.x < box.x1 + scale.text &&
             centre.y > box.y1 && centre.y < box.y1 + reach && is_numeric({&word});
  }
  return std::max({left, right, below});
}

}  // namespace

Table without_slivers(Table table, const Scale& scale) {
  const double narrow = scale.text;
  const std::vector<bool> cols =
      slivers(table.column_edges, table, &Cell::col, &Cell::col_span, narrow);
  const std::vector<bool> rows =
      slivers(table.row_edges, table, &Cell::row, &Cell::row_span, narrow);
  const std::vector<int> col_numbers = renumbered(cols);
  const std::vector<int> row_numbers = renumbered(rows);
  if (col_numbers.back() == table.cols && row_numbers.back() == table.rows) return table;
  if (col_numbers.back() == 0 || row_numbers.back() == 0) return table;
  const auto at = [](const std::vector<int>& numbers, int i) {
    return numbers[static_cast<std::size_t>(i)];
  };
  std::vector<Cell> cells;
  for (Cell& cell : table.cells) {
    const int col = at(col_numbers, cell.col);
    const int row = at(row_numbers, cell.row);
    cell.col_span = at(col_numbers, cell.col + cell.col_span) - col;
    cell.row_span = at(row_numbers, cell.row + cell.row_span) - row;
    cell.col = col;
    cell.row = row;
    if (cell.col_span > 0 && cell.row_span > 0) cells.push_back(std::move(cell));
  }
  table.cells = std::move(cells);
  table.column_edges = kept_edges(table.column_edges, col_numbers);
  table.row_edges = kept_edges(table.row_edges, row_numbers);
  table.cols = col_numbers.back();
  table.rows = row_numbers.back();
  return table;
}

bool is_ruled_table(const Table& table, const std::vector<Word>& outside, const Scale& scale) {
  std::set<int> rows;
  std::set<int> cols;
  std::size_t filled = 0;
  for (const Cell& cell : table.cells) {
    if (cell.lines.empty()) continue;
    ++filled;
    rows.insert(cell.row);
    cols.insert(cell.col);
  }
  if (rows.size() < 2 || cols.size() < 2) return false;
  const double fill = static_cast<double>(filled) / static_cast<double>(table.cells.size());
  return fill > 0.5 || axis_labels(table, outside, scale) < 3;
}

bool is_head_of_unruled(const Table& table, const std::vector<Word>& outside, const Scale& scale) {
  if (table.rows > 4) return false;
  for (const Cell& cell : table.cells) {
    for (const TextLine& line : cell.lines) {
      std::vector<const Word*> words;
      for (const Word& word : line.words) words.push_back(&word);
      if (cell.col > 0 && is_numeric(words) && !is_year_or_unit(words)) return false;
    }
  }
  const Box& box = table.parts.front().box;
  std::vector<Word> below;
  for (const Word& word : outside) {
    const double y = word.box.centre().y;
    if (y > box.y1 && y < box.y1 + 2.5 * scale.text && word.box.x0 > box.x0 - scale.text &&
        word.box.x1 < box.x1 + scale.text) {
      below.push_back(word);
    }
  }
  const std::vector<TextRow> rows = make_rows(below);  // none where all words are vertical
  if (rows.empty()) return false;
  const TextRow& row = rows.front();
  return row.pieces.size() > 1 && row.pieces.size() * 2 >= static_cast<std::size_t>(table.cols) &&
         is_numeric(row.pieces.back().words);
}

std::vector<Box> find_plots(const std::vector<Word>& words, const std::vector<Rule>& rules,
                            const Scale& scale) {
  // A drawing of so many rules is no plot with a few grid lines, and would take long to search.
  if (rules.size() > 20'000) return {};
  std::vector<const Rule*> lines;  // sorted by height
  for (const Rule& rule : rules) {
    if (rule.horizontal() && rule.length() > 6 * scale.text) lines.push_back(&rule);
  }
  std::sort(lines.begin(), lines.end(),
            [](const Rule* a, const Rule* b) { return a->position < b->position; });
  struct Plot {
    Box box;
    int labels = 0;
  };
  std::vector<Plot> plots;
  for (const Word& word : words) {
    if (!is_numeric({&word})) continue;
    const double middle = word.box.centre().y;
    const double reach = 0.2 * word.font_size;
    auto line = std::lower_bound(lines.begin(), lines.end(), middle - reach,
                                 [](const Rule* rule, double y) { return rule->position < y; });
    for (; line != lines.end() && (*line)->position <= middle + reach; ++line) {
      const double before = (*line)->from - word.box.x1;
      const double after = word.box.x0 - (*line)->to;
      const bool beside = (before > -0.5 * word.font_size && before < 2 * word.font_size) ||
                          (after > -0.5 * word.font_size && after < 2 * word.font_size);
      if (!beside) continue;
      const Box box = united(word.box, {(*line)->from, middle, (*line)->to, middle});
      auto plot = std::find_if(plots.begin(), plots.end(), [&](const Plot& other) {
        return std::abs(other.box.x1 - box.x1) < 2 * scale.text &&
               std::abs(other.box.x0 - box.x0) < 4 * scale.text;
      });
      if (plot == plots.end()) plot = plots.insert(plots.end(), {box, 0});
      plot->box = united(plot->box, box);
      ++plot->labels;
      break;
    }
  }
  std::vector<Box> boxes;
  for (const Plot& plot : plots) {
    if (plot.labels >= 3) boxes.push_back(plot.box);
  }
  return boxes;
}

}  // namespace tabularium
