#include "tabularium/table/list_marker_internal.h"

namespace tabularium {
namespace {

using Kind = ListMarker::Kind;

constexpr std::u32string_view kHanDigits = U"一二三四五六七八九";
constexpr std::size_t kMaxDigits = 2;

/// A number at the beginning of a text: its value and how many characters it takes; 0 for none.
struct Number {
  int value = 0;
  std::size_t length = 0;
};

Number arabic(std::u32string_view text) {
  Number number;
  while (number.length < text.size()) {
    char32_t code = text[number.length];
    if (code >= U'０' && code <= U'９') code = code - U'０' + U'0';
    if (code < U'0' || code > U'9') break;
    number.value = number.value * 10 + static_cast<int>(code - U'0');
    if (++number.length > kMaxDigits) return {};
  }
  return number;
}

/// 一 to 九十九.
Number han(std::u32string_view text) {
  Number number;
  const auto digit = [&](std::size_t at) {
    const auto found = at < text.size() ? kHanDigits.find(text[at]) : kHanDigits.npos;
    return found == kHanDigits.npos ? 0 : static_cast<int>(found) + 1;
  };
  const int first = digit(0);
  number.length = first > 0;
  if (number.length < text.size() && text[number.length] == U'十') {
    ++number.length;
    const int last = digit(number.length);
    number.length += last > 0;
    number.value = (first > 0 ? first : 1) * 10 + last;
  } else {
    number.value = first;
  }
  return number;
}

bool is(std::u32string_view text, std::size_t at, std::u32string_view set) {
  return at < text.size() && set.find(text[at]) != set.npos;
}

std::optional<ListMarker> bracketed(std::u32string_view text) {
  if (!is(text, 0, U"（(")) return std::nullopt;
  const auto inner = text.substr(1);
  if (const Number n = arabic(inner); n.length > 0 && is(inner, n.length, U"）)")) {
    return ListMarker{Kind::in_brackets, n.value};
  }
  if (const Number n = han(inner); n.length > 0 && is(inner, n.length, U"）)")) {
    return ListMarker{Kind::han_bracket, n.value};
  }
  return std::nullopt;
}

std::optional<ListMarker> numbered(std::u32string_view text) {
  const Number n = arabic(text);
  if (n.length == 0) return std::nullopt;
  if (is(text, n.length, U"、")) return ListMarker{Kind::digit_comma, n.value};
  if (is(text, n.length, U"）)")) return ListMarker{Kind::digit_bracket, n.value};
  // "1.5 times" is no marker.
  if (is(text, n.length, U".．") && arabic(text.substr(n.length + 1)).length == 0) {
    return ListMarker{Kind::digit_point, n.value};
  }
  return std::nullopt;
}

std::optional<ListMarker> in_words(std::u32string_view text) {
  if (is(text, 0, U"第")) {
    const Number n = han(text.substr(1));
    if (n.length > 0 && is(text, 1 + n.length, U"，,、：:"))
      return ListMarker{Kind::ordinal, n.value};
    return std::nullopt;
  }
  const Number n = han(text);
  if (n.length > 0 && is(text, n.length, U"、.．")) return ListMarker{Kind::han_comma, n.value};
  return std::nullopt;
}

}  // namespace

std::optional<ListMarker> list_marker(std::u32string_view text) {
  if (text.empty()) return std::nullopt;
  if (text[0] >= U'①' && text[0] <= U'⑳') {
    return ListMarker{Kind::circled, static_cast<int>(text[0] - U'①') + 1};
  }
  if (is(text, 0, U"【●■◆•▪★◇○")) return ListMarker{Kind::sign, 0};
  if (const auto marker = bracketed(text)) return marker;
  if (const auto marker = numbered(text)) return marker;
  return in_words(text);
}

}  // namespace tabularium
