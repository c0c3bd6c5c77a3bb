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

namespace tabularium {

/// What became of a file. docs/schema.md tells what a person sees of it.
enum class FileState : std::uint8_t {
  done,       ///< its records are stored
  failed,     ///< `reason` says why
  duplicate,  ///< another file with the same bytes is stored: `duplicate_of`
};

/// "done", "failed", "duplicate".
TABULARIUM_API std::string_view to_string(FileState state) noexcept;

/// A row of the table `files`.
struct FileRow {
  std::int64_t id = 0;    ///< given by the store; 0 before
  std::string path;       ///< unique in the store
  std::string sha256;     ///< empty where the bytes could not be read
  std::int64_t size = 0;  ///< bytes
  FileState state = FileState::done;
  std::string reason;   ///< of a failed file: "encrypted", "no_form", ...; else empty
  std::string message;  ///< for a person; empty where there is nothing to say
  int pages = 0;
  int unread_pages = 0;
  int records = 0;
  std::int64_t duplicate_of = 0;  ///< id of the file that holds the records; 0: none
  std::string versions;           ///< `Versions::fingerprint` of what it was read with

  bool operator==(const FileRow&) const = default;
};

/// What records were made with: the same file read with the same versions gives the same records.
struct Versions {
  std::string fingerprint;  ///< SHA-256 over all of it
  std::string program;      ///< "0.1.0"
  std::string plugins;      ///< "pdf_text 0.1.0", one per line, sorted
  std::string layouts;      ///< the same, with the beginning of the SHA-256 of a `layout.toml`
  std::string models;       ///< one file of the models' folder per line
};

/// A record as it is stored.
struct StoredRecord {
  std::int64_t id = 0;
  std::string file;
  int ordinal = 1;  ///< among the records of its file, from 1
  Record record;    ///< its `issues` are those that its model's checks found
};

/// A place where records are kept. One object per thread. All members throw
/// `Error::Code::store_failed`.
///
/// The caller brackets its changes: what comes after `begin` counts with `commit`, or never.
class TABULARIUM_API Store {
 public:
  virtual ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

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
  Store() = default;
};

enum class StoreMode : std::uint8_t {
  create,    ///< made where it does not exist
  existing,  ///< refused where it does not exist
};

/// Opens an SQLite database with the tables of docs/schema.md. Tables of records follow `models`,
/// which must outlive the store: a field that is new gets its column.
/// Throws `Error::Code::store_failed` where `file` is no database of ours or is made by a newer
/// program, `bad_model` where two models want one column with two types.
TABULARIUM_API std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file,
                                                        const Models& models, StoreMode mode);

}  // namespace tabularium
