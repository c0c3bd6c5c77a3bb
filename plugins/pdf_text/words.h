#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tabularium/page/rule.h"
#include "tabularium/page/word.h"

namespace tabularium::pdf_text {

/// Name that evidence stores for what this plugin reads.
inline constexpr const char* kExtractor = "pdf_text";

struct Vector {
  double x = 0.0;
  double y = 0.0;
};

/// A glyph as drawn, in the coordinates of the page.
struct DrawnGlyph {
  Point origin;      ///< on the base line; of vertical writing: top centre
  Vector advance;    ///< to the next glyph's origin, without added spacing
  Vector along;      ///< unit vector of the writing direction
  Vector up{0, -1};  ///< unit vector from the base line to the top of the glyph
  Box box;
  double size = 0.0;      ///< of the font, points
  double tracking = 0.0;  ///< spacing that the file adds after each glyph, points
  bool bold = false;
  bool vertical = false;
};

/// The words of a page.
struct BuiltWords {
  std::vector<Word> words;
  /// Where the word that was the i-th while drawing (see `WordBuilder::size`) is among `words`; one
  /// more entry for the end.
  std::vector<std::size_t> positions;
};

/// Puts glyphs together to words, in the order in which they are drawn.
class WordBuilder {
 public:
  /// A glyph that stands for `codes`, none of them white space; at least one.
  /// A glyph that an equal one already covers (drawn twice to look bold) is dropped.
  void add(const DrawnGlyph& glyph, std::span<const char32_t> codes);

  /// A glyph of white space: the next word begins after a space.
  void add_space(const DrawnGlyph& glyph);

  /// Ends the word: something else stands between it and the next glyph.
  void interrupt() { open_ = false; }

  /// The words so far; the builder is empty after.
  BuiltWords take();

  /// Words begun so far.
  std::size_t size() const { return words_.size(); }

 private:
  struct Slot {
    char32_t code = 0;
    std::uint32_t word = 0;
    float x = 0.0F;
    float y = 0.0F;
  };
  enum class Join { same, downward, level, new_word, after_gap, note };

  bool repeats(const DrawnGlyph& glyph, char32_t code);
  void remember(const DrawnGlyph& glyph, char32_t code);
  void put(const Slot& slot);
  void grow();
  bool completes_accent(const DrawnGlyph& glyph, char32_t code);
  bool continues_downward(const DrawnGlyph& glyph, char32_t code) const;
  Join joins(const DrawnGlyph& glyph, char32_t code) const;
  void begin_word(const DrawnGlyph& glyph, bool after_space);
  void level_last_glyph();
  void append(const DrawnGlyph& glyph, std::span<const char32_t> codes);

  std::vector<Word> words_;
  std::vector<bool> tracks_;  // for each word: whether only a gap separates it from the one before
  bool open_ = false;         // whether the last word may take more glyphs
  bool space_ = false;
  DrawnGlyph last_;
  char32_t last_code_ = 0;
  std::vector<Slot> slots_;  // open hash table of the glyphs drawn; its size is a power of two
  std::size_t used_ = 0;
};

/// Cuts each word where a rule passes between two of its glyphs: a vertical rule for words set from
/// left to right, a horizontal one for words set from top to bottom. `rules` as `Page::rules`.
std::vector<Word> cut_by_rules(std::vector<Word> words, const std::vector<Rule>& rules);

}  // namespace tabularium::pdf_text
