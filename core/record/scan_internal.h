#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/record/value.h"

namespace tabularium {

/// The character that a full-width form or a variant of a sign stands for: "９" gives "9", "≧"
/// gives "≥". One to one, so that positions in the text stay.
char32_t plain(char32_t code);
std::u32string plain(std::u32string_view text);

/// Reads a text from its beginning, piece by piece.
class Scanner {
 public:
  explicit Scanner(std::u32string_view text) : rest_(text) {}

  std::u32string_view rest() const { return rest_; }
  bool done() const { return rest_.empty(); }
  char32_t next() const { return rest_.empty() ? U'\0' : rest_.front(); }
  void skip(std::size_t count) { rest_.remove_prefix(count); }

  bool take(char32_t code);
  bool take(std::u32string_view word);
  /// Takes the first of the words that the text goes on with.
  const Vocabulary::Word* take(const std::vector<Vocabulary::Word>& words);

  /// Takes an unsigned number with digits, thousands separators (at every third digit, or none)
  /// and a point. Nothing, and nothing taken, where there is none or it has too many digits.
  std::optional<Decimal> take_number();

  /// Takes up to `most` digits as an integer.
  std::optional<int> take_digits(std::size_t least, std::size_t most);

 private:
  std::u32string_view rest_;
};

inline bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

/// 0 to 9 for 〇 to 九, also ○, 零 and 两's formal kin; -1 for others.
int chinese_digit(char32_t code);

}  // namespace tabularium
