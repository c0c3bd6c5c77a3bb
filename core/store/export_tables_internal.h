#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/store/store.h"

namespace tabularium {

/// A table of an export. Cells are values of a record, without lists and quantities, which have
/// become texts and columns.
struct ExportTable {
  std::string name;
  std::vector<std::string> columns;
};

using ExportRow = std::vector<Value>;

/// Where the rows of an export go. Rows of several tables may come mixed, those of one in order.
class TableSink {
 public:
  virtual ~TableSink();
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;

  virtual void add(std::size_t table, const ExportRow& row) = 0;
  /// Ends the output and gives the files their names. Throws `unwritable`.
  virtual std::vector<std::filesystem::path> finish() = 0;

 protected:
  TableSink() = default;
};

std::unique_ptr<TableSink> csv_sink(const std::vector<ExportTable>& tables,
                                    const std::filesystem::path& folder, bool bom);
std::unique_ptr<TableSink> xlsx_sink(const std::vector<ExportTable>& tables,
                                     const std::filesystem::path& file);

/// Takes files of the store apart into rows of tables: files, a table for each record type, the
/// tables that records have, evidence, issues, corrections.
class ExportRows {
 public:
  explicit ExportRows(const Models& models);

  const std::vector<ExportTable>& tables() const { return tables_; }
  void add(const StoredFile& file, TableSink& sink) const;

 private:
  /// A table of records' values: which models give it which fields.
  struct ValueTable {
    std::string name;
    bool rows = false;
    std::vector<FieldModel> fields;
  };

  void add_columns(const ValueTable& table);
  void merge(const std::string& name, bool rows, const std::vector<FieldModel>& fields);
  void add_record(const StoredFile& file, const StoredRecord& stored, TableSink& sink) const;
  void add_evidence(const StoredRecord& stored, TableSink& sink) const;
  std::size_t index_of(const std::string& name) const;

  std::vector<ValueTable> values_;
  std::vector<ExportTable> tables_;
};

/// A file that is written under another name beside its own until it is complete.
class PartFile {
 public:
  explicit PartFile(std::filesystem::path file);
  ~PartFile();
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;

  const std::filesystem::path& part() const { return part_; }
  /// Gives the file its name. Throws `unwritable`.
  std::filesystem::path finish();

 private:
  std::filesystem::path file_;
  std::filesystem::path part_;
  bool pending_ = true;
};

/// A `PartFile` that bytes are written to.
class PartStream {
 public:
  /// Throws `unwritable`.
  explicit PartStream(const std::filesystem::path& file);
  void write(std::string_view bytes);
  std::filesystem::path finish();

 private:
  PartFile file_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
  bool failed_ = false;
};

}  // namespace tabularium
