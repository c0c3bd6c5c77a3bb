#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tabularium {

/// What a line of a list begins with: "1、", "（二）", "③".
struct ListMarker {
  enum class Kind : std::uint8_t {
    digit_comma,    // 1、
    digit_point,    // 1.
    digit_bracket,  // 1）
    in_brackets,    // （1）
    han_comma,      // 一、
    han_bracket,    // （一）
    circled,        // ①
    ordinal,        // 第一
    sign,           // 【, ●
  };
  Kind kind = Kind::sign;
  int number = 0;  // 0 for a sign
};

/// The marker that `text` begins with, or nothing.
std::optional<ListMarker> list_marker(std::u32string_view text);

}  // namespace tabularium
