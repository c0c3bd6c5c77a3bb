#include "symbols.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace tabularium::pdf_text {
namespace {

using Entry = std::pair<std::uint8_t, char32_t>;

// Source: Unicode's own proposal for these fonts, L2/11-052 (Wingdings and Webdings symbols).
constexpr std::array kWingdings = {
    Entry{0x6C, U'●'}, Entry{0x6D, U'❍'}, Entry{0x6E, U'■'}, Entry{0x6F, U'□'}, Entry{0x71, U'❑'},
    Entry{0x72, U'❒'}, Entry{0x73, U'◆'}, Entry{0x74, U'◆'}, Entry{0x75, U'◆'}, Entry{0x9F, U'•'},
    Entry{0xA1, U'○'}, Entry{0xA7, U'■'}, Entry{0xA8, U'□'}, Entry{0xD8, U'➢'}, Entry{0xFB, U'✗'},
    Entry{0xFC, U'✓'}, Entry{0xFD, U'☒'}, Entry{0xFE, U'☑'}};
constexpr std::array kWingdings2 = {
    Entry{0x4F, U'✗'}, Entry{0x50, U'✓'}, Entry{0x51, U'☒'}, Entry{0x52, U'☑'}, Entry{0x53, U'☒'},
    Entry{0x54, U'☒'}, Entry{0x97, U'●'}, Entry{0xA2, U'■'}, Entry{0xA3, U'□'}, Entry{0x2A, U'□'}};

template <std::size_t N>
char32_t find(const std::array<Entry, N>& table, std::uint8_t byte) {
  const auto entry =
      std::find_if(table.begin(), table.end(), [byte](const Entry& e) { return e.first == byte; });
  return entry == table.end() ? 0 : entry->second;
}

}  // namespace

SymbolFont symbol_font(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  const std::size_t at = plain.find("wingdings");
  if (at == std::string::npos) return SymbolFont::none;
  const std::string_view rest = std::string_view(plain).substr(at + 9);
  if (rest.starts_with('2')) return SymbolFont::wingdings2;
  return rest.starts_with('3') ? SymbolFont::none : SymbolFont::wingdings;
}

char32_t symbol_code(SymbolFont font, char32_t code) {
  if (font == SymbolFont::none) return 0;
  if (code > 0xFF && (code < 0xF000 || code > 0xF0FF)) return 0;
  const auto byte = static_cast<std::uint8_t>(code & 0xFF);
  return font == SymbolFont::wingdings ? find(kWingdings, byte) : find(kWingdings2, byte);
}

bool unmapped(char32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return true;
  if (code >= 0xD800 && code <= 0xF8FF) return true;  // surrogates, then private use
  if (code == 0xFFFD || code == 0xFFFE || code == 0xFFFF) return true;
  return code >= 0xF0000;  // private use planes 15 and 16, and beyond Unicode
}

void append_letters(char32_t code, std::vector<char32_t>& out) {
  switch (code) {
    case 0xFB00:
      out.insert(out.end(), {U'f', U'f'});
      return;
    case 0xFB01:
      out.insert(out.end(), {U'f', U'i'});
      return;
    case 0xFB02:
      out.insert(out.end(), {U'f', U'l'});
      return;
    case 0xFB03:
      out.insert(out.end(), {U'f', U'f', U'i'});
      return;
    case 0xFB04:
      out.insert(out.end(), {U'f', U'f', U'l'});
      return;
    case 0xFB05:
    case 0xFB06:
      out.insert(out.end(), {U's', U't'});
      return;
    default:
      out.push_back(ideograph_of(code));
  }
}

}  // namespace tabularium::pdf_text
