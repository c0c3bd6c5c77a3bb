#include <algorithm>
#include <cmath>

#include "tabularium/page/text.h"
#include "tabularium/table/line_facts_internal.h"

namespace tabularium {
namespace {

/// Whether the line holds a number in a column of numbers: then it is the line of a row by which
/// the others of the row are placed, since numbers do not wrap.
bool is_anchor(const LineFacts& facts, std::size_t i) {
  return std::any_of(facts.cells[i].begin(), facts.cells[i].end(), [&](const LineCell& cell) {
    return cell.col1 == cell.col0 + 1 && facts.numeric[static_cast<std::size_t>(cell.col0)] &&
           is_numeric(cell.words);
  });
}

class TextGrouper {
 public:
  explicit TextGrouper(const LineFacts& facts) : facts_(facts) {}

  GroupedLines grouped(std::size_t header) const {
    const std::vector<bool> joined = joined_lines(header);
    GroupedLines made;
    for (std::size_t i = header; i < facts_.lines.size();) {
      std::size_t next = i + 1;
      while (next < facts_.lines.size() && joined[next - 1]) ++next;
      made.starts.push_back(static_cast<int>(i));
      std::vector<LineCell> row;
      for (std::size_t line = i; line < next; ++line) {
        for (const LineCell& cell : facts_.cells[line]) add_to_row(cell, row);
      }
      for (LineCell& cell : row) {
        cell.line0 = static_cast<int>(i);
        cell.line1 = static_cast<int>(next);
        made.cells.push_back(std::move(cell));
      }
      i = next;
    }
    return made;
  }

 private:
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
    const double pitch = facts_.lines[i + 1].centre - facts_.lines[i].centre;
    if (pitch > 0.85 * std::min(facts_.lines[i].size, facts_.lines[i + 1].size)) return false;
    return std::none_of(facts_.cells[i].begin(), facts_.cells[i].end(), [&](const LineCell& upper) {
      return std::any_of(facts_.cells[i + 1].begin(), facts_.cells[i + 1].end(),
                         [&](const LineCell& lower) {
                           return lower.col0 < upper.col1 && lower.col1 > upper.col0;
                         });
    });
  }

  /// Whether line i + 1 goes on the row that ends with line i.
  bool goes_on(std::size_t i) const {
    if (facts_.ruled[i] || !facts_.is_tight(i, i + 1)) return false;
    if (interlocks(i)) return true;
    const auto& upper = facts_.cells[i];
    const auto& lower = facts_.cells[i + 1];
    if (lower.empty() || upper.empty()) return false;
    const bool lower_is_label = lower.size() == 1 && lower.front().col0 == 0;
    const bool upper_is_label = upper.size() == 1 && upper.front().col0 == 0;
    if (upper_is_label && upper.front().col1 > 1) return false;
    for (const LineCell& cell : lower) {
      if (cell.col1 - cell.col0 > 1) return false;
      const LineCell* above = facts_.cell_in(i, cell.col0);
      if (above == nullptr) {
        if (!upper_is_label || cell.col0 == 0) return false;
        continue;
      }
      if (above->col1 - above->col0 > 1 || facts_.would_fit(*above, cell)) return false;
      if (cell.col0 == 0 && !continues_label(*above, cell)) return false;
      if (is_numeric(cell.words) && is_numeric(above->words)) return false;
    }
    if (lower_is_label || upper_is_label) return lower.front().col0 == 0;
    return lower.front().col0 > 0 || lower.size() < upper.size();
  }

  /// Whether the text of line i + 1 can be the rest of that of line i, column by column.
  bool can_continue(std::size_t i) const {
    if (facts_.ruled[i] || !facts_.is_tight(i, i + 1)) return false;
    if (interlocks(i)) return true;
    int shared = 0;
    for (const LineCell& cell : facts_.cells[i + 1]) {
      const LineCell* above = facts_.cell_in(i, cell.col0);
      if (above == nullptr) continue;
      ++shared;
      // A label may be broken before a bracket or within a phrase though there is room.
      const bool broken = facts_.would_fit(*above, cell) && !(cell.col0 == 0 && starts_small(cell));
      if (cell.col1 != above->col1 || cell.col0 != above->col0 || broken ||
          is_numeric(cell.words) || is_numeric(above->words)) {
        return false;
      }
      if (cell.col0 == 0 && !continues_label(*above, cell)) return false;
    }
    const bool upper_is_label = facts_.cells[i].size() == 1 && facts_.cells[i].front().col0 == 0;
    return shared > 0 || (upper_is_label && facts_.cells[i + 1].front().col0 > 0);
  }

  /// Of each line, whether the next belongs to the same row.
  std::vector<bool> joined_lines(std::size_t header) const {
    std::vector<bool> joined(facts_.lines.size(), false);
    std::vector<std::size_t> anchors;
    for (std::size_t i = header; i < facts_.lines.size(); ++i) {
      if (is_anchor(facts_, i)) anchors.push_back(i);
    }
    if (rows_are_ruled(facts_, header)) {
      for (std::size_t i = header; i < facts_.lines.size(); ++i) joined[i] = !facts_.ruled[i];
      part_anchors(anchors, joined);
      return joined;
    }
    if (anchors.size() < 2) {
      for (std::size_t i = header; i + 1 < facts_.lines.size(); ++i) joined[i] = goes_on(i);
      return joined;
    }
    for (std::size_t i = header; i + 1 < facts_.lines.size(); ++i) joined[i] = can_continue(i);
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

  const LineFacts& facts_;
};

}  // namespace

bool rows_are_ruled(const LineFacts& facts, std::size_t header) {
  std::size_t groups = 0;
  std::size_t crowded = 0;
  std::size_t anchors = 0;
  std::size_t all_anchors = 0;
  for (std::size_t i = header; i < facts.lines.size(); ++i) {
    anchors += is_anchor(facts, i);
    if (!facts.ruled[i]) continue;
    ++groups;
    crowded += anchors > 1;
    all_anchors += anchors;
    anchors = 0;
  }
  if (groups < 3 || crowded * 5 > groups) return false;
  // Without numbers only their number tells rows from groups of rows.
  return all_anchors > 0 || groups * 6 >= facts.lines.size() - header;
}

GroupedLines group_by_text(const LineFacts& facts, std::size_t head) {
  return TextGrouper(facts).grouped(head);
}

}  // namespace tabularium
