#include <algorithm>
#include <optional>

#include "tabularium/table/line_facts_internal.h"

namespace tabularium {
namespace {

class SpacingGrouper {
 public:
  explicit SpacingGrouper(const LineFacts& facts) : facts_(facts) {}

  GroupedLines grouped(std::size_t header) const {
    const auto pitch = cell_pitch(header);
    return pitch ? block_rows(header, *pitch) : GroupedLines{};
  }

 private:
  /// Two cells of one column, the second below the first with nothing between.
  struct Pair {
    const LineCell* above = nullptr;
    const LineCell* below = nullptr;
    double pitch = 0.0;  ///< from centre to centre, in font sizes
  };

  std::vector<Pair> pairs_below(std::size_t header) const {
    std::vector<Pair> pairs;
    for (int col = 0; col < facts_.cols; ++col) {
      const LineCell* above = nullptr;
      for (std::size_t i = header; i < facts_.lines.size(); ++i) {
        const LineCell* cell = facts_.cell_in(i, col);
        if (cell == nullptr || cell->col0 != col) continue;
        if (above != nullptr && above->col1 == col + 1 && cell->col1 == col + 1) {
          const auto first = static_cast<std::size_t>(above->line0);
          const double pitch = (facts_.lines[i].centre - facts_.lines[first].centre) /
                               std::max(facts_.lines[i].size, facts_.lines[first].size);
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
      meant += facts_.would_fit(*pair.above, *pair.below);
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
    std::vector<int> last(static_cast<std::size_t>(facts_.cols),
                          -1);  // block that ends each column
    for (std::size_t i = header; i < facts_.lines.size(); ++i) {
      for (const LineCell& cell : facts_.cells[i]) {
        const int above = last[static_cast<std::size_t>(cell.col0)];
        Block* block = above < 0 ? nullptr : &found[static_cast<std::size_t>(above)];
        const bool same = block != nullptr && block->cell.col0 == cell.col0 &&
                          block->cell.col1 == cell.col1 && !facts_.ruled_between(block->cell, i) &&
                          facts_.lines[i].centre - (block->bottom - facts_.lines[i].size / 2) <=
                              pitch * facts_.lines[i].size;
        if (same) {
          block->cell.words.insert(block->cell.words.end(), cell.words.begin(), cell.words.end());
          block->cell.line1 = static_cast<int>(i) + 1;
          block->cell.x0 = std::min(block->cell.x0, cell.x0);
          block->cell.x1 = std::max(block->cell.x1, cell.x1);
          block->bottom = facts_.lines[i].bottom();
          continue;
        }
        for (int col = cell.col0; col < cell.col1; ++col) {
          last[static_cast<std::size_t>(col)] = static_cast<int>(found.size());
        }
        found.push_back({cell, facts_.lines[i].top(), facts_.lines[i].bottom()});
      }
    }
    return found;
  }

  /// Rows as the blocks that stand beside each other. None where rows would hold several blocks of
  /// one column: then the pitch does not tell rows.
  GroupedLines block_rows(std::size_t header, double pitch) const {
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
      for (; i < next; ++i) add_to_row(all[i].cell, row);
      crowded += row.size() < count;
      for (LineCell& cell : row) {
        cell.line0 = first;
        cell.line1 = last;
        cells.push_back(std::move(cell));
      }
    }
    if (crowded * 12 > first_lines.size()) return {};
    return {std::move(cells), std::move(first_lines)};
  }

  const LineFacts& facts_;
};

}  // namespace

GroupedLines group_by_spacing(const LineFacts& facts, std::size_t head) {
  return SpacingGrouper(facts).grouped(head);
}

}  // namespace tabularium
