#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tabularium/record/model.h"

namespace tabularium::testing {

/// A small record type for tests of what carries records about, as files of models.
inline constexpr const char* kNoteModel = R"(
record = "note"
title = "Note"
vocabulary = "small"

[[field]]
name = "subject"
type = "text"

[[field]]
name = "amount"
type = "money"

[[field]]
name = "paid_on"
type = "date"

[[field]]
name = "settled"
type = "bool"

[[field]]
name = "tags"
type = "list"

[[field]]
name = "total"
type = "number"

[[table]]
name = "items"

[[table.column]]
name = "name"
type = "text"

[[table.column]]
name = "target"
type = "quantity"

[[table.column]]
name = "cost"
type = "money"

[[check]]
id = "amount_given"
kind = "required"
severity = "error"
values = ["amount"]
)";
inline constexpr const char* kSmallVocabulary = R"(
vocabulary = "small"
first_year = 1990
last_year = 2099
blanks = ["-"]
yes = ["yes"]
no = ["no"]
currency_marks = ["$"]
units = ["pieces"]
no_units = []

[operators]
">=" = [">="]

[multipliers]
"k" = 3

[money_units]
"yuan" = 0
)";

inline const Models& note_models() {
  static const Models models =
      Models::parse({{"note.toml", kNoteModel}, {"small.toml", kSmallVocabulary}});
  return models;
}

/// A folder of the running test's own, empty, gone with the object. Tests run side by side in
/// processes of their own, and more than one build tree may run them.
class FreshFolder {
 public:
  FreshFolder()
      : path_(std::filesystem::path(::testing::TempDir()) /
              ("tabularium_" + std::to_string(::getpid()) + "_" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~FreshFolder() { std::filesystem::remove_all(path_); }
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path write_file(const std::filesystem::path& file,
                                        const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

}  // namespace tabularium::testing
