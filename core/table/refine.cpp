#include "tabularium/table/refine_internal.h"

#include <algorithm>

#include "tabularium/table/columns_internal.h"
#include "tabularium/table/line_cells_internal.h"

namespace tabularium {
namespace {

constexpr double kCellGap = 0.5;

std::vector<double> inner(const std::vector<double>& edges) {
  return {edges.begin() + 1, edges.end() - 1};
}

int interval_of(const std::vector<double>& edges, double value) {
  const auto above = std::upper_bound(edges.begin(), edges.end(), value);
  return static_cast<int>(above - edges.begin()) - 1;
}

class Refiner {
 public:
  Refiner(Table table, const std::vector<Word>& words, const Scale& scale)
      : table_(std::move(table)), scale_(scale), words_of_(table_.cells.size()) {
    const Box& box = table_.parts.front().box;
    for (const Word& word : words) {
      if (!word.vertical && box.contains(word.box.centre())) {
        const Cell* cell = table_.cell_at(interval_of(table_.row_edges, word.box.centre().y),
                                          interval_of(table_.column_edges, word.box.centre().x));
        words_of_[static_cast<std::size_t>(cell - table_.cells.data())].push_back(word);
      }
    }
  }

  Table refined() {
    std::vector<double> columns = table_.column_edges;
    for (int col = 0; col < table_.cols; ++col) add_columns(col, columns);
    std::sort(columns.begin(), columns.end());
    separators_ = inner(columns);
    std::vector<double> rows = table_.row_edges;
    for (int row = 0; row < table_.rows; ++row) add_rows(row, rows);
    std::sort(rows.begin(), rows.end());
    if (columns.size() == table_.column_edges.size() && rows.size() == table_.row_edges.size() &&
        !has_gaps_in_spans()) {
      return std::move(table_);
    }
    return divided(columns, rows);
  }

 private:
  const Cell& cell(std::size_t i) const { return table_.cells[i]; }

  /// Lines of the cells for which `chosen` holds, as one sequence; lines of different rows of the
  /// table stay apart since they stand apart.
  template <typename Chosen>
  std::vector<TextRow> lines_of(const Chosen& chosen) {
    pool_.clear();
    for (std::size_t i = 0; i < table_.cells.size(); ++i) {
      if (chosen(cell(i))) pool_.insert(pool_.end(), words_of_[i].begin(), words_of_[i].end());
    }
    return make_rows(pool_, kCellGap);
  }

  /// Columns that white space shows within one ruled column.
  void add_columns(int col, std::vector<double>& columns) {
    std::vector<TextRow> lines =
        lines_of([&](const Cell& c) { return c.col == col && c.col_span == 1; });
    std::vector<TextRow> marked = lines;
    mark_prose(marked);
    for (const TextRow& row : marked) {
      if (std::any_of(row.pieces.begin(), row.pieces.end(),
                      [](const Piece& piece) { return piece.prose; })) {
        return;
      }
    }
    std::erase_if(lines, [](const TextRow& row) {
      return row.pieces.size() == 2 && is_enumerator(row.pieces[0]) &&
             !is_numeric(row.pieces[1].words);
    });
    const auto telling = std::count_if(lines.begin(), lines.end(),
                                       [](const TextRow& row) { return row.pieces.size() > 1; });
    // Two lines can agree by chance, and so can a minority of many.
    if (telling < 3 || telling * 2 < static_cast<std::ptrdiff_t>(lines.size())) return;
    for (const double x : find_separators(lines)) columns.push_back(x);
  }

  /// Whether `below` could have stood in the line above: then the break was meant.
  bool meant_break(const LineCell& above, const LineCell& below,
                   const std::vector<double>& columns) const {
    const double width = columns[static_cast<std::size_t>(above.col1)] -
                         columns[static_cast<std::size_t>(above.col0)];
    const Word& next = *below.words.front();
    return above.x1 - above.x0 + next.box.width() + 0.3 * next.font_size <
           width - 0.6 * scale_.text;
  }

  /// Numbers do not wrap, but a list of them does, after its commas.
  static bool is_whole_number(const LineCell& cell, bool is_meant) {
    if (!is_numeric(cell.words)) return false;
    const char32_t last = cell.words.back()->glyphs.back().code;
    return is_meant || (cell.words.size() == 1 && last != U',' && last != U';' && last != U'-');
  }

  /// Rows that the lines within one ruled row show: numbers stand below numbers, or in several
  /// columns the lines end though the next word had room.
  void add_rows(int row, std::vector<double>& rows) {
    const std::vector<TextRow> lines =
        lines_of([&](const Cell& c) { return c.row == row && c.row_span == 1; });
    if (lines.size() < 2) return;
    std::vector<double> columns = separators_;
    columns.insert(columns.begin(), table_.column_edges.front());
    columns.push_back(table_.column_edges.back());
    std::vector<std::vector<LineCell>> cells;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      cells.push_back(cells_of_line(lines[i], static_cast<int>(i), separators_));
    }
    const LineGrid grid = group_lines(lines, separators_, {});
    if (!shows_rows(cells, columns) && !is_body(row, grid)) return;
    for (int r = 1; r < grid.rows; ++r) {
      const auto line = static_cast<std::size_t>(grid.first_line[static_cast<std::size_t>(r)]);
      rows.push_back((lines[line - 1].centre + lines[line].centre) / 2);
    }
  }

  /// Whether the ruled row is the whole body of the table: most of its height, and of its text
  /// many rows that stand apart and have several cells.
  bool is_body(int row, const LineGrid& grid) const {
    const auto r = static_cast<std::size_t>(row);
    const double height = table_.row_edges[r + 1] - table_.row_edges[r];
    const double whole = table_.row_edges.back() - table_.row_edges.front();
    if (!grid.spaced || grid.rows < 4 || height < 0.6 * whole) return false;
    std::vector<int> filled(static_cast<std::size_t>(grid.rows), 0);
    for (const LineCell& cell : grid.cells) ++filled[static_cast<std::size_t>(cell.line0)];
    const auto full =
        std::count_if(filled.begin(), filled.end(), [](int count) { return count > 1; });
    return full * 3 >= static_cast<std::ptrdiff_t>(grid.rows) * 2;
  }

  bool shows_rows(const std::vector<std::vector<LineCell>>& cells,
                  const std::vector<double>& columns) const {
    int of_numbers = 0;
    int of_text = 0;
    for (int col = 0; col + 1 < static_cast<int>(columns.size()); ++col) {
      int breaks = 0;
      int meant = 0;
      int numbers = 0;
      const LineCell* above = nullptr;
      int lines = 0;
      for (const auto& line : cells) {
        for (const LineCell& cell : line) {
          if (cell.col0 != col || cell.col1 != col + 1) continue;
          ++lines;
          if (above != nullptr) {
            ++breaks;
            const bool is_meant = meant_break(*above, cell, columns);
            meant += is_meant;
            numbers += is_numeric(cell.words) && is_whole_number(*above, is_meant);
          }
          above = &cell;
        }
      }
      if (breaks == 0 || lines * 2 < static_cast<int>(cells.size())) continue;
      if (numbers * 3 >= breaks * 2) of_numbers += breaks > 1 ? 2 : 1;
      of_text += breaks >= 3 && meant == breaks && lines * 3 >= static_cast<int>(cells.size()) * 2;
    }
    // One number below another may be a year in two lines of heads.
    return of_numbers >= 2 || of_text >= 2;
  }

  /// Whether a cell over several columns holds pieces that stand in different ones.
  bool has_gaps_in_spans() {
    for (std::size_t i = 0; i < table_.cells.size(); ++i) {
      if (cell(i).col_span > 1 && parts_of(i, table_.column_edges).size() > 1) return true;
    }
    return false;
  }

  /// The text of a cell by the columns that it lies in: ranges of columns, rising, apart.
  std::vector<LineCell> parts_of(std::size_t i, const std::vector<double>& columns) {
    std::vector<LineCell> parts;
    const std::vector<TextRow> lines = make_rows(words_of_[i], kPieceGap);
    for (const TextRow& line : lines) {
      for (const LineCell& piece : cells_of_line(line, 0, inner(columns))) {
        LineCell joined = piece;
        std::erase_if(parts, [&](const LineCell& part) {
          if (part.col1 <= joined.col0 || part.col0 >= joined.col1) return false;
          joined.col0 = std::min(joined.col0, part.col0);
          joined.col1 = std::max(joined.col1, part.col1);
          return true;
        });
        parts.push_back(std::move(joined));
      }
    }
    std::sort(parts.begin(), parts.end(),
              [](const LineCell& a, const LineCell& b) { return a.col0 < b.col0; });
    return parts;
  }

  Table divided(const std::vector<double>& columns, const std::vector<double>& rows) {
    Table made;
    made.kind = table_.kind;
    made.parts = table_.parts;
    made.open_top = table_.open_top;
    made.open_bottom = table_.open_bottom;
    made.column_edges = columns;
    made.row_edges = rows;
    made.rows = static_cast<int>(rows.size()) - 1;
    made.cols = static_cast<int>(columns.size()) - 1;
    for (std::size_t i = 0; i < table_.cells.size(); ++i) divide(i, made);
    std::sort(made.cells.begin(), made.cells.end(), [](const Cell& a, const Cell& b) {
      return a.row != b.row ? a.row < b.row : a.col < b.col;
    });
    return made;
  }

  /// Adds the parts of cell i to the new table: rows first, then each by its columns.
  void divide(std::size_t i, Table& made) {
    const Box& box = cell(i).box();
    const auto index = [](const std::vector<double>& edges, double value) {
      return static_cast<int>(std::lower_bound(edges.begin(), edges.end(), value) - edges.begin());
    };
    const int row0 = index(made.row_edges, box.y0);
    const int row1 = index(made.row_edges, box.y1);
    const bool whole = cell(i).row_span > 1;
    for (int row = row0; row < row1; row = whole ? row1 : row + 1) {
      divide_row(i, row, whole ? row1 : row + 1, index(made.column_edges, box.x0),
                 index(made.column_edges, box.x1), made);
    }
  }

  void divide_row(std::size_t i, int row0, int row1, int col0, int col1, Table& made) {
    const double y0 = made.row_edges[static_cast<std::size_t>(row0)];
    const double y1 = made.row_edges[static_cast<std::size_t>(row1)];
    std::vector<Word> all = std::move(words_of_[i]);
    words_of_[i] = {};
    for (const Word& word : all) {
      const double y = word.box.centre().y;
      if (y >= y0 && y < y1) words_of_[i].push_back(word);
    }
    std::vector<LineCell> parts =
        col1 - col0 > 1 ? parts_of(i, made.column_edges) : std::vector<LineCell>{};
    words_of_[i] = std::move(all);
    if (parts.size() < 2) {
      add(row0, row1, col0, col1, made);
      return;
    }
    int next = col0;
    for (const LineCell& part : parts) {
      const int from = std::clamp(part.col0, next, col1);
      const int to = std::clamp(part.col1, from, col1);
      for (; next < from; ++next) add(row0, row1, next, next + 1, made);
      if (to > from) add(row0, row1, from, to, made);
      next = std::max(next, to);
    }
    for (; next < col1; ++next) add(row0, row1, next, next + 1, made);
  }

  void add(int row0, int row1, int col0, int col1, Table& made) const {
    const auto at = [](const std::vector<double>& edges, int edge) {
      return edges[static_cast<std::size_t>(edge)];
    };
    Cell part;
    part.row = row0;
    part.col = col0;
    part.row_span = row1 - row0;
    part.col_span = col1 - col0;
    part.parts.push_back({table_.page(),
                          {at(made.column_edges, col0), at(made.row_edges, row0),
                           at(made.column_edges, col1), at(made.row_edges, row1)}});
    made.cells.push_back(std::move(part));
  }

  Table table_;
  const Scale& scale_;
  std::vector<std::vector<Word>> words_of_;  ///< of each cell
  std::vector<double> separators_;           ///< inner column edges, those by text among them
  std::vector<Word> pool_;                   ///< what the rows of `lines_of` point to
};

}  // namespace

Table refine_by_text(Table table, const std::vector<Word>& words, const Scale& scale) {
  return Refiner(std::move(table), words, scale).refined();
}

}  // namespace tabularium
