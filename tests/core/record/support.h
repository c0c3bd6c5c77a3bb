#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tabularium/record/json.h"
#include "tabularium/record/model.h"

namespace tabularium::testing {

/// The models that the product ships.
inline const Models& shipped_models() {
  static const Models models = Models::load({std::string(TABULARIUM_SOURCE_DIR) + "/models"});
  return models;
}

inline const RecordModel& declaration() {
  return *shipped_models().find("performance_declaration");
}

inline const RecordModel& self_evaluation() {
  return *shipped_models().find("performance_self_evaluation");
}

inline const Vocabulary& words() { return *declaration().vocabulary; }

/// The folder of shared data, or an empty path where there is none.
inline std::filesystem::path shared_folder() {
  const char* named = std::getenv("TABULARIUM_SHARED");
  const std::filesystem::path folder =
      named ? named : std::filesystem::path(TABULARIUM_SOURCE_DIR) / ".." / "shared";
  return std::filesystem::exists(folder / "corpus") ? folder : std::filesystem::path();
}

/// All gold files of the corpus, sorted.
inline std::vector<std::filesystem::path> gold_files() {
  std::vector<std::filesystem::path> files;
  for (const char* part : {"corpus", "corpus/unseen"}) {
    for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / part)) {
      if (entry.path().string().ends_with(".gold.json")) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace tabularium::testing

#define TABULARIUM_NEEDS_SHARED_DATA()                                                          \
  if (::tabularium::testing::shared_folder().empty()) {                                         \
    GTEST_SKIP() << "no shared data: set TABULARIUM_SHARED or put ../shared beside the source"; \
  }                                                                                             \
  static_assert(true)
