#include "scan_internal.h"

namespace tabularium {

char32_t plain(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFF01 + U'!';
  switch (code) {
    case U'≧':
    case U'⩾':
    case U'≽':
      return U'≥';
    case U'≦':
    case U'⩽':
    case U'≼':
      return U'≤';
    case U'−':  // minus sign
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'﹣':
      return U'-';
    case U'﹪':
      return U'%';
    case U'﹤':
      return U'<';
    case U'﹥':
      return U'>';
    case U'﹦':
      return U'=';
    case U'﹙':
    case U'〔':
      return U'(';
    case U'﹚':
    case U'〕':
      return U')';
    case U'￥':
      return U'¥';
    default:
      return code;
  }
}

std::u32string plain(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& code : out) code = plain(code);
  return out;
}

bool Scanner::take(char32_t code) {
  if (next() != code || done()) return false;
  skip(1);
  return true;
}

bool Scanner::take(std::u32string_view word) {
  if (word.empty() || rest_.substr(0, word.size()) != word) return false;
  skip(word.size());
  return true;
}

const Vocabulary::Word* Scanner::take(const std::vector<Vocabulary::Word>& words) {
  for (const auto& word : words) {
    if (take(word.text)) return &word;
  }
  return nullptr;
}

std::optional<Decimal> Scanner::take_number() {
  std::string digits;
  std::size_t at = 0;
  std::size_t group = 0;  // digits since the last separator
  bool separated = false;
  const auto code_at = [&](std::size_t i) { return i < rest_.size() ? rest_[i] : U'\0'; };
  for (;; ++at) {
    const char32_t code = code_at(at);
    if (is_digit(code)) {
      digits += static_cast<char>(code);
      ++group;
      continue;
    }
    if (code != U',' || !is_digit(code_at(at + 1))) break;
    if (separated ? group != 3 : group < 1 || group > 3) return std::nullopt;
    separated = true;
    group = 0;
  }
  if (digits.empty() || (separated && group != 3)) return std::nullopt;
  if (code_at(at) == U'.' && is_digit(code_at(at + 1))) {
    digits += '.';
    for (++at; is_digit(code_at(at)); ++at) digits += static_cast<char>(code_at(at));
  }
  const auto number = Decimal::parse(digits);
  if (number) skip(at);
  return number;
}

std::optional<int> Scanner::take_digits(std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int number = 0;
  while (count < most && count < rest_.size() && is_digit(rest_[count]))
    number = number * 10 + static_cast<int>(rest_[count++] - U'0');
  if (count < least) return std::nullopt;
  skip(count);
  return number;
}

int chinese_digit(char32_t code) {
  static constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  if (code == U'零' || code == U'○' || code == U'Ｏ') return 0;
  const std::size_t at = kDigits.find(code);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace tabularium
