// Labels of levels that a rule cuts which is not there: on worn pages a side may be made up through
// a merged cell, between the two lines of its text.
#include <algorithm>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/page/misreading.h"

namespace tabularium {
namespace {

constexpr std::size_t kMostCharacters = 12;  // no level has more

bool all_recognized(const Cell& cell) {
  return std::all_of(cell.lines.begin(), cell.lines.end(), [](const TextLine& line) {
    return std::all_of(line.words.begin(), line.words.end(),
                       [](const Word& word) { return word.recognized; });
  });
}

/// Whether `read` is one of the words, as it stands or misread, and clearly which one.
bool is_one_of(std::u32string_view read, const Labels& words) {
  if (read.empty() || read.size() > kMostCharacters) return false;
  const int most = misreading_budget(read.size());
  const int beyond = most + kMisreadingMargin;
  int best = beyond;
  int second = beyond;
  for (const Label& word : words) {
    const auto found = explain_reading(word.folded, read, beyond);
    const int cost = found ? found->cost : beyond;
    second = std::min(second, std::max(best, cost));
    best = std::min(best, cost);
  }
  return best <= most && second >= best + kMisreadingMargin;
}

/// The cell that stands right below `cell`, as wide as it; null where there is none.
Cell* below(Table& table, const Cell& cell) {
  const auto found = std::find_if(table.cells.begin(), table.cells.end(), [&](const Cell& other) {
    return other.row == cell.row + cell.row_span && other.col == cell.col &&
           other.col_span == cell.col_span;
  });
  return found == table.cells.end() ? nullptr : &*found;
}

bool is_cut(const Cell& upper, const Cell& lower, const Labels& words) {
  if (upper.lines.empty() || lower.lines.empty() || upper.page() != lower.page()) return false;
  if (!all_recognized(upper) || !all_recognized(lower)) return false;
  const std::u32string above = fold_lines(upper.lines).text;
  const std::u32string under = fold_lines(lower.lines).text;
  if (above.size() + under.size() > kMostCharacters) return false;
  return !is_one_of(above, words) && !is_one_of(under, words) && is_one_of(above + under, words);
}

}  // namespace

void join_cut_words(Table& table, const Labels& words) {
  if (words.empty()) return;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    Cell* lower = below(table, table.cells[i]);
    Cell& upper = table.cells[i];
    if (lower == nullptr || !is_cut(upper, *lower, words)) continue;
    upper.row_span += lower->row_span;
    upper.lines.insert(upper.lines.end(), lower->lines.begin(), lower->lines.end());
    upper.parts.back().box = united(upper.parts.back().box, lower->box());
    table.cells.erase(table.cells.begin() + (lower - table.cells.data()));
  }
}

}  // namespace tabularium
