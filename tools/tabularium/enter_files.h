#pragma once

#include <functional>
#include <string>
#include <vector>

#include "import_report.h"
#include "tabularium/pipeline/find_files.h"

namespace tabularium::tool {

/// How files come into the ledger.
struct Entering {
  std::string database;  ///< whose own files are no input
  Versions versions;
  Retry retry = Retry::none;
  int threads = 1;  ///< that hash
};

/// Whether `path` is the database of SQLite at `database`, or one of the files beside it that
/// SQLite makes.
bool is_database_file(const std::string& path, const std::string& database);

/// Searches `paths` and enters what they hold, some hundred files at a time: memory does not grow
/// with their number. Ends early where `stopped`.
void enter_paths(LastingStore& store, ImportReport& report, const std::vector<std::string>& paths,
                 const Entering& how, const std::function<bool()>& stopped);

/// The same for files that have been found.
void enter_found(LastingStore& store, ImportReport& report, const std::vector<FoundPath>& paths,
                 const Entering& how);

}  // namespace tabularium::tool
