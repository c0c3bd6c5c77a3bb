#include <algorithm>
#include <fstream>
#include <sstream>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/strict_toml_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using strict_toml::hint_for;
using strict_toml::TomlFile;
using strict_toml::TomlTable;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::bad_layout, file.string() + ": cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string in_ticks(std::string_view word) { return '`' + std::string(word) + '`'; }

Labels made_labels(const TomlTable& table, std::string_view key, std::vector<std::string> texts) {
  Labels all;
  for (std::string& text : texts) {
    all.push_back(make_label(std::move(text)));
    if (all.back().folded.empty()) table.refuse(key, in_ticks(key) + " holds an empty text");
  }
  return all;
}

/// An absent key gives none.
Labels labels(TomlTable& table, std::string_view key) {
  return made_labels(table, key, table.text_or_texts(key));
}

/// What a variant says of a list that it takes from its base: a list of its own, or
/// `{ add = [...], remove = [...] }`. An absent key changes nothing.
void change_labels(TomlTable& table, std::string_view key, Labels& known, bool variant) {
  if (!table.node(key)) return;
  if (!table.is_table(key)) {
    known = labels(table, key);
    return;
  }
  TomlTable change = *table.table(key);
  change.rename(in_ticks(key));
  if (!variant) change.refuse("", "only a layout that `extends` another may add and remove texts");
  for (const Label& gone : labels(change, "remove")) {
    const auto at = std::find_if(known.begin(), known.end(),
                                 [&](const Label& one) { return one.folded == gone.folded; });
    if (at == known.end()) {
      std::vector<std::string> texts;
      for (const Label& one : known) texts.push_back(one.text);
      change.refuse("remove",
                    "the base has no " + in_ticks(gone.text) + hint_for(gone.text, texts));
    }
    known.erase(at);
  }
  for (Label& more : labels(change, "add")) {
    const bool there = std::any_of(known.begin(), known.end(),
                                   [&](const Label& one) { return one.folded == more.folded; });
    if (!there) known.push_back(std::move(more));
  }
  change.finish();
}

std::vector<Place> places(TomlTable& table) {
  std::vector<Place> all;
  for (const std::string& name : table.choices("value", {"right", "below"})) {
    all.push_back(name == "right" ? Place::right : Place::below);
  }
  if (all.empty()) table.refuse("value", "`value` names no place");
  return all;
}

Half half(TomlTable& table) {
  return table.choice("half", {"left", "right"}) == "left" ? Half::left : Half::right;
}

/// Fields, columns and rows may be given by their label alone: `project_name = "项目名称"`.
bool is_label(const TomlTable& parent, std::string_view name) { return !parent.is_table(name); }

/// The one of that name, or a new one at the end.
template <typename Named>
Named& named(std::vector<Named>& all, const std::string& name) {
  const auto known =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  if (known != all.end()) return *known;
  all.emplace_back();
  all.back().name = name;
  return all.back();
}

/// Takes back what the base says where a variant wants to say all of it anew.
template <typename Named>
void begin_anew(TomlTable& table, Named& spec, bool variant) {
  if (!table.node("fresh")) return;
  if (!variant) table.refuse("fresh", "only a layout that `extends` another may begin anew");
  if (!table.flag_or("fresh", false)) return;
  Named anew;
  anew.name = spec.name;
  spec = std::move(anew);
}

void read_field(TomlTable& fields, FieldSpec& field, bool variant) {
  const std::string& name = field.name;
  if (is_label(fields, name)) {
    field.labels = labels(fields, name);
    field.total_of.clear();
    field.column.clear();
  } else {
    TomlTable table = *fields.table(name);
    table.rename("field " + in_ticks(name));
    begin_anew(table, field, variant);
    change_labels(table, "label", field.labels, variant);
    field.total_of = table.text_or("total_of", field.total_of);
    field.column = table.text_or("column", field.column);
    if (table.node("value")) field.places = places(table);
    if (const auto nth = table.integer_between("nth", 1, 9999)) field.nth = static_cast<int>(*nth);
    if (table.node("half")) field.half = half(table);
    field.optional = table.flag_or("optional", field.optional);
    field.boxes = field.boxes || table.has("ticked");
    change_labels(table, "ticked", field.options, variant);
    change_labels(table, "strip", field.strip, variant);
    field.unit = table.text_or("unit", field.unit);
    change_labels(table, "unit_label", field.unit_labels, variant);
    table.finish();
  }
  if (field.labels.empty() == field.total_of.empty()) {
    fields.refuse(name, "field " + in_ticks(name) + " needs either `label` or `total_of`");
  }
}

void read_column(TomlTable& columns, ColumnSpec& column, bool variant) {
  const std::string& name = column.name;
  if (is_label(columns, name)) {
    column.headers = labels(columns, name);
  } else {
    TomlTable table = *columns.table(name);
    table.rename("column " + in_ticks(name));
    begin_anew(table, column, variant);
    change_labels(table, "header", column.headers, variant);
    column.optional = table.flag_or("optional", column.optional);
    column.unit = table.text_or("unit", column.unit);
    change_labels(table, "unit_label", column.unit_labels, variant);
    change_labels(table, "words", column.words, variant);
    table.finish();
  }
  if (column.headers.empty()) columns.refuse(name, in_ticks(name) + " has no `header`");
}

std::vector<std::string> column_names(const TableSpec& spec) {
  std::vector<std::string> names;
  for (const ColumnSpec& column : spec.columns) names.push_back(column.name);
  return names;
}

/// `said_by`: the key of `table` to blame.
void check_rows_by(const TableSpec& spec, const TomlTable& table, std::string_view said_by) {
  for (const std::string& key : spec.rows_by) {
    if (spec.column_index(key) >= 0) continue;
    table.refuse(said_by, "`rows_by` names " + in_ticks(key) + ", which is no column of " +
                              in_ticks(spec.name) + hint_for(key, column_names(spec)));
  }
}

void read_table(TomlTable& tables, TableSpec& spec, bool variant) {
  const std::string& name = spec.name;
  if (is_label(tables, name)) tables.refuse(name, "table " + in_ticks(name) + " must be a table");
  TomlTable table = *tables.table(name);
  table.rename("table " + in_ticks(name));
  begin_anew(table, spec, variant);
  auto columns = table.table("columns");
  if (!columns && spec.columns.empty()) table.refuse("columns", "the key `columns` is missing");
  if (columns) {
    for (const std::string& key : columns->keys()) {
      read_column(*columns, named(spec.columns, key), variant);
    }
  }
  if (table.node("rows_by")) spec.rows_by = table.text_or_texts("rows_by");
  spec.key = table.text_or("key", spec.key);
  if (auto rows = table.table("rows")) {
    for (const std::string& key : rows->keys()) {
      change_labels(*rows, key, named(spec.rows, key).labels, variant);
    }
  }
  change_labels(table, "side", spec.side, variant);
  change_labels(table, "until", spec.until, variant);
  change_labels(table, "total", spec.total, variant);
  spec.unnamed_total = table.flag_or("unnamed_total", spec.unnamed_total);
  table.finish();
  check_rows_by(spec, table, "rows_by");
  if (spec.key.empty() != spec.rows.empty()) {
    tables.refuse(name, "table " + in_ticks(name) + " needs `key` and `rows` together");
  }
}

// ---- what a variant does without

template <typename Named>
bool erase_named(std::vector<Named>& all, const std::string name) {
  return std::erase_if(all, [&](const Named& one) { return one.name == name; }) > 0;
}

/// Every path that `remove` may name.
std::vector<std::string> removable(const LayoutSpec& spec) {
  std::vector<std::string> all;
  for (const FieldSpec& field : spec.fields) all.push_back("fields." + field.name);
  for (const TableSpec& table : spec.tables) {
    const std::string path = "tables." + table.name;
    all.push_back(path);
    for (const ColumnSpec& one : table.columns) all.push_back(path + ".columns." + one.name);
    for (const RowSpec& one : table.rows) all.push_back(path + ".rows." + one.name);
  }
  return all;
}

bool erase_path(LayoutSpec& spec, const std::string& path) {
  if (path.starts_with("fields.")) return erase_named(spec.fields, path.substr(7));
  for (TableSpec& table : spec.tables) {
    const std::string own = "tables." + table.name;
    if (path == own) return erase_named(spec.tables, table.name);
    for (const std::string_view part : {".columns.", ".rows."}) {
      const std::string begin = own + std::string(part);
      if (!path.starts_with(begin)) continue;
      const std::string name = path.substr(begin.size());
      return part == ".rows." ? erase_named(table.rows, name) : erase_named(table.columns, name);
    }
  }
  return false;
}

void remove_paths(TomlTable& root, LayoutSpec& spec, bool variant) {
  if (!root.node("remove")) return;
  if (!variant) root.refuse("remove", "only a layout that `extends` another may remove anything");
  for (const std::string& path : root.text_or_texts("remove")) {
    if (erase_path(spec, path)) continue;
    root.refuse("remove", "the base has no " + in_ticks(path) + hint_for(path, removable(spec)));
  }
  for (const TableSpec& table : spec.tables) check_rows_by(table, root, "remove");
}

std::vector<std::string> table_names(const LayoutSpec& spec) {
  std::vector<std::string> names;
  for (const TableSpec& table : spec.tables) names.push_back(table.name);
  return names;
}

void check_totals(const LayoutSpec& spec, const TomlTable& fields) {
  for (const FieldSpec& field : spec.fields) {
    if (field.total_of.empty()) continue;
    const auto table = std::find_if(spec.tables.begin(), spec.tables.end(),
                                    [&](const TableSpec& t) { return t.name == field.total_of; });
    const std::string begin = "field " + in_ticks(field.name) + ": ";
    if (table == spec.tables.end()) {
      fields.refuse(field.name, begin + "`total_of` names " + in_ticks(field.total_of) +
                                    ", which is no table" +
                                    hint_for(field.total_of, table_names(spec)));
    }
    if (table->column_index(field.column) < 0) {
      fields.refuse(field.name, begin + "`column` names " + in_ticks(field.column) +
                                    ", which is no column of " + in_ticks(field.total_of) +
                                    hint_for(field.column, column_names(*table)));
    }
  }
}

/// Reads the file of `root`. `base`: what it extends, or null.
LayoutSpec read_layout(TomlTable& root, const LayoutSpec* base) {
  const bool variant = base != nullptr;
  LayoutSpec spec = variant ? *base : LayoutSpec{};
  spec.name = root.text("layout");
  spec.version = root.text("version");
  const std::string record = variant ? root.text_or("record", base->record) : root.text("record");
  if (variant && record != base->record) {
    root.refuse("record", "it is " + in_ticks(record) + ", and that of its base " +
                              in_ticks(base->record) + ": a variant yields the same record");
  }
  spec.record = record;
  if (root.has("years")) spec.years.clear();
  for (const std::int64_t year : root.integers_between("years", 1, 9999)) {
    spec.years.push_back(static_cast<int>(year));
  }
  remove_paths(root, spec, variant);
  change_labels(root, "titles", spec.titles, variant);
  if (spec.titles.empty()) {
    root.refuse("titles", "`titles` is missing: a form is known by it");
  }
  change_labels(root, "year", spec.year, variant);
  change_labels(root, "must_have", spec.must_have, variant);
  change_labels(root, "must_not_have", spec.must_not_have, variant);
  change_labels(root, "headings", spec.headings, variant);
  auto fields = root.table("fields");
  if (!fields && !variant) root.refuse("fields", "`[fields]` is missing");
  if (fields) {
    for (const std::string& name : fields->keys()) {
      read_field(*fields, named(spec.fields, name), variant);
    }
  }
  if (auto tables = root.table("tables")) {
    for (const std::string& name : tables->keys()) {
      read_table(*tables, named(spec.tables, name), variant);
    }
  }
  root.finish();
  check_totals(spec, fields ? *fields : root);
  return spec;
}

/// Layouts that are being read, each extending the next.
using Chain = std::vector<std::string>;

LayoutSpec read_text(std::string_view text, const std::string& name, const LayoutLibrary* library,
                     Chain chain);

LayoutSpec read_file(const std::filesystem::path& file, const LayoutLibrary* library, Chain chain) {
  return read_text(text_of(file), file.string(), library, std::move(chain));
}

/// The layout that `root` extends; nothing where it extends none.
std::optional<LayoutSpec> read_base(TomlTable& root, const LayoutLibrary* library, Chain chain) {
  const std::string base = root.text_or("extends", "");
  if (base.empty()) return std::nullopt;
  chain.push_back(root.text("layout"));
  if (std::find(chain.begin(), chain.end(), base) != chain.end()) {
    std::string circle;
    for (const std::string& one : chain) circle += in_ticks(one) + " extends ";
    root.refuse("extends", "layouts extend each other in a circle: " + circle + in_ticks(base));
  }
  const auto file = library == nullptr ? std::nullopt : library->find(base);
  if (!file) {
    const auto known = library == nullptr ? std::vector<std::string>{} : library->names();
    root.refuse("extends", "there is no layout " + in_ticks(base) +
                               " beside this one or on the "
                               "plugin path" +
                               hint_for(base, known));
  }
  return read_file(*file, library, std::move(chain));
}

LayoutSpec read_text(std::string_view text, const std::string& name, const LayoutLibrary* library,
                     Chain chain) {
  const TomlFile file{name, Error::Code::bad_layout};
  const toml::table table = file.parse(text);
  TomlTable root(table, file, "the layout");
  const std::optional<LayoutSpec> base = read_base(root, library, std::move(chain));
  return read_layout(root, base ? &*base : nullptr);
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

LayoutLibrary::LayoutLibrary(ListFiles list) : list_(std::move(list)) {}

/// The names are read when the first is asked for: most layouts extend none.
void LayoutLibrary::read_names() const {
  std::call_once(read_, [this] {
    for (const auto& file : list_()) {
      try {
        const TomlFile toml{file.string(), Error::Code::bad_layout};
        const toml::table table = toml.parse(text_of(file));
        if (const auto name = table["layout"].value<std::string>()) by_name_.emplace(*name, file);
      } catch (const Error&) {
        continue;  // whoever loads the file itself says what is wrong with it
      }
    }
  });
}

std::optional<std::filesystem::path> LayoutLibrary::find(const std::string& name) const {
  read_names();
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> LayoutLibrary::names() const {
  read_names();
  std::vector<std::string> names;
  for (const auto& [name, file] : by_name_) names.push_back(name);
  return names;
}

std::vector<std::filesystem::path> layouts_beside(const std::filesystem::path& file) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  const auto folder = std::filesystem::absolute(file, failed).parent_path().parent_path();
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    std::error_code ignored;
    const auto other = it->path() / "layout.toml";
    if (std::filesystem::exists(other, ignored)) files.push_back(other);
  }
  std::sort(files.begin(), files.end());
  return files;
}

LayoutSpec parse_layout(std::string_view text, const std::string& name,
                        const LayoutLibrary* library) {
  return read_text(text, name, library, {});
}

LayoutSpec parse_layout(const std::filesystem::path& file, const LayoutLibrary* library) {
  if (library != nullptr) return read_file(file, library, {});
  const LayoutLibrary beside([&] { return layouts_beside(file); });
  return read_file(file, &beside, {});
}

}  // namespace tabularium
