#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/error.h"
#include "tabularium/page/nearest_internal.h"

namespace tabularium::strict_toml {

/// "; did you mean `...`?" where one of `known` is near `word`, else nothing.
std::string hint_for(std::string_view word, const std::vector<std::string>& known);

/// The file that is read, as messages name it, and the code of its refusals.
struct TomlFile {
  std::string name;
  Error::Code refusal = Error::Code::bad_model;

  /// Parses the text of the file. Throws `refusal` with the place.
  toml::table parse(std::string_view text) const;

  [[noreturn]] void refuse(const toml::source_region& place, const std::string& reason) const;
};

/// Reads one table of a TOML file strictly: every key is asked for by name and type, and `finish`
/// refuses what nobody asked for. All refusals have the file's code, and name file, line, column,
/// what was found and what was expected.
class TomlTable {
 public:
  /// `table` must outlive it. `what` names it in messages: "[[field]] `start_date`".
  TomlTable(const toml::table& table, TomlFile file, std::string what);

  bool has(std::string_view key) const { return table_->contains(key); }
  bool is_table(std::string_view key) const { return (*table_)[key].is_table(); }
  void rename(std::string what) { what_ = std::move(what); }

  std::string text(std::string_view key);  ///< must be there and not empty
  std::string text_or(std::string_view key, std::string fallback);
  /// One of `words`, which a refusal names; must be there.
  std::string choice(std::string_view key, const std::vector<std::string>& words);
  /// A text or a list of texts, each one of `words`; an absent key gives none.
  std::vector<std::string> choices(std::string_view key, const std::vector<std::string>& words);
  std::int64_t integer_or(std::string_view key, std::int64_t fallback);
  /// Of `least` to `most`; an absent key gives nothing.
  std::optional<std::int64_t> integer_between(std::string_view key, std::int64_t least,
                                              std::int64_t most);
  std::vector<std::int64_t> integers_between(std::string_view key, std::int64_t least,
                                             std::int64_t most);
  bool flag_or(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key);          ///< an absent key gives none
  std::vector<std::string> text_or_texts(std::string_view key);  ///< one text or a list of them
  std::vector<TomlTable> tables(std::string_view key);   ///< `[[key]]`; an absent key gives none
  std::optional<TomlTable> table(std::string_view key);  ///< `[key]`
  /// Its keys in the order of the file.
  std::vector<std::string> keys() const;
  /// The node itself, for values of more than one type; null where the key is absent.
  const toml::node* node(std::string_view key);

  /// Refuses keys that were never asked for, with the nearest known one as a hint.
  void finish() const;

  /// Throws, with the place of `key` (or of the table, where there is no such key).
  [[noreturn]] void refuse(std::string_view key, const std::string& reason) const;

 private:
  const toml::node& asked(std::string_view key);
  toml::source_region place_of_key(std::string_view key) const;
  void require_known(std::string_view key, const std::string& word,
                     const std::vector<std::string>& words) const;
  std::vector<std::string> texts_of(std::string_view key, const toml::array& list) const;
  std::int64_t within(const toml::node& node, std::string_view key, std::int64_t least,
                      std::int64_t most) const;

  const toml::table* table_;
  TomlFile file_;
  std::string what_;
  std::vector<std::string> asked_;
};

}  // namespace tabularium::strict_toml
