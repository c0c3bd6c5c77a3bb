#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "schema_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/record/json.h"
#include "tabularium/store/record_store.h"

namespace tabularium {
namespace {

SqlValue nullable(const std::string& text) { return text.empty() ? SqlValue() : SqlValue(text); }

std::string json_list(const std::vector<std::string>& texts) {
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// As precise as the JSON has boxes.
double hundredths(double points) { return std::round(points * 100.0) / 100.0; }

std::int64_t first_integer(const Statement& row) { return row.integer(0); }

/// The record without what has tables of its own.
std::string core_json(Record record) {
  record.evidence.clear();
  record.issues.clear();
  record.source.file.clear();  // the file may be moved; `files.path` knows
  return to_json(record, 0);
}

FileState state_named(std::string_view name) {
  for (const FileState state : {FileState::done, FileState::duplicate}) {
    if (to_string(state) == name) return state;
  }
  return FileState::failed;
}

constexpr const char* kFileColumns =
    "SELECT f.id, f.path, f.sha256, f.size, f.state, f.reason, f.message, f.pages, "
    "f.unread_pages, f.records, f.duplicate_of, v.fingerprint FROM files f JOIN versions v ON "
    "v.id = f.version_id ";

FileRow file_row(const Statement& row) {
  FileRow file;
  file.id = row.integer(0);
  file.path = row.text(1);
  file.sha256 = row.text(2);
  file.size = row.integer(3);
  file.state = state_named(row.text(4));
  file.reason = row.text(5);
  file.message = row.text(6);
  file.pages = static_cast<int>(row.integer(7));
  file.unread_pages = static_cast<int>(row.integer(8));
  file.records = static_cast<int>(row.integer(9));
  file.duplicate_of = row.integer(10);
  file.versions = row.text(11);
  return file;
}

Issue issue_row(const Statement& row) {
  Issue issue{row.text(0), Severity::info, row.text(2), {}, row.text(4)};
  for (const Severity severity : {Severity::warning, Severity::error}) {
    if (to_string(severity) == row.text(1)) issue.severity = severity;
  }
  issue.related = nlohmann::json::parse(row.text(3)).get<std::vector<std::string>>();
  return issue;
}

class SqliteStore final : public RecordStore {
 public:
  SqliteStore(const std::filesystem::path& file, const Models& models, StoreMode mode);

  void begin() override { database_.execute("BEGIN IMMEDIATE"); }
  void commit() override { database_.execute("COMMIT"); }
  void roll_back() noexcept override;

  std::optional<FileRow> find_path(const std::string& path) override;
  std::optional<FileRow> find_content(const std::string& sha256,
                                      const std::string& versions) override;
  std::int64_t put_file(const FileRow& row, const Versions& versions) override;
  void finish_file(const FileRow& row) override;
  void add_record(std::int64_t file, int ordinal, const Record& record) override;
  void add_issue(std::int64_t file, const Issue& issue) override;
  void each_record(const std::function<void(const StoredRecord&)>& visit) override;
  void replace_checks(std::int64_t record, const std::vector<Issue>& issues) override;

 private:
  static Database opened(const std::filesystem::path& file, const Models& models, StoreMode mode);
  /// A statement that is prepared once.
  Statement& prepared(const std::string& sql);
  std::int64_t version_id(const Versions& versions);
  void clear_file(const FileRow& old);
  void hand_over(std::int64_t from, std::int64_t to);
  void add_values(std::int64_t id, const Record& record, const RecordModel& model);
  void add_evidence(std::int64_t id, const Record& record);
  void insert_issue(std::int64_t file, std::optional<std::int64_t> record, const char* found_by,
                    const Issue& issue);
  void insert_values(const std::string& table, bool rows, const std::vector<FieldModel>& fields,
                     std::vector<SqlValue> key, const std::vector<Field>& values);
  std::vector<Issue> check_issues(std::int64_t record);
  std::map<std::string, Evidence> evidence_of(std::int64_t record);
  StoredRecord stored_record(std::int64_t id, const Statement& row) const;

  const Models& models_;
  Database database_;
  std::map<std::string, std::unique_ptr<Statement>> statements_;
};

Database SqliteStore::opened(const std::filesystem::path& file, const Models& models,
                             StoreMode mode) {
  if (mode == StoreMode::existing && !std::filesystem::exists(file)) {
    throw Error(Error::Code::store_failed, fmt::format("{}: no such database", file.string()));
  }
  Database database(file, mode == StoreMode::create);
  // A crash of the machine may cost the last files, which the next import brings back; it never
  // breaks the database.
  database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
  prepare_schema(database, file.string());
  follow_models(database, models);
  return database;
}

SqliteStore::SqliteStore(const std::filesystem::path& file, const Models& models, StoreMode mode)
    : models_(models), database_(opened(file, models, mode)) {}

void SqliteStore::roll_back() noexcept {
  try {
    if (database_.in_transaction()) database_.execute("ROLLBACK");
  } catch (const Error&) {
    // The connection is lost then, and with it the transaction.
  }
}

Statement& SqliteStore::prepared(const std::string& sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<Statement>(database_.prepare(sql));
  return *statement;
}

std::optional<FileRow> SqliteStore::find_path(const std::string& path) {
  return prepared(std::string(kFileColumns) + "WHERE f.path = ?").one({path}, file_row);
}

std::optional<FileRow> SqliteStore::find_content(const std::string& sha256,
                                                 const std::string& versions) {
  return prepared(std::string(kFileColumns) +
                  "WHERE f.sha256 = ? AND v.fingerprint = ? AND f.state = 'done' ORDER BY f.id")
      .one({sha256, versions}, file_row);
}

std::int64_t SqliteStore::version_id(const Versions& versions) {
  const auto known = prepared("SELECT id FROM versions WHERE fingerprint = ?")
                         .one({versions.fingerprint}, first_integer);
  if (known) return *known;
  prepared(
      "INSERT INTO versions (fingerprint, program, plugins, layouts, models) VALUES (?,?,?,?,?)")
      .run({versions.fingerprint, versions.program, versions.plugins, versions.layouts,
            versions.models});
  return database_.last_id();
}

/// Moves what belongs to a file to another file with the same bytes.
void SqliteStore::hand_over(std::int64_t from, std::int64_t to) {
  prepared("UPDATE records SET file_id = ? WHERE file_id = ?").run({to, from});
  prepared("UPDATE issues SET file_id = ? WHERE file_id = ?").run({to, from});
  prepared(
      "UPDATE files SET state = 'done', duplicate_of = NULL, version_id = (SELECT version_id FROM "
      "files WHERE id = ?2), pages = (SELECT pages FROM files WHERE id = ?2), unread_pages = "
      "(SELECT unread_pages FROM files WHERE id = ?2), records = (SELECT records FROM files WHERE "
      "id = ?2) WHERE id = ?1")
      .run({to, from});
  prepared("UPDATE files SET duplicate_of = ? WHERE duplicate_of = ?").run({to, from});
}

void SqliteStore::clear_file(const FileRow& old) {
  const auto heir = prepared("SELECT id FROM files WHERE duplicate_of = ? ORDER BY id")
                        .one({old.id}, first_integer);
  if (heir) hand_over(old.id, *heir);
  prepared("DELETE FROM records WHERE file_id = ?").run({old.id});
  prepared("DELETE FROM issues WHERE file_id = ?").run({old.id});
}

std::int64_t SqliteStore::put_file(const FileRow& row, const Versions& versions) {
  const std::int64_t version = version_id(versions);
  if (const auto old = find_path(row.path)) {
    clear_file(*old);
    prepared("UPDATE files SET sha256 = ?, size = ?, version_id = ? WHERE id = ?")
        .run({nullable(row.sha256), row.size, version, old->id});
    FileRow next = row;
    next.id = old->id;
    finish_file(next);
    return old->id;
  }
  prepared(
      "INSERT INTO files (path, sha256, size, state, pages, unread_pages, records, version_id) "
      "VALUES (?, ?, ?, 'failed', 0, 0, 0, ?)")
      .run({row.path, nullable(row.sha256), row.size, version});
  FileRow next = row;
  next.id = database_.last_id();
  finish_file(next);
  return next.id;
}

void SqliteStore::finish_file(const FileRow& row) {
  const SqlValue original = row.duplicate_of == 0 ? SqlValue() : SqlValue(row.duplicate_of);
  prepared(
      "UPDATE files SET state = ?, reason = ?, message = ?, pages = ?, unread_pages = ?, records "
      "= ?, duplicate_of = ? WHERE id = ?")
      .run({std::string(to_string(row.state)), nullable(row.reason), nullable(row.message),
            std::int64_t{row.pages}, std::int64_t{row.unread_pages}, std::int64_t{row.records},
            original, row.id});
}

void SqliteStore::add_record(std::int64_t file, int ordinal, const Record& record) {
  const RecordModel* model = models_.find(record.record);
  if (model == nullptr) {
    throw Error(Error::Code::store_failed, fmt::format("{}: no model of record type \"{}\"",
                                                       record.source.file, record.record));
  }
  const auto& pages = record.source.pages;
  const auto page = [&](bool first) {
    return pages.empty() ? SqlValue()
                         : SqlValue(std::int64_t{first ? pages.front() : pages.back()});
  };
  prepared(
      "INSERT INTO records (file_id, ordinal, record, layout, title, year, first_page, last_page, "
      "json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run({file, std::int64_t{ordinal}, record.record, record.layout, record.title,
            record.year ? SqlValue(std::int64_t{*record.year}) : SqlValue(), page(true),
            page(false), core_json(record)});
  const std::int64_t id = database_.last_id();
  add_values(id, record, *model);
  add_evidence(id, record);
  for (const Issue& issue : record.issues) {
    const bool check =
        std::any_of(model->checks.begin(), model->checks.end(),
                    [&](const Check& declared) { return declared.id == issue.check; });
    insert_issue(file, id, check ? "check" : "reading", issue);
  }
}

void SqliteStore::insert_values(const std::string& table, bool rows,
                                const std::vector<FieldModel>& fields, std::vector<SqlValue> key,
                                const std::vector<Field>& values) {
  std::string names = rows ? "record_id, row" : "record_id";
  std::string marks = rows ? "?, ?" : "?";
  for (const FieldModel& field : fields) {
    for (const StoreColumn& column : columns_of(field)) {
      if (!column.generated.empty()) continue;
      names += ", " + sql_name(column.name);
      marks += ", ?";
    }
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const Field& value) { return value.name == field.name; });
    const auto stored = stored_values(field, found == values.end() ? nullptr : &found->value);
    key.insert(key.end(), stored.begin(), stored.end());
  }
  prepared(fmt::format("INSERT INTO {} ({}) VALUES ({})", sql_name(table), names, marks)).run(key);
}

void SqliteStore::add_values(std::int64_t id, const Record& record, const RecordModel& model) {
  insert_values(fields_table(model.name), false, model.fields, {id}, record.fields);
  for (const TableModel& table : model.tables) {
    const RecordTable* present = record.table(table.name);
    if (present == nullptr) continue;
    for (std::size_t row = 0; row < present->rows.size(); ++row) {
      insert_values(table.name, true, table.columns, {id, static_cast<std::int64_t>(row)},
                    present->rows[row].cells);
    }
  }
}

void SqliteStore::add_evidence(std::int64_t id, const Record& record) {
  Statement& insert = prepared("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [pointer, evidence] : record.evidence) {
    const Box& box = evidence.box;
    insert.run({id, pointer, std::int64_t{evidence.page}, hundredths(box.x0), hundredths(box.y0),
                hundredths(box.x1), hundredths(box.y1), evidence.text, evidence.confidence,
                evidence.extractor, nullable(evidence.unit)});
  }
}

void SqliteStore::insert_issue(std::int64_t file, std::optional<std::int64_t> record,
                               const char* found_by, const Issue& issue) {
  prepared(
      "INSERT INTO issues (file_id, record_id, found_by, check_id, severity, pointer, related, "
      "message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run({file, record ? SqlValue(*record) : SqlValue(), std::string(found_by), issue.check,
            std::string(to_string(issue.severity)), issue.pointer, json_list(issue.related),
            issue.message});
}

void SqliteStore::add_issue(std::int64_t file, const Issue& issue) {
  insert_issue(file, std::nullopt, "reading", issue);
}

std::map<std::string, Evidence> SqliteStore::evidence_of(std::int64_t record) {
  std::map<std::string, Evidence> all;
  prepared(
      "SELECT pointer, page, x0, y0, x1, y1, text, confidence, extractor, unit FROM evidence WHERE "
      "record_id = ?")
      .each({record}, [&](const Statement& row) {
        const Box box{row.real(2), row.real(3), row.real(4), row.real(5)};
        all[row.text(0)] = {static_cast<int>(row.integer(1)),
                            box,
                            row.text(6),
                            row.real(7),
                            row.text(8),
                            row.text(9)};
      });
  return all;
}

std::vector<Issue> SqliteStore::check_issues(std::int64_t record) {
  std::vector<Issue> issues;
  prepared(
      "SELECT check_id, severity, pointer, related, message FROM issues WHERE record_id = ? AND "
      "found_by = 'check' ORDER BY id")
      .each({record}, [&](const Statement& row) { issues.push_back(issue_row(row)); });
  return issues;
}

void SqliteStore::each_record(const std::function<void(const StoredRecord&)>& visit) {
  // One id after the other, so that `visit` may change the tables meanwhile.
  std::vector<std::int64_t> ids;
  database_
      .prepare(
          "SELECT r.id FROM records r JOIN files f ON f.id = r.file_id ORDER BY f.path, r.ordinal")
      .each({}, [&](const Statement& row) { ids.push_back(row.integer(0)); });
  Statement& one = prepared(
      "SELECT f.path, r.ordinal, r.record, r.json FROM records r JOIN files f ON f.id = r.file_id "
      "WHERE r.id = ?");
  for (const std::int64_t id : ids) {
    auto stored = one.one({id}, [&](const Statement& row) { return stored_record(id, row); });
    if (!stored) continue;
    stored->record.evidence = evidence_of(id);
    stored->record.issues = check_issues(id);
    visit(*stored);
  }
}

StoredRecord SqliteStore::stored_record(std::int64_t id, const Statement& row) const {
  const RecordModel* model = models_.find(row.text(2));
  if (model == nullptr) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: no model of record type \"{}\"", row.text(0), row.text(2)));
  }
  StoredRecord stored{id, row.text(0), static_cast<int>(row.integer(1)),
                      record_from_json(row.text(3), *model)};
  stored.record.source.file = stored.file;
  return stored;
}

void SqliteStore::replace_checks(std::int64_t record, const std::vector<Issue>& issues) {
  const auto file =
      prepared("SELECT file_id FROM records WHERE id = ?").one({record}, first_integer);
  if (!file) return;
  prepared("DELETE FROM issues WHERE record_id = ? AND found_by = 'check'").run({record});
  for (const Issue& issue : issues) insert_issue(*file, record, "check", issue);
}

}  // namespace

RecordStore::~RecordStore() = default;

std::unique_ptr<RecordStore> open_sqlite_store(const std::filesystem::path& file,
                                               const Models& models, StoreMode mode) {
  return std::make_unique<SqliteStore>(file, models, mode);
}

}  // namespace tabularium
