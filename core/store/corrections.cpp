#include <fmt/format.h>

#include <algorithm>

#include "store_internal.h"
#include "tabularium/record/edit.h"
#include "tabularium/record/json.h"
#include "tabularium/record/validate.h"

namespace tabularium {
namespace {

Error refused(const std::string& reason) { return {Error::Code::bad_usage, reason}; }

bool is_whole_year(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  if (number == nullptr) return std::holds_alternative<std::monostate>(value);
  return number->reduced().scale() == 0 && *number >= Decimal(1, 0) && *number <= Decimal(9999, 0);
}

Value wanted_value(const CorrectionRequest& request, const FieldModel& field,
                   const Vocabulary& words) {
  const auto value = typed_value(request.value, field, words);
  if (!value || (request.pointer == "/year" && !is_whole_year(*value))) {
    throw refused(fmt::format("{}: `{}` is no {}", request.pointer, request.value,
                              request.pointer == "/year" ? "year" : to_string(field.type)));
  }
  return *value;
}

/// What reading found of a value is settled where a person looked at it.
void settle_value(Record& record, const RecordModel& model, const std::string& pointer,
                  Value value) {
  set_value(record, pointer, std::move(value));
  std::erase_if(record.issues, [&](const Issue& issue) {
    return issue.pointer == pointer && !is_check(model, issue.check);
  });
  const auto evidence = record.evidence.find(pointer);
  if (evidence == record.evidence.end()) return;
  // Page, box and printed text stay true.
  evidence->second.confidence = 1.0;
  evidence->second.extractor = "person";
}

/// The issues of reading as they are, those of the checks anew.
void check_record(Record& record, const RecordModel& model) {
  std::erase_if(record.issues, [&](const Issue& issue) { return is_check(model, issue.check); });
  const std::vector<Issue> found = validate(record, model);
  record.issues.insert(record.issues.end(), found.begin(), found.end());
}

/// Puts a correction into a new reading. A reading that differs from both values of the correction
/// is told: a person may want to look again.
void apply(const Correction& correction, Record& record, const RecordModel& model) {
  const FieldModel* field = model_at(model, correction.pointer);
  const auto read = value_at(record, correction.pointer);
  if (field == nullptr || !read) {
    record.issues.push_back({"correction_lost",
                             Severity::warning,
                             "",
                             {},
                             fmt::format("{} put {} at {}, which this reading does not have",
                                         correction.by, correction.after, correction.pointer)});
    return;
  }
  settle_value(record, model, correction.pointer, value_from_json(correction.after, *field));
  const std::string now = to_json(*read);
  if (now == correction.before || now == correction.after) return;
  record.issues.push_back(
      {"correction_kept",
       Severity::warning,
       correction.pointer,
       {},
       fmt::format("{} put {} in the place of {}; it stays, though the file now reads {}",
                   correction.by, correction.after, correction.before, now)});
}

std::int64_t last_issue(Connection& connection, std::int64_t file) {
  return connection
      .integer("SELECT coalesce(max(number), 0) FROM issues WHERE file_id = $1", {file})
      .value_or(0);
}

void keep_correction(Connection& connection, const FileRow& file, int ordinal,
                     const CorrectionRequest& request, const Corrected& corrected) {
  const std::int64_t id =
      connection.integer("SELECT coalesce(max(id), 0) + 1 FROM corrections").value_or(1);
  connection.run(
      "INSERT INTO corrections (id, file_id, sha256, ordinal, pointer, before, after, who, "
      "made_at, "
      "why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {id, file.id, nullable(file.sha256), std::int64_t{ordinal}, request.pointer, corrected.before,
       corrected.after, request.by, request.at, nullable(request.why)});
}

std::string no_such_place(const StoredRecord& stored, const std::string& pointer) {
  return fmt::format(
      "{}, record {}: there is no {} in it (its JSON, for example by `export`, shows "
      "what there is)",
      stored.file, stored.ordinal, pointer);
}

}  // namespace

const char* const kCorrectionColumns =
    "SELECT c.id, f.path, c.sha256, c.ordinal, c.pointer, c.before, c.after, c.who, c.made_at, "
    "c.why FROM corrections c JOIN files f ON f.id = c.file_id ";

Correction correction_row(const SqlRow& row) {
  Correction correction;
  correction.id = row.integer(0);
  correction.file = row.text(1);
  correction.sha256 = row.text(2);
  correction.ordinal = static_cast<int>(row.integer(3));
  correction.pointer = row.text(4);
  correction.before = row.text(5);
  correction.after = row.text(6);
  correction.by = row.text(7);
  correction.at = row.text(8);
  correction.why = row.text(9);
  return correction;
}

std::optional<std::vector<Record>> corrected_records(Connection& connection, const Models& models,
                                                     std::int64_t file, const std::string& sha256,
                                                     const std::vector<Record>& read) {
  // The last correction of a value counts.
  std::map<std::pair<int, std::string>, Correction> corrections;
  connection.each(std::string(kCorrectionColumns) +
                      "WHERE c.file_id = $1 OR c.sha256 = $2 ORDER "
                      "BY c.id",
                  {file, nullable(sha256)}, [&](const SqlRow& row) {
                    Correction correction = correction_row(row);
                    const std::pair key{correction.ordinal, correction.pointer};
                    const auto earlier = corrections.find(key);
                    // What was read is what the first one found.
                    if (earlier != corrections.end()) correction.before = earlier->second.before;
                    corrections[key] = std::move(correction);
                  });
  if (corrections.empty()) return std::nullopt;
  std::vector<Record> records = read;
  std::vector<bool> touched(records.size());
  for (const auto& [key, correction] : corrections) {
    const auto index = static_cast<std::size_t>(correction.ordinal - 1);
    if (index >= records.size()) continue;
    Record& record = records[index];
    apply(correction, record, model_of(models, record.record, correction.file));
    touched[index] = true;
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!touched[i]) continue;
    check_record(records[i], model_of(models, records[i].record, records[i].source.file));
  }
  return records;
}

void replace_checks(Connection& connection, const RecordModel& model, const FileRow& file,
                    const StoredRecord& stored, const std::vector<Issue>& found) {
  std::vector<Issue> known = stored.record.issues;
  std::erase_if(known, [&](const Issue& issue) { return !is_check(model, issue.check); });
  if (known == found) return;
  connection.run("DELETE FROM issues WHERE record_id = $1 AND found_by = 'check'", {stored.id});
  std::int64_t number = last_issue(connection, file.id);
  write_issues(connection, file.id, stored.id, found, &model, number);
  const bool read = file.state == FileState::done || file.state == FileState::review;
  if (read) settle_state(connection, file.id);
}

std::vector<Correction> Store::corrections_of(const std::string& path) {
  std::vector<Correction> corrections;
  impl_->connection->each(std::string(kCorrectionColumns) + "WHERE f.path = $1 ORDER BY c.id",
                          {path},
                          [&](const SqlRow& row) { corrections.push_back(correction_row(row)); });
  return corrections;
}

Corrected Store::correct(const CorrectionRequest& request) {
  Connection& connection = *impl_->connection;
  Transaction transaction(connection, Access::write);
  const auto stored = find_record(request.record);
  if (!stored) throw refused(fmt::format("there is no record {}", request.record));
  const RecordModel& model = model_of(impl_->models, stored->record.record, stored->file);
  const FieldModel* field = model_at(model, request.pointer);
  const auto before = value_at(stored->record, request.pointer);
  if (field == nullptr || !before) throw refused(no_such_place(*stored, request.pointer));
  const Value after = wanted_value(request, *field, *model.vocabulary);

  Record record = stored->record;
  settle_value(record, model, request.pointer, after);
  check_record(record, model);
  const FileRow file = find_path(stored->file).value();
  Corrected corrected{to_json(*before), to_json(after), {}, file.state};
  keep_correction(connection, file, stored->ordinal, request, corrected);
  connection.run("DELETE FROM records WHERE id = $1", {stored->id});
  std::int64_t number = last_issue(connection, file.id);
  write_record(connection, impl_->models, file.id, stored->ordinal, record, number);
  if (file.state == FileState::done || file.state == FileState::review) {
    corrected.state = settle_state(connection, file.id);
  }
  std::copy_if(record.issues.begin(), record.issues.end(), std::back_inserter(corrected.issues),
               [&](const Issue& issue) { return is_check(model, issue.check); });
  transaction.commit();
  return corrected;
}

}  // namespace tabularium
