#include <fmt/format.h>

#include <algorithm>

#include "tabularium/form/retell_parts_internal.h"

namespace tabularium {
namespace {

constexpr std::size_t kMostPieces = 4;  // words that a label is cut into by spaces

/// A header found so far.
struct Header {
  std::vector<LooseColumn> columns;
  std::vector<std::vector<const LoosePiece*>> pieces;  // of each column
  std::vector<const LoosePiece*> beside;               // headings in the same row
  std::size_t end = 0;                                 // the row behind it
};

bool has(const Header& header, const ColumnSpec& column) {
  return std::any_of(header.columns.begin(), header.columns.end(),
                     [&](const LooseColumn& one) { return one.spec == &column; });
}

bool is_complete(const Header& header, const TableSpec& table) {
  std::size_t required = 0;
  std::size_t found = 0;
  for (const ColumnSpec& column : table.columns) {
    required += !column.optional;
    found += !column.optional && has(header, column);
  }
  const bool rows =
      std::all_of(table.rows_by.begin(), table.rows_by.end(), [&](const std::string& name) {
        return has(header, table.columns[static_cast<std::size_t>(table.column_index(name))]);
      });
  return rows && found >= 2 && found * 3 >= required * 2;
}

/// Adds the headers that `row` holds; false where something else stands in it.
bool add_headers(const LooseRow& row, const TableSpec& table, const LayoutSpec& spec,
                 Header& header) {
  for (std::size_t at = 0; at < row.pieces.size();) {
    std::size_t taken = 0;
    const ColumnSpec* found = nullptr;
    for (const ColumnSpec& column : table.columns) {
      if (has(header, column)) continue;
      const std::size_t pieces = pieces_of(row, at, column.headers);
      if (pieces > taken) taken = pieces, found = &column;
    }
    if (found == nullptr) {
      taken = std::max(pieces_of(row, at, spec.headings), pieces_of(row, at, table.side));
      if (taken == 0) return false;
      for (std::size_t i = at; i < at + taken; ++i) header.beside.push_back(&row.pieces[i]);
    } else if (header.columns.size() < kMostLooseColumns) {
      LooseColumn column;
      column.spec = found;
      column.col = row.pieces[at].col;
      column.level = !found->words.empty();
      column.wanted =
          std::find(table.rows_by.begin(), table.rows_by.end(), found->name) != table.rows_by.end();
      header.columns.push_back(column);
      header.pieces.emplace_back();
      for (std::size_t i = at; i < at + taken; ++i) {
        header.pieces.back().push_back(&row.pieces[i]);
      }
    }
    at += taken;
  }
  return true;
}

/// The header that begins in row `at`; its cells may stand in lines of their own.
std::optional<Header> header_at(const std::vector<LooseRow>& rows, std::size_t at,
                                const TableSpec& table, const LayoutSpec& spec) {
  Header header;
  for (std::size_t row = at; row < rows.size(); ++row) {
    const std::size_t before = header.columns.size();
    if (!add_headers(rows[row], table, spec, header)) break;
    if (header.columns.size() == before) break;
    header.end = row + 1;
    // A header in cells is one row; one in lines of words may go on.
    if (rows[row].cells && is_complete(header, table)) break;
  }
  return is_complete(header, table) ? std::optional(header) : std::nullopt;
}

/// The last header may be wrapped: 偏差原因分析 / 及改进措施.
void take_wrapped_header(const std::vector<LooseRow>& rows, Header& header) {
  if (header.end >= rows.size() || rows[header.end].pieces.size() != 1) return;
  const LoosePiece& next = rows[header.end].pieces.front();
  for (std::size_t i = 0; i < header.columns.size(); ++i) {
    FoldedText both;
    for (const LoosePiece* piece : header.pieces[i]) both.text += piece->folded;
    both.text += next.folded;
    both.line_ends = {both.text.size()};
    if (!match_whole(both, header.columns[i].spec->headers)) continue;
    header.pieces[i].push_back(&next);
    ++header.end;
    return;
  }
}

/// What a cell has at most that was put together: of words that no mark parts from the next cell,
/// or of parts that stood in several rows.
constexpr double kPutTogether = 0.85;

/// The text of a cell. `loose`: of a line of words.
std::vector<TextLine> one_line(const std::vector<const LoosePiece*>& pieces, bool loose = false) {
  if (pieces.empty()) return {};
  TextLine line = joined(pieces);
  if (loose || pieces.size() > 1) {
    for (Word& word : line.words) word.confidence = std::min(word.confidence, kPutTogether);
  }
  return {std::move(line)};
}

class TableTeller {
 public:
  TableTeller(const std::vector<LooseRow>& rows, const TableSpec& table, const LayoutSpec& spec,
              Header header)
      : rows_(rows), table_(table), spec_(spec), header_(std::move(header)) {
    taken_.end = header_.end;
    for (const LoosePiece* piece : header_.beside) set_aside(*piece);
    // The label of a row stands before its cells.
    first_column_ = table_.key.empty() ? 0 : 1;
    taken_.table.header.resize(header_.columns.size() + first_column_);
    for (std::size_t i = 0; i < header_.columns.size(); ++i) {
      taken_.table.header[i + first_column_] = one_line(header_.pieces[i]);
    }
  }

  TakenTable take() {
    table_.key.empty() ? take_rows() : take_keyed_rows();
    return std::move(taken_);
  }

 private:
  bool ends_at(std::size_t row) const;
  void take_rows();
  void take_keyed_rows();
  bool take_keyed_row(const LooseRow& row);
  void take_total(const LooseRow& row, std::size_t first);
  void add_parsed(const RowParse& parse);
  std::vector<std::vector<const LoosePiece*>> in_columns(
      const std::vector<const LoosePiece*>& values, bool& sure) const;
  void doubt(std::size_t row, const LoosePiece& at);
  void set_aside(const LoosePiece& piece);

  const std::vector<LooseRow>& rows_;
  const TableSpec& table_;
  const LayoutSpec& spec_;
  Header header_;
  std::size_t first_column_ = 0;
  TakenTable taken_;
  std::vector<LooseRow> body_;  // rows without headings in them
  std::vector<std::size_t> total_columns_;
};

/// Keeps a label or heading that stands beside the rows.
void TableTeller::set_aside(const LoosePiece& piece) {
  const bool side = match_whole(folded_pieces({piece}, 0, 1), table_.side).has_value();
  (side ? taken_.table.side : taken_.beside).push_back(joined({&piece}));
}

void TableTeller::doubt(std::size_t row, const LoosePiece& at) {
  const Word& word = at.lines.front().words.front();
  taken_.issues.push_back(
      {"layout",
       Severity::warning,
       fmt::format("/tables/{}/{}", table_.name, row),
       {},
       fmt::format("line {}: the cells of this row do not stand as those of other rows do, so "
                   "compare it with the file",
                   word.source_line)});
}

/// Whether `row` is no row of the table any more.
bool TableTeller::ends_at(std::size_t index) const {
  const LooseRow& row = rows_[index];
  if (pieces_of(row, 0, table_.until) > 0) return true;
  if (pieces_of(row, 0, table_.total) > 0) return false;
  if (label_at(row, 0, spec_)) return true;
  return std::any_of(spec_.tables.begin(), spec_.tables.end(), [&](const TableSpec& other) {
    return &other != &table_ && header_at(rows_, index, other, spec_).has_value();
  });
}

/// A repeated header of the table: a page break put it there.
bool repeats_header(const LooseRow& row, const TableSpec& table, const LayoutSpec& spec) {
  Header again;
  return row.pieces.size() > 1 && add_headers(row, table, spec, again) && is_complete(again, table);
}

void TableTeller::take_rows() {
  const LooseRow* total = nullptr;
  std::size_t total_at = 0;
  for (; taken_.end < rows_.size() && !ends_at(taken_.end); ++taken_.end) {
    LooseRow row = rows_[taken_.end];
    if (repeats_header(row, table_, spec_)) continue;
    if (is_running_head(row, spec_)) {
      for (const LoosePiece& piece : row.pieces) set_aside(piece);
      continue;
    }
    const bool level_word =
        std::any_of(header_.columns.begin(), header_.columns.end(), [&](const LooseColumn& column) {
          return column.level && pieces_of(row, 0, column.spec->words) > 0;
        });
    const std::size_t side =
        level_word ? 0
                   : std::max(pieces_of(row, 0, spec_.headings), pieces_of(row, 0, table_.side));
    for (std::size_t i = 0; i < side; ++i) set_aside(row.pieces[i]);
    row.pieces.erase(row.pieces.begin(), row.pieces.begin() + static_cast<std::ptrdiff_t>(side));
    if (row.pieces.empty()) continue;
    if (const std::size_t label = pieces_of(row, 0, table_.total); label > 0) {
      total = &rows_[taken_.end];
      total_at = side + label;
      continue;
    }
    body_.push_back(std::move(row));
  }
  std::vector<const LooseRow*> body;
  body.reserve(body_.size());
  for (const LooseRow& row : body_) body.push_back(&row);
  RowParse parse = parse_rows(header_.columns, body);
  // A row of totals without a label holds numbers alone, and is the last.
  if (total == nullptr && table_.unnamed_total && body.size() > 1) {
    const LooseRow& last = *body.back();
    const bool numbers = last.pieces.size() > 1 &&
                         std::all_of(last.pieces.begin(), last.pieces.end(),
                                     [](const auto& p) { return is_plain_number(p.folded); });
    if (numbers) {
      RowParse without = parse_rows(header_.columns, {body.begin(), body.end() - 1});
      if (without.cost < parse.cost) {
        parse = std::move(without);
        total = &last;
        total_at = 0;
      }
    }
  }
  add_parsed(parse);
  if (total != nullptr) take_total(*total, total_at);
}

void TableTeller::add_parsed(const RowParse& parse) {
  std::vector<std::vector<const LoosePiece*>> levels(header_.columns.size());
  std::vector<std::size_t> numbers(header_.columns.size(), 0);
  const bool in_words =
      std::any_of(body_.begin(), body_.end(), [](const LooseRow& row) { return !row.cells; });
  for (const LoosePiece* piece : parse.dropped) taken_.beside.push_back(joined({piece}));
  for (const LooseTableRow& row : parse.rows) {
    std::vector<std::vector<TextLine>> cells;
    const LoosePiece* first = nullptr;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& cell = row.cells[i];
      if (first == nullptr && !cell.empty()) first = cell.front();
      std::u32string text;
      for (const LoosePiece* piece : cell) text += piece->folded;
      numbers[i] += is_plain_number(text);
      if (header_.columns[i].level) {
        // A level stands for the rows below it, up to the next, or to the next of one above it.
        if (!cell.empty()) {
          levels[i] = cell;
          for (std::size_t below = i + 1; below < levels.size(); ++below) levels[below].clear();
        }
        cells.push_back(one_line(levels[i], in_words));
      } else {
        cells.push_back(one_line(cell, in_words));
      }
    }
    if (row.doubtful && first != nullptr) doubt(taken_.table.rows.size(), *first);
    taken_.table.rows.push_back(std::move(cells));
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (2 * numbers[i] > parse.rows.size()) total_columns_.push_back(i);
  }
}

/// The cells of `values` by the columns of the header: one after the other where there are as many,
/// else where the file has them.
std::vector<std::vector<const LoosePiece*>> TableTeller::in_columns(
    const std::vector<const LoosePiece*>& values, bool& sure) const {
  std::vector<std::vector<const LoosePiece*>> cells(header_.columns.size());
  sure = values.size() == cells.size();
  std::size_t next = 0;
  for (std::size_t i = 0; i < values.size() && next < cells.size(); ++i) {
    std::size_t column = next;
    const std::size_t last = cells.size() - std::min(cells.size(), values.size() - i);
    while (!sure && column < last && header_.columns[column].col < values[i]->col) ++column;
    cells[column] = {values[i]};
    next = column + 1;
  }
  return cells;
}

void TableTeller::take_total(const LooseRow& row, std::size_t first) {
  std::vector<const LoosePiece*> values;
  for (std::size_t i = first; i < row.pieces.size(); ++i) values.push_back(&row.pieces[i]);
  std::vector<std::vector<const LoosePiece*>> cells(header_.columns.size());
  if (values.size() == total_columns_.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) cells[total_columns_[i]] = {values[i]};
  } else {
    bool sure = false;
    cells = in_columns(values, sure);
  }
  std::vector<const LoosePiece*> label;
  for (std::size_t i = 0; i < first; ++i) label.push_back(&row.pieces[i]);
  std::vector<std::vector<TextLine>> out;
  for (std::size_t i = 0; i < cells.size(); ++i) out.push_back(one_line(i == 0 ? label : cells[i]));
  taken_.table.rows.push_back(std::move(out));
}

void TableTeller::take_keyed_rows() {
  while (taken_.end < rows_.size() && !ends_at(taken_.end) && take_keyed_row(rows_[taken_.end])) {
    ++taken_.end;
  }
}

bool TableTeller::take_keyed_row(const LooseRow& row) {
  for (std::size_t at = 0; at < row.pieces.size(); ++at) {
    for (const RowSpec& candidate : table_.rows) {
      const std::size_t label = pieces_of(row, at, candidate.labels);
      if (label == 0) continue;
      for (std::size_t i = 0; i < at; ++i) taken_.beside.push_back(joined({&row.pieces[i]}));
      std::vector<const LoosePiece*> names;
      for (std::size_t i = at; i < at + label; ++i) names.push_back(&row.pieces[i]);
      std::vector<const LoosePiece*> values;
      for (std::size_t i = at + label; i < row.pieces.size(); ++i) values.push_back(&row.pieces[i]);
      bool sure = false;
      const auto cells = in_columns(values, sure);
      if (!sure) doubt(taken_.table.rows.size(), row.pieces[at]);
      std::vector<std::vector<TextLine>> out{one_line(names)};
      for (const auto& cell : cells) out.push_back(one_line(cell));
      taken_.table.rows.push_back(std::move(out));
      return true;
    }
    // Only a heading of the table stands before the label of a row.
    if (pieces_of(row, at, spec_.headings) == 0) return false;
  }
  return false;
}

}  // namespace

std::size_t pieces_of(const LooseRow& row, std::size_t at, const Labels& labels) {
  if (labels.empty() || at >= row.pieces.size()) return 0;
  const std::size_t most = row.cells ? 1 : std::min(kMostPieces, row.pieces.size() - at);
  for (std::size_t count = most; count > 0; --count) {
    if (match_whole(folded_pieces(row.pieces, at, at + count), labels)) return count;
  }
  return 0;
}

std::optional<TakenTable> take_table(const std::vector<LooseRow>& rows, std::size_t at,
                                     const TableSpec& table, const LayoutSpec& spec) {
  std::optional<Header> header = header_at(rows, at, table, spec);
  if (!header) return std::nullopt;
  take_wrapped_header(rows, *header);
  return TableTeller(rows, table, spec, std::move(*header)).take();
}

}  // namespace tabularium
