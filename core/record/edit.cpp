#include "tabularium/record/edit.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

FieldModel plain_model(const char* name, ValueType type) {
  FieldModel model;
  model.name = name;
  model.type = type;
  return model;
}

std::vector<std::string_view> parts_of(std::string_view pointer) {
  std::vector<std::string_view> parts;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    parts.push_back(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return parts;
}

Value* find_value(std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &found->value;
}

std::optional<std::size_t> row_number(std::string_view digits) {
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// A field or cell; null where the record has none there.
Value* find_value(Record& record, std::string_view pointer) {
  const auto parts = parts_of(pointer);
  if (parts.size() == 2 && parts[0] == "fields") return find_value(record.fields, parts[1]);
  if (parts.size() != 4 || parts[0] != "tables") return nullptr;
  const auto row = row_number(parts[2]);
  for (RecordTable& table : record.tables) {
    if (table.name != parts[1] || !row || *row >= table.rows.size()) continue;
    return find_value(table.rows[*row].cells, parts[3]);
  }
  return nullptr;
}

std::optional<Value> list_value(std::string_view text) {
  std::vector<std::string> items;
  std::u32string item;
  const auto flush = [&] {
    std::string trimmed = trim(to_utf8(item));
    if (!trimmed.empty()) items.push_back(std::move(trimmed));
    item.clear();
  };
  for (const char32_t c : to_utf32(text)) {
    if (c == U';' || c == U'；' || c == U'、') {
      flush();
    } else {
      item += c;
    }
  }
  flush();
  return Value(items);
}

std::optional<Value> bool_value(std::string_view text, const Vocabulary& words) {
  const std::string word = fold(text);
  const auto is_of = [&](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), word) != all.end();
  };
  if (word == "true" || is_of(words.yes)) return Value(true);
  if (word == "false" || is_of(words.no)) return Value(false);
  return std::nullopt;
}

std::optional<Value> key_value(const std::string& text, const FieldModel& field) {
  for (const Option& option : field.options) {
    const bool labelled =
        std::find(option.labels.begin(), option.labels.end(), text) != option.labels.end();
    if (option.name == text || labelled) return Value(option.name);
  }
  return std::nullopt;
}

template <typename Parsed>
std::optional<Value> wrapped(const std::optional<Parsed>& parsed) {
  if (!parsed) return std::nullopt;
  return Value(*parsed);
}

}  // namespace

const FieldModel* model_at(const RecordModel& model, std::string_view pointer) {
  static const FieldModel title = plain_model("title", ValueType::text);
  static const FieldModel year = plain_model("year", ValueType::number);
  if (pointer == "/title") return &title;
  if (pointer == "/year") return &year;
  const auto parts = parts_of(pointer);
  if (parts.size() == 2 && parts[0] == "fields") return model.field(parts[1]);
  if (parts.size() != 4 || parts[0] != "tables") return nullptr;
  const TableModel* table = model.table(parts[1]);
  return table == nullptr ? nullptr : table->column(parts[3]);
}

std::optional<Value> value_at(const Record& record, std::string_view pointer) {
  if (pointer == "/title") return Value(record.title);
  if (pointer == "/year") return record.year ? Value(Decimal(*record.year, 0)) : Value();
  const Value* value = find_value(const_cast<Record&>(record), pointer);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

bool set_value(Record& record, std::string_view pointer, Value value) {
  if (pointer == "/title") {
    const auto* text = std::get_if<std::string>(&value);
    record.title = text == nullptr ? "" : *text;
    return true;
  }
  if (pointer == "/year") {
    const auto* number = std::get_if<Decimal>(&value);
    record.year = number == nullptr ? std::nullopt
                                    : std::optional(static_cast<int>(number->reduced().units()));
    return true;
  }
  Value* place = find_value(record, pointer);
  if (place == nullptr) return false;
  *place = std::move(value);
  return true;
}

std::optional<Value> typed_value(std::string_view text, const FieldModel& field,
                                 const Vocabulary& words) {
  const std::string trimmed = trim(text);
  if (trimmed.empty()) return Value();
  switch (field.type) {
    case ValueType::money: {
      const auto printed = parse_money(trimmed, "", words);
      return printed ? std::optional<Value>(printed->amount) : std::nullopt;
    }
    case ValueType::number:
    case ValueType::percent: {
      std::vector<std::string> suffixes = field.suffixes;
      suffixes.emplace_back("%");
      return wrapped(parse_number(trimmed, suffixes));
    }
    case ValueType::date:
      return wrapped(parse_date(trimmed));
    case ValueType::boolean:
      return bool_value(trimmed, words);
    case ValueType::list:
      return list_value(trimmed);
    case ValueType::quantity:
      return Value(parse_quantity(trimmed, words));
    case ValueType::level:
      return Value(squeeze(trimmed));
    case ValueType::key:
      return key_value(trimmed, field);
    default:
      return Value(trimmed);
  }
}

}  // namespace tabularium
