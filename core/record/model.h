#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"

namespace tabularium {

/// What a record of one type is: its fields, their types, the synonyms of their labels, its tables
/// and its checks. Read from `models/*.toml`; immutable. Defined in model.cpp's internal header.
class RecordModel;

/// All record models, by name.
class TABULARIUM_API Models {
 public:
  Models();
  ~Models();
  Models(Models&&) noexcept;
  Models& operator=(Models&&) noexcept;

  /// The model of that name, or null.
  const RecordModel* find(std::string_view record) const;
  std::vector<std::string> names() const;  ///< sorted

  /// Reads every `*.toml` of the folder.
  /// Throws `Error::Code::bad_model` with file, line and reason.
  static Models load(const std::filesystem::path& folder);

 private:
  std::map<std::string, std::unique_ptr<RecordModel>, std::less<>> models_;
};

}  // namespace tabularium
