#include "tabularium/record/model.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>

#include "model_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using strict_toml::hint_for;
using strict_toml::TomlFile;
using strict_toml::TomlTable;

constexpr std::array<std::pair<std::string_view, ValueType>, 12> kTypes = {{
    {"text", ValueType::text},
    {"narrative", ValueType::narrative},
    {"choice", ValueType::choice},
    {"list", ValueType::list},
    {"bool", ValueType::boolean},
    {"money", ValueType::money},
    {"date", ValueType::date},
    {"number", ValueType::number},
    {"percent", ValueType::percent},
    {"level", ValueType::level},
    {"quantity", ValueType::quantity},
    {"key", ValueType::key},
}};

template <typename Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return it == all.end() ? nullptr : &*it;
}

ValueType read_type(TomlTable& table) {
  const std::string name = table.text("type");
  std::vector<std::string> known;
  for (const auto& [word, type] : kTypes) {
    if (word == name) return type;
    known.emplace_back(word);
  }
  std::string listed;
  for (const std::string& word : known) listed += (listed.empty() ? "; known are " : ", ") + word;
  const std::string hint = hint_for(name, known);
  table.refuse("type", "unknown type `" + name + "`" + (hint.empty() ? listed : hint));
}

std::vector<Option> read_options(TomlTable& table, ValueType type) {
  std::vector<Option> options;
  const toml::node* node = table.node("options");
  if (!node) return options;
  const auto* list = node->as_array();
  // Plain texts are the usual case; tables are for names that differ from what forms print.
  if (list && !list->empty() && list->front().is_string()) {
    for (const std::string& name : table.texts("options")) options.push_back({name, {name}});
  } else {
    for (TomlTable& option : table.tables("options")) {
      options.push_back({option.text("name"), option.texts("labels")});
      if (options.back().labels.empty()) options.back().labels.push_back(options.back().name);
      option.finish();
    }
  }
  const bool may_have = type == ValueType::choice || type == ValueType::list ||
                        type == ValueType::key || type == ValueType::text;
  if (!may_have) table.refuse("options", "only choice, list, key and text have `options`");
  return options;
}

/// The record's keys are ASCII: they are column names in databases, too.
void refuse_bad_name(const TomlTable& table, const std::string& name) {
  const bool good = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!good || (name[0] >= '0' && name[0] <= '9'))
    table.refuse("name", "the name `" + name + "` must be of a-z, 0-9 and _, a letter first");
}

FieldModel read_field(TomlTable& table, const std::vector<FieldModel>& before) {
  FieldModel field;
  field.name = table.text("name");
  table.rename(field.name);
  refuse_bad_name(table, field.name);
  if (find_named(before, field.name)) table.refuse("name", "there are two of this name");
  field.type = read_type(table);
  field.labels = table.texts("labels");
  field.options = read_options(table, field.type);
  field.suffixes = table.texts("suffixes");
  field.total_of = table.text_or("total_of", "");
  if (field.type == ValueType::key && field.options.empty())
    table.refuse("type", "a key needs `options`");
  table.text_or("about", "");
  table.finish();
  return field;
}

TableModel read_table(TomlTable& table, const std::vector<TableModel>& before) {
  TableModel model;
  model.name = table.text("name");
  table.rename(model.name);
  refuse_bad_name(table, model.name);
  if (find_named(before, model.name)) table.refuse("name", "there are two of this name");
  model.labels = table.texts("labels");
  table.text_or("about", "");
  for (TomlTable& column : table.tables("column"))
    model.columns.push_back(read_field(column, model.columns));
  if (model.columns.empty()) table.refuse("column", "a table needs at least one [[table.column]]");
  table.finish();
  return model;
}

void read_year(TomlTable& file, RecordModel& model) {
  auto year = file.table("year");
  if (!year) return;
  model.year_fields = year->texts("from");
  for (const std::string& name : model.year_fields) {
    if (model.field(name)) continue;
    std::vector<std::string> known;
    for (const FieldModel& field : model.fields) known.push_back(field.name);
    year->refuse("from", "there is no field `" + name + "`" + hint_for(name, known));
  }
  year->finish();
}

/// Refuses totals of tables or columns that the record does not have.
void check_totals(const TomlTable& file, const RecordModel& model) {
  for (const FieldModel& field : model.fields) {
    if (field.total_of.empty()) continue;
    const std::size_t dot = std::min(field.total_of.find('.'), field.total_of.size());
    const TableModel* table = model.table(field.total_of.substr(0, dot));
    const std::string column = field.total_of.substr(std::min(dot + 1, field.total_of.size()));
    if (table != nullptr && table->column(column) != nullptr) continue;
    std::vector<std::string> known;
    for (const TableModel& one : model.tables) {
      for (const FieldModel& other : one.columns) known.push_back(one.name + "." + other.name);
    }
    file.refuse("field", field.name + ": `total_of` names \"" + field.total_of +
                             "\", which is no \"table.column\" of this record" +
                             hint_for(field.total_of, known));
  }
}

void read_summary(TomlTable& file, RecordModel& model) {
  auto summary = file.table("summary");
  if (!summary) return;
  const auto read = [&](std::string_view key, std::vector<ValueType> types) {
    auto path = read_path(*summary, key, model);
    if (!path) return path;
    const TableModel* table = path->table.empty() ? nullptr : model.table(path->table);
    const FieldModel* field = table ? table->column(path->name) : model.field(path->name);
    if (std::find(types.begin(), types.end(), field->type) == types.end())
      summary->refuse(key, "`" + path->name + "` is of another type than this needs");
    return path;
  };
  model.unit = read("unit", {ValueType::text, ValueType::choice});
  if (model.unit && !model.unit->table.empty())
    summary->refuse("unit", "it must be a field of the record, not of a table");
  model.amount = read("amount", {ValueType::money});
  model.score = read("score", {ValueType::number, ValueType::percent});
  summary->finish();
}

RecordModel read_model(TomlTable& file, const std::string& source) {
  RecordModel model;
  model.name = file.text("record");
  model.source = source;
  model.title = file.text("title");
  file.text_or("about", "");
  for (TomlTable& field : file.tables("field"))
    model.fields.push_back(read_field(field, model.fields));
  for (TomlTable& table : file.tables("table"))
    model.tables.push_back(read_table(table, model.tables));
  if (model.fields.empty() && model.tables.empty())
    file.refuse("field", "a record needs at least one [[field]] or [[table]]");
  check_totals(file, model);
  read_year(file, model);
  read_summary(file, model);
  model.checks = read_checks(file, model);
  return model;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(Error::Code::unreadable, path.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

using Vocabularies = std::map<std::string, std::shared_ptr<const Vocabulary>, std::less<>>;

std::shared_ptr<const Vocabulary> find_vocabulary(TomlTable& file, const Vocabularies& all) {
  const std::string name = file.text("vocabulary");
  const auto it = all.find(name);
  if (it != all.end()) return it->second;
  std::vector<std::string> known;
  for (const auto& [word, vocabulary] : all) known.push_back(word);
  file.refuse("vocabulary",
              "no file beside it defines the vocabulary `" + name + "`" + hint_for(name, known));
}

}  // namespace

std::string_view to_string(ValueType type) noexcept {
  for (const auto& [word, known] : kTypes) {
    if (known == type) return word;
  }
  return "text";
}

const FieldModel* TableModel::column(std::string_view column_name) const {
  return find_named(columns, column_name);
}

const FieldModel* RecordModel::field(std::string_view field_name) const {
  return find_named(fields, field_name);
}

const TableModel* RecordModel::table(std::string_view table_name) const {
  return find_named(tables, table_name);
}

Models::Models() = default;
Models::~Models() = default;
Models::Models(Models&&) noexcept = default;
Models& Models::operator=(Models&&) noexcept = default;

const RecordModel* Models::find(std::string_view record) const {
  const auto it = models_.find(record);
  return it == models_.end() ? nullptr : it->second.get();
}

std::vector<std::string> Models::names() const {
  std::vector<std::string> names;
  for (const auto& [name, model] : models_) names.push_back(name);
  return names;
}

Models Models::parse(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<std::pair<std::string, toml::table>> records;
  Vocabularies vocabularies;
  for (const auto& [name, content] : files) {
    const TomlFile source{name, Error::Code::bad_model};
    toml::table table = source.parse(content);
    TomlTable file(table, source, "the file");
    // A model whose `record` is misspelled is no vocabulary for that.
    if (file.has("record") || file.has("field") || file.has("table") || file.has("check")) {
      records.emplace_back(name, std::move(table));
      continue;
    }
    if (!file.has("vocabulary"))
      file.refuse("record", "it must begin with `record` or `vocabulary`");
    auto vocabulary = std::make_shared<const Vocabulary>(read_vocabulary(file));
    if (!vocabularies.emplace(vocabulary->name, vocabulary).second)
      file.refuse("vocabulary", "a second vocabulary `" + vocabulary->name + "`");
  }
  Models models;
  for (const auto& [name, table] : records) {
    TomlTable file(table, {name, Error::Code::bad_model}, "the file");
    RecordModel model = read_model(file, name);
    model.vocabulary = find_vocabulary(file, vocabularies);
    file.finish();
    std::string key = model.name;
    const auto [it, fresh] =
        models.models_.emplace(key, std::make_unique<RecordModel>(std::move(model)));
    if (!fresh) file.refuse("record", "`" + key + "` stands in " + it->second->source + ", too");
  }
  return models;
}

namespace {

/// The model files of a folder, by name.
std::vector<std::filesystem::path> model_files(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    if (it->path().extension() == ".toml") paths.push_back(it->path());
  }
  if (failed) throw Error(Error::Code::not_found, folder.string() + ": " + failed.message());
  if (paths.empty())
    throw Error(Error::Code::not_found, folder.string() + ": no record model (*.toml) in it");
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

Models Models::load(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& folder : folders) {
    for (const auto& path : model_files(folder)) files.emplace_back(path.string(), read_file(path));
  }
  return parse(files);
}

}  // namespace tabularium
