#include <algorithm>
#include <cstddef>

#include "thousands_internal.h"

namespace tabularium {

namespace {

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

std::size_t digits_from(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

}  // namespace

std::optional<PartedNumber> with_commas(std::u32string_view text) {
  const auto first =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_digit) - text.begin());
  const std::size_t head = digits_from(text, first);
  if (head == 0 || head > 3 || text[first] == U'0') return std::nullopt;
  PartedNumber parted{std::u32string(text), false};
  std::size_t at = first + head;
  int points = 0;
  int commas = 0;
  while (at < text.size() && (text[at] == U'.' || text[at] == U',') &&
         digits_from(text, at + 1) == 3) {
    (text[at] == U'.' ? points : commas) += 1;
    parted.text[at] = U',';
    at += 4;
  }
  if (points == 0) return std::nullopt;
  const std::size_t decimals = at < text.size() && text[at] == U'.' ? digits_from(text, at + 1) : 0;
  if (decimals > 2) return std::nullopt;
  parted.possible = points == 1 && commas == 0 && decimals == 0;
  return parted;
}

}  // namespace tabularium
