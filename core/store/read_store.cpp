#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/edit.h"
#include "tabularium/record/json.h"
#include "tabularium/record/validate.h"

namespace tabularium {
namespace {

// A piece of the store that is in memory at one time: files, and about as many records.
constexpr std::int64_t kFilesAtOnce = 200;
constexpr int kRecordsAtOnce = 200;

/// A condition of SQL with its values.
struct Condition {
  std::string sql = "TRUE";
  SqlValues values;

  std::string parameter(SqlValue value) {
    values.push_back(std::move(value));
    return fmt::format("${}", values.size());
  }
  void add(const std::string& part) { sql += " AND " + part; }
};

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

void add_record_filter(const StoreFilter& filter, Condition& condition) {
  if (!filter.years.empty()) {
    condition.add(fmt::format("r.year IN ({})", fmt::join(filter.years, ", ")));
  }
  if (filter.layouts.empty()) return;
  std::vector<std::string> names;
  for (const std::string& layout : filter.layouts) names.push_back(condition.parameter(layout));
  condition.add(fmt::format("r.layout IN ({})", joined(names)));
}

void add_file_filter(const StoreFilter& filter, Condition& condition) {
  if (!filter.states.empty()) {
    std::vector<std::string> names;
    for (const FileState state : filter.states) {
      names.push_back(condition.parameter(std::string(to_string(state))));
    }
    condition.add(fmt::format("f.state IN ({})", joined(names)));
  }
  if (!filter.looks_at_records()) return;
  Condition record;
  record.values = std::move(condition.values);
  add_record_filter(filter, record);
  condition.values = std::move(record.values);
  condition.add(
      fmt::format("EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id AND {})", record.sql));
}

/// The next files after the path `after`, and no more than a piece.
std::vector<FileRow> next_files(Connection& connection, const StoreFilter& filter,
                                const std::string& after) {
  Condition condition;
  condition.add(fmt::format("f.path > {}", condition.parameter(after)));
  add_file_filter(filter, condition);
  std::vector<FileRow> files;
  int records = 0;
  bool full = false;
  connection.each(
      fmt::format("{}WHERE {} ORDER BY f.path LIMIT {}", kFileColumns, condition.sql, kFilesAtOnce),
      condition.values, [&](const SqlRow& row) {
        if (full) return;
        files.push_back(file_row(row));
        records += files.back().records;
        full = records >= kRecordsAtOnce;
      });
  return files;
}

Issue issue_row(const SqlRow& row, int first) {
  Issue issue{row.text(first), Severity::info, row.text(first + 2), {}, row.text(first + 4)};
  for (const Severity severity : {Severity::warning, Severity::error}) {
    if (to_string(severity) == row.text(first + 1)) issue.severity = severity;
  }
  issue.related = nlohmann::json::parse(row.text(first + 3)).get<std::vector<std::string>>();
  return issue;
}

/// Records by id, for what is read beside them.
using Places = std::map<std::int64_t, std::size_t>;

void read_evidence(Connection& connection, const std::string& condition, const SqlValues& values,
                   const Places& places, std::vector<StoredRecord>& records) {
  connection.each(
      fmt::format("SELECT e.record_id, e.pointer, e.page, e.x0, e.y0, e.x1, e.y1, e.text, "
                  "e.confidence, e.extractor, e.unit, e.first_line, e.last_line FROM evidence e "
                  "JOIN records r ON r.id = "
                  "e.record_id JOIN files f ON f.id = r.file_id WHERE {}",
                  condition),
      values, [&](const SqlRow& row) {
        const Box box{row.real(3), row.real(4), row.real(5), row.real(6)};
        Record& record = records[places.at(row.integer(0))].record;
        Evidence& evidence = record.evidence[row.text(1)];
        evidence = {static_cast<int>(row.integer(2)),
                    box,
                    row.text(7),
                    row.real(8),
                    row.text(9),
                    row.text(10)};
        if (!row.is_null(11)) evidence.first_line = static_cast<int>(row.integer(11));
        if (!row.is_null(12)) evidence.last_line = static_cast<int>(row.integer(12));
      });
}

void read_issues(Connection& connection, const std::string& condition, const SqlValues& values,
                 const Places& places, std::vector<StoredRecord>& records) {
  connection.each(
      fmt::format("SELECT i.record_id, i.check_id, i.severity, i.pointer, i.related, i.message "
                  "FROM issues i JOIN records r ON r.id = i.record_id JOIN files f ON f.id = "
                  "r.file_id WHERE {} ORDER BY i.record_id, i.found_by DESC, i.number",
                  condition),
      values, [&](const SqlRow& row) {
        records[places.at(row.integer(0))].record.issues.push_back(issue_row(row, 1));
      });
}

std::string unit_of(const Models& models, const Record& record) {
  const RecordModel* model = models.find(record.record);
  if (model == nullptr || !model->unit) return "";
  const Value* value = record.field(model->unit->name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? "" : fold(*text);
}

/// Reads piece after piece of the wanted files.
class Pieces {
 public:
  Pieces(Connection& connection, const Models& models, const StoreFilter& filter)
      : connection_(connection), models_(models), filter_(filter) {
    for (const std::string& unit : filter.units) units_.push_back(fold(unit));
  }

  /// The next files; empty at the end.
  std::vector<StoredFile> next();
  bool ended() const { return ended_; }

 private:
  void add_records();
  void add_originals(const Condition& range);
  void add_file_issues(const Condition& range);
  void add_corrections(const Condition& range);
  bool is_wanted(const StoredRecord& record) const;
  StoredFile* file_of(const std::string& path);

  Connection& connection_;
  const Models& models_;
  const StoreFilter& filter_;
  std::vector<std::string> units_;
  std::string after_;
  bool ended_ = false;
  std::vector<StoredFile> piece_;
};

StoredFile* Pieces::file_of(const std::string& path) {
  const auto found = std::lower_bound(
      piece_.begin(), piece_.end(), path,
      [](const StoredFile& file, const std::string& wanted) { return file.row.path < wanted; });
  return found == piece_.end() || found->row.path != path ? nullptr : &*found;
}

bool Pieces::is_wanted(const StoredRecord& record) const {
  return units_.empty() ||
         std::find(units_.begin(), units_.end(), unit_of(models_, record.record)) != units_.end();
}

Condition between(const std::string& first, const std::string& last) {
  Condition range;
  range.add(fmt::format("f.path >= {}", range.parameter(first)));
  range.add(fmt::format("f.path <= {}", range.parameter(last)));
  return range;
}

std::vector<StoredFile> Pieces::next() {
  piece_.clear();
  for (FileRow& row : next_files(connection_, filter_, after_)) {
    piece_.push_back({std::move(row), "", {}, {}, {}});
  }
  ended_ = piece_.empty();
  if (ended_) return {};
  after_ = piece_.back().row.path;
  const Condition range = between(piece_.front().row.path, after_);
  add_records();
  add_originals(range);
  add_file_issues(range);
  add_corrections(range);
  if (filter_.looks_at_records()) {
    std::erase_if(piece_, [](const StoredFile& file) { return file.records.empty(); });
  }
  return std::move(piece_);
}

void Pieces::add_records() {
  Condition condition = between(piece_.front().row.path, after_);
  add_file_filter(filter_, condition);
  add_record_filter(filter_, condition);
  for (StoredRecord& record : read_records(connection_, models_, condition.sql, condition.values)) {
    StoredFile* file = file_of(record.file);
    if (file != nullptr && is_wanted(record)) file->records.push_back(std::move(record));
  }
}

void Pieces::add_originals(const Condition& range) {
  connection_.each(
      "SELECT f.path, o.path FROM files f JOIN files o ON o.id = f.duplicate_of WHERE " + range.sql,
      range.values, [&](const SqlRow& row) {
        if (StoredFile* file = file_of(row.text(0))) file->original = row.text(1);
      });
}

void Pieces::add_file_issues(const Condition& range) {
  connection_.each(
      "SELECT f.path, i.check_id, i.severity, i.pointer, i.related, i.message FROM issues i JOIN "
      "files f ON f.id = i.file_id WHERE i.record_id IS NULL AND " +
          range.sql + " ORDER BY f.path, i.number",
      range.values, [&](const SqlRow& row) {
        if (StoredFile* file = file_of(row.text(0))) file->issues.push_back(issue_row(row, 1));
      });
}

void Pieces::add_corrections(const Condition& range) {
  connection_.each(std::string(kCorrectionColumns) + "WHERE " + range.sql + " ORDER BY c.id",
                   range.values, [&](const SqlRow& row) {
                     Correction correction = correction_row(row);
                     StoredFile* file = file_of(correction.file);
                     if (file == nullptr) return;
                     const bool wanted = std::any_of(file->records.begin(), file->records.end(),
                                                     [&](const StoredRecord& record) {
                                                       return record.ordinal == correction.ordinal;
                                                     });
                     if (wanted) file->corrections.push_back(std::move(correction));
                   });
}

}  // namespace

const RecordModel& model_of(const Models& models, const std::string& record,
                            const std::string& file) {
  if (const RecordModel* model = models.find(record)) return *model;
  throw Error(Error::Code::store_failed,
              fmt::format("{}: no model of record type \"{}\"", file, record));
}

std::vector<StoredRecord> read_records(Connection& connection, const Models& models,
                                       const std::string& condition, const SqlValues& values) {
  std::vector<StoredRecord> records;
  Places places;
  connection.each(
      fmt::format("SELECT r.id, f.path, r.ordinal, r.record, r.json FROM records r JOIN files f ON "
                  "f.id = r.file_id WHERE {} ORDER BY f.path, r.ordinal",
                  condition),
      values, [&](const SqlRow& row) {
        const std::string file = row.text(1);
        StoredRecord stored{row.integer(0), file, static_cast<int>(row.integer(2)),
                            record_from_json(row.text(4), model_of(models, row.text(3), file))};
        stored.record.source.file = file;
        places[stored.id] = records.size();
        records.push_back(std::move(stored));
      });
  if (records.empty()) return records;
  read_evidence(connection, condition, values, places, records);
  read_issues(connection, condition, values, places, records);
  return records;
}

void Store::each_file(const StoreFilter& filter,
                      const std::function<void(const StoredFile&)>& visit) {
  const Transaction snapshot(*impl_->connection, Access::read);
  Pieces pieces(*impl_->connection, impl_->models, filter);
  while (!pieces.ended()) {
    for (const StoredFile& file : pieces.next()) visit(file);
  }
}

std::vector<StoredRecord> Store::records_of(const std::string& path) {
  return read_records(*impl_->connection, impl_->models, "f.path = $1", {path});
}

std::optional<StoredRecord> Store::find_record(std::int64_t id) {
  auto found = read_records(*impl_->connection, impl_->models, "r.id = $1", {id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void Store::check_anew(
    const std::function<void(const StoredRecord&, const std::vector<Issue>&)>& visit) {
  Connection& connection = *impl_->connection;
  Transaction transaction(connection, Access::write);
  const StoreFilter all;
  Pieces pieces(connection, impl_->models, all);
  while (!pieces.ended()) {
    for (const StoredFile& file : pieces.next()) {
      for (const StoredRecord& stored : file.records) {
        const RecordModel& model = model_of(impl_->models, stored.record.record, stored.file);
        const std::vector<Issue> found = validate(stored.record, model);
        visit(stored, found);
        replace_checks(connection, model, file.row, stored, found);
      }
    }
  }
  transaction.commit();
}

}  // namespace tabularium
