#include "tabularium/table/line_facts_internal.h"

#include <algorithm>

namespace tabularium {

LineFacts::LineFacts(const std::vector<TextRow>& text_lines, const std::vector<double>& separators,
                     const std::vector<Rule>& horizontal)
    : lines(text_lines), cols(static_cast<int>(separators.size()) + 1) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    cells.push_back(cells_of_line(lines[i], static_cast<int>(i), separators));
  }
  measure_columns();
  for (const Rule& rule : horizontal) {
    if (rule.position > lines.front().centre && rule.position < lines.back().centre &&
        overlap_of(rule) > 0) {
      rules.push_back(rule);
    }
  }
  std::stable_sort(rules.begin(), rules.end(),
                   [](const Rule& a, const Rule& b) { return a.position < b.position; });
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) ruled.push_back(is_ruled(i));
  ruled.push_back(true);
}

std::pair<const Rule*, const Rule*> LineFacts::rules_between(std::size_t above,
                                                             std::size_t below) const {
  const auto first = std::upper_bound(rules.begin(), rules.end(), lines[above].centre,
                                      [](double y, const Rule& rule) { return y < rule.position; });
  const auto last = std::lower_bound(first, rules.end(), lines[below].centre,
                                     [](const Rule& rule, double y) { return rule.position < y; });
  return {rules.data() + (first - rules.begin()), rules.data() + (last - rules.begin())};
}

void LineFacts::measure_columns() {
  text_left.assign(static_cast<std::size_t>(cols), 1e9);
  text_right.assign(static_cast<std::size_t>(cols), -1e9);
  std::vector<int> numbers(static_cast<std::size_t>(cols), 0);
  std::vector<int> filled(static_cast<std::size_t>(cols), 0);
  for (const auto& line : cells) {
    for (const LineCell& cell : line) {
      if (cell.col1 - cell.col0 != 1) continue;
      const auto col = static_cast<std::size_t>(cell.col0);
      text_left[col] = std::min(text_left[col], cell.x0);
      text_right[col] = std::max(text_right[col], cell.x1);
      ++filled[col];
      numbers[col] += is_numeric(cell.words);
    }
  }
  for (std::size_t col = 0; col < filled.size(); ++col) {
    numeric.push_back(numbers[col] * 2 > filled[col]);
  }
  x0 = *std::min_element(text_left.begin(), text_left.end());
  x1 = *std::max_element(text_right.begin(), text_right.end());
}

bool LineFacts::is_ruled(std::size_t i) const {
  std::vector<std::pair<double, double>> runs;
  const auto [first, last] = rules_between(i, i + 1);
  for (const Rule* rule = first; rule != last; ++rule) {
    runs.emplace_back(std::max(rule->from, x0), std::min(rule->to, x1));
  }
  std::sort(runs.begin(), runs.end());
  double covered = 0.0;
  double end = x0;
  for (const auto& [from, to] : runs) {
    covered += std::max(0.0, to - std::max(from, end));
    end = std::max(end, to);
  }
  return covered > 0.7 * (x1 - x0) && x1 > x0;
}
double LineFacts::overlap_of(const Rule& rule) const {
  return std::min(rule.to, x1) - std::max(rule.from, x0);
}

bool LineFacts::rule_below(const LineCell& cell, std::size_t above, std::size_t below) const {
  const auto [first, last] = rules_between(above, below);
  return std::any_of(first, last, [&](const Rule& rule) {
    return std::min(rule.to, cell.x1) - std::max(rule.from, cell.x0) > 0.5 * (cell.x1 - cell.x0);
  });
}

bool LineFacts::is_tight(std::size_t above, std::size_t below) const {
  return lines[below].centre - lines[above].centre <=
         kCellLeading * std::max(lines[above].size, lines[below].size);
}

bool LineFacts::has_number(std::size_t i) const {
  return std::any_of(cells[i].begin(), cells[i].end(), [](const LineCell& cell) {
    return cell.col0 > 0 && is_numeric(cell.words) && !is_year_or_unit(cell.words);
  });
}

bool LineFacts::has_label(std::size_t i) const {
  return !cells[i].empty() && cells[i].front().col0 == 0;
}

std::size_t LineFacts::first_data_line() const {
  const std::size_t end = std::min<std::size_t>(lines.size(), 7);
  for (std::size_t i = 0; i < end; ++i) {
    if (has_label(i) && has_number(i)) return i;
  }
  for (std::size_t i = 0; i < end; ++i) {
    if (has_number(i)) return i;
  }
  return lines.size();
}

std::pair<int, int> LineFacts::columns_under(const Rule& rule) const {
  int first = cols;
  int last = 0;
  for (int col = 0; col < cols; ++col) {
    const auto c = static_cast<std::size_t>(col);
    const double middle = (text_left[c] + text_right[c]) / 2;
    if (text_left[c] > text_right[c] || middle < rule.from || middle > rule.to) continue;
    first = std::min(first, col);
    last = std::max(last, col + 1);
  }
  return {first, last};
}

bool LineFacts::would_fit(const LineCell& above, const LineCell& below) const {
  const auto col = static_cast<std::size_t>(above.col0);
  const Word& next = *below.words.front();
  double right = text_right[col];
  if (col == 0 && cols > 1 && text_left[1] < 1e9) {
    // Labels break at the next column, not at the longest label.
    right = std::max(right, text_left[1] - 1.5 * next.font_size);
  }
  const double room = right - above.x1;
  return next.box.x1 - next.box.x0 + 0.3 * next.font_size <= room + 0.05 * next.font_size;
}

bool LineFacts::ruled_between(const LineCell& cell, std::size_t line) const {
  return std::any_of(ruled.begin() + (cell.line1 - 1),
                     ruled.begin() + static_cast<std::ptrdiff_t>(line),
                     [](bool is_ruled) { return is_ruled; });
}

const LineCell* LineFacts::cell_in(std::size_t line, int col) const {
  for (const LineCell& cell : cells[line]) {
    if (cell.col0 <= col && col < cell.col1) return &cell;
  }
  return nullptr;
}

}  // namespace tabularium
