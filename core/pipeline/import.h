#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/pipeline/extract.h"
#include "tabularium/store/store.h"

namespace tabularium {

enum class ImportOutcome : std::uint8_t {
  done,       ///< its records are stored now
  failed,     ///< a row says why
  unchanged,  ///< the store had it already, read with the same versions
  duplicate,  ///< another file of the store has the same bytes
};

/// What became of one file.
struct Imported {
  ImportOutcome outcome = ImportOutcome::done;
  int records = 0;
  std::string message;        ///< of a failed file: the reason; of a duplicate: its original
  std::vector<Issue> unread;  ///< pages that could not be read
  std::vector<Issue> issues;  ///< what belongs to no record
};

/// Brings files into a store, one by one: one transaction for each, so that a stop between two
/// files, or within one, leaves a store that the next import completes. Uses both in one thread.
class TABULARIUM_API Importer {
 public:
  /// All must outlive the importer.
  Importer(Extractor& extractor, Store& store, Versions versions);

  /// A file that cannot be read is no error: it gets its row. The same file again, read with the
  /// same versions, changes nothing in the store. Throws as `Store` does.
  Imported import_file(const std::filesystem::path& file,
                       const std::optional<std::string>& password = std::nullopt);

 private:
  Imported read_waiting(const std::string& path, const std::optional<std::string>& password);
  Imported unread(const FoundFile& found);

  Extractor& extractor_;
  Store& store_;
  Versions versions_;
};

/// What this program would read a file with: its own version, that of every loaded plugin, the
/// contents of declarative layouts and of the models.
/// Throws `Error::Code::unreadable`.
TABULARIUM_API Versions current_versions(const PluginHost& host,
                                         const std::filesystem::path& models);

}  // namespace tabularium
