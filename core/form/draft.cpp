#include "tabularium/form/draft_internal.h"

#include <algorithm>
#include <map>

#include "tabularium/form/form_view_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr const char* kTotals[] = {"总分", "合计", "总计"};
constexpr const char* kYears[] = {"（####年度）", "（####年）", "####年度"};
constexpr const char* kSealNotes[] = {"（盖章）", "（公章）", "（签章）"};

/// The texts as labels, each once.
Labels labels_of(const std::vector<std::string>& texts) {
  Labels labels;
  for (const std::string& text : texts) {
    Label label = make_label(text);
    const bool known = std::any_of(labels.begin(), labels.end(),
                                   [&](const Label& one) { return one.folded == label.folded; });
    if (!known) labels.push_back(std::move(label));
  }
  return labels;
}

template <std::size_t kCount>
Labels labels_of(const char* const (&texts)[kCount]) {
  return labels_of(std::vector<std::string>(texts, texts + kCount));
}

/// A text that prints the unit of amounts: 项目资金（万元）.
struct UnitPlace {
  Label label;
  const TextPlace* place = nullptr;
};

/// The label of a heading with its unit in brackets; nothing where the text is none.
std::optional<Label> heading_with_unit(const FoldedText& text) {
  for (const std::u32string_view unit : {U"(元)", U"(万元)", U"(千元)", U"(亿元)"}) {
    if (!text.complete || !text.text.ends_with(unit)) continue;
    const auto head = text.text.substr(0, text.text.size() - unit.size());
    if (head.empty()) return std::nullopt;
    return Label{to_utf8(head), head};
  }
  return std::nullopt;
}

/// Where a label stands on the form.
struct Occurrence {
  const TextPlace* place = nullptr;
  bool whole = false;     ///< it fills its cell or line
  bool has_unit = false;  ///< 项目总预算（元）
};

class Drafter {
 public:
  Drafter(const Lexicon& lexicon, FormView& view) : lexicon_(lexicon), view_(view) {
    for (const TextPlace& place : view_.places()) {
      if (place.empty()) continue;
      if (auto label = heading_with_unit(place.folded)) units_.push_back({*label, &place});
    }
    for (const Lexicon::Field& field : lexicon_.fields) {
      for (const std::string& text : field.labels) field_labels_.push_back(make_label(text));
    }
  }

  void add_tables(Draft& draft);
  void add_fields(Draft& draft);

 private:
  /// The header of a column: which of its labels, the likeliest being 0.
  struct Head {
    const Cell* cell = nullptr;
    std::size_t label = 0;
  };

  /// The columns of a table whose headers stand in one row.
  struct HeaderRow {
    const Table* table = nullptr;
    int row = 0;
    std::map<std::size_t, Head> columns;  ///< by index into the lexicon's columns
  };
  using Shared = std::map<std::u32string, std::vector<const Lexicon::Field*>>;

  void add_head(const Lexicon::Table& table, const Cell& cell, HeaderRow& header);
  HeaderRow header_of(const Lexicon::Table& table);
  std::vector<std::string> row_tellers(const Lexicon::Table& table, const HeaderRow& header) const;
  TableSpec table_spec(const Lexicon::Table& table, const HeaderRow& header);
  bool is_beside(const Labels& side, const HeaderRow& header);
  std::vector<Occurrence> occurrences(const Label& label);
  Labels units_for(const TextPlace& place) const;
  const Cell* value_cell(const Table& table, int row, int col);
  std::vector<Place> places_of(const Occurrence& label);
  FieldSpec field_spec(const Lexicon::Field& field, const Label& label, int nth,
                       const Occurrence& place);
  void assign_own(std::vector<const Lexicon::Field*>& left,
                  std::map<std::string, FieldSpec>& found);
  void assign_shared(const std::vector<const Lexicon::Field*>& left,
                     std::map<std::string, FieldSpec>& found);
  void end_table(TableSpec& table, const std::vector<FieldSpec>& fields);
  Shared present_labels(const std::vector<const Lexicon::Field*>& fields);

  const Lexicon& lexicon_;
  FormView& view_;
  Labels field_labels_;  ///< of all fields of the lexicon
  std::vector<UnitPlace> units_;
  std::vector<const Cell*> headers_;  ///< of tables, which are no labels of fields
};

// ---- tables

/// Which of the labels fills the text; nothing where none does.
std::optional<std::size_t> whole_label(const FoldedText& text,
                                       const std::vector<std::string>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (match_whole(text, {make_label(labels[i])})) return i;
  }
  return std::nullopt;
}

/// Notes `cell` as the header of a column that has no likelier one yet: 绩效指标 may be a column's
/// header and is, beside 三级指标, the label of the whole table.
void Drafter::add_head(const Lexicon::Table& table, const Cell& cell, HeaderRow& header) {
  const FoldedText& text = view_.place_of(cell).folded;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto label = whole_label(text, table.columns[i].labels);
    if (!label) continue;
    const auto known = header.columns.find(i);
    if (known != header.columns.end() && known->second.label <= *label) continue;
    header.columns[i] = {&cell, *label};
    return;
  }
}

Drafter::HeaderRow Drafter::header_of(const Lexicon::Table& table) {
  HeaderRow best;
  for (const Table& drawn : view_.tables()) {
    for (int row = 0; row < drawn.rows; ++row) {
      HeaderRow header{&drawn, row, {}};
      for (int col = 0; col < drawn.cols;) {
        const Cell* cell = drawn.cell_at(row, col);
        col = cell == nullptr ? col + 1 : cell->col + cell->col_span;
        if (cell == nullptr || cell->row != row || cell->lines.empty()) continue;
        add_head(table, *cell, header);
      }
      if (header.columns.size() > best.columns.size()) best = std::move(header);
    }
  }
  return best;
}

/// The first two columns that have a cell of their own in every row.
std::vector<std::string> Drafter::row_tellers(const Lexicon::Table& table,
                                              const HeaderRow& header) const {
  std::vector<std::string> names;
  for (const auto& [i, head] : header.columns) {
    if (table.columns[i].tells_rows && names.size() < 2) names.push_back(table.columns[i].name);
  }
  return names;
}

/// Whether a label of the table stands left of its rows and spans them.
bool Drafter::is_beside(const Labels& side, const HeaderRow& header) {
  const Table& table = *header.table;
  for (int col = 0; col < table.cols; ++col) {
    const Cell* cell = table.cell_at(header.row, col);
    if (cell == nullptr) continue;
    if (std::any_of(header.columns.begin(), header.columns.end(),
                    [&](const auto& column) { return column.second.cell == cell; })) {
      return false;
    }
    if (cell->row_span > 1 && match_whole(view_.place_of(*cell).folded, side)) return true;
  }
  return false;
}

TableSpec Drafter::table_spec(const Lexicon::Table& table, const HeaderRow& header) {
  TableSpec spec;
  spec.name = table.name;
  spec.key = table.key;
  spec.rows_by = row_tellers(table, header);
  const Labels headings = labels_of(table.labels);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Lexicon::Column& column = table.columns[i];
    ColumnSpec one;
    one.name = column.name;
    const auto head = header.columns.find(i);
    one.optional = head == header.columns.end();
    one.headers = one.optional ? labels_of(column.labels)
                               : Labels{make_label(column.labels[head->second.label])};
    one.words = labels_of(column.words);
    if (column.is_money) one.unit_labels = headings;
    spec.columns.push_back(std::move(one));
  }
  for (const Lexicon::Row& row : table.rows) {
    spec.rows.push_back({row.name, labels_of(row.labels)});
  }
  // The label beside a table that has a row of totals does not span that row.
  const bool has_total =
      std::any_of(lexicon_.fields.begin(), lexicon_.fields.end(),
                  [&](const Lexicon::Field& field) { return field.total_of == table.name; });
  const bool by_side = table.key.empty() && !has_total && is_beside(headings, header);
  if (by_side) spec.side = headings;
  spec.total = labels_of(kTotals);
  spec.unnamed_total = true;
  return spec;
}

void Drafter::add_tables(Draft& draft) {
  for (const Lexicon::Table& table : lexicon_.tables) {
    for (const Label& label : labels_of(table.labels)) {
      if (!occurrences(label).empty()) draft.spec.headings.push_back(label);
    }
    draft.known += table.columns.size();
    const HeaderRow header = header_of(table);
    // One header may be any label; a table that has no more is known by its rows' labels.
    const std::size_t least =
        table.key.empty() ? 2 : std::min<std::size_t>(2, table.columns.size());
    if (row_tellers(table, header).size() < least) continue;
    for (const auto& [i, head] : header.columns) headers_.push_back(head.cell);
    draft.found += header.columns.size();
    draft.spec.tables.push_back(table_spec(table, header));
  }
}

// ---- fields

std::vector<Occurrence> Drafter::occurrences(const Label& label) {
  std::vector<Occurrence> all;
  for (const TextPlace& place : view_.places()) {
    if (place.empty()) continue;
    if (std::find(headers_.begin(), headers_.end(), place.cell) != headers_.end() &&
        place.cell != nullptr) {
      continue;
    }
    const auto match = match_label(place.folded, label);
    if (match) all.push_back({&place, match->whole, !match->unit.empty()});
  }
  // A text that only begins with the label may be a sentence.
  const bool any_whole =
      std::any_of(all.begin(), all.end(), [](const Occurrence& one) { return one.whole; });
  if (any_whole) std::erase_if(all, [](const Occurrence& one) { return !one.whole; });
  return all;
}

/// The headings that print the unit of an amount whose label stands at `place`: of those beside its
/// row, else all of the form.
Labels Drafter::units_for(const TextPlace& place) const {
  Labels beside;
  Labels all;
  for (const UnitPlace& unit : units_) {
    all.push_back(unit.label);
    const Cell* cell = unit.place->cell;
    if (cell == nullptr || place.cell == nullptr || unit.place->table != place.table) continue;
    const int row = place.cell->row;
    if (cell->row <= row && row < cell->row + cell->row_span) beside.push_back(unit.label);
  }
  return beside.empty() ? all : beside;
}

/// A cell that may hold the value of a label: there, and no label itself.
const Cell* Drafter::value_cell(const Table& table, int row, int col) {
  const Cell* cell = table.cell_at(row, col);
  if (cell == nullptr) return nullptr;
  return match_whole(view_.place_of(*cell).folded, field_labels_) ? nullptr : cell;
}

/// Where the value of a label stands; both places where the form leaves that open.
std::vector<Place> Drafter::places_of(const Occurrence& label) {
  if (!label.whole || label.place->cell == nullptr) return {Place::right};
  const Cell& cell = *label.place->cell;
  const Table& table = *label.place->table;
  const Cell* right = value_cell(table, cell.row, cell.col + cell.col_span);
  const Cell* below = value_cell(table, cell.row + cell.row_span, cell.col);
  if (right != nullptr && (!right->lines.empty() || below == nullptr)) return {Place::right};
  if (right == nullptr && below != nullptr) return {Place::below};
  return {Place::right, Place::below};
}

FieldSpec Drafter::field_spec(const Lexicon::Field& field, const Label& label, int nth,
                              const Occurrence& place) {
  FieldSpec spec;
  spec.name = field.name;
  spec.labels = {label};
  spec.places = places_of(place);
  if (field.is_money && !place.has_unit) spec.unit_labels = units_for(*place.place);
  spec.nth = nth;
  spec.boxes = !field.options.empty();
  spec.options = labels_of(field.options);
  spec.strip = labels_of(kSealNotes);
  return spec;
}

/// The labels of `fields` that stand on the form, with those that want them, in the order of the
/// lexicon.
Drafter::Shared Drafter::present_labels(const std::vector<const Lexicon::Field*>& fields) {
  Shared present;
  for (const Lexicon::Field* field : fields) {
    for (const std::string& text : field->labels) {
      const Label label = make_label(text);
      if (!occurrences(label).empty()) present[label.folded].push_back(field);
    }
  }
  return present;
}

/// Gives each field the likeliest label that no other field may mean. Whoever has one no longer
/// wants the labels that it shares with others.
void Drafter::assign_own(std::vector<const Lexicon::Field*>& left,
                         std::map<std::string, FieldSpec>& found) {
  for (bool changed = true; changed;) {
    changed = false;
    const Shared present = present_labels(left);
    std::erase_if(left, [&](const Lexicon::Field* field) {
      for (const std::string& text : field->labels) {
        const Label label = make_label(text);
        const auto who = present.find(label.folded);
        if (who == present.end() || who->second.size() > 1) continue;
        found.emplace(field->name, field_spec(*field, label, 0, occurrences(label).front()));
        return changed = true;
      }
      return false;
    });
  }
}

/// Of fields with one label the first has its first place in reading order, and so on.
void Drafter::assign_shared(const std::vector<const Lexicon::Field*>& left,
                            std::map<std::string, FieldSpec>& found) {
  for (const auto& [folded, fields] : present_labels(left)) {
    const Label label{to_utf8(folded), folded};
    const std::vector<Occurrence> places = occurrences(label);
    std::size_t next = 0;
    for (const Lexicon::Field* field : fields) {
      if (next == places.size() || found.contains(field->name)) continue;
      const int nth = static_cast<int>(next) + 1;
      found.emplace(field->name, field_spec(*field, label, nth, places[next]));
      ++next;
    }
  }
}

void Drafter::add_fields(Draft& draft) {
  std::vector<const Lexicon::Field*> left;
  std::map<std::string, FieldSpec> found;
  for (const Lexicon::Field& field : lexicon_.fields) {
    const auto& tables = draft.spec.tables;
    const bool in_total = std::any_of(tables.begin(), tables.end(), [&](const TableSpec& table) {
      return table.name == field.total_of && table.column_index(field.column) >= 0;
    });
    if (!in_total) {
      left.push_back(&field);
      continue;
    }
    FieldSpec spec;
    spec.name = field.name;
    spec.total_of = field.total_of;
    spec.column = field.column;
    found.emplace(field.name, std::move(spec));
  }
  assign_own(left, found);
  assign_shared(left, found);
  draft.known += lexicon_.fields.size();
  draft.found += found.size();
  for (const Lexicon::Field& field : lexicon_.fields) {
    const auto spec = found.find(field.name);
    if (spec != found.end()) draft.spec.fields.push_back(spec->second);
  }
  for (TableSpec& table : draft.spec.tables) end_table(table, draft.spec.fields);
}

/// A row that begins with the label of a field is no row of a table any more.
void Drafter::end_table(TableSpec& table, const std::vector<FieldSpec>& fields) {
  // Places stand in reading order, so what comes after a header comes after its table.
  const auto header =
      std::find_if(view_.places().begin(), view_.places().end(), [&](const auto& p) {
        return p.cell != nullptr && match_whole(p.folded, table.columns.front().headers);
      });
  for (const FieldSpec& field : fields) {
    for (auto place = header; place < view_.places().end(); ++place) {
      if (place->empty() || !match_whole(place->folded, field.labels)) continue;
      table.until.insert(table.until.end(), field.labels.begin(), field.labels.end());
      break;
    }
  }
}

}  // namespace

LayoutSpec whole_lexicon(const Lexicon& lexicon) {
  LayoutSpec spec;
  spec.name = kLexiconName;
  spec.record = lexicon.record;
  spec.year = labels_of(kYears);
  for (const Lexicon::Field& field : lexicon.fields) {
    FieldSpec one;
    one.name = field.name;
    one.labels = labels_of(field.labels);
    one.optional = true;
    if (!one.labels.empty()) spec.fields.push_back(std::move(one));
  }
  for (const Lexicon::Table& table : lexicon.tables) {
    for (const std::string& label : table.labels) spec.headings.push_back(make_label(label));
    TableSpec one;
    one.name = table.name;
    one.total = labels_of(kTotals);
    for (const Lexicon::Column& column : table.columns) {
      ColumnSpec part;
      part.name = column.name;
      part.headers = labels_of(column.labels);
      part.words = labels_of(column.words);
      one.columns.push_back(std::move(part));
    }
    for (const Lexicon::Row& row : table.rows)
      one.rows.push_back({row.name, labels_of(row.labels)});
    spec.tables.push_back(std::move(one));
  }
  return spec;
}

Draft draft_layout(const Lexicon& lexicon, const LayoutSpec& whole, const std::string& title,
                   const std::vector<TabulatedPage>& pages) {
  Draft draft;
  draft.spec.name = whole.name;
  draft.spec.version = whole.version;
  draft.spec.record = whole.record;
  draft.spec.year = whole.year;
  if (!title.empty()) draft.spec.titles = {make_label(title)};
  FormView view(pages, continuation_hints(whole));
  Drafter drafter(lexicon, view);
  drafter.add_tables(draft);
  drafter.add_fields(draft);
  return draft;
}

}  // namespace tabularium
