#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tabularium::pdf_text {

/// Fonts whose glyphs have codes of their own instead of Unicode values.
enum class SymbolFont : std::uint8_t { none, wingdings, wingdings2 };

/// Known by its name in the file, with or without a subset tag ("ABCDEF+Wingdings2").
SymbolFont symbol_font(std::string_view name);

/// The Unicode value of `code` (one byte, or U+F000 plus that byte) in a symbol font; 0 where we
/// know none. Only the glyphs that forms use: boxes, ticks, crosses, bullets.
char32_t symbol_code(SymbolFont font, char32_t code);

/// Whether `code` says nothing about what is drawn: private use, replacement character, control
/// characters, surrogates, beyond Unicode.
bool unmapped(char32_t code);

/// `code`, or the letters of a Latin ligature (U+FB00 to U+FB06), or the ideograph that a radical
/// (U+2E80 to U+2FD5) stands for.
void append_letters(char32_t code, std::vector<char32_t>& out);

/// The ideograph that a CJK radical stands for; any other character as it is. A font has one glyph
/// for both, so producers that go back from glyphs to characters (Cairo, WPS) often store the
/// radical.
char32_t ideograph_of(char32_t radical);

}  // namespace tabularium::pdf_text
