#include "tabularium/table/aligned_internal.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

#include "tabularium/table/columns_internal.h"
#include "tabularium/table/flows_internal.h"
#include "tabularium/table/line_cells_internal.h"
#include "tabularium/table/lines_internal.h"

namespace tabularium {
namespace {

/// Gap, in font sizes, between pieces once we know that we are in a table.
constexpr double kCellGap = 0.5;

/// A page with more rules is a drawing; its rules say nothing about tables that no lattice shows.
constexpr std::size_t kMostRules = 20'000;

/// A run of rows, [first, last).
struct Region {
  std::size_t first = 0;
  std::size_t last = 0;
  bool ruled = false;  ///< rules of one width close it above and below
};

/// The first letters of a row, without spaces.
std::string start_of(const TextRow& row) {
  std::string text;
  for (const Word* word : row.pieces.front().words) {
    text += word->text();
    if (text.size() > 16) break;
  }
  return text;
}

/// Whether the text is the label and then a number: "Table3", "TableA1", "FigureIV".
bool is_numbered(std::string_view text, std::string_view label) {
  if (!text.starts_with(label) || text.size() == label.size()) return false;
  const char next = text[label.size()];
  if ((next >= '0' && next <= '9') || next == 'I' || next == 'V' || next == 'X') return true;
  const char after = text.size() > label.size() + 1 ? text[label.size() + 1] : ' ';
  return next >= 'A' && next <= 'Z' &&
         ((after >= '0' && after <= '9') || after == '.' || after == '-');
}

bool is_numbered_with_any(const TextRow& row, std::initializer_list<std::string_view> labels) {
  const std::string text = start_of(row);
  return std::any_of(labels.begin(), labels.end(),
                     [&](std::string_view label) { return is_numbered(text, label); });
}

bool is_caption_of_table(const TextRow& row) {
  return is_numbered_with_any(row, {"Table", "TABLE", "Tab.", "Exhibit", "EXHIBIT", "表"});
}

bool is_caption_of_figure(const TextRow& row) {
  return is_numbered_with_any(
      row, {"Figure", "FIGURE", "Fig.", "FIG.", "Chart", "CHART", "Graph", "图"});
}

/// A caption or a note: "Table 3", "Figure 2.1", "Source: ...".
bool is_caption(const TextRow& row) {
  if (is_caption_of_table(row) || is_caption_of_figure(row)) return true;
  const std::string text = start_of(row);
  for (const std::string_view label :
       {"Source:", "Sources:", "SOURCE:", "SOURCES:", "Source.",
        "Note:", "Notes:", "NOTE:", "NOTES:", "Note.", "注：", "资料来源"}) {
    if (text.starts_with(label)) return true;
  }
  return false;
}

/// A row that could belong to a table: several pieces, and not just an item of a list.
bool is_tabular(const TextRow& row) {
  if (row.pieces.size() < 2 || is_caption(row)) return false;
  return row.pieces.size() > 2 || !is_enumerator(row.pieces[0]) || is_numeric(row.pieces[1].words);
}

/// How many rows that are not tabular may stand in a table, one after another: lines of its longest
/// cell, and headings.
constexpr int kMostIdle = 6;

/// Rows that stand close enough below each other to be of one table, cut where more than three rows
/// in a run could not be rows of a table.
std::vector<Region> find_regions(const std::vector<TextRow>& rows, const std::vector<Box>& taken) {
  std::vector<Region> regions;
  const auto apart = [&](std::size_t i) {
    const TextRow& a = rows[i];
    const TextRow& b = rows[i + 1];
    if (b.centre - a.centre > 3.0 * std::max(a.size, b.size)) return true;
    return std::any_of(taken.begin(), taken.end(), [&](const Box& box) {
      return box.y0 > a.centre - a.size && box.y1 < b.centre + b.size &&
             overlap(box.x0, box.x1, std::min(a.pieces.front().x0, b.pieces.front().x0),
                     std::max(a.pieces.back().x1, b.pieces.back().x1)) > 0;
    });
  };
  for (std::size_t i = 0; i < rows.size();) {
    if (!is_tabular(rows[i])) {
      ++i;
      continue;
    }
    Region region{i, i + 1, false};
    int idle = 0;
    double width = rows[i].pieces.back().x1 - rows[i].pieces.front().x0;
    for (std::size_t next = i + 1; next < rows.size() && !apart(next - 1); ++next) {
      const double reach = rows[next].pieces.back().x1 - rows[next].pieces.front().x0;
      if (is_tabular(rows[next])) {
        idle = 0;
        width = std::max(width, reach);
        region.last = next + 1;
        continue;
      }
      // A line as wide as the table is no line of a cell.
      idle += reach > 0.6 * width ? 2 : 1;
      if (idle > kMostIdle || is_caption(rows[next])) break;
    }
    regions.push_back(region);
    i = region.last;
  }
  return regions;
}

struct Extent {
  double x0 = 1e9;
  double x1 = -1e9;
};

Extent extent_of(const std::vector<TextRow>& rows, const Region& region) {
  Extent extent;
  for (std::size_t r = region.first; r < region.last; ++r) {
    extent.x0 = std::min(extent.x0, rows[r].pieces.front().x0);
    extent.x1 = std::max(extent.x1, rows[r].pieces.back().x1);
  }
  return extent;
}

/// Rows between two horizontal rules of one width belong together: takes in the rows up to such
/// rules just above and below the region, and says that they close it.
Region closed_by_rules(const std::vector<TextRow>& rows, Region region,
                       const std::vector<Rule>& rules) {
  const Extent text = extent_of(rows, region);
  const double size = rows[region.first].size;
  const double top = rows[region.first].centre;
  const double bottom = rows[region.last - 1].centre;
  const auto spans = [&](const Rule& rule) {
    const double shared = std::min(rule.to, text.x1) - std::max(rule.from, text.x0);
    return shared > 0.7 * (text.x1 - text.x0) && rule.from < text.x0 + 2 * size &&
           rule.to > text.x1 - 4 * size;
  };
  // Below the last tabular row there can be one more, with its first column alone.
  const double pitch =
      (bottom - top) / std::max(1.0, static_cast<double>(region.last - region.first) - 1);
  const double reach = 2 * size + std::max(size, 1.2 * pitch);
  const Rule* above = nullptr;
  const Rule* below = nullptr;
  for (const Rule& rule : rules) {
    if (!spans(rule)) continue;
    if (rule.position < top && rule.position > top - 6 * size &&
        (above == nullptr || rule.position < above->position)) {
      above = &rule;
    }
    if (rule.position > bottom && rule.position < bottom + reach &&
        (below == nullptr || rule.position > below->position)) {
      below = &rule;
    }
  }
  if (above == nullptr || below == nullptr) return region;
  if (std::abs(above->from - below->from) > 2 * size ||
      std::abs(above->to - below->to) > 2 * size) {
    return region;
  }
  const auto within = [&](const TextRow& row) {
    return row.centre > above->position && row.centre < below->position &&
           row.pieces.front().x0 > above->from - size && row.pieces.back().x1 < above->to + size;
  };
  while (region.first > 0 && within(rows[region.first - 1])) --region.first;
  while (region.last < rows.size() && within(rows[region.last])) ++region.last;
  region.ruled = true;
  return region;
}

/// A heading between two tables: one piece, further from the rows above and below than the rows of
/// a table are, and not where labels stand.
bool is_heading_between(const std::vector<TextRow>& rows, const Region& region, std::size_t r,
                        double pitch, double left) {
  if (r == region.first || r + 1 >= region.last || rows[r].pieces.size() > 1) return false;
  return rows[r].centre - rows[r - 1].centre > 1.6 * pitch &&
         rows[r + 1].centre - rows[r].centre > 1.15 * pitch &&
         rows[r].pieces.front().x0 > left + 2 * rows[r].size;
}

/// The region cut at headings that stand between two tables.
std::vector<Region> without_headings(const std::vector<TextRow>& rows, const Region& region) {
  std::vector<double> pitches;
  double left = 1e9;
  for (std::size_t r = region.first; r < region.last; ++r) {
    left = std::min(left, rows[r].pieces.front().x0);
    if (r > region.first) pitches.push_back(rows[r].centre - rows[r - 1].centre);
  }
  if (pitches.empty()) return {region};
  std::nth_element(pitches.begin(),
                   pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 2),
                   pitches.end());
  const double pitch = pitches[pitches.size() / 2];
  std::vector<Region> parts;
  std::size_t first = region.first;
  for (std::size_t r = region.first; r < region.last; ++r) {
    if (!is_heading_between(rows, region, r, pitch, left)) continue;
    if (r > first) parts.push_back({first, r, false});
    first = r + 1;
  }
  if (region.last > first) parts.push_back({first, region.last, false});
  return parts;
}

/// The rows' words outside of paragraphs, in pieces at the gaps within a table.
std::vector<TextRow> finer(const std::vector<TextRow>& rows, const Region& region) {
  std::vector<TextRow> result;
  for (std::size_t r = region.first; r < region.last; ++r) {
    std::vector<const Word*> words;
    for (const Piece& piece : rows[r].pieces) {
      words.insert(words.end(), piece.words.begin(), piece.words.end());
    }
    result.push_back(make_row(std::move(words), kCellGap));
  }
  return result;
}

/// Takes in what belongs to the first and last row of the region but stands in lines of its own: a
/// head over several columns, and the rest of a cell.
Region with_edges(const std::vector<TextRow>& rows, Region region) {
  if (region.ruled) return region;
  const Extent text = extent_of(rows, region);
  const auto near = [&](std::size_t upper, std::size_t lower) {
    return rows[lower].centre - rows[upper].centre < 1.5 * rows[lower].size;
  };
  // A head stands over the middle of the columns, a title over the middle of the table.
  double second = text.x1;
  for (std::size_t r = region.first; r < region.last; ++r) {
    if (rows[r].pieces.size() > 1) second = std::min(second, rows[r].pieces[1].x0);
  }
  const double of_columns = (second + text.x1) / 2;
  const double of_table = (text.x0 + text.x1) / 2;
  while (region.first > 0 && near(region.first - 1, region.first)) {
    const TextRow& row = rows[region.first - 1];
    const Piece& piece = row.pieces.front();
    const double middle = (piece.x0 + piece.x1) / 2;
    const bool is_head = row.pieces.size() == 1 && piece.x0 > second - row.size &&
                         std::abs(middle - of_columns) < std::abs(middle - of_table) &&
                         !is_caption(row);
    if (!is_head) break;
    --region.first;
  }
  for (int more = 0; more < 3 && region.last < rows.size(); ++more) {
    const TextRow& row = rows[region.last];
    if (!near(region.last - 1, region.last) || row.pieces.size() > 1 || is_caption(row)) break;
    const Piece& piece = row.pieces.front();
    const bool below_one = std::any_of(rows[region.last - 1].pieces.begin(),
                                       rows[region.last - 1].pieces.end(), [&](const Piece& above) {
                                         return piece.x0 > above.x0 - 0.3 * row.size &&
                                                piece.x1 < above.x1 + 2 * row.size;
                                       });
    if (!below_one) break;
    ++region.last;
  }
  return region;
}

/// Whether vertical rules stand between most of the columns, over most of the height.
bool has_ruled_columns(const std::vector<TextRow>& lines, const std::vector<double>& separators,
                       const std::vector<Rule>& rules) {
  const double top = lines.front().top();
  const double bottom = lines.back().bottom();
  const double near = 2 * lines.front().size;
  const auto ruled = std::count_if(separators.begin(), separators.end(), [&](double x) {
    double covered = 0.0;
    for (const Rule& rule : rules) {
      if (rule.horizontal() || std::abs(rule.position - x) > near) continue;
      covered += overlap(rule.from, rule.to, top, bottom);
    }
    return covered > 0.7 * (bottom - top);
  });
  return ruled * 2 >= static_cast<std::ptrdiff_t>(separators.size());
}

/// Rows at the end with a label alone are notes below the table.
void drop_trailing_notes(LineGrid& grid, std::vector<TextRow>& lines) {
  while (grid.rows > 2) {
    const auto of_last =
        std::count_if(grid.cells.begin(), grid.cells.end(),
                      [&](const LineCell& cell) { return cell.line1 == grid.rows; });
    const LineCell& last = grid.cells.back();
    if (of_last > 1 || last.col0 > 0 || last.line0 + 1 != last.line1) return;
    lines.resize(
        static_cast<std::size_t>(grid.first_line[static_cast<std::size_t>(grid.rows) - 1]));
    grid.cells.pop_back();
    grid.first_line.pop_back();
    --grid.rows;
    grid.first_line.back() = static_cast<int>(lines.size());
  }
}

/// How the cells of a grid look, by columns.
struct Look {
  int filled = 0;        ///< cells with text
  int numeric = 0;       ///< of these, numbers, beyond the first column
  int beyond_first = 0;  ///< cells with text beyond the first column
  int long_text = 0;     ///< cells of more than eight words beyond the first column
  int small_start = 0;   ///< cells that begin in lower case: in tables few, in torn text most
  double aligned = 0.0;  ///< share of cells whose left, right or middle agrees with its column's
};

/// The share of values that lie within `tolerance` of the value that most lie at.
double agreement(std::vector<double> values, double tolerance) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  std::size_t best = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (values[i] - values[first] > 2 * tolerance) ++first;
    best = std::max(best, i - first + 1);
  }
  return static_cast<double>(best) / static_cast<double>(values.size());
}

Look look_at(const LineGrid& grid, double size) {
  Look look;
  double weight = 0.0;
  for (int col = 0; col < grid.cols; ++col) {
    std::vector<double> left;
    std::vector<double> right;
    std::vector<double> middle;
    for (const LineCell& cell : grid.cells) {
      const char32_t start = cell.words.front()->glyphs.front().code;
      if (cell.col0 == col) look.small_start += start >= U'a' && start <= U'z';
      if (cell.col0 != col || cell.col1 != col + 1) continue;
      ++look.filled;
      left.push_back(cell.x0);
      right.push_back(cell.x1);
      middle.push_back((cell.x0 + cell.x1) / 2);
      if (col == 0) continue;
      ++look.beyond_first;
      look.numeric += is_numeric(cell.words);
      look.long_text += cell.words.size() > 8;
    }
    const auto count = static_cast<double>(left.size());
    const double tolerance = 0.3 * size;
    look.aligned += count * std::max({agreement(left, tolerance), agreement(right, tolerance),
                                      agreement(middle, tolerance)});
    weight += count;
  }
  if (weight > 0) look.aligned /= weight;
  return look;
}

/// What else tells about a region.
struct Surroundings {
  bool ruled = false;   ///< rules close it, or stand between its columns
  bool titled = false;  ///< a table's caption stands above it
  bool figure = false;  ///< a figure's caption stands above or below it
  bool headed = false;  ///< its first row is bold and most others are not
};

/// Whether the grid looks like a table rather than like text that happens to line up. Numbers are
/// the surest sign; without them we ask for more columns, or for rules round the table.
bool is_table(const LineGrid& grid, const Look& look, const Surroundings& around) {
  if (grid.rows < 2 || grid.cols < 2 || look.beyond_first < 2) return false;
  const double fill = static_cast<double>(look.filled) / (grid.rows * grid.cols);
  const double numeric = static_cast<double>(look.numeric) / look.beyond_first;
  const double prose = static_cast<double>(look.long_text) / look.beyond_first;
  if (numeric < 0.25 && look.small_start * 2 > static_cast<int>(grid.cells.size())) return false;
  if (around.figure) return false;
  if (around.ruled) return fill > 0.3 && prose < 0.5 && look.aligned > 0.4;
  if (grid.rows == 2) {
    return grid.cols >= 4 && numeric > 0.8 && fill > 0.9 && look.aligned > 0.9;
  }
  if (prose > 0.4 || fill < 0.4) return false;
  // Of few cells a quarter can be numbers by chance, as in the head of a letter.
  if (numeric > (look.filled < 10 ? 0.5 : 0.25)) return look.aligned > 0.6;
  // Words alone in columns can be a list of names or an index.
  return (around.titled || around.headed) && grid.cols >= 3 && look.aligned > 0.75 && fill > 0.5;
}

/// Looks for captions within four rows of the region; a caption may have two or three lines.
Surroundings look_around(const std::vector<TextRow>& rows, const Region& region) {
  Surroundings around;
  around.ruled = region.ruled;
  for (std::size_t r = region.first; r-- > 0 && region.first - r <= 4;) {
    if (rows[region.first].centre - rows[r].centre > 8 * rows[r].size) break;
    around.titled = is_caption_of_table(rows[r]);
    around.figure = is_caption_of_figure(rows[r]);
    if (around.titled || around.figure) return around;
  }
  if (region.ruled) return around;
  for (std::size_t r = region.last; r < rows.size() && r < region.last + 2; ++r) {
    if (rows[r].centre - rows[region.last - 1].centre > 5 * rows[r].size) break;
    around.figure = around.figure || is_caption_of_figure(rows[r]);
  }
  return around;
}

bool is_headed(const LineGrid& grid) {
  int bold = 0;
  int cells = 0;
  int bold_heads = 0;
  int heads = 0;
  for (const LineCell& cell : grid.cells) {
    ++(cell.line0 == 0 ? heads : cells);
    if (cell.words.front()->bold) ++(cell.line0 == 0 ? bold_heads : bold);
  }
  return heads > 1 && bold_heads == heads && bold * 3 < cells;
}

/// The number of a page, or nothing.
int page_number_of(const LineCell& cell) {
  if (cell.words.size() != 1 || cell.words.front()->glyphs.size() > 4) return -1;
  int number = 0;
  for (const Glyph& glyph : cell.words.front()->glyphs) {
    if (glyph.code < U'0' || glyph.code > U'9') return -1;
    number = 10 * number + static_cast<int>(glyph.code - U'0');
  }
  return number;
}

/// A table of contents: titles, with leaders or counted, and the rising numbers of pages.
bool is_contents(const LineGrid& grid) {
  int pages = 0;
  int others = 0;
  int falls = 0;
  int marks = 0;
  int before = 0;
  for (const LineCell& cell : grid.cells) {
    if (cell.col1 < grid.cols) {
      const std::vector<Glyph>& last = cell.words.back()->glyphs;
      Piece first;
      first.words = {cell.words.front()};
      marks +=
          cell.col0 == 0 &&
          ((last.size() > 3 && last.back().code == U'.' && last[last.size() - 2].code == U'.') ||
           is_enumerator(first));
      continue;
    }
    const int number = page_number_of(cell);
    ++(number < 0 ? others : pages);
    if (number < 0) continue;
    falls += number < before;
    before = number;
  }
  return grid.cols <= 3 && pages >= 3 && others * 5 <= pages && falls * 8 <= pages &&
         marks * 2 >= pages;
}

/// Lines between columns and rows, as the edges of a table.
std::vector<double> column_edges(const LineGrid& grid, const std::vector<double>& separators) {
  double x0 = 1e9;
  double x1 = -1e9;
  for (const LineCell& cell : grid.cells) {
    x0 = std::min(x0, cell.x0);
    x1 = std::max(x1, cell.x1);
  }
  std::vector<double> edges{separators.empty() ? x0 : std::min(x0, separators.front())};
  edges.insert(edges.end(), separators.begin(), separators.end());
  edges.push_back(std::max(x1, edges.back()));
  return edges;
}

std::vector<double> row_edges(const LineGrid& grid, const std::vector<TextRow>& lines) {
  std::vector<double> edges{lines.front().top()};
  for (int row = 1; row < grid.rows; ++row) {
    const auto line = static_cast<std::size_t>(grid.first_line[static_cast<std::size_t>(row)]);
    edges.push_back((lines[line - 1].centre + lines[line].centre) / 2);
  }
  edges.push_back(lines.back().bottom());
  return edges;
}

Table to_table(const LineGrid& grid, const std::vector<TextRow>& lines,
               const std::vector<double>& separators, int page) {
  Table table;
  table.kind = TableKind::aligned;
  table.rows = grid.rows;
  table.cols = grid.cols;
  table.column_edges = column_edges(grid, separators);
  table.row_edges = row_edges(grid, lines);
  const auto at = [](const std::vector<double>& edges, int i) {
    return edges[static_cast<std::size_t>(i)];
  };
  for (const LineCell& from : grid.cells) {
    Cell cell;
    cell.row = from.line0;
    cell.col = from.col0;
    cell.row_span = from.line1 - from.line0;
    cell.col_span = from.col1 - from.col0;
    cell.parts.push_back({page,
                          {at(table.column_edges, from.col0), at(table.row_edges, from.line0),
                           at(table.column_edges, from.col1), at(table.row_edges, from.line1)}});
    std::vector<Word> words;
    for (const Word* word : from.words) words.push_back(*word);
    cell.lines = make_lines(std::move(words), page);
    table.cells.push_back(std::move(cell));
  }
  table.parts.push_back({page,
                         {table.column_edges.front(), table.row_edges.front(),
                          table.column_edges.back(), table.row_edges.back()}});
  return table;
}

/// The tables among the rows of one column of text.
std::vector<Table> tables_of_flow(std::vector<TextRow> rows, const std::vector<Rule>& rules,
                                  const std::vector<Rule>& horizontal,
                                  const std::vector<Box>& taken, int page) {
  for (TextRow& row : rows) {
    std::erase_if(row.pieces, [](const Piece& piece) { return piece.prose; });
  }
  std::erase_if(rows, [](const TextRow& row) { return row.pieces.empty(); });
  std::vector<Region> regions;
  for (const Region& region : find_regions(rows, taken)) {
    for (const Region& part : without_headings(rows, region)) regions.push_back(part);
  }
  std::vector<Table> tables;
  std::size_t used = 0;  // rows before this one are in a table already
  for (Region region : regions) {
    region = closed_by_rules(rows, region, horizontal);
    region = with_edges(rows, region);
    region.first = std::max(region.first, used);
    if (region.first >= region.last) continue;
    std::vector<TextRow> lines = finer(rows, region);
    const std::vector<double> separators = find_separators(lines);
    if (separators.empty()) continue;
    region.ruled = region.ruled || has_ruled_columns(lines, separators, rules);
    LineGrid grid = group_lines(lines, separators, horizontal);
    Surroundings around = look_around(rows, region);
    around.headed = is_headed(grid);
    if (is_contents(grid)) continue;
    if (!is_table(grid, look_at(grid, lines.front().size), around)) continue;
    drop_trailing_notes(grid, lines);
    used = region.first + lines.size();
    tables.push_back(to_table(grid, lines, separators, page));
  }
  return tables;
}

}  // namespace

std::vector<Table> find_aligned(const std::vector<Word>& words, const std::vector<Rule>& rules,
                                const std::vector<Box>& taken, int page) {
  std::vector<Rule> horizontal;
  if (rules.size() <= kMostRules) {
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(horizontal),
                 [](const Rule& rule) { return rule.horizontal(); });
  }
  std::vector<Table> tables;
  for (std::vector<TextRow>& flow : text_flows(words)) {
    for (Table& table : tables_of_flow(std::move(flow), rules, horizontal, taken, page)) {
      tables.push_back(std::move(table));
    }
  }
  return tables;
}

}  // namespace tabularium
