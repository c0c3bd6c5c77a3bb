#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/record/model.h"
#include "tabularium/store/store.h"

namespace tabularium {

enum class ExportFormat : std::uint8_t {
  jsonl,  ///< one file: a record in each line, complete, in the order of path and ordinal
  csv,    ///< a folder with a file for each table
  xlsx,   ///< one workbook with a sheet for each table
};

struct ExportOptions {
  ExportFormat format = ExportFormat::jsonl;
  StoreFilter filter;
  bool bom = false;  ///< CSV begins with a byte order mark, by which Excel knows UTF-8
};

/// What was written.
struct Exported {
  std::int64_t files = 0;  ///< files of the ledger
  std::int64_t records = 0;
  std::vector<std::filesystem::path> written;
};

/// Writes what the filter wants of the store to `output` (for CSV a folder, made where it is not
/// there). Memory does not grow with the number of records. What is written depends on nothing but
/// the files, the records and the corrections: the same bytes from both databases, whatever the
/// order of work was. A file appears under its name when it is complete.
///
/// In CSV, text that a spreadsheet would take for a formula has an apostrophe before it; so has
/// text that begins with one, so that taking one away always gives the text back.
///
/// Throws `unwritable`, and what `Store::each_file` throws.
TABULARIUM_API Exported export_store(Store& store, const Models& models,
                                     const ExportOptions& options,
                                     const std::filesystem::path& output);

/// The records as JSON Lines, piece by piece.
TABULARIUM_API Exported export_lines(Store& store, const StoreFilter& filter,
                                     const std::function<void(std::string_view)>& write);

}  // namespace tabularium
