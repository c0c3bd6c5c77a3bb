#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

constexpr std::int64_t kApplicationId = 0x5442554C;  // "TBUL": how `file` may know our databases
constexpr std::int64_t kSchemaVersion = 1;

// docs/schema.md explains these tables; keep the two together.
constexpr const char* kFixedTables = R"(
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  program TEXT NOT NULL,
  plugins TEXT NOT NULL,
  layouts TEXT NOT NULL,
  models TEXT NOT NULL
);
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT,
  size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'duplicate')),
  reason TEXT,
  message TEXT,
  pages INTEGER NOT NULL,
  unread_pages INTEGER NOT NULL,
  records INTEGER NOT NULL,
  duplicate_of INTEGER REFERENCES files(id),
  version_id INTEGER NOT NULL REFERENCES versions(id)
);
CREATE INDEX files_by_content ON files(sha256, version_id);
CREATE INDEX files_by_original ON files(duplicate_of);
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  record TEXT NOT NULL,
  layout TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER,
  first_page INTEGER,
  last_page INTEGER,
  json TEXT NOT NULL,
  UNIQUE (file_id, ordinal)
);
CREATE TABLE evidence (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  pointer TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL,
  y0 REAL NOT NULL,
  x1 REAL NOT NULL,
  y1 REAL NOT NULL,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  extractor TEXT NOT NULL,
  unit TEXT,
  PRIMARY KEY (record_id, pointer)
) WITHOUT ROWID;
CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  record_id INTEGER REFERENCES records(id) ON DELETE CASCADE,
  found_by TEXT NOT NULL CHECK (found_by IN ('reading', 'check')),
  check_id TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  pointer TEXT NOT NULL,
  related TEXT NOT NULL,
  message TEXT NOT NULL
);
CREATE INDEX issues_by_record ON issues(record_id);
CREATE INDEX issues_by_file ON issues(file_id);
CREATE VIEW problems AS
SELECT i.severity, f.path AS file, coalesce(e.page, r.first_page) AS page, r.ordinal, i.check_id,
       i.pointer, e.text AS printed, i.message, i.record_id
FROM issues i
JOIN files f ON f.id = i.file_id
LEFT JOIN records r ON r.id = i.record_id
LEFT JOIN evidence e ON e.record_id = i.record_id AND e.pointer = i.pointer
WHERE i.severity <> 'info'
ORDER BY i.severity, f.path, r.ordinal, i.id;
)";

std::string column_sql(const StoreColumn& column) {
  std::string sql = sql_name(column.name) + " " + column.type;
  if (column.generated.empty()) return sql;
  return fmt::format("{} GENERATED ALWAYS AS ({}) VIRTUAL", sql, column.generated);
}

/// Names that a model may not give to a record type or table.
bool is_taken(std::string_view name) {
  constexpr std::string_view ours[] = {"versions", "files",  "records",
                                       "evidence", "issues", "problems"};
  return std::find(std::begin(ours), std::end(ours), name) != std::end(ours);
}

void merge_column(StoreTable& table, const StoreColumn& column, const std::string& source) {
  for (const StoreColumn& known : table.columns) {
    if (known.name != column.name) continue;
    if (known.type == column.type) return;
    throw Error(Error::Code::bad_model,
                fmt::format("{}: column {} of table {} is {} here and {} in another model", source,
                            column.name, table.name, column.type, known.type));
  }
  table.columns.push_back(column);
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

/// Name and type of the columns that a table has now; empty where there is no such table.
std::map<std::string, std::string> present_columns(const Database& database,
                                                   const std::string& table) {
  std::map<std::string, std::string> columns;
  // table_xinfo, unlike table_info, also lists generated columns.
  database.prepare("SELECT name, type FROM pragma_table_xinfo(?)")
      .each({table}, [&](const Statement& row) { columns[row.text(0)] = row.text(1); });
  return columns;
}

void create_table(const Database& database, const StoreTable& table) {
  std::string sql = fmt::format(
      "CREATE TABLE {} (\n  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE",
      sql_name(table.name));
  if (table.rows) sql += ",\n  row INTEGER NOT NULL";
  for (const StoreColumn& column : table.columns) sql += ",\n  " + column_sql(column);
  sql += fmt::format(",\n  PRIMARY KEY (record_id{})\n) WITHOUT ROWID", table.rows ? ", row" : "");
  database.execute(sql);
}

void follow_table(const Database& database, const StoreTable& table) {
  const auto present = present_columns(database, table.name);
  if (present.empty()) return create_table(database, table);
  for (const StoreColumn& column : table.columns) {
    const auto found = present.find(column.name);
    if (found == present.end()) {
      database.execute(
          fmt::format("ALTER TABLE {} ADD COLUMN {}", sql_name(table.name), column_sql(column)));
    } else if (!found->second.starts_with(column.type)) {
      throw Error(Error::Code::store_failed,
                  fmt::format("column {} of table {} is {}, the models now want {}: import into a "
                              "new database",
                              column.name, table.name, found->second, column.type));
    }
  }
}

/// The view that a person reads a record type with: where it came from, how it stands, its fields.
std::string record_view(const RecordModel& model) {
  std::string sql = fmt::format(
      "CREATE VIEW {} AS\nSELECT r.id AS record_id, f.path AS file, r.ordinal, r.first_page, "
      "r.layout, r.title, r.year,\n"
      "  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'error') AS "
      "errors,\n"
      "  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'warning') AS "
      "warnings",
      sql_name(model.name));
  for (const FieldModel& field : model.fields) {
    for (const StoreColumn& column : columns_of(field)) sql += ",\n  t." + sql_name(column.name);
  }
  return sql + fmt::format(
                   "\nFROM {} t JOIN records r ON r.id = t.record_id JOIN files f ON f.id = "
                   "r.file_id",
                   sql_name(fields_table(model.name)));
}

void follow_view(const Database& database, const std::string& name, const std::string& sql) {
  const auto present = database.prepare("SELECT sql FROM sqlite_schema WHERE name = ?")
                           .one({name}, [](const Statement& row) { return row.text(0); });
  if (present == sql) return;
  database.execute(fmt::format("DROP VIEW IF EXISTS {}", sql_name(name)));
  database.execute(sql);
}

}  // namespace

std::vector<StoreColumn> columns_of(const FieldModel& field) {
  const std::string& name = field.name;
  switch (field.type) {
    case ValueType::money:
      return {{name + "_fen", "INTEGER", ""}, {name, "REAL", sql_name(name + "_fen") + " / 100.0"}};
    case ValueType::boolean:
      return {{name, "INTEGER", ""}};
    case ValueType::number:
    case ValueType::percent:
      return {{name, "NUMERIC", ""}};
    case ValueType::quantity:
      return {{name + "_text", "TEXT", ""},
              {name + "_operator", "TEXT", ""},
              {name + "_value", "NUMERIC", ""},
              {name + "_unit", "TEXT", ""},
              {name + "_note", "TEXT", ""}};
    default:
      return {{name, "TEXT", ""}};
  }
}

std::vector<SqlValue> stored_values(const FieldModel& field, const Value* value) {
  if (field.type == ValueType::quantity) {
    const auto* quantity = value == nullptr ? nullptr : std::get_if<Quantity>(value);
    if (quantity == nullptr) return std::vector<SqlValue>(5);
    const auto text = [](const std::optional<std::string>& part) {
      return part ? SqlValue(*part) : SqlValue();
    };
    const SqlValue number = quantity->value ? SqlValue(quantity->value->to_string()) : SqlValue();
    return {quantity->text, text(quantity->op), number, text(quantity->unit), text(quantity->note)};
  }
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
    StoreTable& fields = table_named(tables, fields_table(name), false, model.source);
    for (const FieldModel& field : model.fields) {
      for (const StoreColumn& column : columns_of(field)) {
        merge_column(fields, column, model.source);
      }
    }
    for (const TableModel& table : model.tables) {
      StoreTable& rows = table_named(tables, table.name, true, model.source);
      for (const FieldModel& field : table.columns) {
        for (const StoreColumn& column : columns_of(field)) {
          merge_column(rows, column, model.source);
        }
      }
    }
  }
  return tables;
}

void prepare_schema(const Database& database, const std::string& file) {
  const auto refuse = [&](const std::string& reason) {
    return Error(Error::Code::store_failed, fmt::format("{}: {}", file, reason));
  };
  const std::int64_t application = database.integer("PRAGMA application_id");
  const std::int64_t version = database.integer("PRAGMA user_version");
  const bool empty = database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (application == 0 && empty) {
    database.execute("BEGIN IMMEDIATE");
    database.execute(kFixedTables);
    database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                 kApplicationId, kSchemaVersion));
    return;
  }
  if (application != kApplicationId) throw refuse("this is a database of another program");
  if (version > kSchemaVersion) {
    throw refuse(fmt::format("its schema has version {}, this program knows up to {}", version,
                             kSchemaVersion));
  }
}

void follow_models(const Database& database, const Models& models) {
  for (const StoreTable& table : model_tables(models)) follow_table(database, table);
  for (const std::string& name : models.names()) {
    follow_view(database, name, record_view(*models.find(name)));
  }
}

}  // namespace tabularium
