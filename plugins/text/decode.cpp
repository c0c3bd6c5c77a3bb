#include "decode.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "tabularium/page/error.h"

namespace tabularium::text {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF"sv;
constexpr std::string_view kLittleMark = "\xFF\xFE"sv;
constexpr std::string_view kBigMark = "\xFE\xFF"sv;

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// One of ICU's converters, which stops at the first sequence that is none.
Converter strict(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status), &ucnv_close);
  if (U_FAILURE(status)) return {nullptr, &ucnv_close};
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return converter;
}

const char* icu_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
      return "UTF-16LE";
    case Encoding::utf16_be:
      return "UTF-16BE";
    case Encoding::gb18030:
      return "GB18030";
    default:
      return "UTF-8";
  }
}

/// How far `bytes` are text in the encoding, and the characters until there.
struct Converted {
  std::u32string text;
  std::size_t good = 0;  // bytes
  bool whole = true;
};

/// The bytes that the converter took and could make nothing of.
std::size_t invalid_bytes(const UConverter* converter) {
  std::array<char, 32> bytes{};
  auto length = static_cast<std::int8_t>(bytes.size());
  UErrorCode status = U_ZERO_ERROR;
  ucnv_getInvalidChars(converter, bytes.data(), &length, &status);
  return U_SUCCESS(status) ? static_cast<std::size_t>(std::max<std::int8_t>(length, 0)) : 0;
}

Converted convert(std::string_view bytes, Encoding encoding, bool cut) {
  Converted result;
  const Converter converter = strict(icu_name(encoding));
  if (!converter) return {{}, 0, false};
  std::vector<UChar> units(16'384);
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  char32_t high = 0;
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    UChar* to = units.data();
    const bool flush = !cut;
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, end, nullptr, flush,
                   &status);
    for (const UChar* unit = units.data(); unit != to; ++unit) {
      if (U16_IS_LEAD(*unit)) {
        high = *unit;
      } else if (U16_IS_TRAIL(*unit) && high != 0) {
        result.text += static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, *unit));
        high = 0;
      } else {
        result.text += static_cast<char32_t>(*unit);
      }
    }
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    result.good = static_cast<std::size_t>(from - bytes.data());
    result.whole = U_SUCCESS(status);
    if (!result.whole) result.good -= invalid_bytes(converter.get());
    return result;
  }
}

/// UTF-16 without a mark: of text in any script every second byte of the line ends, digits and
/// tabs is zero, and none of the others.
Encoding utf16_by_zeros(std::string_view bytes) {
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  const std::size_t least = std::max<std::size_t>(2, bytes.size() / 100);
  if (odd >= least && even == 0) return Encoding::utf16_le;
  if (even >= least && odd == 0) return Encoding::utf16_be;
  return Encoding::none;
}

/// Controls that no text has: a file with many of them is a program or a picture.
bool is_binary(std::u32string_view text) {
  const auto controls = std::count_if(text.begin(), text.end(), [](char32_t code) {
    return code < 0x20 && code != U'\t' && code != U'\n' && code != U'\r' && code != U'\f' &&
           code != 0x1A && code != 0x0B;
  });
  return static_cast<std::size_t>(controls) > 8 + text.size() / 1000;
}

Encoding encoding_of(std::string_view bytes, bool cut) {
  if (bytes.starts_with(kUtf8Mark)) return Encoding::utf8;
  if (bytes.starts_with(kLittleMark)) return Encoding::utf16_le;
  if (bytes.starts_with(kBigMark)) return Encoding::utf16_be;
  if (const Encoding found = utf16_by_zeros(bytes); found != Encoding::none) return found;
  for (const Encoding candidate : {Encoding::utf8, Encoding::gb18030}) {
    const Converted converted = convert(bytes, candidate, cut);
    if (converted.whole && !is_binary(converted.text)) return candidate;
  }
  return Encoding::none;
}

std::size_t mark_length(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) return kUtf8Mark.size();
  return bytes.starts_with(kLittleMark) || bytes.starts_with(kBigMark) ? 2 : 0;
}

/// Line ends of all systems as "\n", other controls as spaces.
std::u32string tidied(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t code = text[i];
    const bool line_end = code == U'\n' || code == U'\r' || code == 0x85 || code == 0x2028 ||
                          code == 0x2029 || code == 0x0B;
    if (code == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') continue;
    if (line_end) {
      out += U'\n';
    } else if (code == U'\t' || code == U'\f') {
      out += code;
    } else if (code < 0x20 || code == 0x7F) {
      out += U' ';
    } else if (code != 0xFEFF) {
      out += code;
    }
  }
  return out;
}

[[noreturn]] void refuse(std::string_view bytes, std::size_t at, const std::string& name) {
  const auto line =
      1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  throw Error(
      Error::Code::damaged_input,
      fmt::format("{}: line {}, byte {}: no text in UTF-8, UTF-16 or GB18030", name, line, at + 1));
}

}  // namespace

Encoding encoding_of(std::string_view bytes) { return encoding_of(bytes, true); }

std::u32string decode(std::string_view bytes, const std::string& name) {
  const Encoding encoding = encoding_of(bytes, false);
  if (encoding == Encoding::none) refuse(bytes, convert(bytes, Encoding::utf8, false).good, name);
  const std::size_t mark = mark_length(bytes);
  const Converted converted = convert(bytes.substr(mark), encoding, false);
  if (!converted.whole) refuse(bytes, mark + converted.good, name);
  if (is_binary(converted.text)) refuse(bytes, 0, name);
  return tidied(converted.text);
}

}  // namespace tabularium::text
