#include "tabularium/table/line_cells_internal.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// How far a piece may reach over a separator and still belong to one column, in font sizes:
/// a centred head is often a little wider than the column below it.
constexpr double kOverhang = 0.75;

int column_of(double x, const std::vector<double>& separators) {
  return static_cast<int>(std::upper_bound(separators.begin(), separators.end(), x) -
                          separators.begin());
}

/// Lines nearer than this, in font sizes, can belong to one cell: single to one and a half spacing.
constexpr double kCellLeading = 1.7;

class Grouper {
 public:
  Grouper(const std::vector<TextRow>& lines, const std::vector<double>& separators,
          const std::vector<Rule>& rules)
      : lines_(lines), rules_(rules), cols_(static_cast<int>(separators.size()) + 1) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      cells_.push_back(cells_of_line(lines[i], static_cast<int>(i), separators));
    }
    measure_columns();
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) ruled_.push_back(is_ruled(i));
    ruled_.push_back(true);
  }

  LineGrid grid() {
    const std::size_t header = header_lines();
    widen_heads(header);
    std::vector<LineCell> merged = header_cells(header);
    std::vector<int> starts = header_starts(merged, header);
    const bool spaced = body_cells(header, merged, starts);
    starts.push_back(static_cast<int>(lines_.size()));
    LineGrid grid = to_grid(std::move(merged), std::move(starts));
    grid.spaced = spaced;
    return grid;
  }

 private:
  void measure_columns() {
    left_.assign(static_cast<std::size_t>(cols_), 1e9);
    right_.assign(static_cast<std::size_t>(cols_), -1e9);
    std::vector<int> numbers(static_cast<std::size_t>(cols_), 0);
    std::vector<int> filled(static_cast<std::size_t>(cols_), 0);
    for (const auto& line : cells_) {
      for (const LineCell& cell : line) {
        if (cell.col1 - cell.col0 != 1) continue;
        const auto col = static_cast<std::size_t>(cell.col0);
        left_[col] = std::min(left_[col], cell.x0);
        right_[col] = std::max(right_[col], cell.x1);
        ++filled[col];
        numbers[col] += is_numeric(cell.words);
      }
    }
    for (std::size_t col = 0; col < filled.size(); ++col) {
      numeric_.push_back(numbers[col] * 2 > filled[col]);
    }
  }

  double x0() const { return *std::min_element(left_.begin(), left_.end()); }
  double x1() const { return *std::max_element(right_.begin(), right_.end()); }

  /// Whether rules part line i from the next over most of the table's width: one rule, or one for
  /// each cell.
  bool is_ruled(std::size_t i) const {
    std::vector<std::pair<double, double>> runs;
    for (const Rule& rule : rules_) {
      if (rule.position > lines_[i].centre && rule.position < lines_[i + 1].centre) {
        runs.emplace_back(std::max(rule.from, x0()), std::min(rule.to, x1()));
      }
    }
    std::sort(runs.begin(), runs.end());
    double covered = 0.0;
    double end = x0();
    for (const auto& [from, to] : runs) {
      covered += std::max(0.0, to - std::max(from, end));
      end = std::max(end, to);
    }
    return covered > 0.7 * (x1() - x0()) && x1() > x0();
  }
  double overlap_of(const Rule& rule) const {
    return std::min(rule.to, x1()) - std::max(rule.from, x0());
  }

  /// Whether a rule stands between the lines under most of the cell.
  bool rule_below(const LineCell& cell, std::size_t above, std::size_t below) const {
    return std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
      return rule.position > lines_[above].centre && rule.position < lines_[below].centre &&
             std::min(rule.to, cell.x1) - std::max(rule.from, cell.x0) > 0.5 * (cell.x1 - cell.x0);
    });
  }

  bool is_tight(std::size_t above, std::size_t below) const {
    return lines_[below].centre - lines_[above].centre <=
           kCellLeading * std::max(lines_[above].size, lines_[below].size);
  }

  /// Whether the line holds data: a number beyond the first column that is no year and no unit
  /// such as "(000)", which heads are made of.
  bool has_number(std::size_t i) const {
    return std::any_of(cells_[i].begin(), cells_[i].end(), [](const LineCell& cell) {
      return cell.col0 > 0 && is_numeric(cell.words) && !is_year_or_unit(cell.words);
    });
  }

  bool has_label(std::size_t i) const { return !cells_[i].empty() && cells_[i].front().col0 == 0; }

  /// The first line that looks like data, up to the sixth; the line count where there is none.
  std::size_t first_data_line() const {
    const std::size_t end = std::min<std::size_t>(lines_.size(), 7);
    for (std::size_t i = 0; i < end; ++i) {
      if (has_label(i) && has_number(i)) return i;
    }
    for (std::size_t i = 0; i < end; ++i) {
      if (has_number(i)) return i;
    }
    return lines_.size();
  }

  /// How many lines form the head. A rule closes it; without one it ends where numbers begin.
  std::size_t header_lines() const {
    const std::size_t count = lines_.size();
    std::size_t ruled = 0;
    while (ruled + 1 < count && !ruled_[ruled]) ++ruled;
    std::size_t first = first_data_line();
    // A rule below data parts groups of rows.
    if (ruled + 1 < count && ruled < 6 && (first == count || first > ruled)) return ruled + 1;
    if (first == count) return 1;  // no numbers at all: one line of heads
    // A heading over the first rows stands alone in the first column.
    while (first > 1 && cells_[first - 1].size() == 1 && cells_[first - 1].front().col0 == 0) {
      --first;
    }
    return std::max<std::size_t>(first, 1);
  }

  /// Columns of which the text's middle lies between the ends of a rule.
  std::pair<int, int> columns_under(const Rule& rule) const {
    int first = cols_;
    int last = 0;
    for (int col = 0; col < cols_; ++col) {
      const auto c = static_cast<std::size_t>(col);
      const double middle = (left_[c] + right_[c]) / 2;
      if (left_[c] > right_[c] || middle < rule.from || middle > rule.to) continue;
      first = std::min(first, col);
      last = std::max(last, col + 1);
    }
    return {first, last};
  }

  /// Gives heads over several columns their columns: those under the rule below the head, or those
  /// around whose middle it stands.
  void widen_heads(std::size_t header) {
    for (std::size_t i = 0; i + 1 < header; ++i) {
      for (std::size_t c = 0; c < cells_[i].size(); ++c) {
        LineCell& head = cells_[i][c];
        const double middle = (head.x0 + head.x1) / 2;
        for (const Rule& rule : rules_) {
          if (rule.position < lines_[i].centre || rule.position > lines_[i + 1].centre) continue;
          if (overlap_of(rule) > 0.9 * (x1() - x0())) continue;
          if (middle < rule.from || middle > rule.to) continue;
          const auto [first, last] = columns_under(rule);
          if (last - first > 1) widen(i, c, first, last);
        }
      }
      centre_heads(i, header);
    }
  }

  /// Widens head c of line i to the columns [first, last), but not over its neighbours.
  void widen(std::size_t i, std::size_t c, int first, int last) {
    if (c > 0) first = std::max(first, cells_[i][c - 1].col1);
    if (c + 1 < cells_[i].size()) last = std::min(last, cells_[i][c + 1].col0);
    LineCell& head = cells_[i][c];
    head.col0 = std::min(head.col0, first);
    head.col1 = std::max(head.col1, last);
  }

  /// Where each head of a line can be widened evenly so that together they stand over all columns
  /// but the first, they are.
  void centre_heads(std::size_t i, std::size_t header) {
    const std::vector<LineCell>& heads = cells_[i];
    const auto in_columns = std::count_if(heads.begin(), heads.end(),
                                          [](const LineCell& head) { return head.col0 > 0; });
    if (in_columns == 0 || in_columns * 2 > cols_ - 1) return;
    std::vector<std::pair<int, int>> ranges;
    int next = 1;
    for (std::size_t c = 0; c < heads.size(); ++c) {
      if (heads[c].col0 == 0) {
        ranges.emplace_back(0, heads[c].col1);
        next = std::max(next, heads[c].col1);
        continue;
      }
      const int limit = c + 1 < heads.size() ? heads[c + 1].col0 : cols_;
      const int last = centred_end(heads[c], next, limit, lines_[i].size);
      if (last == 0) return;
      ranges.emplace_back(next, last);
      next = last;
    }
    if (next != cols_ || !has_heads_below(i, header)) return;
    for (std::size_t c = 0; c < heads.size(); ++c) widen(i, c, ranges[c].first, ranges[c].second);
  }

  /// The end of the columns from `first` around whose middle the head stands; 0 where there is
  /// none up to `limit`.
  int centred_end(const LineCell& head, int first, int limit, double size) const {
    for (int last = limit; last > std::max(first + 1, head.col1 - 1); --last) {
      const double left = left_[static_cast<std::size_t>(first)];
      const double right = right_[static_cast<std::size_t>(last) - 1];
      if (std::abs((left + right) / 2 - (head.x0 + head.x1) / 2) < 1.5 * size) return last;
    }
    return 0;
  }

  /// Whether every column but the first has a head of its own below line i.
  bool has_heads_below(std::size_t i, std::size_t header) const {
    for (int col = 1; col < cols_; ++col) {
      bool found = false;
      for (std::size_t line = i + 1; line < header; ++line) {
        found = found || cell_in(line, col) != nullptr;
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
      for (const LineCell& cell : cells_[i]) {
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
                          line1 <= static_cast<int>(i) && !ruled_between(*above, i) &&
                          is_tight(before, i) && !rule_below(cell, before, i);
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

  /// Whether `below` could have stood in the line above it: then the break was meant.
  bool would_fit(const LineCell& above, const LineCell& below) const {
    const auto col = static_cast<std::size_t>(above.col0);
    const Word& next = *below.words.front();
    double right = right_[col];
    if (col == 0 && cols_ > 1 && left_[1] < 1e9) {
      // Labels break at the next column, not at the longest label.
      right = std::max(right, left_[1] - 1.5 * next.font_size);
    }
    const double room = right - above.x1;
    return next.box.x1 - next.box.x0 + 0.3 * next.font_size <= room + 0.05 * next.font_size;
  }

  const LineCell* cell_in(std::size_t line, int col) const {
    for (const LineCell& cell : cells_[line]) {
      if (cell.col0 <= col && col < cell.col1) return &cell;
    }
    return nullptr;
  }

  static bool starts_small(const LineCell& cell) {
    const char32_t code = cell.words.front()->glyphs.front().code;
    return (code >= U'a' && code <= U'z') || (code >= 0xDF && code <= 0xFF) || code == U'(' ||
           code == U'&' || code == U'/';
  }

  /// Whether the text looks like the rest of a label rather than the start of one: it begins in
  /// lower case or with a bracket, or is set just as the line above is, neither indented nor bold.
  static bool continues_label(const LineCell& above, const LineCell& below) {
    const Word& next = *below.words.front();
    if (below.x0 < above.x0 - 0.3 * next.font_size) return false;
    if (starts_small(below) || is_cjk(next.glyphs.front().code)) return true;
    return std::abs(below.x0 - above.x0) < 0.3 * next.font_size &&
           next.bold == above.words.back()->bold;
  }

  /// Whether the lines stand nearer than lines of text can, and in different columns: cells of one
  /// row, of which some are centred between the lines of others.
  bool interlocks(std::size_t i) const {
    const double pitch = lines_[i + 1].centre - lines_[i].centre;
    if (pitch > 0.85 * std::min(lines_[i].size, lines_[i + 1].size)) return false;
    return std::none_of(cells_[i].begin(), cells_[i].end(), [&](const LineCell& upper) {
      return std::any_of(cells_[i + 1].begin(), cells_[i + 1].end(), [&](const LineCell& lower) {
        return lower.col0 < upper.col1 && lower.col1 > upper.col0;
      });
    });
  }

  /// Whether line i + 1 goes on the row that ends with line i.
  bool goes_on(std::size_t i) const {
    if (ruled_[i] || !is_tight(i, i + 1)) return false;
    if (interlocks(i)) return true;
    const auto& upper = cells_[i];
    const auto& lower = cells_[i + 1];
    if (lower.empty() || upper.empty()) return false;
    const bool lower_is_label = lower.size() == 1 && lower.front().col0 == 0;
    const bool upper_is_label = upper.size() == 1 && upper.front().col0 == 0;
    if (upper_is_label && upper.front().col1 > 1) return false;
    for (const LineCell& cell : lower) {
      if (cell.col1 - cell.col0 > 1) return false;
      const LineCell* above = cell_in(i, cell.col0);
      if (above == nullptr) {
        if (!upper_is_label || cell.col0 == 0) return false;
        continue;
      }
      if (above->col1 - above->col0 > 1 || would_fit(*above, cell)) return false;
      if (cell.col0 == 0 && !continues_label(*above, cell)) return false;
      if (is_numeric(cell.words) && is_numeric(above->words)) return false;
    }
    if (lower_is_label || upper_is_label) return lower.front().col0 == 0;
    return lower.front().col0 > 0 || lower.size() < upper.size();
  }

  /// Whether the text of line i + 1 can be the rest of that of line i, column by column.
  bool can_continue(std::size_t i) const {
    if (ruled_[i] || !is_tight(i, i + 1)) return false;
    if (interlocks(i)) return true;
    int shared = 0;
    for (const LineCell& cell : cells_[i + 1]) {
      const LineCell* above = cell_in(i, cell.col0);
      if (above == nullptr) continue;
      ++shared;
      // A label may be broken before a bracket or within a phrase though there is room.
      const bool broken = would_fit(*above, cell) && !(cell.col0 == 0 && starts_small(cell));
      if (cell.col1 != above->col1 || cell.col0 != above->col0 || broken ||
          is_numeric(cell.words) || is_numeric(above->words)) {
        return false;
      }
      if (cell.col0 == 0 && !continues_label(*above, cell)) return false;
    }
    const bool upper_is_label = cells_[i].size() == 1 && cells_[i].front().col0 == 0;
    return shared > 0 || (upper_is_label && cells_[i + 1].front().col0 > 0);
  }

  /// Whether the line holds a number in a column of numbers: then it is the line of a row by which
  /// the others of the row are placed, since numbers do not wrap.
  bool is_anchor(std::size_t i) const {
    return std::any_of(cells_[i].begin(), cells_[i].end(), [&](const LineCell& cell) {
      return cell.col1 == cell.col0 + 1 && numeric_[static_cast<std::size_t>(cell.col0)] &&
             is_numeric(cell.words);
    });
  }

  /// Whether rules part the rows: what they leave together has one line with numbers at most.
  bool rows_are_ruled(std::size_t header) const {
    std::size_t groups = 0;
    std::size_t crowded = 0;
    std::size_t anchors = 0;
    std::size_t all_anchors = 0;
    for (std::size_t i = header; i < lines_.size(); ++i) {
      anchors += is_anchor(i);
      if (!ruled_[i]) continue;
      ++groups;
      crowded += anchors > 1;
      all_anchors += anchors;
      anchors = 0;
    }
    if (groups < 3 || crowded * 5 > groups) return false;
    // Without numbers only their number tells rows from groups of rows.
    return all_anchors > 0 || groups * 6 >= lines_.size() - header;
  }

  /// Of each line, whether the next belongs to the same row.
  std::vector<bool> joined_lines(std::size_t header) const {
    std::vector<bool> joined(lines_.size(), false);
    std::vector<std::size_t> anchors;
    for (std::size_t i = header; i < lines_.size(); ++i) {
      if (is_anchor(i)) anchors.push_back(i);
    }
    if (rows_are_ruled(header)) {
      for (std::size_t i = header; i < lines_.size(); ++i) joined[i] = !ruled_[i];
      part_anchors(anchors, joined);
      return joined;
    }
    if (anchors.size() < 2) {
      for (std::size_t i = header; i + 1 < lines_.size(); ++i) joined[i] = goes_on(i);
      return joined;
    }
    for (std::size_t i = header; i + 1 < lines_.size(); ++i) joined[i] = can_continue(i);
    part_anchors(anchors, joined);
    return joined;
  }

  /// Between two lines with numbers one break at least is needed. Where the text gives none, it is
  /// made where the table's other rows have theirs: below the last line of a cell where cells stand
  /// at the top of their row, above the first where they stand at the bottom, else in the middle.
  void part_anchors(const std::vector<std::size_t>& anchors, std::vector<bool>& joined) const {
    int at_top = 0;
    int at_bottom = 0;
    int in_middle = 0;
    const auto breaks = [&](std::size_t first, std::size_t last) {
      return std::count(joined.begin() + static_cast<std::ptrdiff_t>(first),
                        joined.begin() + static_cast<std::ptrdiff_t>(last), false);
    };
    for (std::size_t a = 0; a + 1 < anchors.size(); ++a) {
      const std::size_t first = anchors[a];
      const std::size_t last = anchors[a + 1];
      if (last == first + 1 || breaks(first, last) != 1) continue;
      if (!joined[last - 1]) {
        ++at_top;
      } else if (!joined[first]) {
        ++at_bottom;
      } else {
        ++in_middle;
      }
    }
    for (std::size_t a = 0; a + 1 < anchors.size(); ++a) {
      const std::size_t first = anchors[a];
      const std::size_t last = anchors[a + 1];
      if (breaks(first, last) > 0) continue;
      std::size_t at = last - 1;
      if (at_bottom > at_top && at_bottom >= in_middle) at = first;
      if (in_middle > at_top && in_middle > at_bottom) at = first + (last - first) / 2;
      joined[at] = false;
    }
  }

  /// Two cells of one column, the second below the first with nothing between.
  struct Pair {
    const LineCell* above = nullptr;
    const LineCell* below = nullptr;
    double pitch = 0.0;  ///< from centre to centre, in font sizes
  };

  std::vector<Pair> pairs_below(std::size_t header) const {
    std::vector<Pair> pairs;
    for (int col = 0; col < cols_; ++col) {
      const LineCell* above = nullptr;
      for (std::size_t i = header; i < lines_.size(); ++i) {
        const LineCell* cell = cell_in(i, col);
        if (cell == nullptr || cell->col0 != col) continue;
        if (above != nullptr && above->col1 == col + 1 && cell->col1 == col + 1) {
          const auto first = static_cast<std::size_t>(above->line0);
          const double pitch = (lines_[i].centre - lines_[first].centre) /
                               std::max(lines_[i].size, lines_[first].size);
          pairs.push_back({above, cell, pitch});
        }
        above = cell;
      }
    }
    return pairs;
  }

  /// The pitch up to which lines of one column belong to one cell, where the table sets its rows
  /// wider than the lines of a cell; nothing where all stand at one pitch.
  std::optional<double> cell_pitch(std::size_t header) const {
    const std::vector<Pair> pairs = pairs_below(header);
    double least = kCellLeading;
    for (const Pair& pair : pairs) least = std::min(least, pair.pitch);
    const double limit = least * 1.06;  // lines of one cell are set evenly
    std::size_t within = 0;
    std::size_t between = 0;
    std::size_t doubtful = 0;
    std::size_t meant = 0;
    for (const Pair& pair : pairs) {
      if (pair.pitch > limit) {
        ++between;
        if (pair.pitch < least * 1.1) return std::nullopt;
        continue;
      }
      ++within;
      doubtful += is_numeric(pair.above->words) && is_numeric(pair.below->words);
      meant += would_fit(*pair.above, *pair.below);
    }
    if (within == 0 || between == 0 || doubtful * 4 > within || meant * 2 > within) {
      return std::nullopt;
    }
    return limit;
  }

  /// The text of one cell over its lines, by where it stands.
  struct Block {
    LineCell cell;
    double top = 0.0;
    double bottom = 0.0;
  };

  std::vector<Block> blocks(std::size_t header, double pitch) const {
    std::vector<Block> found;
    std::vector<int> last(static_cast<std::size_t>(cols_), -1);  // block that ends each column
    for (std::size_t i = header; i < lines_.size(); ++i) {
      for (const LineCell& cell : cells_[i]) {
        const int above = last[static_cast<std::size_t>(cell.col0)];
        Block* block = above < 0 ? nullptr : &found[static_cast<std::size_t>(above)];
        const bool same =
            block != nullptr && block->cell.col0 == cell.col0 && block->cell.col1 == cell.col1 &&
            !ruled_between(block->cell, i) &&
            lines_[i].centre - (block->bottom - lines_[i].size / 2) <= pitch * lines_[i].size;
        if (same) {
          block->cell.words.insert(block->cell.words.end(), cell.words.begin(), cell.words.end());
          block->cell.line1 = static_cast<int>(i) + 1;
          block->cell.x0 = std::min(block->cell.x0, cell.x0);
          block->cell.x1 = std::max(block->cell.x1, cell.x1);
          block->bottom = lines_[i].bottom();
          continue;
        }
        for (int col = cell.col0; col < cell.col1; ++col) {
          last[static_cast<std::size_t>(col)] = static_cast<int>(found.size());
        }
        found.push_back({cell, lines_[i].top(), lines_[i].bottom()});
      }
    }
    return found;
  }

  bool ruled_between(const LineCell& cell, std::size_t line) const {
    return std::any_of(ruled_.begin() + (cell.line1 - 1),
                       ruled_.begin() + static_cast<std::ptrdiff_t>(line),
                       [](bool ruled) { return ruled; });
  }

  /// Rows as the blocks that stand beside each other. False, and nothing added, where rows would
  /// hold several blocks of one column: then the pitch does not tell rows.
  bool block_cells(std::size_t header, double pitch, std::vector<LineCell>& merged,
                   std::vector<int>& starts) const {
    std::vector<Block> all = blocks(header, pitch);
    std::vector<LineCell> cells;
    std::vector<int> first_lines;
    std::size_t crowded = 0;
    std::stable_sort(all.begin(), all.end(),
                     [](const Block& a, const Block& b) { return a.top < b.top; });
    for (std::size_t i = 0; i < all.size();) {
      std::size_t next = i + 1;
      double bottom = all[i].bottom;
      int first = all[i].cell.line0;
      int last = all[i].cell.line1;
      while (next < all.size() &&
             bottom - all[next].top > 0.35 * (all[next].bottom - all[next].top)) {
        bottom = std::max(bottom, all[next].bottom);
        first = std::min(first, all[next].cell.line0);
        last = std::max(last, all[next].cell.line1);
        ++next;
      }
      first_lines.push_back(first);
      std::vector<LineCell> row;
      const std::size_t count = next - i;
      for (; i < next; ++i) add(all[i].cell, row);
      crowded += row.size() < count;
      for (LineCell& cell : row) {
        cell.line0 = first;
        cell.line1 = last;
        cells.push_back(std::move(cell));
      }
    }
    if (crowded * 12 > first_lines.size()) return false;
    std::move(cells.begin(), cells.end(), std::back_inserter(merged));
    starts.insert(starts.end(), first_lines.begin(), first_lines.end());
    return true;
  }

  /// Adds the cells of the body; whether spacing told its rows.
  bool body_cells(std::size_t header, std::vector<LineCell>& merged, std::vector<int>& starts) {
    const auto pitch = rows_are_ruled(header) ? std::nullopt : cell_pitch(header);
    if (pitch && block_cells(header, *pitch, merged, starts)) return true;
    const std::vector<bool> joined = joined_lines(header);
    for (std::size_t i = header; i < lines_.size();) {
      std::size_t next = i + 1;
      while (next < lines_.size() && joined[next - 1]) ++next;
      starts.push_back(static_cast<int>(i));
      std::vector<LineCell> row;
      for (std::size_t line = i; line < next; ++line) {
        for (const LineCell& cell : cells_[line]) add(cell, row);
      }
      for (LineCell& cell : row) {
        cell.line0 = static_cast<int>(i);
        cell.line1 = static_cast<int>(next);
        merged.push_back(std::move(cell));
      }
      i = next;
    }
    return false;
  }

  static void add(const LineCell& cell, std::vector<LineCell>& row) {
    for (LineCell& other : row) {
      if (other.col1 <= cell.col0 || other.col0 >= cell.col1) continue;
      other.words.insert(other.words.end(), cell.words.begin(), cell.words.end());
      other.col0 = std::min(other.col0, cell.col0);
      other.col1 = std::max(other.col1, cell.col1);
      other.x0 = std::min(other.x0, cell.x0);
      other.x1 = std::max(other.x1, cell.x1);
      return;
    }
    row.push_back(cell);
  }

  LineGrid to_grid(std::vector<LineCell> cells, std::vector<int> starts) const {
    LineGrid grid;
    grid.rows = static_cast<int>(starts.size()) - 1;
    grid.cols = cols_;
    const auto row_of = [&](int line) {
      return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), line) -
                              starts.begin()) -
             1;
    };
    std::vector<int> owner(static_cast<std::size_t>(grid.rows * cols_), -1);
    for (LineCell& cell : cells) {
      cell.line1 = row_of(cell.line1 - 1) + 1;
      cell.line0 = row_of(cell.line0);
      settle(cell, owner, grid.cells);
    }
    std::sort(grid.cells.begin(), grid.cells.end(), [](const LineCell& a, const LineCell& b) {
      return a.line0 != b.line0 ? a.line0 < b.line0 : a.col0 < b.col0;
    });
    grid.first_line = std::move(starts);
    return grid;
  }

  /// Adds the cell to `cells`, cut to the places that no other has: the pieces of a careless
  /// drawing may overlap. Where none is left, its words go to the cell that is there.
  void settle(LineCell& cell, std::vector<int>& owner, std::vector<LineCell>& cells) const {
    const auto at = [&](int row, int col) -> int& {
      return owner[static_cast<std::size_t>(row * cols_ + col)];
    };
    const auto is_free = [&](int col) {
      for (int row = cell.line0; row < cell.line1; ++row) {
        if (at(row, col) >= 0) return false;
      }
      return true;
    };
    const int first = cell.col0;
    while (cell.col0 < cell.col1 && !is_free(cell.col0)) ++cell.col0;
    if (cell.col0 == cell.col1) {
      int row = cell.line0;
      while (at(row, first) < 0) ++row;
      LineCell& there = cells[static_cast<std::size_t>(at(row, first))];
      there.words.insert(there.words.end(), cell.words.begin(), cell.words.end());
      return;
    }
    int end = cell.col0;
    while (end < cell.col1 && is_free(end)) ++end;
    cell.col1 = end;
    for (int row = cell.line0; row < cell.line1; ++row) {
      for (int col = cell.col0; col < cell.col1; ++col)
        at(row, col) = static_cast<int>(cells.size());
    }
    cells.push_back(std::move(cell));
  }

  const std::vector<TextRow>& lines_;
  const std::vector<Rule>& rules_;
  int cols_;
  std::vector<std::vector<LineCell>> cells_;  ///< of each line
  std::vector<bool> ruled_;                   ///< after each line; true after the last
  std::vector<double> left_;                  ///< of each column's text
  std::vector<double> right_;
  std::vector<bool> numeric_;
};

}  // namespace

std::vector<LineCell> cells_of_line(const TextRow& row, int line,
                                    const std::vector<double>& separators) {
  std::vector<LineCell> cells;
  for (const Piece& piece : row.pieces) {
    const double slack = std::min(kOverhang * row.size, 0.3 * (piece.x1 - piece.x0));
    LineCell cell{line,
                  line + 1,
                  column_of(piece.x0 + slack, separators),
                  column_of(piece.x1 - slack, separators) + 1,
                  piece.words,
                  piece.x0,
                  piece.x1};
    if (!cells.empty() && cell.col0 < cells.back().col1) {
      LineCell& before = cells.back();
      before.words.insert(before.words.end(), cell.words.begin(), cell.words.end());
      before.col1 = std::max(before.col1, cell.col1);
      before.x1 = std::max(before.x1, cell.x1);
    } else {
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

LineGrid group_lines(const std::vector<TextRow>& lines, const std::vector<double>& separators,
                     const std::vector<Rule>& rules) {
  if (lines.empty()) return {};
  return Grouper(lines, separators, rules).grid();
}

}  // namespace tabularium
