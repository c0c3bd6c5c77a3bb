#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema_internal.h"

namespace tabularium {
namespace {

/// Names that a model may not give to a record type or table.
bool is_taken(std::string_view name) {
  constexpr std::string_view ours[] = {
      "versions",    "files", "records",  "evidence", "issues",
      "corrections", "work",  "problems", "found",    "tabularium_schema"};
  return std::find(std::begin(ours), std::end(ours), name) != std::end(ours);
}

void merge_column(StoreTable& table, const StoreColumn& column, const std::string& source) {
  for (const StoreColumn& known : table.columns) {
    if (known.name != column.name) continue;
    if (known.type == column.type && known.fen == column.fen) return;
    throw Error(Error::Code::bad_model,
                fmt::format("{}: column {} of table {} has one type here and another in another "
                            "model",
                            source, column.name, table.name));
  }
  table.columns.push_back(column);
}

void merge_columns(StoreTable& table, const std::vector<FieldModel>& fields,
                   const std::string& source) {
  for (const FieldModel& field : fields) {
    for (const StoreColumn& column : columns_of(field)) merge_column(table, column, source);
  }
}

StoreTable& table_named(std::vector<StoreTable>& tables, const std::string& name, bool rows,
                        const std::string& source) {
  if (is_taken(name)) {
    throw Error(Error::Code::bad_model,
                fmt::format("{}: \"{}\" is a table of the store's own", source, name));
  }
  for (StoreTable& table : tables) {
    if (table.name == name) return table;
  }
  tables.push_back({name, rows, {}});
  return tables.back();
}

SqlValues quantity_values(const Value* value) {
  const auto* quantity = value == nullptr ? nullptr : std::get_if<Quantity>(value);
  if (quantity == nullptr) return SqlValues(5);
  const auto text = [](const std::optional<std::string>& part) {
    return part ? SqlValue(*part) : SqlValue();
  };
  const SqlValue number = quantity->value ? SqlValue(quantity->value->to_string()) : SqlValue();
  return {quantity->text, text(quantity->op), number, text(quantity->unit), text(quantity->note)};
}

}  // namespace

std::vector<StoreColumn> columns_of(const FieldModel& field) {
  const std::string& name = field.name;
  switch (field.type) {
    case ValueType::money:
      return {{name + "_fen", ColumnType::integer, ""}, {name, ColumnType::real, name + "_fen"}};
    case ValueType::boolean:
      return {{name, ColumnType::integer, ""}};
    case ValueType::number:
    case ValueType::percent:
      return {{name, ColumnType::numeric, ""}};
    case ValueType::quantity:
      return {{name + "_text", ColumnType::text, ""},
              {name + "_operator", ColumnType::text, ""},
              {name + "_value", ColumnType::numeric, ""},
              {name + "_unit", ColumnType::text, ""},
              {name + "_note", ColumnType::text, ""}};
    default:
      return {{name, ColumnType::text, ""}};
  }
}

SqlValues stored_values(const FieldModel& field, const Value* value) {
  if (field.type == ValueType::quantity) return quantity_values(value);
  if (value == nullptr || std::holds_alternative<std::monostate>(*value)) return {SqlValue()};
  if (const auto* money = std::get_if<Money>(value)) return {money->fen};
  if (const auto* yes = std::get_if<bool>(value)) return {std::int64_t{*yes ? 1 : 0}};
  if (const auto* number = std::get_if<Decimal>(value)) return {number->to_string()};
  if (const auto* date = std::get_if<Date>(value)) return {to_string(*date)};
  if (const auto* text = std::get_if<std::string>(value)) return {*text};
  if (const auto* list = std::get_if<std::vector<std::string>>(value)) {
    return {nlohmann::json(*list).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
  }
  return {SqlValue()};
}

std::string fields_table(std::string_view record) { return std::string(record) + "_fields"; }

std::vector<StoreTable> model_tables(const Models& models) {
  std::vector<StoreTable> tables;
  for (const std::string& name : models.names()) {
    const RecordModel& model = *models.find(name);
    merge_columns(table_named(tables, fields_table(name), false, model.source), model.fields,
                  model.source);
    for (const TableModel& table : model.tables) {
      merge_columns(table_named(tables, table.name, true, model.source), table.columns,
                    model.source);
    }
  }
  return tables;
}

}  // namespace tabularium
