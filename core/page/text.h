#pragma once

#include <string>
#include <string_view>

#include "tabularium/page/export.h"

namespace tabularium {

/// UTF-8 of one scalar value. Surrogates and values past U+10FFFF give U+FFFD.
TABULARIUM_API std::string to_utf8(char32_t code);
TABULARIUM_API std::string to_utf8(std::u32string_view text);

/// Scalar values of UTF-8; every broken sequence gives one U+FFFD.
TABULARIUM_API std::u32string to_utf32(std::string_view text);

/// Whether `text` is valid UTF-8 without the character zero: what every database takes.
TABULARIUM_API bool is_storable(std::string_view text) noexcept;
/// `text` as such; broken sequences and zeros become U+FFFD.
TABULARIUM_API std::string storable(std::string text);

/// Unicode white space, plus the invisible: zero width space and joiners, word joiner, byte order
/// mark, soft hyphen.
TABULARIUM_API bool is_space(char32_t code) noexcept;

/// Characters that stand without spaces between them: Han, Kana, Hangul syllables, CJK and
/// full-width punctuation.
TABULARIUM_API bool is_cjk(char32_t code) noexcept;

/// `text` without any white space (see `is_space`), otherwise as it is.
TABULARIUM_API std::string squeeze(std::string_view text);

/// Normalization Form KC (full-width forms, ligatures, compatibility ideographs folded).
/// Source: Unicode Standard Annex 15; done by ICU.
TABULARIUM_API std::string nfkc(std::string_view text);

/// NFKC and no white space: how labels are compared.
TABULARIUM_API std::string fold(std::string_view text);

/// `text` without white space at both ends.
TABULARIUM_API std::string trim(std::string_view text);

/// `left` followed by `right` as running text: a space between them only where both neighbours are
/// letters or digits that are not CJK. `spaced` says that the source has a space there, which is
/// then kept.
TABULARIUM_API std::string join_text(std::string left, std::string_view right, bool spaced);

}  // namespace tabularium
