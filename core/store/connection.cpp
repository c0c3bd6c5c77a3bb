#include "connection_internal.h"

namespace tabularium {

SqlRow::~SqlRow() = default;
Connection::~Connection() = default;

std::string_view Dialect::type(ColumnType column) const {
  switch (column) {
    case ColumnType::integer:
      return integer;
    case ColumnType::real:
      return real;
    case ColumnType::numeric:
      return numeric;
    case ColumnType::text:
      break;
  }
  return text;
}

std::optional<std::int64_t> Connection::integer(const std::string& sql, const SqlValues& values) {
  std::optional<std::int64_t> first;
  each(sql, values, [&](const SqlRow& row) {
    if (!first) first = row.integer(0);
  });
  return first;
}

std::string sql_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text += '"';
}

SqlValue nullable(const std::string& text) { return text.empty() ? SqlValue() : SqlValue(text); }

}  // namespace tabularium
