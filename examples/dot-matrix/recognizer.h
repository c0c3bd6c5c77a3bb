#pragma once

#include <tabularium/plugin/recognizer.h>

#include <array>
#include <string_view>

namespace dot_matrix {

inline constexpr int kColumns = 5;  // dots of a character; a sixth is the space to the next
inline constexpr int kRows = 7;

/// A character and its dots, row by row from the top.
struct Pattern {
  char32_t code = 0;
  std::array<std::string_view, kRows> rows;
};

/// All that the printer has: the digits, a point and a minus.
const std::array<Pattern, 12>& patterns();

/// Reads lines of such characters. The line's box hugs the ink, so its height is that of seven
/// dots; only a line that begins or ends with a point is out of step, and none does.
class Recognizer final : public tabularium::Recognizer {
 public:
  std::string_view name() const noexcept override { return "dot_matrix"; }

  /// One word a line. Its confidence is the share of dots that are as they should be, and half of
  /// that where another character has nearly as many. Grey pages only.
  std::vector<std::vector<tabularium::Word>> recognize(const tabularium::PageImage& image,
                                                       const std::vector<tabularium::Box>& lines,
                                                       double text_height) override;
};

}  // namespace dot_matrix
