#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "tabularium/page/text.h"
#include "tabularium/table/page_break_internal.h"

namespace tabularium {
namespace {

// A cell with more lines than this is running text, not a name or a number.
constexpr std::size_t kShortLines = 3;

std::string folded(const Cell& cell) { return fold(cell.text()); }

// ---- columns -----------------------------------------------------------------------------------

/// Both sets of edges in one, and where each old edge went.
struct UnitedEdges {
  std::vector<double> edges;
  std::vector<int> upper;
  std::vector<int> lower;
};

UnitedEdges unite(const std::vector<double>& upper, const std::vector<double>& lower) {
  const double shift = lower.front() - upper.front();
  const double tolerance = std::max(1.5, 0.003 * (upper.back() - upper.front()));
  UnitedEdges united;
  std::size_t u = 0;
  std::size_t l = 0;
  while (u < upper.size() || l < lower.size()) {
    const double next_upper = u < upper.size() ? upper[u] : HUGE_VAL;
    const double next_lower = l < lower.size() ? lower[l] - shift : HUGE_VAL;
    // The outer edges are one by definition, whatever the tolerance says.
    const bool last = u + 1 == upper.size() && l + 1 == lower.size();
    const bool both = last || std::abs(next_upper - next_lower) <= tolerance;
    const int index = static_cast<int>(united.edges.size());
    united.edges.push_back(both ? next_upper : std::min(next_upper, next_lower));
    const bool take_upper = both || next_upper < next_lower;
    const bool take_lower = both || !take_upper;
    if (take_upper && u < upper.size()) united.upper.push_back(index), ++u;
    if (take_lower && l < lower.size()) united.lower.push_back(index), ++l;
  }
  return united;
}

void move_columns(Table& table, const std::vector<int>& map, const std::vector<double>& edges) {
  for (Cell& cell : table.cells) {
    const auto at = static_cast<std::size_t>(cell.col);
    const int begin = map[at];
    const int end = map[at + static_cast<std::size_t>(cell.col_span)];
    cell.col = begin;
    cell.col_span = end - begin;
  }
  table.cols = static_cast<int>(edges.size()) - 1;
  table.column_edges = edges;
}

/// How far the same edge may stand apart on two pages: a page makes one rule, at their mean, of all
/// that are so near that no text fits between them.
double edge_slack(const Table& table) {
  for (const Cell& cell : table.cells) {
    if (!cell.lines.empty()) return 0.35 * cell.lines.front().words.front().font_size;
  }
  return 0.0;
}

/// The edges that cells of one row of the grid end at.
template <typename Predicate>
std::set<int> edges_of(const Table& table, Predicate wanted) {
  std::set<int> edges;
  for (const Cell& cell : table.cells) {
    if (!wanted(cell)) continue;
    edges.insert(cell.col);
    edges.insert(cell.col + cell.col_span);
  }
  return edges;
}

/// Moves edges of `lower` that stand beside an edge of the last row of `upper` onto it. Both tables
/// have the same columns.
void align_at_break(const Table& upper, Table& lower) {
  const double slack = edge_slack(upper);
  const auto x = [&](int edge) { return upper.column_edges[static_cast<std::size_t>(edge)]; };
  const auto wanted =
      edges_of(upper, [&](const Cell& cell) { return cell.row + cell.row_span == upper.rows; });
  const auto used = edges_of(lower, [](const Cell&) { return true; });
  std::map<int, int> moves;
  for (const int edge : edges_of(lower, [](const Cell& cell) { return cell.row == 0; })) {
    if (wanted.contains(edge)) continue;
    for (const int target : wanted) {
      if (std::abs(x(target) - x(edge)) > slack) continue;
      const auto between = used.lower_bound(std::min(edge, target));
      const bool free = *between == edge && (target < edge || std::next(between) == used.end() ||
                                             *std::next(between) > target);
      if (free) moves[edge] = target;
    }
  }
  const auto moved = [&](int edge) {
    const auto move = moves.find(edge);
    return move == moves.end() ? edge : move->second;
  };
  for (Cell& cell : lower.cells) {
    const int end = moved(cell.col + cell.col_span);
    cell.col = moved(cell.col);
    cell.col_span = end - cell.col;
  }
}

// ---- repeated headers --------------------------------------------------------------------------

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.,%-+") == text.npos;
}

/// Texts of the cells that begin in each row, left to right. Tall cells are left out: they are side
/// labels, which a header does not repeat.
std::vector<std::vector<std::string>> row_texts(const Table& table, int max_rows) {
  std::vector<std::vector<std::string>> rows(
      static_cast<std::size_t>(std::min(table.rows, max_rows)));
  for (const Cell& cell : table.cells) {
    if (cell.row >= max_rows) break;
    if (cell.row_span > 3 || cell.lines.empty()) continue;
    rows[static_cast<std::size_t>(cell.row)].push_back(folded(cell));
  }
  return rows;
}

/// Whether `upper` ends with all of `lower`: before it may stand a side label that begins there.
bool ends_with(const std::vector<std::string>& upper, const std::vector<std::string>& lower) {
  return !lower.empty() && upper.size() >= lower.size() && upper.size() <= lower.size() + 1 &&
         std::equal(lower.rbegin(), lower.rend(), upper.rbegin());
}

/// How many rows at the top of `lower` repeat rows that `upper` has.
int repeated_rows(const Table& upper, const Table& lower, const ContinuationHints& hints) {
  constexpr int kMaxHeader = 4;
  // Two rows of data may be equal; a header holds a label, where labels are known.
  const auto is_label = [&](const std::string& text) { return hints.labels.contains(text); };
  const auto below = row_texts(lower, kMaxHeader);
  const auto above = row_texts(upper, upper.rows);
  int best = 0;
  for (std::size_t begin = 0; begin < above.size(); ++begin) {
    std::size_t rows = 0;
    std::size_t texts = 0;
    bool label = hints.labels.empty();
    while (rows < below.size() && begin + rows < above.size() &&
           ends_with(above[begin + rows], below[rows]) &&
           std::none_of(below[rows].begin(), below[rows].end(), is_number)) {
      label = label || std::any_of(below[rows].begin(), below[rows].end(), is_label);
      texts += below[rows++].size();
    }
    // One equal text is not enough: it may be a label that stands twice.
    if (texts >= 2 && label) best = std::max(best, static_cast<int>(rows));
  }
  return best;
}

void drop_rows(Table& table, int count) {
  std::vector<Cell> kept;
  for (Cell& cell : table.cells) {
    const int end = cell.row + cell.row_span;
    if (end <= count) continue;
    cell.row = std::max(0, cell.row - count);
    cell.row_span = end - count - cell.row;
    kept.push_back(std::move(cell));
  }
  table.cells = std::move(kept);
  std::stable_sort(table.cells.begin(), table.cells.end(), [](const Cell& a, const Cell& b) {
    return std::pair(a.row, a.col) < std::pair(b.row, b.col);
  });
  table.rows -= count;
  table.row_edges.erase(table.row_edges.begin(), table.row_edges.begin() + count);
}

/// Removes a row at the break that is too low for any text: what lies between the two lines of a
/// thick or doubled border.
void drop_border_row(Table& table, int row) {
  constexpr double kTooLow = 6.0;
  if (table.rows < 2) return;
  const auto at = static_cast<std::size_t>(row);
  if (table.row_edges[at + 1] - table.row_edges[at] > kTooLow) return;
  for (const Cell& cell : table.cells) {
    const bool only_here = cell.row == row && cell.row_span == 1;
    if (only_here && !cell.lines.empty()) return;
  }
  std::erase_if(table.cells,
                [&](const Cell& cell) { return cell.row == row && cell.row_span == 1; });
  for (Cell& cell : table.cells) {
    if (cell.row > row) {
      --cell.row;
    } else if (cell.row + cell.row_span > row) {
      --cell.row_span;
    }
  }
  table.row_edges.erase(table.row_edges.begin() + row + (row == 0 ? 0 : 1));
  --table.rows;
}

/// Removes a grid line that only cuts empty cells in two, beside a text that passes it. Browsers
/// draw the piece of a cell behind a page break shorter than its row.
void drop_line_through_empty_cells(Table& table, int line) {
  if (line <= 0 || line >= table.rows) return;
  std::vector<Cell*> above;
  std::vector<Cell*> below;
  bool text_passes = false;
  for (Cell& cell : table.cells) {
    const int end = cell.row + cell.row_span;
    if (end == line) above.push_back(&cell);
    if (cell.row == line) below.push_back(&cell);
    text_passes = text_passes || (cell.row < line && end > line && !cell.lines.empty());
  }
  const auto by_column = [](const Cell* a, const Cell* b) { return a->col < b->col; };
  std::sort(above.begin(), above.end(), by_column);
  std::sort(below.begin(), below.end(), by_column);
  const bool halves = std::equal(
      above.begin(), above.end(), below.begin(), below.end(),
      [](const Cell* a, const Cell* b) { return a->col == b->col && a->col_span == b->col_span; });
  const auto empty = [](const Cell* cell) { return cell->lines.empty(); };
  if (!text_passes || !halves || !std::all_of(below.begin(), below.end(), empty)) return;
  for (std::size_t i = 0; i < above.size(); ++i) {
    above[i]->row_span += below[i]->row_span;
    above[i]->parts.front().box = united(above[i]->parts.front().box, below[i]->parts.front().box);
    below[i]->row_span = 0;
  }
  std::erase_if(table.cells, [](const Cell& cell) { return cell.row_span == 0; });
  for (Cell& cell : table.cells) {
    if (cell.row + cell.row_span > line) --(cell.row >= line ? cell.row : cell.row_span);
  }
  table.row_edges.erase(table.row_edges.begin() + line);
  --table.rows;
}

// ---- the break ---------------------------------------------------------------------------------

/// A cell that ends at the break and the one of the same width that begins there.
struct Pair {
  Cell* above = nullptr;
  Cell* below = nullptr;

  bool text_above() const { return !above->lines.empty(); }
  bool text_below() const { return !below->lines.empty(); }
  bool tall() const { return above->row_span > 1 || below->row_span > 1; }
};

struct Break {
  std::vector<Pair> pairs;  // left to right
  bool same_cells = false;  // every cell above has its counterpart below
  bool open = false;        // no rule at the break
};

Break look_at(Table& upper, Table& lower) {
  std::map<std::pair<int, int>, Pair> pairs;
  for (Cell& cell : upper.cells) {
    if (cell.row + cell.row_span == upper.rows) pairs[{cell.col, cell.col_span}].above = &cell;
  }
  for (Cell& cell : lower.cells) {
    if (cell.row == 0) pairs[{cell.col, cell.col_span}].below = &cell;
  }
  Break result;
  result.same_cells = true;
  for (const auto& [place, pair] : pairs) {
    if (pair.above && pair.below) {
      result.pairs.push_back(pair);
    } else {
      result.same_cells = false;
    }
  }
  result.open = upper.open_bottom || lower.open_top;
  return result;
}

class Decision {
 public:
  Decision(const Break& at, const PageBreakContext& context) : at_(at), context_(context) {}

  /// Whether the page edge cuts a row.
  bool row_goes_on() const {
    if (!at_.same_cells || at_.pairs.empty()) return false;
    if (const auto told = by_words()) return *told;
    Evidence seen;
    for (const Pair& pair : at_.pairs) {
      seen.any_below = seen.any_below || pair.text_below();
      if (pair.tall()) continue;
      seen.any_single = true;
      seen.text_above = seen.text_above || pair.text_above();
      seen.lost_text = seen.lost_text || (pair.text_above() && !pair.text_below());
      seen.lost_values += is_value(pair) && !pair.text_below();
      seen.texts_below += pair.text_below();
      if (!pair.text_above() || !pair.text_below() || joins_to_word(pair)) continue;
      if (!look_at_texts(pair, seen)) return false;
    }
    if (!seen.any_single) return false;
    if (!seen.any_below || !seen.text_above) return true;
    // Beside a name only a text that goes on within a line is cut: it has no paragraphs.
    if (seen.running && !seen.goes_on && seen.beside) return false;
    // Labels may be merged over several rows, names and numbers are not.
    if (seen.lost_values > 0 && seen.lost_values >= seen.texts_below) return true;
    if (seen.lost_text) return seen.doubtful == 0 || seen.full > 0 || seen.running;
    if (at_.open) return seen.running || (seen.full > 0 && seen.doubtful == 0);
    return (seen.full > 0 && seen.doubtful == 0 && !sentence_ended()) ||
           (seen.running && has_side_label());
  }

  /// Whether the two cells of `pair` are one merged cell, though the rows are not.
  bool cell_goes_on(const Pair& pair) const {
    if (!pair.text_above() && !pair.text_below()) return pair.tall();
    // A label may stand in the second part alone, where it was centred in the merged cell. That of
    // a field begins its row, but for one beside many rows on either page.
    if (!pair.text_above()) {
      const bool side = pair.above->row_span > 1 && pair.below->row_span > 1;
      return side || !is_label(folded(*pair.below));
    }
    return !pair.text_below() || joins_to_word(pair);
  }

 private:
  /// What the cells of one row say about it.
  struct Evidence {
    bool any_below = false;   // text in the part below
    bool any_single = false;  // a cell of one row, as most of a row are
    bool text_above = false;
    bool lost_text = false;  // a cell with text above and none below
    int lost_values = 0;     // such cells whose text is surely no label
    int texts_below = 0;     // cells of one row with text below
    bool running = false;    // long text on both sides
    bool goes_on = false;    // such a text has no room for more in its last line above
    bool beside = false;     // short texts on both sides that may be one
    int full = 0;            // texts whose last line above is full
    int doubtful = 0;        // only the length of the next word may have ended the line
  };

  /// Whether a cell holds text above the break that is no label, where labels are known.
  bool is_value(const Pair& pair) const {
    return pair.text_above() && !context_.hints.labels.empty() && !known(folded(*pair.above));
  }

  /// Looks at a cell with text on both sides; false where these are surely two texts.
  bool look_at_texts(const Pair& pair, Evidence& seen) const {
    const TextLine& last = last_line(pair);
    const CellPart& part = pair.above->parts.back();
    const double em = last.words.front().font_size;
    const double free = room_after(last, part);
    if (std::max(pair.above->lines.size(), pair.below->lines.size()) > kShortLines) {
      seen.running = true;
      seen.goes_on =
          seen.goes_on || may_go_on(last, part, pair.below->lines.front(), context_.style);
      return true;
    }
    if (!may_go_on(last, part, pair.below->lines.front(), context_.style)) return false;
    if (are_two_figures(pair, free > 0.6 * em)) return false;
    (free < 1.2 * em ? seen.full : seen.doubtful) += 1;
    // A name, not the part of a label that was cut.
    seen.beside = seen.beside || is_value(pair);
    return true;
  }

  /// Figures are not cut where there is room for one more digit, and not behind their decimals.
  static bool are_two_figures(const Pair& pair, bool room) {
    if (pair.above->lines.size() != 1 || pair.below->lines.size() != 1) return false;
    const std::string above = folded(*pair.above);
    const std::string below = folded(*pair.below);
    if (!is_figure(above) || !is_figure(below)) return false;
    const auto ended = [](const std::string& text) {
      return text.back() == ')' || text.back() == '%' || text.find('.') != text.npos;
    };
    return room || (ended(above) && ended(below));
  }

  static bool is_figure(const std::string& text) {
    const std::size_t begin = text.find_first_of("0123456789");
    // Operators are up to three bytes long.
    return begin != text.npos && begin <= 3 &&
           (text.back() == ')' || is_number(text.substr(begin)));
  }

  static const TextLine& last_line(const Pair& pair) { return pair.above->lines.back(); }

  bool is_label(std::string_view text) const { return tabularium::is_label(text, context_.hints); }
  bool known(const std::string& text) const { return is_known(text, context_.hints); }

  /// Whether a text begins with a label: "项目概况:" or "项目概况:上海…".
  bool begins_with_label(const std::string& text) const {
    if (known(text)) return true;
    for (std::size_t colon = text.find(':'); colon != text.npos;
         colon = text.find(':', colon + 1)) {
      if (context_.hints.labels.contains(std::string_view(text).substr(0, colon))) return true;
      if (colon > 60) break;
    }
    return false;
  }

  bool joins_to_word(const Pair& pair) const {
    if (!pair.text_above() || !pair.text_below()) return false;
    if (pair.above->lines.size() > 8 || pair.below->lines.size() > 8) return false;
    const std::string above = folded(*pair.above);
    const std::string below = folded(*pair.below);
    // Its colon or its unit may be all that is cut off a label.
    const bool tail = below.front() == ':' || below.front() == '(';
    return (tail || !known(above)) && known(above + below);
  }

  /// What the words alone tell: a label that begins below begins a row; a label that is cut tells
  /// that its row is.
  std::optional<bool> by_words() const {
    for (const Pair& pair : at_.pairs) {
      if (!pair.text_below() || joins_to_word(pair)) continue;
      if (begins_with_label(folded(*pair.below))) return false;
      // A head of a column is whole: what stands below it is its value.
      const bool head = at_.pairs.size() > 1 && !pair.tall() && pair.text_above() &&
                        is_label(folded(*pair.above));
      if (head) return false;
    }
    for (const Pair& pair : at_.pairs) {
      if (pair.tall() || !joins_to_word(pair)) continue;
      // A merged label may be cut between two of its rows: then the cells beside it end. The label
      // of a field is its row's alone, and that of a side is cut below a head or is tall.
      return is_label(folded(*pair.above) + folded(*pair.below)) || !shows_two_texts();
    }
    // Where labels stand in the cells of their texts or in rows above them, a cell without one goes
    // on.
    if (at_.pairs.size() == 1 && at_.pairs.front().text_above() && at_.pairs.front().text_below() &&
        !context_.hints.labels.empty()) {
      return true;
    }
    return std::nullopt;
  }

  /// Whether a cell ends above the break and another begins below it.
  bool shows_two_texts() const {
    return std::any_of(at_.pairs.begin(), at_.pairs.end(), [&](const Pair& pair) {
      Evidence seen;
      return !pair.tall() && pair.text_above() && pair.text_below() && !joins_to_word(pair) &&
             !look_at_texts(pair, seen);
    });
  }

  bool sentence_ended() const {
    for (auto pair = at_.pairs.rbegin(); pair != at_.pairs.rend(); ++pair) {
      if (!pair->text_above()) continue;
      constexpr std::u32string_view kEnd = U"。！？!?";
      return kEnd.find(last_line(*pair).words.back().glyphs.back().code) != kEnd.npos;
    }
    return false;
  }

  /// The label stands in the part above only, or it stands in the cell of the text itself.
  bool has_side_label() const {
    for (const Pair& pair : at_.pairs) {
      if (pair.text_above() && !pair.text_below()) return true;
      if (pair.text_above() && begins_with_label(folded(*pair.above))) return true;
    }
    return false;
  }

  const Break& at_;
  const PageBreakContext& context_;
};

void append_cell(Cell& above, Cell& below) {
  above.parts.insert(above.parts.end(), below.parts.begin(), below.parts.end());
  above.lines.insert(above.lines.end(), std::make_move_iterator(below.lines.begin()),
                     std::make_move_iterator(below.lines.end()));
}

void append_rows(Table& upper, Table& lower, bool row_goes_on, const std::vector<Pair>& merged) {
  const int offset = upper.rows - (row_goes_on ? 1 : 0);
  std::vector<const Cell*> gone;
  for (const Pair& pair : merged) {
    append_cell(*pair.above, *pair.below);
    pair.above->row_span = offset + pair.below->row_span - pair.above->row;
    gone.push_back(pair.below);
  }
  for (Cell& cell : lower.cells) {
    if (std::find(gone.begin(), gone.end(), &cell) != gone.end()) continue;
    cell.row += offset;
    upper.cells.push_back(std::move(cell));
  }
  // The last rows of `upper` and the first of `lower` are in order already but for the merged ones.
  upper.rows = offset + lower.rows;
  const double strip = upper.row_edges.back() - lower.row_edges.front();
  if (row_goes_on) upper.row_edges.pop_back();
  for (std::size_t i = 1; i < lower.row_edges.size(); ++i) {
    upper.row_edges.push_back(lower.row_edges[i] + strip);
  }
}

}  // namespace

void join_at_page_break(Table& upper, Table lower, const PageBreakContext& context) {
  drop_border_row(upper, upper.rows - 1);
  drop_border_row(lower, 0);
  const UnitedEdges united = unite(upper.column_edges, lower.column_edges);
  if (united.edges.size() != upper.column_edges.size()) {
    move_columns(upper, united.upper, united.edges);
  }
  move_columns(lower, united.lower, united.edges);
  align_at_break(upper, lower);
  const int repeated = repeated_rows(upper, lower, context.hints);
  const bool whole = repeated == lower.rows;
  upper.parts.insert(upper.parts.end(), lower.parts.begin(), lower.parts.end());
  if (whole) return;
  if (repeated > 0) drop_rows(lower, repeated);

  drop_line_through_empty_cells(upper, upper.rows - 1);
  drop_line_through_empty_cells(lower, 1);
  const Break at = look_at(upper, lower);
  const Decision decision(at, context);
  const bool row_goes_on = decision.row_goes_on();
  std::vector<Pair> merged;
  int column = 0;
  for (const Pair& pair : at.pairs) {
    // Merged labels stand at the left: the first cell that is new ends them.
    const bool next = pair.above->col == column;
    if (!row_goes_on && (!next || !decision.cell_goes_on(pair))) break;
    merged.push_back(pair);
    column = pair.above->col + pair.above->col_span;
  }
  append_rows(upper, lower, row_goes_on, merged);
  upper.open_bottom = lower.open_bottom;
}

}  // namespace tabularium
