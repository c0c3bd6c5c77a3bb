#include <fmt/format.h>

#include "schema_internal.h"
#include "tabularium/store/ledger.h"

namespace tabularium {
namespace {

/// Tables of record values, which schema 1 has under the names of the models of its time.
std::vector<std::string> tables_of_records(Connection& connection) {
  std::vector<std::string> names;
  connection.each(
      "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = "
      "'record_id' WHERE t.type = 'table' AND t.name NOT IN ('evidence', 'issues')",
      {}, [&](const SqlRow& row) { names.push_back(row.text(0)); });
  return names;
}

/// The ids of records as they follow from their file's; negative first, because old and new ids
/// may be the same numbers.
void renumber_records(Connection& connection, const std::vector<std::string>& tables) {
  for (const std::string& table : tables) {
    connection.run(
        fmt::format("UPDATE {} SET record_id = -(SELECT r.file_id * {} + r.ordinal FROM "
                    "old_records r WHERE r.id = record_id)",
                    sql_name(table), kRecordsPerFile));
  }
  for (const std::string& table : tables) {
    connection.run(fmt::format("UPDATE {} SET record_id = -record_id", sql_name(table)));
  }
}

/// Views and indexes name the tables that are about to be replaced.
void drop_views_and_indexes(Connection& connection) {
  std::string script;
  connection.each(
      "SELECT type, name FROM sqlite_schema WHERE type = 'view' OR (type = 'index' AND sql IS NOT "
      "NULL)",
      {}, [&](const SqlRow& row) {
        script += fmt::format("DROP {} {};\n", row.text(0), sql_name(row.text(1)));
      });
  connection.execute(script);
}

/// Paths as the ledger writes them now.
void rewrite_paths(Connection& connection) {
  std::vector<std::pair<std::int64_t, std::string>> paths;
  connection.each("SELECT id, path FROM files", {}, [&](const SqlRow& row) {
    const std::string path = row.text(1);
    if (ledger_path(path) != path) paths.emplace_back(row.integer(0), ledger_path(path));
  });
  for (const auto& [id, path] : paths) {
    connection.run("UPDATE files SET path = $2 WHERE id = $1", {id, path});
  }
}

constexpr const char* kCopy = R"(
INSERT INTO versions SELECT * FROM old_versions;
INSERT INTO files SELECT id, path, sha256, size, state, reason, message, pages, unread_pages,
  records, duplicate_of, CASE WHEN state = 'duplicate' THEN NULL ELSE version_id END
  FROM old_files;
INSERT INTO records SELECT file_id * {0} + ordinal, file_id, ordinal, record, layout, title, year,
  first_page, last_page, json FROM old_records;
INSERT INTO evidence SELECT r.file_id * {0} + r.ordinal, e.pointer, e.page, e.x0, e.y0, e.x1, e.y1,
  e.text, e.confidence, e.extractor, e.unit, NULL, NULL FROM old_evidence e JOIN old_records r
  ON r.id = e.record_id;
INSERT INTO issues SELECT i.file_id, row_number() OVER (PARTITION BY i.file_id ORDER BY i.id),
  r.file_id * {0} + r.ordinal, i.found_by, i.check_id, i.severity, i.pointer, i.related, i.message
  FROM old_issues i LEFT JOIN old_records r ON r.id = i.record_id;
UPDATE files SET state = 'review' WHERE state = 'done' AND (
  EXISTS (SELECT 1 FROM issues i WHERE i.file_id = files.id AND i.severity = 'error') OR
  EXISTS (SELECT 1 FROM records r JOIN evidence e ON e.record_id = r.id WHERE r.file_id = files.id
          AND e.confidence < {1}));
DROP TABLE old_issues;
DROP TABLE old_evidence;
DROP TABLE old_records;
DROP TABLE old_files;
DROP TABLE old_versions;
)";

}  // namespace

void migrate_from_1(Connection& connection) {
  const std::vector<std::string> tables = tables_of_records(connection);
  drop_views_and_indexes(connection);
  // Renaming must not follow into what refers to a table: that is to mean the new one.
  connection.execute(
      "PRAGMA legacy_alter_table = ON;"
      "ALTER TABLE versions RENAME TO old_versions; ALTER TABLE files RENAME TO old_files;"
      "ALTER TABLE records RENAME TO old_records; ALTER TABLE evidence RENAME TO old_evidence;"
      "ALTER TABLE issues RENAME TO old_issues;"
      "PRAGMA legacy_alter_table = OFF");
  connection.execute(fixed_tables(connection.dialect()));
  renumber_records(connection, tables);
  connection.execute(fmt::format(fmt::runtime(kCopy), kRecordsPerFile, kReviewConfidence));
  rewrite_paths(connection);
  connection.execute(fixed_indexes());
}

/// Version 3 says in which lines of a text file a value stands.
void migrate_from_2(Connection& connection) {
  for (const char* column : {"first_line", "last_line"}) {
    connection.execute(
        fmt::format("ALTER TABLE evidence ADD COLUMN {} {}", column, connection.dialect().integer));
  }
}

}  // namespace tabularium
