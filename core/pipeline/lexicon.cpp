#include <algorithm>

#include "lexicon_internal.h"

namespace tabularium {
namespace {

std::vector<std::string> option_texts(const FieldModel& field) {
  std::vector<std::string> texts;
  for (const Option& option : field.options) {
    texts.insert(texts.end(), option.labels.begin(), option.labels.end());
  }
  return texts;
}

Lexicon::Field field_words(const FieldModel& field) {
  Lexicon::Field words{field.name, field.labels, {}, field.type == ValueType::money, "", ""};
  const bool ticked = field.type == ValueType::choice || field.type == ValueType::list;
  if (ticked) words.options = option_texts(field);
  const std::size_t dot = field.total_of.find('.');
  if (dot != std::string::npos) {
    words.total_of = field.total_of.substr(0, dot);
    words.column = field.total_of.substr(dot + 1);
  }
  return words;
}

/// What the column may hold by the model's check of levels.
std::vector<std::string> level_words(const RecordModel& model, const std::string& table,
                                     const std::string& column) {
  std::vector<std::string> words;
  for (const Check& check : model.checks) {
    if (check.kind != CheckKind::taxonomy || check.table != table) continue;
    const auto at = std::find(check.columns.begin(), check.columns.end(), column);
    if (at == check.columns.end()) continue;
    for (const Check::Branch& branch : check.branches) {
      if (at == check.columns.begin()) {
        words.push_back(branch.parent);
      } else {
        words.insert(words.end(), branch.children.begin(), branch.children.end());
      }
    }
  }
  return words;
}

Lexicon::Table table_words(const RecordModel& model, const TableModel& table) {
  Lexicon::Table words;
  words.name = table.name;
  words.labels = table.labels;
  for (const FieldModel& column : table.columns) {
    if (column.type == ValueType::key) {
      words.key = column.name;
      for (const Option& option : column.options)
        words.rows.push_back({option.name, option.labels});
      continue;
    }
    words.columns.push_back({column.name, column.labels, column.type == ValueType::money,
                             column.type != ValueType::level,
                             level_words(model, table.name, column.name)});
  }
  return words;
}

}  // namespace

Lexicon lexicon_of(const RecordModel& model) {
  Lexicon lexicon;
  lexicon.record = model.name;
  for (const FieldModel& field : model.fields) lexicon.fields.push_back(field_words(field));
  for (const TableModel& table : model.tables) lexicon.tables.push_back(table_words(model, table));
  return lexicon;
}

}  // namespace tabularium
