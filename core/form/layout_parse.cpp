#include <algorithm>
#include <fstream>
#include <sstream>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/strict_toml_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using strict_toml::TomlFile;
using strict_toml::TomlTable;

std::string in_ticks(std::string_view word) { return '`' + std::string(word) + '`'; }

/// An absent key gives none.
Labels labels(TomlTable& table, std::string_view key) {
  Labels all;
  for (std::string& text : table.text_or_texts(key)) {
    all.push_back(make_label(std::move(text)));
    if (all.back().folded.empty()) table.refuse(key, in_ticks(key) + " holds an empty text");
  }
  return all;
}

std::vector<Place> places(TomlTable& table) {
  std::vector<Place> all;
  for (const std::string& name : table.text_or_texts("value")) {
    if (name != "right" && name != "below") {
      table.refuse("value", "`value` is \"" + name + "\"; known are \"right\" and \"below\"");
    }
    all.push_back(name == "right" ? Place::right : Place::below);
  }
  if (!table.has("value")) return {Place::right};
  if (all.empty()) table.refuse("value", "`value` names no place");
  return all;
}

Half half(TomlTable& table) {
  const std::string name = table.text_or("half", "");
  if (name.empty()) return Half::any;
  if (name == "left") return Half::left;
  if (name == "right") return Half::right;
  table.refuse("half", "`half` is \"" + name + "\"; known are \"left\" and \"right\"");
}

/// Fields, columns and rows may be given by their label alone: `project_name = "项目名称"`.
bool is_label(const TomlTable& parent, std::string_view name) { return !parent.is_table(name); }

FieldSpec read_field(TomlTable& fields, const std::string& name) {
  FieldSpec field;
  field.name = name;
  if (is_label(fields, name)) {
    field.labels = labels(fields, name);
    return field;
  }
  TomlTable table = *fields.table(name);
  table.rename("field " + in_ticks(name));
  field.labels = labels(table, "label");
  field.total_of = table.text_or("total_of", "");
  field.column = table.text_or("column", "");
  field.places = places(table);
  field.nth = static_cast<int>(table.integer_between("nth", 1, 9999).value_or(0));
  field.half = half(table);
  field.optional = table.flag_or("optional", false);
  field.boxes = table.has("ticked");
  field.options = labels(table, "ticked");
  field.strip = labels(table, "strip");
  field.unit = table.text_or("unit", "");
  field.unit_labels = labels(table, "unit_label");
  table.finish();
  if (field.labels.empty() == field.total_of.empty()) {
    fields.refuse(name, "field " + in_ticks(name) + " needs either `label` or `total_of`");
  }
  return field;
}

ColumnSpec read_column(TomlTable& columns, const std::string& name) {
  ColumnSpec column;
  column.name = name;
  if (is_label(columns, name)) {
    column.headers = labels(columns, name);
    return column;
  }
  TomlTable table = *columns.table(name);
  table.rename("column " + in_ticks(name));
  column.headers = labels(table, "header");
  column.optional = table.flag_or("optional", false);
  column.unit = table.text_or("unit", "");
  column.unit_labels = labels(table, "unit_label");
  column.words = labels(table, "words");
  table.finish();
  if (column.headers.empty()) columns.refuse(name, in_ticks(name) + " has no `header`");
  return column;
}

void check_rows_by(const TableSpec& spec, const TomlTable& table) {
  for (const std::string& key : spec.rows_by) {
    if (spec.column_index(key) >= 0) continue;
    table.refuse("rows_by", "`rows_by` names " + in_ticks(key) + ", which is no column of " +
                                in_ticks(spec.name));
  }
}

TableSpec read_table(TomlTable& tables, const std::string& name) {
  if (is_label(tables, name)) tables.refuse(name, "table " + in_ticks(name) + " must be a table");
  TomlTable table = *tables.table(name);
  table.rename("table " + in_ticks(name));
  TableSpec spec;
  spec.name = name;
  auto columns = table.table("columns");
  if (!columns) table.refuse("columns", "the key `columns` is missing");
  for (const std::string& key : columns->keys()) spec.columns.push_back(read_column(*columns, key));
  spec.rows_by = table.text_or_texts("rows_by");
  spec.key = table.text_or("key", "");
  if (auto rows = table.table("rows")) {
    for (const std::string& key : rows->keys()) spec.rows.push_back({key, labels(*rows, key)});
  }
  spec.side = labels(table, "side");
  spec.until = labels(table, "until");
  spec.total = labels(table, "total");
  spec.unnamed_total = table.flag_or("unnamed_total", false);
  table.finish();
  check_rows_by(spec, table);
  if (spec.key.empty() != spec.rows.empty()) {
    tables.refuse(name, "table " + in_ticks(name) + " needs `key` and `rows` together");
  }
  return spec;
}

void check_totals(const LayoutSpec& spec, const TomlTable& fields) {
  for (const FieldSpec& field : spec.fields) {
    if (field.total_of.empty()) continue;
    const auto table = std::find_if(spec.tables.begin(), spec.tables.end(),
                                    [&](const TableSpec& t) { return t.name == field.total_of; });
    const std::string begin = "field " + in_ticks(field.name) + ": ";
    if (table == spec.tables.end()) {
      fields.refuse(field.name,
                    begin + "`total_of` names " + in_ticks(field.total_of) + ", which is no table");
    }
    if (table->column_index(field.column) < 0) {
      fields.refuse(field.name, begin + "`column` names " + in_ticks(field.column) +
                                    ", which is no column of " + in_ticks(field.total_of));
    }
  }
}

LayoutSpec read_layout(TomlTable& root) {
  LayoutSpec spec;
  spec.name = root.text("layout");
  spec.version = root.text("version");
  spec.record = root.text("record");
  for (const std::int64_t year : root.integers_between("years", 1, 9999)) {
    spec.years.push_back(static_cast<int>(year));
  }
  spec.titles = labels(root, "titles");
  if (spec.titles.empty()) {
    root.refuse("titles", "`titles` is missing: a form is known by it");
  }
  spec.year = labels(root, "year");
  spec.must_have = labels(root, "must_have");
  spec.must_not_have = labels(root, "must_not_have");
  spec.headings = labels(root, "headings");
  auto fields = root.table("fields");
  if (!fields) root.refuse("fields", "`[fields]` is missing");
  for (const std::string& name : fields->keys()) spec.fields.push_back(read_field(*fields, name));
  if (auto tables = root.table("tables")) {
    for (const std::string& name : tables->keys()) spec.tables.push_back(read_table(*tables, name));
  }
  root.finish();
  check_totals(spec, *fields);
  return spec;
}

}  // namespace

Label make_label(std::string text) {
  Label label;
  label.folded = to_utf32(fold(text));
  while (!label.folded.empty() && label.folded.back() == U':') label.folded.pop_back();
  label.text = std::move(text);
  return label;
}

int TableSpec::column_index(std::string_view wanted) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == wanted) return static_cast<int>(i);
  }
  return -1;
}

LayoutSpec parse_layout(std::string_view text, const std::string& name) {
  const TomlFile file{name, Error::Code::bad_layout};
  const toml::table table = file.parse(text);
  TomlTable root(table, file, "the layout");
  return read_layout(root);
}

LayoutSpec parse_layout(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw Error(Error::Code::bad_layout, file.string() + ": cannot be read");
  }
  std::ostringstream text;
  text << in.rdbuf();
  return parse_layout(text.str(), file.string());
}

}  // namespace tabularium
