#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <sstream>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/nearest_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Keys = std::initializer_list<std::string_view>;

/// One layout file while it is read. Every complaint names file, line and column.
class LayoutReader {
 public:
  explicit LayoutReader(std::string file) : file_(std::move(file)) {}

  LayoutSpec read(std::string_view text) const {
    try {
      return read(toml::parse(text, file_));
    } catch (const toml::parse_error& error) {
      throw complaint(error.source(), std::string(error.description()));
    }
  }

 private:
  LayoutSpec read(const toml::table& root) const;
  FieldSpec field(std::string_view name, const toml::node& node) const;
  TableSpec table(std::string_view name, const toml::node& node) const;
  ColumnSpec column(std::string_view name, const toml::node& node) const;
  void check_references(const LayoutSpec& spec, const toml::table& root) const;

  Error complaint(const toml::source_region& at, const std::string& reason) const {
    return Error(Error::Code::bad_layout,
                 fmt::format("{}:{}:{}: {}", file_, at.begin.line, at.begin.column, reason));
  }

  /// Refuses keys that are not among `known`, and says which one was perhaps meant.
  void only(const toml::table& table, Keys known, std::string_view where) const {
    for (const auto& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      const auto meant = nearest(key.str(), {known.begin(), known.end()});
      const std::string hint = meant ? fmt::format("did you mean `{}`?", *meant)
                                     : fmt::format("known are: {}", fmt::join(known, ", "));
      throw complaint(key.source(),
                      fmt::format("unknown key `{}` in {}; {}", key.str(), where, hint));
    }
  }

  const toml::table& as_table(const toml::node& node, std::string_view what) const {
    if (const toml::table* table = node.as_table()) return *table;
    throw complaint(node.source(), fmt::format("{} must be a table", what));
  }

  std::string string(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return {};
    const auto value = node->value<std::string>();
    if (!node->is_string())
      throw complaint(node->source(), fmt::format("`{}` must be a text", key));
    return *value;
  }

  std::string required_string(const toml::table& table, std::string_view key) const {
    std::string value = string(table, key);
    if (value.empty()) {
      throw complaint(table.source(), fmt::format("`{}` is missing: a text is expected", key));
    }
    return value;
  }

  bool flag(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return false;
    if (!node->is_boolean()) {
      throw complaint(node->source(), fmt::format("`{}` must be true or false", key));
    }
    return node->value_or(false);
  }

  /// One text or a list of texts.
  std::vector<std::string> strings(const toml::node& node, std::string_view key) const {
    if (const auto one = node.value<std::string>(); one && node.is_string()) return {*one};
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      throw complaint(node.source(), fmt::format("`{}` must be a text or a list of texts", key));
    }
    std::vector<std::string> all;
    for (const toml::node& element : *array) {
      if (!element.is_string()) {
        throw complaint(element.source(), fmt::format("`{}` must hold texts alone", key));
      }
      all.push_back(element.value_or(std::string()));
    }
    return all;
  }

  Labels labels(const toml::node& node, std::string_view key) const {
    Labels all;
    for (std::string& text : strings(node, key)) {
      all.push_back(make_label(std::move(text)));
      if (all.back().folded.empty()) {
        throw complaint(node.source(), fmt::format("`{}` holds an empty text", key));
      }
    }
    return all;
  }

  Labels labels(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    return node ? labels(*node, key) : Labels{};
  }

  std::vector<Place> places(const toml::node& node) const {
    std::vector<Place> all;
    for (const std::string& name : strings(node, "value")) {
      if (name != "right" && name != "below") {
        throw complaint(node.source(),
                        fmt::format("`value` is \"{}\"; known are \"right\" and \"below\"", name));
      }
      all.push_back(name == "right" ? Place::right : Place::below);
    }
    if (all.empty()) throw complaint(node.source(), "`value` names no place");
    return all;
  }

  int positive(const toml::node& node, std::string_view key) const {
    const auto value = node.value<std::int64_t>();
    if (!node.is_integer() || *value < 1 || *value > 9999) {
      throw complaint(node.source(), fmt::format("`{}` must be a number from 1 to 9999", key));
    }
    return static_cast<int>(*value);
  }

  Half half(const toml::table& table) const {
    const std::string name = string(table, "half");
    if (name.empty()) return Half::any;
    if (name == "left") return Half::left;
    if (name == "right") return Half::right;
    throw complaint(table.get("half")->source(),
                    fmt::format("`half` is \"{}\"; known are \"left\" and \"right\"", name));
  }

  /// The entries in the order of the file: toml++ sorts them by name.
  static std::vector<std::pair<std::string_view, const toml::node*>> in_file_order(
      const toml::table& table) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, value] : table) entries.emplace_back(&key, &value);
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      const auto& left = a.first->source().begin;
      const auto& right = b.first->source().begin;
      return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    std::vector<std::pair<std::string_view, const toml::node*>> ordered;
    for (const auto& [key, value] : entries) ordered.emplace_back(key->str(), value);
    return ordered;
  }

  std::string file_;
};

FieldSpec LayoutReader::field(std::string_view name, const toml::node& node) const {
  FieldSpec field;
  field.name = name;
  if (!node.is_table()) {
    field.labels = labels(node, name);
    return field;
  }
  const toml::table& table = *node.as_table();
  only(table,
       {"label", "value", "nth", "half", "optional", "ticked", "strip", "unit", "unit_label",
        "total_of", "column"},
       fmt::format("field `{}`", name));
  field.labels = labels(table, "label");
  field.total_of = string(table, "total_of");
  field.column = string(table, "column");
  if (field.labels.empty() == field.total_of.empty()) {
    throw complaint(node.source(),
                    fmt::format("field `{}` needs either `label` or `total_of`", name));
  }
  if (const toml::node* value = table.get("value")) field.places = places(*value);
  if (const toml::node* nth = table.get("nth")) field.nth = positive(*nth, "nth");
  field.half = half(table);
  field.optional = flag(table, "optional");
  field.boxes = table.contains("ticked");
  field.options = labels(table, "ticked");
  field.strip = labels(table, "strip");
  field.unit = string(table, "unit");
  field.unit_labels = labels(table, "unit_label");
  return field;
}

ColumnSpec LayoutReader::column(std::string_view name, const toml::node& node) const {
  ColumnSpec column;
  column.name = name;
  if (!node.is_table()) {
    column.headers = labels(node, name);
    return column;
  }
  const toml::table& table = *node.as_table();
  only(table, {"header", "optional", "unit", "unit_label", "words"},
       fmt::format("column `{}`", name));
  column.headers = labels(table, "header");
  if (column.headers.empty()) {
    throw complaint(node.source(), fmt::format("column `{}` has no `header`", name));
  }
  column.optional = flag(table, "optional");
  column.unit = string(table, "unit");
  column.unit_labels = labels(table, "unit_label");
  column.words = labels(table, "words");
  return column;
}

TableSpec LayoutReader::table(std::string_view name, const toml::node& node) const {
  const toml::table& source = as_table(node, fmt::format("`tables.{}`", name));
  only(source, {"columns", "rows_by", "key", "rows", "side", "until", "total", "unnamed_total"},
       fmt::format("table `{}`", name));
  TableSpec table;
  table.name = name;
  const toml::node* columns = source.get("columns");
  if (columns == nullptr) {
    throw complaint(node.source(), fmt::format("table `{}` has no `columns`", name));
  }
  for (const auto& [key, value] : in_file_order(as_table(*columns, "`columns`"))) {
    table.columns.push_back(column(key, *value));
  }
  if (const toml::node* rows_by = source.get("rows_by")) {
    table.rows_by = strings(*rows_by, "rows_by");
  }
  for (const std::string& key : table.rows_by) {
    if (table.column_index(key) >= 0) continue;
    throw complaint(source.get("rows_by")->source(),
                    fmt::format("`rows_by` names `{}`, which is no column of `{}`", key, name));
  }
  table.key = string(source, "key");
  if (const toml::node* rows = source.get("rows")) {
    for (const auto& [key, value] : in_file_order(as_table(*rows, "`rows`"))) {
      table.rows.push_back({std::string(key), labels(*value, key)});
    }
  }
  if (table.key.empty() != table.rows.empty()) {
    throw complaint(node.source(), fmt::format("table `{}` needs `key` and `rows` together", name));
  }
  table.side = labels(source, "side");
  table.until = labels(source, "until");
  table.total = labels(source, "total");
  table.unnamed_total = flag(source, "unnamed_total");
  return table;
}

void LayoutReader::check_references(const LayoutSpec& spec, const toml::table& root) const {
  for (const FieldSpec& field : spec.fields) {
    if (field.total_of.empty()) continue;
    const auto& at = root["fields"][field.name].node()->source();
    const auto table = std::find_if(spec.tables.begin(), spec.tables.end(),
                                    [&](const TableSpec& t) { return t.name == field.total_of; });
    if (table == spec.tables.end()) {
      throw complaint(at, fmt::format("field `{}`: `total_of` names `{}`, which is no table",
                                      field.name, field.total_of));
    }
    if (table->column_index(field.column) < 0) {
      throw complaint(at, fmt::format("field `{}`: `column` names `{}`, which is no column of `{}`",
                                      field.name, field.column, field.total_of));
    }
  }
}

LayoutSpec LayoutReader::read(const toml::table& root) const {
  only(root,
       {"layout", "version", "record", "years", "titles", "year", "must_have", "must_not_have",
        "headings", "fields", "tables"},
       "the layout");
  LayoutSpec spec;
  spec.name = required_string(root, "layout");
  spec.version = required_string(root, "version");
  spec.record = required_string(root, "record");
  if (const toml::node* years = root.get("years")) {
    const toml::array* array = years->as_array();
    if (array == nullptr) throw complaint(years->source(), "`years` must be a list of numbers");
    for (const toml::node& year : *array) spec.years.push_back(positive(year, "years"));
  }
  spec.titles = labels(root, "titles");
  if (spec.titles.empty())
    throw complaint(root.source(), "`titles` is missing: a form is known by it");
  spec.year = labels(root, "year");
  spec.must_have = labels(root, "must_have");
  spec.must_not_have = labels(root, "must_not_have");
  spec.headings = labels(root, "headings");
  const toml::node* fields = root.get("fields");
  if (fields == nullptr) throw complaint(root.source(), "`[fields]` is missing");
  for (const auto& [name, node] : in_file_order(as_table(*fields, "`fields`"))) {
    spec.fields.push_back(field(name, *node));
  }
  if (const toml::node* tables = root.get("tables")) {
    for (const auto& [name, node] : in_file_order(as_table(*tables, "`tables`"))) {
      spec.tables.push_back(table(name, *node));
    }
  }
  check_references(spec, root);
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
  return LayoutReader(name).read(text);
}

LayoutSpec parse_layout(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw Error(Error::Code::bad_layout, fmt::format("{}: cannot be read", file.string()));
  }
  std::ostringstream text;
  text << in.rdbuf();
  return parse_layout(text.str(), file.string());
}

}  // namespace tabularium
