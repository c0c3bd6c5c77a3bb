#include <algorithm>
#include <cmath>

#include "tabularium/table/line_facts_internal.h"

namespace tabularium {
namespace {

class HeadGrouper {
 public:
  HeadGrouper(LineFacts& facts, std::size_t head) : facts_(facts), head_(head) {}

  GroupedLines grouped() {
    widen_heads(head_);
    std::vector<LineCell> merged = header_cells(head_);
    std::vector<int> starts = header_starts(merged, head_);
    return {std::move(merged), std::move(starts)};
  }

 private:
  /// Gives heads over several columns their columns: those under the rule below the head, or those
  /// around whose middle it stands.
  void widen_heads(std::size_t header) {
    for (std::size_t i = 0; i + 1 < header; ++i) {
      for (std::size_t c = 0; c < facts_.cells[i].size(); ++c) {
        LineCell& head = facts_.cells[i][c];
        const double middle = (head.x0 + head.x1) / 2;
        const auto [under, end] = facts_.rules_between(i, i + 1);
        for (const Rule* at = under; at != end; ++at) {
          const Rule& rule = *at;
          if (facts_.overlap_of(rule) > 0.9 * (facts_.x1 - facts_.x0)) continue;
          if (middle < rule.from || middle > rule.to) continue;
          const auto [first, last] = facts_.columns_under(rule);
          if (last - first > 1) widen(i, c, first, last);
        }
      }
      centre_heads(i, header);
    }
  }

  /// Widens head c of line i to the columns [first, last), but not over its neighbours.
  void widen(std::size_t i, std::size_t c, int first, int last) {
    if (c > 0) first = std::max(first, facts_.cells[i][c - 1].col1);
    if (c + 1 < facts_.cells[i].size()) last = std::min(last, facts_.cells[i][c + 1].col0);
    LineCell& head = facts_.cells[i][c];
    head.col0 = std::min(head.col0, first);
    head.col1 = std::max(head.col1, last);
  }

  /// Where each head of a line can be widened evenly so that together they stand over all columns
  /// but the first, they are.
  void centre_heads(std::size_t i, std::size_t header) {
    const std::vector<LineCell>& heads = facts_.cells[i];
    const auto in_columns = std::count_if(heads.begin(), heads.end(),
                                          [](const LineCell& head) { return head.col0 > 0; });
    if (in_columns == 0 || in_columns * 2 > facts_.cols - 1) return;
    std::vector<std::pair<int, int>> ranges;
    int next = 1;
    for (std::size_t c = 0; c < heads.size(); ++c) {
      if (heads[c].col0 == 0) {
        ranges.emplace_back(0, heads[c].col1);
        next = std::max(next, heads[c].col1);
        continue;
      }
      const int limit = c + 1 < heads.size() ? heads[c + 1].col0 : facts_.cols;
      const int last = centred_end(heads[c], next, limit, facts_.lines[i].size);
      if (last == 0) return;
      ranges.emplace_back(next, last);
      next = last;
    }
    if (next != facts_.cols || !has_heads_below(i, header)) return;
    for (std::size_t c = 0; c < heads.size(); ++c) widen(i, c, ranges[c].first, ranges[c].second);
  }

  /// The end of the columns from `first` around whose middle the head stands; 0 where there is
  /// none up to `limit`.
  int centred_end(const LineCell& head, int first, int limit, double size) const {
    for (int last = limit; last > std::max(first + 1, head.col1 - 1); --last) {
      const double left = facts_.text_left[static_cast<std::size_t>(first)];
      const double right = facts_.text_right[static_cast<std::size_t>(last) - 1];
      if (std::abs((left + right) / 2 - (head.x0 + head.x1) / 2) < 1.5 * size) return last;
    }
    return 0;
  }

  /// Whether every column but the first has a head of its own below line i.
  bool has_heads_below(std::size_t i, std::size_t header) const {
    for (int col = 1; col < facts_.cols; ++col) {
      bool found = false;
      for (std::size_t line = i + 1; line < header; ++line) {
        found = found || facts_.cell_in(line, col) != nullptr;
      }
      if (!found) return false;
    }
    return true;
  }

  /// Heads: a piece goes on the one above it where both stand over the same columns, close together
  /// and without a rule between.
  std::vector<LineCell> header_cells(std::size_t header) {
    std::vector<LineCell> merged;
    for (std::size_t i = 0; i < header; ++i) {
      for (const LineCell& cell : facts_.cells[i]) {
        LineCell* above = nullptr;
        int touching = 0;
        int line1 = 0;
        for (LineCell& other : merged) {  // the lowest above, line by line
          if (other.col1 <= cell.col0 || other.col0 >= cell.col1 || other.line1 < line1) continue;
          touching = other.line1 > line1 ? 1 : touching + 1;
          line1 = other.line1;
          above = &other;
        }
        const auto before = static_cast<std::size_t>(line1) - 1;
        const bool same = touching == 1 && above->col0 == cell.col0 && above->col1 == cell.col1 &&
                          line1 <= static_cast<int>(i) && !facts_.ruled_between(*above, i) &&
                          facts_.is_tight(before, i) && !facts_.rule_below(cell, before, i);
        if (!same) {
          merged.push_back(cell);
          continue;
        }
        above->words.insert(above->words.end(), cell.words.begin(), cell.words.end());
        above->line1 = static_cast<int>(i) + 1;
        above->x0 = std::min(above->x0, cell.x0);
        above->x1 = std::max(above->x1, cell.x1);
      }
    }
    return merged;
  }

  /// First lines of the head's rows: as few as keep cells that stand above each other apart.
  static std::vector<int> header_starts(const std::vector<LineCell>& merged, std::size_t header) {
    std::vector<int> starts{0};
    for (int line = 1; line < static_cast<int>(header); ++line) {
      const bool needed = std::any_of(merged.begin(), merged.end(), [&](const LineCell& lower) {
        return lower.line0 == line &&
               std::any_of(merged.begin(), merged.end(), [&](const LineCell& upper) {
                 return upper.line1 <= line && upper.line0 >= starts.back() &&
                        upper.col0 < lower.col1 && upper.col1 > lower.col0;
               });
      });
      if (needed) starts.push_back(line);
    }
    return starts;
  }

  LineFacts& facts_;
  std::size_t head_;
};

}  // namespace

std::size_t count_head_lines(const LineFacts& facts) {
  const std::size_t count = facts.lines.size();
  std::size_t ruled = 0;
  while (ruled + 1 < count && !facts.ruled[ruled]) ++ruled;
  std::size_t first = facts.first_data_line();
  // A rule below data parts groups of rows.
  if (ruled + 1 < count && ruled < 6 && (first == count || first > ruled)) return ruled + 1;
  if (first == count) return 1;  // no numbers at all: one line of heads
  // A heading over the first rows stands alone in the first column.
  while (first > 1 && facts.cells[first - 1].size() == 1 &&
         facts.cells[first - 1].front().col0 == 0) {
    --first;
  }
  return std::max<std::size_t>(first, 1);
}

GroupedLines group_heads(LineFacts& facts, std::size_t head) {
  return HeadGrouper(facts, head).grouped();
}

}  // namespace tabularium
