#pragma once

#include <string>
#include <string_view>

namespace tabularium::text {

/// How the characters of a file are written.
enum class Encoding { utf8, utf16_le, utf16_be, gb18030, none };

/// Tells the encoding by a byte order mark, or by what the bytes can be: UTF-16 without a mark by
/// its zero bytes, UTF-8 where every sequence is one, else GB18030 where that holds. `none`: bytes
/// that are no text. A sequence that the end of `bytes` cuts counts as whole.
Encoding encoding_of(std::string_view bytes);

/// The characters of `bytes`, without a byte order mark; line ends are "\n" alone and a form feed
/// stays. NUL and other controls become spaces. `name` is what messages begin with.
/// Throws `Error::Code::damaged_input` where the bytes are no text, with the place of the first
/// that is none.
std::u32string decode(std::string_view bytes, const std::string& name);

}  // namespace tabularium::text
