#include "tabularium/table/typed_rules_internal.h"

#include <algorithm>

namespace tabularium {
namespace {

/// So many signs draw a line; fewer are a dash, or a mark for "no value".
constexpr std::size_t kLineSigns = 5;
/// So many dots are a leader, not an ellipsis.
constexpr std::size_t kLeaderDots = 4;

bool draws_line(const Word& word) {
  return !word.vertical && word.glyphs.size() >= kLineSigns &&
         std::all_of(word.glyphs.begin(), word.glyphs.end(), [](const Glyph& glyph) {
           return glyph.code == U'-' || glyph.code == U'_' || glyph.code == U'=' ||
                  glyph.code == 0x2013 || glyph.code == 0x2014 || glyph.code == 0x2500;
         });
}

Rule to_rule(const Word& word) {
  const bool low = word.glyphs.front().code == U'_';
  return {Rule::Direction::horizontal, low ? word.box.y1 : word.box.centre().y, word.box.x0,
          word.box.x1, 0.0};
}

Word part_of(const Word& word, std::size_t first, std::size_t last) {
  Word part = word;
  part.glyphs.assign(word.glyphs.begin() + static_cast<std::ptrdiff_t>(first),
                     word.glyphs.begin() + static_cast<std::ptrdiff_t>(last));
  part.box = part.glyphs.front().box;
  for (const Glyph& glyph : part.glyphs) part.box = united(part.box, glyph.box);
  part.after_space = first == 0 && word.after_space;
  return part;
}

/// The glyph after the word's leader of dots; the glyph count where there is none.
std::size_t end_of_leader(const Word& word) {
  std::size_t dots = 0;
  for (std::size_t i = 0; i < word.glyphs.size(); ++i) {
    const char32_t code = word.glyphs[i].code;
    if (code == U'.' || code == 0x2026 || code == 0xB7) {
      ++dots;
    } else if (dots >= kLeaderDots) {
      return i;
    } else {
      dots = 0;
    }
  }
  return word.glyphs.size();
}

}  // namespace

TypedPage read_typed_rules(const std::vector<Word>& words) {
  TypedPage page;
  page.words.reserve(words.size());
  for (const Word& word : words) {
    if (draws_line(word)) {
      page.rules.push_back(to_rule(word));
      continue;
    }
    const std::size_t end = end_of_leader(word);
    page.words.push_back(part_of(word, 0, end));
    if (end < word.glyphs.size()) page.words.push_back(part_of(word, end, word.glyphs.size()));
  }
  return page;
}

}  // namespace tabularium
