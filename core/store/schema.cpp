#include "schema_internal.h"

#include <fmt/format.h>

#include <algorithm>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

// docs/schema.md explains these tables; keep the two together. TEXT, INTEGER and REAL are written
// as the database calls them, {end} is the end of a table that is kept in the order of its key.
constexpr const char* kFixedTables = R"(
CREATE TABLE versions (
  id {integer} PRIMARY KEY,
  fingerprint {text} NOT NULL UNIQUE,
  program {text} NOT NULL,
  plugins {text} NOT NULL,
  layouts {text} NOT NULL,
  models {text} NOT NULL
);
CREATE TABLE files (
  id {integer} PRIMARY KEY,
  path {text} NOT NULL UNIQUE,
  sha256 {text},
  size {integer} NOT NULL,
  state {text} NOT NULL
    CHECK (state IN ('pending', 'claimed', 'done', 'review', 'failed', 'duplicate')),
  reason {text},
  message {text},
  pages {integer} NOT NULL,
  unread_pages {integer} NOT NULL,
  records {integer} NOT NULL,
  duplicate_of {integer} REFERENCES files(id),
  version_id {integer} REFERENCES versions(id)
);
CREATE TABLE records (
  id {integer} PRIMARY KEY,
  file_id {integer} NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  ordinal {integer} NOT NULL,
  record {text} NOT NULL,
  layout {text} NOT NULL,
  title {text} NOT NULL,
  year {integer},
  first_page {integer},
  last_page {integer},
  json {text} NOT NULL,
  UNIQUE (file_id, ordinal)
);
CREATE TABLE evidence (
  record_id {integer} NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  pointer {text} NOT NULL,
  page {integer} NOT NULL,
  x0 {real} NOT NULL,
  y0 {real} NOT NULL,
  x1 {real} NOT NULL,
  y1 {real} NOT NULL,
  text {text} NOT NULL,
  confidence {real} NOT NULL,
  extractor {text} NOT NULL,
  unit {text},
  first_line {integer},
  last_line {integer},
  PRIMARY KEY (record_id, pointer)
){end};
CREATE TABLE issues (
  file_id {integer} NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  number {integer} NOT NULL,
  record_id {integer} REFERENCES records(id) ON DELETE CASCADE,
  found_by {text} NOT NULL CHECK (found_by IN ('reading', 'check')),
  check_id {text} NOT NULL,
  severity {text} NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  pointer {text} NOT NULL,
  related {text} NOT NULL,
  message {text} NOT NULL,
  PRIMARY KEY (file_id, number)
){end};
CREATE TABLE corrections (
  id {integer} PRIMARY KEY,
  file_id {integer} NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  sha256 {text},
  ordinal {integer} NOT NULL,
  pointer {text} NOT NULL,
  before {text} NOT NULL,
  after {text} NOT NULL,
  who {text} NOT NULL,
  made_at {text} NOT NULL,
  why {text}
);
CREATE TABLE work (
  file_id {integer} PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE,
  version_id {integer} NOT NULL REFERENCES versions(id),
  attempts {integer} NOT NULL,
  seat {text},
  lease_end_ms {integer},
  milliseconds {integer}
);
)";

constexpr const char* kFixedIndexes = R"(
CREATE INDEX files_by_content ON files(sha256);
CREATE INDEX files_by_original ON files(duplicate_of);
CREATE INDEX files_waiting ON files(id) WHERE state IN ('pending', 'claimed');
CREATE INDEX issues_by_record ON issues(record_id);
CREATE INDEX corrections_by_file ON corrections(file_id);
CREATE INDEX corrections_by_content ON corrections(sha256);
CREATE INDEX work_by_seat ON work(seat);
)";

constexpr const char* kProblems =
    "SELECT i.severity, f.path AS file, coalesce(e.page, r.first_page) AS page, r.ordinal, "
    "i.check_id,\n  i.pointer, e.text AS printed, i.message, i.record_id\n"
    "FROM issues i\nJOIN files f ON f.id = i.file_id\n"
    "LEFT JOIN records r ON r.id = i.record_id\n"
    "LEFT JOIN evidence e ON e.record_id = i.record_id AND e.pointer = i.pointer\n"
    "WHERE i.severity <> 'info'\nORDER BY i.severity, f.path, r.ordinal, i.number";

/// The view that a person reads a record type with: where it came from, how it stands, its fields.
std::string record_view(const RecordModel& model) {
  std::string sql =
      "SELECT r.id AS record_id, f.path AS file, r.ordinal, r.first_page, r.layout, r.title, "
      "r.year, f.state,\n"
      "  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'error') AS "
      "errors,\n"
      "  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'warning') AS "
      "warnings";
  for (const FieldModel& field : model.fields) {
    for (const StoreColumn& column : columns_of(field)) sql += ",\n  t." + sql_name(column.name);
  }
  return sql + fmt::format(
                   "\nFROM {} t JOIN records r ON r.id = t.record_id JOIN files f ON f.id = "
                   "r.file_id",
                   sql_name(fields_table(model.name)));
}

std::string column_sql(const Dialect& dialect, const StoreColumn& column) {
  if (column.is_stored())
    return fmt::format("{} {}", sql_name(column.name), dialect.type(column.type));
  return fmt::format("{} {}{}{}", sql_name(column.name), dialect.yuan_before, sql_name(column.fen),
                     dialect.yuan_after);
}

std::string create_table(const Dialect& dialect, const StoreTable& table) {
  std::string sql = fmt::format(
      "CREATE TABLE {} (\n  record_id {} NOT NULL REFERENCES records(id) ON DELETE CASCADE",
      sql_name(table.name), dialect.integer);
  if (table.rows) sql += fmt::format(",\n  \"row\" {} NOT NULL", dialect.integer);
  for (const StoreColumn& column : table.columns) sql += ",\n  " + column_sql(dialect, column);
  return sql + fmt::format(",\n  PRIMARY KEY (record_id{})\n){}", table.rows ? ", \"row\"" : "",
                           dialect.table_end);
}

/// Whether a column that is there can hold what the models want. The column of yuan differs
/// between the databases.
bool fits(const StoreColumn& column, ColumnType present) {
  const bool yuan = !column.is_stored();
  return yuan ? present == ColumnType::real || present == ColumnType::numeric
              : present == column.type;
}

/// Statements that bring a table up to what the models want.
std::vector<std::string> missing_of(Connection& connection, const StoreTable& table) {
  const auto present = connection.columns(table.name);
  if (present.empty()) return {create_table(connection.dialect(), table)};
  std::vector<std::string> missing;
  for (const StoreColumn& column : table.columns) {
    const auto found = present.find(column.name);
    if (found == present.end()) {
      missing.push_back(fmt::format("ALTER TABLE {} ADD COLUMN {}", sql_name(table.name),
                                    column_sql(connection.dialect(), column)));
    } else if (!fits(column, found->second)) {
      throw Error(Error::Code::store_failed,
                  fmt::format("column {} of table {} has another type than the models now want: "
                              "import into a new database",
                              column.name, table.name));
    }
  }
  return missing;
}

struct View {
  std::string name;
  std::string sql;
};

std::vector<View> views(const Models& models) {
  std::vector<View> all{{"problems", kProblems}};
  for (const std::string& name : models.names())
    all.push_back({name, record_view(*models.find(name))});
  return all;
}

/// What the database lacks of the tables and views that follow the models.
struct Missing {
  std::vector<std::string> statements;
  std::vector<View> views;
  bool empty() const { return statements.empty() && views.empty(); }
};

Missing missing_of(Connection& connection, const Models& models) {
  Missing missing;
  for (const StoreTable& table : model_tables(models)) {
    const auto statements = missing_of(connection, table);
    missing.statements.insert(missing.statements.end(), statements.begin(), statements.end());
  }
  for (View& view : views(models)) {
    if (connection.view(view.name) != view.sql) missing.views.push_back(std::move(view));
  }
  return missing;
}

void require_ours(const SchemaMark& mark, const std::string& name) {
  if (mark.kind == SchemaMark::Kind::foreign) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: this is a database of another program", name));
  }
  if (mark.version > kSchemaVersion) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: its schema has version {}, this program knows up to {}", name,
                            mark.version, kSchemaVersion));
  }
}

void bring_forward(Connection& connection, const SchemaMark& mark) {
  if (mark.kind == SchemaMark::Kind::empty) {
    connection.execute(fixed_tables(connection.dialect()) + fixed_indexes());
  } else if (mark.version == 1) {
    migrate_from_1(connection);
  } else if (mark.version == 2) {
    migrate_from_2(connection);
  }
  if (mark.version != kSchemaVersion) connection.set_mark(kSchemaVersion);
}

}  // namespace

std::string fixed_tables(const Dialect& dialect) {
  return fmt::format(fmt::runtime(kFixedTables), fmt::arg("text", dialect.text),
                     fmt::arg("integer", dialect.integer), fmt::arg("real", dialect.real),
                     fmt::arg("end", dialect.table_end));
}

std::string fixed_indexes() { return kFixedIndexes; }

void prepare_schema(Connection& connection, const Models& models, StoreMode mode,
                    const std::string& name) {
  const SchemaMark seen = connection.mark();
  require_ours(seen, name);
  if (mode == StoreMode::existing && seen.kind == SchemaMark::Kind::empty) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: the database is empty: nothing was imported into it", name));
  }
  const bool current = seen.kind == SchemaMark::Kind::ours && seen.version == kSchemaVersion;
  if (current && missing_of(connection, models).empty()) return;
  const bool old = seen.kind == SchemaMark::Kind::ours && seen.version == 1;
  // Tables are replaced; inside a transaction this setting is ignored. Schema 1 is always SQLite.
  if (old) connection.execute("PRAGMA foreign_keys = OFF");
  {
    Transaction transaction(connection, Access::write);
    connection.lock_schema();
    const SchemaMark mark = connection.mark();  // another program may have been faster
    require_ours(mark, name);
    bring_forward(connection, mark);
    const Missing missing = missing_of(connection, models);
    for (const std::string& sql : missing.statements) connection.execute(sql);
    for (const View& view : missing.views) connection.make_view(view.name, view.sql);
    transaction.commit();
  }
  if (old) connection.execute("PRAGMA foreign_keys = ON");
}

}  // namespace tabularium
