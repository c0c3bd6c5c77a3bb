#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"
#include "tabularium/store/store.h"

namespace tabularium {

/// A place where records are kept. One object per thread. All members throw
/// `Error::Code::store_failed`.
///
/// The caller brackets its changes: what comes after `begin` counts with `commit`, or never.
class TABULARIUM_API RecordStore {
 public:
  virtual ~RecordStore();
  RecordStore(const RecordStore&) = delete;
  RecordStore& operator=(const RecordStore&) = delete;

  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  virtual std::optional<FileRow> find_path(const std::string& path) = 0;
  /// The file in state `done` with these bytes, read with these versions.
  virtual std::optional<FileRow> find_content(const std::string& sha256,
                                              const std::string& versions) = 0;

  /// Stores the row, new or in the place of the row of the same path, and gives its id. Records
  /// and issues of that path go, except where a duplicate of it still has their bytes: then the
  /// duplicate becomes the file that holds them.
  virtual std::int64_t put_file(const FileRow& row, const Versions& versions) = 0;
  /// Fills in what is known only after the last record.
  virtual void finish_file(const FileRow& row) = 0;

  /// `ordinal` counts from 1. Of `record.issues`, those that the model's checks found are marked,
  /// so that `replace_checks` finds them.
  virtual void add_record(std::int64_t file, int ordinal, const Record& record) = 0;
  /// An issue of a file that belongs to none of its records.
  virtual void add_issue(std::int64_t file, const Issue& issue) = 0;

  /// Every record, in the order of path and ordinal.
  virtual void each_record(const std::function<void(const StoredRecord&)>& visit) = 0;
  /// Puts `issues` in the place of what checks found earlier.
  virtual void replace_checks(std::int64_t record, const std::vector<Issue>& issues) = 0;

 protected:
  RecordStore() = default;
};

/// Opens an SQLite database with the tables of docs/schema.md. Tables of records follow `models`,
/// which must outlive the store: a field that is new gets its column.
/// Throws `Error::Code::store_failed` where `file` is no database of ours or is made by a newer
/// program, `bad_model` where two models want one column with two types.
TABULARIUM_API std::unique_ptr<RecordStore> open_sqlite_store(const std::filesystem::path& file,
                                                              const Models& models, StoreMode mode);

}  // namespace tabularium
