#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connection_internal.h"
#include "schema_internal.h"
#include "tabularium/store/store.h"

namespace tabularium {

struct Store::Impl {
  const Models& models;
  std::unique_ptr<Connection> connection;
};

/// The state whose name `to_string` gives.
FileState state_named(std::string_view name);

/// "SELECT ... FROM files f ...", to which a condition is added; `file_row` reads its rows.
extern const char* const kFileColumns;
FileRow file_row(const SqlRow& row);

/// The id of `versions`; nothing where the store has none like it.
std::optional<std::int64_t> find_version(Connection& connection, const Versions& versions);
/// The same; it is stored where it was not yet.
std::int64_t version_id(Connection& connection, const Versions& versions);

/// Takes away the records and issues of a file.
void clear_file(Connection& connection, std::int64_t file);
/// Moves what belongs to a file to another one with the same bytes; the others that are duplicates
/// of it are then duplicates of `to`. `models` name the tables of records.
void hand_over(Connection& connection, const Models& models, std::int64_t from, std::int64_t to);

/// Writes a record with its values, evidence and issues. `number` counts the issues of its file and
/// is moved on. Throws `store_failed` where there is no model of the record's type.
void write_record(Connection& connection, const Models& models, std::int64_t file, int ordinal,
                  const Record& record, std::int64_t& number);
/// Writes issues of the file `file`; `record`: whose they are, NULL for the file itself.
void write_issues(Connection& connection, std::int64_t file, const SqlValue& record,
                  const std::vector<Issue>& issues, const RecordModel* model, std::int64_t& number);
/// `done` or `review`, as what is stored of the file says.
FileState settle_state(Connection& connection, std::int64_t file);

/// Whether `check` is one that the model declares; other issues come from reading.
bool is_check(const RecordModel& model, const std::string& check);

/// The model of a stored record. Throws `store_failed` where there is none.
const RecordModel& model_of(const Models& models, const std::string& record,
                            const std::string& file);

/// Records that a condition on `r` and `f` selects, complete, in the order of path and ordinal.
std::vector<StoredRecord> read_records(Connection& connection, const Models& models,
                                       const std::string& condition, const SqlValues& values);

/// Puts what the checks find now in the place of what they found when the record was stored, where
/// it is something else.
void replace_checks(Connection& connection, const RecordModel& model, const FileRow& file,
                    const StoredRecord& stored, const std::vector<Issue>& found);

/// "SELECT ... FROM corrections c JOIN files f ...", to which a condition is added.
extern const char* const kCorrectionColumns;
Correction correction_row(const SqlRow& row);

/// `records` with the corrections that people made of a file with these bytes or this id, those
/// that were changed checked anew; nothing where there are no corrections.
std::optional<std::vector<Record>> corrected_records(Connection& connection, const Models& models,
                                                     std::int64_t file, const std::string& sha256,
                                                     const std::vector<Record>& records);

}  // namespace tabularium
