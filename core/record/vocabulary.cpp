#include <algorithm>

#include "model_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using strict_toml::TomlTable;
using Words = std::vector<Vocabulary::Word>;

// Longest first, so that 万元 is found before 万 by whoever takes the first that fits.
void sort_by_length(Words& words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
}

/// `[key]` with words as keys and powers of ten as values.
Words read_exponents(TomlTable& file, std::string_view key) {
  Words words;
  auto table = file.table(key);
  if (!table) return words;
  for (const std::string& word : table->keys()) {
    const std::int64_t exponent = table->integer_or(word, 0);
    if (exponent < -2 || exponent > 12)
      table->refuse(word, "the power of ten of `" + word + "` must be -2 to 12");
    words.push_back({to_utf32(fold(word)), static_cast<int>(exponent), word});
  }
  sort_by_length(words);
  return words;
}

Words read_operators(TomlTable& file) {
  static constexpr std::string_view kOperators[] = {">=", "<=", "=", ">", "<", "~"};
  Words words;
  auto table = file.table("operators");
  if (!table) return words;
  for (const std::string& name : table->keys()) {
    if (std::find(std::begin(kOperators), std::end(kOperators), name) == std::end(kOperators))
      table->refuse(name, "`" + name + "` is no operator; there are >=, <=, =, >, < and ~");
    for (const std::string& word : table->texts(name))
      words.push_back({to_utf32(fold(word)), 0, name});
  }
  sort_by_length(words);
  return words;
}

std::vector<std::u32string> read_words(TomlTable& file, std::string_view key) {
  std::vector<std::u32string> words;
  for (const std::string& word : file.texts(key)) words.push_back(to_utf32(fold(word)));
  std::sort(words.begin(), words.end());
  return words;
}

std::vector<std::string> read_folded(TomlTable& file, std::string_view key) {
  std::vector<std::string> words;
  for (const std::string& word : file.texts(key)) words.push_back(fold(word));
  return words;
}

int read_year(TomlTable& file, std::string_view key, int fallback) {
  const std::int64_t year = file.integer_or(key, fallback);
  if (year < 1000 || year > 9999) file.refuse(key, "a year has four digits");
  return static_cast<int>(year);
}

}  // namespace

Vocabulary read_vocabulary(TomlTable& file) {
  Vocabulary words;
  words.name = file.text("vocabulary");
  file.text_or("about", "");
  words.operators = read_operators(file);
  words.multipliers = read_exponents(file, "multipliers");
  words.money_units = read_exponents(file, "money_units");
  words.currency_marks = read_words(file, "currency_marks");
  words.units = read_words(file, "units");
  words.no_units = read_words(file, "no_units");
  words.blanks = read_folded(file, "blanks");
  words.yes = read_folded(file, "yes");
  words.no = read_folded(file, "no");
  words.first_year = read_year(file, "first_year", words.first_year);
  words.last_year = read_year(file, "last_year", words.last_year);
  if (words.first_year > words.last_year) file.refuse("last_year", "it is before `first_year`");
  file.finish();
  return words;
}

}  // namespace tabularium
