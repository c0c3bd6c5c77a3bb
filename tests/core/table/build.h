#pragma once

#include <string_view>
#include <vector>

#include "tabularium/page/page.h"
#include "tabularium/page/text.h"

/// Words and rules made in code, for the tests of the stage *tabulate*.
namespace tabularium::build {

inline Rule across(double y, double from, double to, double thickness = 0.5) {
  return {Rule::Direction::horizontal, y, from, to, thickness};
}

inline Rule down(double x, double from, double to, double thickness = 0.5) {
  return {Rule::Direction::vertical, x, from, to, thickness};
}

/// The four sides of a box.
inline std::vector<Rule> frame(const Box& box) {
  return {across(box.y0, box.x0, box.x1), across(box.y1, box.x0, box.x1),
          down(box.x0, box.y0, box.y1), down(box.x1, box.y0, box.y1)};
}

/// A word with its top left corner at (x, y). A glyph is as wide as the font size where it is CJK,
/// else half as wide, and as high as the font size.
inline Word word(double x, double y, std::string_view text, double size = 10.0) {
  Word made;
  made.font_size = size;
  made.extractor = "test";
  const double left = x;
  for (const char32_t code : to_utf32(text)) {
    const double width = is_cjk(code) ? size : size / 2;
    made.glyphs.push_back({code, {x, y, x + width, y + size}});
    x += width;
  }
  made.box = {left, y, x, y + size};
  return made;
}

inline Page page(std::vector<Rule> rules, std::vector<Word> words = {}) {
  Page made;
  made.width = 595;
  made.height = 842;
  made.rules = std::move(rules);
  made.words = std::move(words);
  return made;
}

}  // namespace tabularium::build
