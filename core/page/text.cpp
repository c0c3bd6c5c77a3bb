#include "tabularium/page/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace tabularium {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, code);
  out.append(bytes, static_cast<std::size_t>(length));
}

/// Calls `visit(code, begin, end)` for every scalar value of `text`.
template <typename Visit>
void for_each_code(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, code);
    visit(static_cast<char32_t>(code), static_cast<std::size_t>(begin),
          static_cast<std::size_t>(at));
  }
}

bool is_latin_like(char32_t code) { return !is_cjk(code) && u_isalnum(static_cast<UChar32>(code)); }

}  // namespace

std::string to_utf8(char32_t code) {
  std::string out;
  append_utf8(out, code);
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for_each_code(text, [&](char32_t code, std::size_t, std::size_t) { out += code; });
  return out;
}

bool is_storable(std::string_view text) noexcept {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 code = 0;
    U8_NEXT(text.data(), at, size, code);
    if (code <= 0) return false;  // below 0: a broken sequence
  }
  return true;
}

std::string storable(std::string text) {
  if (is_storable(text)) return text;
  std::u32string codes = to_utf32(text);
  constexpr char32_t replacement = 0xFFFD;
  std::replace(codes.begin(), codes.end(), char32_t{0}, replacement);
  return to_utf8(codes);
}

bool is_space(char32_t code) noexcept {
  if (code < 0x80) return code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x1F;
  switch (code) {
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
      return true;
    default:
      return u_isUWhiteSpace(static_cast<UChar32>(code));
  }
}

bool is_cjk(char32_t code) noexcept {
  return (code >= 0x1100 && code <= 0x11FF) || (code >= 0x2E80 && code <= 0x9FFF) ||
         (code >= 0xAC00 && code <= 0xD7FF) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFFEF) ||
         (code >= 0x20000 && code <= 0x3FFFF) || code == 0x201C || code == 0x201D ||
         code == 0x2018 || code == 0x2019 || code == 0x2026 || code == 0x2014;
}

std::string squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_code(text, [&](char32_t code, std::size_t begin, std::size_t end) {
    if (is_space(code)) return;
    if (code == kReplacement)
      append_utf8(out, code);
    else
      out.append(text.substr(begin, end - begin));
  });
  return out;
}

std::string nfkc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0,
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  return U_SUCCESS(status) ? out : std::string(text);
}

std::string fold(std::string_view text) { return squeeze(nfkc(text)); }

std::string trim(std::string_view text) {
  std::size_t first = text.size();
  std::size_t last = 0;
  for_each_code(text, [&](char32_t code, std::size_t begin, std::size_t end) {
    if (is_space(code)) return;
    first = std::min(first, begin);
    last = end;
  });
  return first < last ? std::string(text.substr(first, last - first)) : std::string();
}

std::string join_text(std::string left, std::string_view right, bool spaced) {
  if (left.empty() || right.empty()) return left.append(right);
  if (!spaced) {
    std::size_t last = left.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(left[last]) & 0xC0) == 0x80) --last;
    const std::u32string before = to_utf32(std::string_view(left).substr(last));
    const std::u32string after = to_utf32(right.substr(0, 4));
    spaced = is_latin_like(before.back()) && is_latin_like(after.front());
  }
  if (spaced) left += ' ';
  return left.append(right);
}

}  // namespace tabularium
