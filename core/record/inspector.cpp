#include <algorithm>

#include "checks_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium::checks {
namespace {

/// At least two digits after the point, as amounts are printed.
std::string with_two_digits(const Decimal& number) {
  const Decimal short_form = number.reduced();
  if (short_form.scale() >= 2) return short_form.to_string();
  const auto padded = add(short_form, Decimal(0, 2));
  return padded.value_or(short_form).to_string();
}

bool holds(const Row& row, const ValuePath& path) {
  if (path.column.empty()) return true;
  const Value* value = row.find(path.column);
  const auto* text = value ? std::get_if<std::string>(value) : nullptr;
  return text && *text == path.equals;
}

const Option* option_named(const FieldModel& model, std::string_view name) {
  for (const Option& option : model.options) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

std::string label_of(const FieldModel& model) {
  return model.labels.empty() ? model.name : model.labels.front();
}

Decimal absolute(const Decimal& number) {
  return number.units() < 0 ? Decimal(-number.units(), number.scale()) : number;
}

Decimal cut(const Decimal& number, int scale) {
  return number.scale() <= scale ? number
                                 : divide_truncated(number, Decimal(1, 0), scale).value_or(number);
}

Decimal rounded(const Decimal& number, int scale) {
  if (number.scale() <= scale) return number;
  const Decimal half(number.units() < 0 ? -5 : 5, scale + 1);
  return cut(add(number, half).value_or(number), scale);
}

Found Inspector::found(const Value& value, const FieldModel& model, std::string pointer) const {
  Found found;
  found.value = &value;
  found.model = &model;
  if (const auto* amount = std::get_if<Money>(&value)) {
    found.number = yuan(*amount);
    const auto evidence = record_.evidence.find(pointer);
    if (evidence != record_.evidence.end()) found.unit = evidence->second.unit;
    if (found.unit.empty()) found.unit = std::string("元");
  } else if (const auto* number = std::get_if<Decimal>(&value)) {
    found.number = *number;
    if (model.type == ValueType::percent) found.unit = std::string("%");
  } else if (const auto* quantity = std::get_if<Quantity>(&value)) {
    found.number = quantity->value;
    found.unit = quantity->unit.value_or("");
  }
  found.pointer = std::move(pointer);
  return found;
}

std::vector<Found> Inspector::find(const ValuePath& path) const {
  std::vector<Found> all;
  if (path.table.empty()) {
    const Value* value = record_.field(path.name);
    const FieldModel* model = model_.field(path.name);
    if (value && model) all.push_back(found(*value, *model, field_pointer(path.name)));
    return all;
  }
  const RecordTable* table = record_.table(path.table);
  if (!table) return all;
  for (std::size_t row = 0; row < table->rows.size(); ++row) {
    if (!holds(table->rows[row], path)) continue;
    if (auto one = cell(path.table, row, path.name)) all.push_back(std::move(*one));
  }
  return all;
}

std::optional<Found> Inspector::cell(const std::string& table, std::size_t row,
                                     const std::string& column) const {
  const RecordTable* rows = record_.table(table);
  const TableModel* model = model_.table(table);
  const FieldModel* type = model ? model->column(column) : nullptr;
  const Value* value = rows && row < rows->rows.size() ? rows->rows[row].find(column) : nullptr;
  if (!value || !type) return std::nullopt;
  Found one = found(*value, *type, cell_pointer(table, row, column));
  one.row = row;
  return one;
}

std::optional<Found> Inspector::partner(const Operand& operand, const Found& value) const {
  if (operand.number) {
    Found one = value;
    one.number = operand.number;
    one.pointer.clear();
    return one;
  }
  const ValuePath& path = operand.path;
  std::optional<Found> one;
  if (value.row && path.column.empty() && !path.table.empty()) {
    one = cell(path.table, *value.row, path.name);
  } else if (auto all = find(path); !all.empty()) {
    one = std::move(all.front());
  }
  return one && !one->is_null() ? one : std::nullopt;
}

bool Inspector::applies() const {
  std::optional<int> year;
  for (const ValuePath& path : check_.when_same_year) {
    for (const Found& one : find(path)) {
      const auto* date = std::get_if<Date>(one.value);
      if (!date || (year && *year != date->year)) return false;
      year = date->year;
    }
  }
  return check_.when_same_year.empty() || year;
}

std::string Inspector::show_number(const Decimal& number, const Found& like) const {
  if (!like.is_money()) return number.to_string();
  const int exponent = money_exponent(like.unit, *model_.vocabulary).value_or(0);
  return with_two_digits(shifted(number, -exponent).value_or(number));
}

std::string Inspector::show(const Decimal& number, const Found& like) const {
  std::string text = show_number(number, like);
  if (!like.unit.empty()) text.append(" ").append(like.unit);
  return text;
}

std::string Inspector::show(const Found& found) const {
  if (found.is_null()) return "nothing";
  if (const auto* date = std::get_if<Date>(found.value)) return to_string(*date);
  if (const auto* text = std::get_if<std::string>(found.value)) return *text;
  if (const auto* quantity = std::get_if<Quantity>(found.value)) return quantity->text;
  return found.number ? show(*found.number, found) : found.model->name;
}

std::string Inspector::row_label(const std::string& table, std::size_t row) const {
  const TableModel* model = model_.table(table);
  for (const FieldModel& column : model->columns) {
    if (column.type != ValueType::text && column.type != ValueType::key) continue;
    const auto one = cell(table, row, column.name);
    const auto* text = one ? std::get_if<std::string>(one->value) : nullptr;
    if (!text) continue;
    const Option* option = option_named(column, *text);
    return option ? option->labels.front() : *text;
  }
  return std::string("row ").append(std::to_string(row + 1));
}

std::string Inspector::label(const Found& found) const {
  if (!found.row) return label_of(*found.model);
  const std::size_t begin = std::string_view("/tables/").size();
  const std::string table = found.pointer.substr(begin, found.pointer.find('/', begin) - begin);
  return row_label(table, *found.row) + ", " + label_of(*found.model);
}

std::string Inspector::condition_label(const ValuePath& path) const {
  const TableModel* table = model_.table(path.table);
  const FieldModel* column = table ? table->column(path.column) : nullptr;
  const Option* option = column ? option_named(*column, path.equals) : nullptr;
  return option ? option->labels.front() : path.equals;
}

Decimal Inspector::last_digit(const Found& amount) const {
  const int exponent = money_exponent(amount.unit, *model_.vocabulary).value_or(0);
  return shifted(Decimal(1, 2), exponent).value_or(Decimal(1, 2));
}

bool is_option(const Option& option, std::string_view text) {
  const std::string folded = fold(text);
  return fold(option.name) == folded ||
         std::any_of(option.labels.begin(), option.labels.end(),
                     [&](const std::string& label) { return fold(label) == folded; });
}

void Inspector::report(const std::string& pointer, std::vector<std::string> related,
                       std::string message) {
  report(check_.severity, pointer, std::move(related), std::move(message));
}

void Inspector::report(Severity severity, const std::string& pointer,
                       std::vector<std::string> related, std::string message) {
  if (!check_.hint.empty()) message += "; " + check_.hint;
  related.erase(std::remove(related.begin(), related.end(), ""), related.end());
  issues_.push_back({check_.id, severity, pointer, std::move(related), std::move(message)});
}

}  // namespace tabularium::checks
