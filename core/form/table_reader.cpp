#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "tabularium/form/field_reader_internal.h"

namespace tabularium {
namespace {

/// How far rules that should stand above each other may be apart, in points. A page takes rules for
/// one that are nearer than 0.3 font sizes, and of which it makes the mean; the next page may have
/// but one of them.
double slack_of(const Cell& head) {
  constexpr double kLeast = 2.5;
  return std::max(kLeast, 0.4 * head.lines.front().words.front().font_size);
}

/// Where a column of the table stands: from its header cell.
struct Range {
  bool found = false;
  double x0 = 0.0;
  double x1 = 0.0;
  std::string unit;
};

/// A header on paper.
struct Header {
  std::vector<Range> ranges;  // one for each column of the layout
  std::vector<const Cell*> cells;
  int first_row = 0;   // of the rows below
  double slack = 0.0;  // of rules, in points
};

double x_of(const Table& table, int col) {
  return table.column_edges[static_cast<std::size_t>(col)];
}
double left_of(const Table& table, const Cell& cell) { return x_of(table, cell.col); }
double right_of(const Table& table, const Cell& cell) {
  return x_of(table, cell.col + cell.col_span);
}

/// The cell of `row` that shares most with the range; null where none does.
const Cell* cell_in(const Table& table, int row, const Range& range) {
  const Cell* best = nullptr;
  double most = 0.0;
  for (int col = 0; col < table.cols; ++col) {
    if (x_of(table, col + 1) <= range.x0 || x_of(table, col) >= range.x1) continue;
    const Cell* cell = table.cell_at(row, col);
    if (cell == nullptr || cell == best) continue;
    const double shared =
        overlap(left_of(table, *cell), right_of(table, *cell), range.x0, range.x1);
    if (shared > most) most = shared, best = cell;
  }
  return best;
}

/// Whether a cell belongs to the range alone. At a page break the side label may be drawn shorter
/// than its rows: then the cell beside it reaches under it, but its text does not.
bool inside(const Table& table, const Cell& cell, const Range& range, double slack) {
  if (right_of(table, cell) > range.x1 + slack) return false;
  if (left_of(table, cell) > range.x0 - slack) return true;
  if (cell.col > 0 || cell.lines.empty()) return false;
  return std::all_of(cell.lines.begin(), cell.lines.end(), [&](const TextLine& line) {
    const double shift = x_of(table, cell.col) - cell.box().x0;
    return line.box.x0 + shift > range.x0;
  });
}

class TableReader {
 public:
  TableReader(FormView& view, const TableSpec& spec, Totals& totals, std::vector<Issue>& issues,
              LayoutTrace::Table* trace)
      : view_(view), spec_(spec), totals_(totals), issues_(issues), trace_(trace) {}

  RawTable read() {
    result_.name = spec_.name;
    for (const Table& table : view_.tables()) {
      if (ended_) break;
      read_rows(table);
    }
    if (!header_) {
      issues_.push_back({"layout",
                         Severity::warning,
                         "/tables/" + spec_.name,
                         {},
                         fmt::format("no header of the table \"{}\" on the form", spec_.name)});
    }
    return std::move(result_);
  }

 private:
  void read_rows(const Table& table) {
    int limit = table.rows;
    int row = 0;
    if (header_) adopt(table);
    while (row < table.rows && (row < limit || goes_on_below_side(table, row))) {
      if (auto header = header_at(table, row)) {
        row = header->first_row;
        take_header(table, *header);
        limit = std::min(limit, side_end(table, row));
        continue;
      }
      if (header_ && table_ == &table && !read_row(table, row)) {
        ended_ = true;
        return;
      }
      ++row;
    }
    if (header_ && limit < table.rows) ended_ = true;
  }

  /// A part that could not be joined goes on below the same header where its edges are the same.
  void adopt(const Table& table) {
    const bool same =
        std::abs(table.column_edges.front() - table_->column_edges.front()) < header_->slack &&
        std::abs(table.column_edges.back() - table_->column_edges.back()) < header_->slack;
    if (same) table_ = &table;
  }

  std::optional<Header> header_at(const Table& table, int row) const {
    Header header;
    header.ranges.resize(spec_.columns.size());
    header.first_row = row + 1;
    for (int col = 0; col < table.cols;) {
      const Cell* cell = table.cell_at(row, col);
      if (cell == nullptr) {
        ++col;
        continue;
      }
      col = cell->col + cell->col_span;
      if (cell->row == row && !cell->lines.empty()) match_header(table, *cell, header);
    }
    return complete(header) ? std::optional(header) : std::nullopt;
  }

  void match_header(const Table& table, const Cell& cell, Header& header) const {
    const FoldedText& text = view_.place_of(cell).folded;
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      if (header.ranges[i].found) continue;
      const auto match = match_whole(text, spec_.columns[i].headers);
      if (!match) continue;
      header.ranges[i] = {true, left_of(table, cell), right_of(table, cell), match->unit};
      header.cells.push_back(&cell);
      header.slack = std::max(header.slack, slack_of(cell));
      header.first_row = std::max(header.first_row, cell.row + cell.row_span);
      return;
    }
  }

  /// Most columns, and all that rows are told by, are there.
  bool complete(const Header& header) const {
    std::size_t required = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      required += !spec_.columns[i].optional;
      found += !spec_.columns[i].optional && header.ranges[i].found;
    }
    const bool rows =
        std::all_of(spec_.rows_by.begin(), spec_.rows_by.end(), [&](const std::string& name) {
          return header.ranges[static_cast<std::size_t>(spec_.column_index(name))].found;
        });
    // One header alone may stand anywhere; a table that has no more is known by its rows' labels.
    const std::size_t least = spec_.key.empty() ? 2 : std::min<std::size_t>(2, required);
    return rows && found >= least && found * 3 >= required * 2;
  }

  void take_header(const Table& table, Header& header) {
    const bool first = !header_;
    if (first && trace_ != nullptr) trace_header(table, header);
    for (const Cell* cell : header.cells) FormView::claim_label(view_.place_of(*cell));
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      Range& range = header.ranges[i];
      if (first && !range.found && !spec_.columns[i].optional) report_missing(spec_.columns[i]);
      if (range.unit.empty()) range.unit = printed_unit(view_, spec_.columns[i].unit_labels);
      if (range.unit.empty()) range.unit = spec_.columns[i].unit;
    }
    header_ = std::move(header);
    table_ = &table;
    previous_.clear();
  }

  /// Tells which cells of the header's row fit each column: the one taken, then any other that no
  /// column took.
  void trace_header(const Table& table, const Header& header) const {
    trace_->found = true;
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      LayoutTrace::Column column{spec_.columns[i].name, {}};
      for (int col = 0; col < table.cols && header.ranges[i].found;) {
        const Cell* cell = table.cell_at(header.cells.front()->row, col);
        col = cell == nullptr ? col + 1 : cell->col + cell->col_span;
        if (cell == nullptr || cell->lines.empty()) continue;
        const bool taken = left_of(table, *cell) == header.ranges[i].x0;
        const bool others = !taken && std::find(header.cells.begin(), header.cells.end(), cell) !=
                                          header.cells.end();
        if (others || !match_whole(view_.place_of(*cell).folded, spec_.columns[i].headers))
          continue;
        column.headers.insert(taken ? column.headers.begin() : column.headers.end(),
                              evidence_of(cell->lines));
      }
      trace_->columns.push_back(std::move(column));
    }
  }

  void report_missing(const ColumnSpec& column) {
    issues_.push_back({"layout",
                       Severity::warning,
                       "/tables/" + spec_.name,
                       {},
                       fmt::format("no column \"{}\" on the form", column.headers.front().text)});
  }

  /// The row behind the last that the table's side label spans; all rows where there is none.
  int side_end(const Table& table, int row) {
    if (spec_.side.empty()) return table.rows;
    for (const Cell& cell : table.cells) {
      if (cell.row > row || cell.row + cell.row_span < row) continue;
      TextPlace& place = view_.place_of(cell);
      if (!match_whole(place.folded, spec_.side)) continue;
      FormView::claim_label(place);
      return std::max(cell.row + cell.row_span, row);
    }
    return table.rows;
  }

  /// Whether a row below the side label is one of its rows, of which the label is not drawn.
  bool goes_on_below_side(const Table& table, int row) const {
    if (!header_ || table_ != &table) return false;
    const Cell* first = table.cell_at(row, 0);
    const auto cells = cells_of(table, row);
    return first != nullptr && first == cells.front() && first->row == row && is_data(table, cells);
  }

  std::vector<const Cell*> cells_of(const Table& table, int row) const {
    std::vector<const Cell*> cells;
    for (const Range& range : header_->ranges) {
      cells.push_back(range.found ? cell_in(table, row, range) : nullptr);
    }
    return cells;
  }

  bool is_data(const Table& table, const std::vector<const Cell*>& cells) const {
    bool text = false;
    for (const std::string& name : spec_.rows_by) {
      const auto i = static_cast<std::size_t>(spec_.column_index(name));
      if (cells[i] == nullptr || !inside(table, *cells[i], header_->ranges[i], header_->slack)) {
        return false;
      }
      text = text || !cells[i]->lines.empty();
    }
    return text;
  }

  /// Reads one row of the grid; false where the table has ended.
  bool read_row(const Table& table, int row) {
    const auto cells = cells_of(table, row);
    const Cell* first = table.cell_at(row, 0);
    for (const Cell* label : {first, cells.front()}) {
      if (label == nullptr || label->row != row) continue;
      if (match_whole(view_.place_of(*label).folded, spec_.until)) return false;
    }
    if (is_total(table, cells, row)) {
      take_total(cells);
      return true;
    }
    if (!is_data(table, cells)) return true;
    spec_.key.empty() ? add_row(cells) : add_keyed_row(table, cells, row);
    return true;
  }

  bool is_total(const Table& table, const std::vector<const Cell*>& cells, int row) const {
    if (cells.front() == nullptr || (spec_.total.empty() && !spec_.unnamed_total)) return false;
    const Cell& label = *cells.front();
    if (label.row != row || result_.rows.empty()) return false;
    if (match_whole(view_.place_of(label).folded, spec_.total)) return true;
    if (!spec_.unnamed_total || !label.lines.empty() || is_data(table, cells)) return false;
    return std::any_of(cells.begin(), cells.end(),
                       [](const Cell* cell) { return cell != nullptr && !cell->lines.empty(); });
  }

  void take_total(const std::vector<const Cell*>& cells) {
    if (trace_ != nullptr) trace_->total = true;
    FormView::claim_label(view_.place_of(*cells.front()));
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (cells[i] == nullptr || cells[i] == cells.front()) continue;
      totals_[{spec_.name, spec_.columns[i].name}] = value_of(*cells[i], i);
    }
  }

  RawValue value_of(const Cell& cell, std::size_t column) const {
    RawValue value = view_.take(view_.place_of(cell));
    value.unit = header_->ranges[column].unit;
    return value;
  }

  void add_row(const std::vector<const Cell*>& cells) {
    // Grid rows that rules of other columns make are no rows of this table.
    std::vector<const Cell*> own;
    for (const std::string& name : spec_.rows_by) {
      own.push_back(cells[static_cast<std::size_t>(spec_.column_index(name))]);
    }
    if (own == previous_) return;
    previous_ = std::move(own);
    RawRow row;
    for (std::size_t i = 0; i < cells.size(); ++i) add_cell(row, cells[i], i);
    go_on_with_labels(row, cells, previous_.front()->page());
    last_page_ = previous_.front()->page();
    result_.rows.push_back(std::move(row));
  }

  /// A merged label stands only in its first part: where a page begins with an empty place for it,
  /// it is the one of the row before, and so for all rows of that place. A label of its own ends
  /// this, since what stands right of it is then another's.
  void go_on_with_labels(RawRow& row, const std::vector<const Cell*>& cells, int page) {
    going_on_.resize(cells.size(), nullptr);
    for (std::size_t i = 0; i < cells.size() && !spec_.columns[i].words.empty(); ++i) {
      if (cells[i] == nullptr) continue;  // a column that this form does not have
      if (!row.cells[i].value.text.empty() || result_.rows.empty()) return;
      if (page == last_page_ && going_on_[i] != cells[i]) return;
      going_on_[i] = cells[i];
      row.cells[i].value = result_.rows.back().cells[i].value;
    }
  }

  void add_cell(RawRow& row, const Cell* cell, std::size_t column) const {
    // A column that this form does not have gives an empty value.
    row.cells.push_back({spec_.columns[column].name, cell ? value_of(*cell, column) : RawValue{}});
  }

  void add_keyed_row(const Table& table, const std::vector<const Cell*>& cells, int row) {
    for (int col = 0; col < table.cols; ++col) {
      const Cell* label = table.cell_at(row, col);
      if (label == nullptr || label == cells.front() || label->row != row) continue;
      TextPlace& place = view_.place_of(*label);
      for (const RowSpec& candidate : spec_.rows) {
        if (!match_whole(place.folded, candidate.labels)) continue;
        FormView::claim_label(place);
        place.label = false;  // the label of this row, and of no field
        RawValue key;
        key.text = candidate.name;
        key.evidence = evidence_of(*place.lines);
        RawRow result;
        result.cells.push_back({spec_.key, std::move(key)});
        for (std::size_t i = 0; i < cells.size(); ++i) add_cell(result, cells[i], i);
        result_.rows.push_back(std::move(result));
        return;
      }
    }
  }

  FormView& view_;
  const TableSpec& spec_;
  Totals& totals_;
  std::vector<Issue>& issues_;
  LayoutTrace::Table* trace_;  // null: nobody asks
  RawTable result_;
  std::optional<Header> header_;
  const Table* table_ = nullptr;  // the one that rows are read from
  std::vector<const Cell*> previous_;
  std::vector<const Cell*> going_on_;  // empty cells that the label of an earlier page stands for
  int last_page_ = 0;                  // of the last row
  bool ended_ = false;
};

}  // namespace

RawTable read_table(FormView& view, const TableSpec& spec, Totals& totals,
                    std::vector<Issue>& issues, LayoutTrace* trace) {
  return TableReader(view, spec, totals, issues,
                     trace == nullptr ? nullptr : &trace->tables[spec.name])
      .read();
}

}  // namespace tabularium
