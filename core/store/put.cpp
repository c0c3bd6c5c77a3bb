#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "store_internal.h"
#include "tabularium/record/json.h"

namespace tabularium {
namespace {

/// Rounded as a record's JSON is, so that it does not matter whether a record came through one.
double rounded(double value, double steps) { return std::round(value * steps) / steps; }

std::string json_list(const std::vector<std::string>& texts) {
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Columns of the values of `fields`, and the values that `given` has for them.
void add_values(const std::vector<FieldModel>& fields, const std::vector<Field>& given,
                std::vector<std::string>* columns, SqlValues& values) {
  for (const FieldModel& field : fields) {
    for (const StoreColumn& column : columns_of(field)) {
      if (columns != nullptr && column.is_stored()) columns->push_back(column.name);
    }
    const auto found = std::find_if(given.begin(), given.end(),
                                    [&](const Field& value) { return value.name == field.name; });
    const auto stored = stored_values(field, found == given.end() ? nullptr : &found->value);
    values.insert(values.end(), stored.begin(), stored.end());
  }
}

void write_values(Connection& connection, const RecordModel& model, std::int64_t id,
                  const Record& record) {
  std::vector<std::string> columns{"record_id"};
  SqlValues values{id};
  add_values(model.fields, record.fields, &columns, values);
  connection.insert(fields_table(model.name), columns, {values});
  for (const TableModel& table : model.tables) {
    const RecordTable* present = record.table(table.name);
    if (present == nullptr) continue;
    columns = {"record_id", "row"};
    std::vector<SqlValues> rows;
    for (std::size_t row = 0; row < present->rows.size(); ++row) {
      rows.push_back({id, static_cast<std::int64_t>(row)});
      add_values(table.columns, present->rows[row].cells, row == 0 ? &columns : nullptr,
                 rows.back());
    }
    if (!rows.empty()) connection.insert(table.name, columns, rows);
  }
}

/// Only values of text files stand in lines.
SqlValue line_or_null(int line) { return line > 0 ? SqlValue(std::int64_t{line}) : SqlValue(); }

void write_evidence(Connection& connection, std::int64_t id, const Record& record) {
  constexpr double hundredths = 100.0;
  constexpr double ten_thousandths = 10'000.0;
  std::vector<SqlValues> rows;
  for (const auto& [pointer, evidence] : record.evidence) {
    const Box& box = evidence.box;
    rows.push_back({id, pointer, std::int64_t{evidence.page}, rounded(box.x0, hundredths),
                    rounded(box.y0, hundredths), rounded(box.x1, hundredths),
                    rounded(box.y1, hundredths), evidence.text,
                    rounded(evidence.confidence, ten_thousandths), evidence.extractor,
                    nullable(evidence.unit), line_or_null(evidence.first_line),
                    line_or_null(evidence.last_line)});
  }
  connection.insert("evidence",
                    {"record_id", "pointer", "page", "x0", "y0", "x1", "y1", "text", "confidence",
                     "extractor", "unit", "first_line", "last_line"},
                    rows);
}

/// Whether what is stored of the file stays: what was read from it stays true though it has gone.
bool keeps_old_reading(const FileReading& reading, std::int64_t records) {
  return records > 0 && reading.sha256.empty() &&
         (reading.reason == "not_found" || reading.reason == "unreadable");
}

void write_failure(Connection& connection, const ClaimedFile& file, const FileReading& reading,
                   std::int64_t version) {
  connection.run(
      "UPDATE files SET state = 'failed', reason = $2, message = $3, pages = $4, unread_pages = "
      "$5, records = 0, version_id = $6 WHERE id = $1",
      {file.id, reading.reason, nullable(reading.message), std::int64_t{reading.pages},
       std::int64_t{reading.unread_pages}, version});
  std::int64_t number = 0;
  write_issues(connection, file.id, {}, reading.issues, nullptr, number);
}

void write_reading(Connection& connection, const Models& models, const ClaimedFile& file,
                   const FileReading& reading, std::int64_t version) {
  const auto corrected =
      corrected_records(connection, models, file.id, file.sha256, reading.records);
  const std::vector<Record>& records = corrected ? *corrected : reading.records;
  std::int64_t number = 0;
  int ordinal = 0;
  for (const Record& record : records) {
    write_record(connection, models, file.id, ++ordinal, record, number);
  }
  write_issues(connection, file.id, {}, reading.issues, nullptr, number);
  connection.run(
      "UPDATE files SET state = 'done', reason = NULL, message = NULL, pages = $2, unread_pages = "
      "$3, records = $4, version_id = $5 WHERE id = $1",
      {file.id, std::int64_t{reading.pages}, std::int64_t{reading.unread_pages},
       static_cast<std::int64_t>(records.size()), version});
}

/// What the ledger knows of a claimed file.
struct Claim {
  bool held = false;  ///< it is still that seat's
  std::string sha256;
  std::int64_t records = 0;
  std::int64_t version = 0;
  bool is_new = false;  ///< nothing was ever stored of it
};

Claim claim_of(Connection& connection, const ClaimedFile& file) {
  Claim claim;
  connection.each(fmt::format("SELECT f.state, w.seat, w.attempts, f.sha256, f.records, "
                              "w.version_id, f.version_id FROM "
                              "files f JOIN work w ON w.file_id = f.id WHERE f.id = $1{}",
                              connection.dialect().lock_file),
                  {file.id}, [&](const SqlRow& row) {
                    claim.held = row.text(0) == "claimed" && row.text(1) == file.seat &&
                                 row.integer(2) == file.attempt;
                    claim.sha256 = row.text(3);
                    claim.records = row.integer(4);
                    claim.version = row.integer(5);
                    claim.is_new = row.is_null(6);
                  });
  return claim;
}

/// What is to be stored in the place of the reading; nothing where the reading itself is.
std::optional<FileReading> instead(const FileReading& reading, const ClaimedFile& file,
                                   const Claim& claim) {
  if (reading.sha256.empty() || reading.sha256 == claim.sha256) {
    if (!reading.reason.empty() || !reading.records.empty()) return std::nullopt;
    FileReading nothing = reading;
    nothing.reason = "no_form";
    nothing.message = fmt::format("{}: no form that a layout knows", file.path);
    return nothing;
  }
  FileReading changed;
  changed.reason = "changed";
  changed.message = fmt::format("{}: changed while it was imported; import it again", file.path);
  changed.milliseconds = reading.milliseconds;
  return changed;
}

/// Within a transaction: see `Store::put`.
std::optional<FileState> put_one(Connection& connection, const Models& models,
                                 const ClaimedFile& file, const FileReading& read) {
  const Claim claim = claim_of(connection, file);
  if (!claim.held) return std::nullopt;
  const auto other = instead(read, file, claim);
  const FileReading& reading = other ? *other : read;
  FileState state = FileState::failed;
  if (keeps_old_reading(reading, claim.records)) {
    state = settle_state(connection, file.id);
  } else {
    if (!claim.is_new) clear_file(connection, file.id);
    if (reading.reason.empty()) {
      write_reading(connection, models, file, reading, claim.version);
      state = settle_state(connection, file.id);
    } else {
      write_failure(connection, file, reading, claim.version);
    }
  }
  connection.run(
      "UPDATE work SET seat = NULL, lease_end_ms = NULL, milliseconds = $2 WHERE file_id = $1",
      {file.id, read.milliseconds});
  return state;
}

}  // namespace

bool is_check(const RecordModel& model, const std::string& check) {
  return std::any_of(model.checks.begin(), model.checks.end(),
                     [&](const Check& declared) { return declared.id == check; });
}

void write_issues(Connection& connection, std::int64_t file, const SqlValue& record,
                  const std::vector<Issue>& issues, const RecordModel* model,
                  std::int64_t& number) {
  std::vector<SqlValues> rows;
  for (const Issue& issue : issues) {
    const bool check = model != nullptr && is_check(*model, issue.check);
    rows.push_back({file, ++number, record, std::string(check ? "check" : "reading"), issue.check,
                    std::string(to_string(issue.severity)), issue.pointer, json_list(issue.related),
                    issue.message});
  }
  connection.insert("issues",
                    {"file_id", "number", "record_id", "found_by", "check_id", "severity",
                     "pointer", "related", "message"},
                    rows);
}

void write_record(Connection& connection, const Models& models, std::int64_t file, int ordinal,
                  const Record& record, std::int64_t& number) {
  if (ordinal >= kRecordsPerFile) {
    throw Error(Error::Code::store_failed, fmt::format("{}: more than {} records in one file",
                                                       record.source.file, kRecordsPerFile - 1));
  }
  const RecordModel& model = model_of(models, record.record, record.source.file);
  const std::int64_t id = record_id(file, ordinal);
  const auto& pages = record.source.pages;
  const auto page = [](int page_number) { return SqlValue(std::int64_t{page_number}); };
  connection.insert("records",
                    {"id", "file_id", "ordinal", "record", "layout", "title", "year", "first_page",
                     "last_page", "json"},
                    {{id, file, std::int64_t{ordinal}, record.record, record.layout, record.title,
                      record.year ? page(*record.year) : SqlValue(),
                      pages.empty() ? SqlValue() : page(pages.front()),
                      pages.empty() ? SqlValue() : page(pages.back()), values_to_json(record)}});
  write_values(connection, model, id, record);
  write_evidence(connection, id, record);
  write_issues(connection, file, id, record.issues, &model, number);
}

void clear_file(Connection& connection, std::int64_t file) {
  connection.run("DELETE FROM records WHERE file_id = $1", {file});
  connection.run("DELETE FROM issues WHERE file_id = $1", {file});
  connection.run(
      "UPDATE files SET records = 0, pages = 0, unread_pages = 0, version_id = NULL WHERE id = $1",
      {file});
}

void hand_over(Connection& connection, const Models& models, std::int64_t from, std::int64_t to) {
  const std::int64_t step = (to - from) * kRecordsPerFile;
  connection.run(
      "INSERT INTO records (id, file_id, ordinal, record, layout, title, year, first_page, "
      "last_page, json) SELECT id + $3, $2, ordinal, record, layout, title, year, first_page, "
      "last_page, json FROM records WHERE file_id = $1",
      {from, to, step});
  std::vector<std::string> tables{"evidence", "issues"};
  for (const StoreTable& table : model_tables(models)) tables.push_back(table.name);
  for (const std::string& table : tables) {
    connection.run(fmt::format("UPDATE {} SET record_id = record_id + $3 WHERE record_id > $1 AND "
                               "record_id < $2",
                               sql_name(table)),
                   {record_id(from, 0), record_id(from + 1, 0), step});
  }
  connection.run("UPDATE issues SET file_id = $2 WHERE file_id = $1", {from, to});
  connection.run("DELETE FROM records WHERE file_id = $1", {from});
  connection.run(
      "UPDATE files SET state = CASE o.state WHEN 'claimed' THEN 'pending' ELSE o.state END, "
      "reason "
      "= o.reason, message = o.message, pages = o.pages, unread_pages = o.unread_pages, records = "
      "o.records, version_id = o.version_id, duplicate_of = NULL FROM files o WHERE o.id = $1 AND "
      "files.id = $2",
      {from, to});
  connection.run(
      "INSERT INTO work (file_id, version_id, attempts) SELECT $2, version_id, 0 FROM work WHERE "
      "file_id = $1 ON CONFLICT (file_id) DO UPDATE SET version_id = excluded.version_id, attempts "
      "= 0, seat = NULL, lease_end_ms = NULL",
      {from, to});
  connection.run("UPDATE files SET duplicate_of = $2 WHERE duplicate_of = $1", {from, to});
  clear_file(connection, from);
}

FileState settle_state(Connection& connection, std::int64_t file) {
  std::string state;
  connection.each(
      "UPDATE files SET state = CASE WHEN EXISTS (SELECT 1 FROM issues i WHERE i.file_id = "
      "files.id "
      "AND i.severity = 'error') OR EXISTS (SELECT 1 FROM records r JOIN evidence e ON e.record_id "
      "= r.id WHERE r.file_id = files.id AND e.confidence < $2) THEN 'review' ELSE 'done' END "
      "WHERE "
      "id = $1 RETURNING state",
      {file, kReviewConfidence}, [&](const SqlRow& row) { state = row.text(0); });
  return state_named(state);
}

std::optional<FileState> Store::put(const ClaimedFile& claimed, const FileReading& reading) {
  return put_all({{claimed, reading}}).front();
}

std::vector<std::optional<FileState>> Store::put_all(const std::vector<ClaimedReading>& all) {
  // By id, so that two seats, one of them too late, wait for each other's rows in one order only.
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return all[left].file.id < all[right].file.id;
  });
  std::vector<std::optional<FileState>> states(all.size());
  Transaction transaction(*impl_->connection, Access::write);
  for (const std::size_t i : order) {
    states[i] = put_one(*impl_->connection, impl_->models, all[i].file, all[i].reading);
  }
  transaction.commit();
  return states;
}

}  // namespace tabularium
