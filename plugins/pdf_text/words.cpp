#include "words.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tabularium/page/text.h"

namespace tabularium::pdf_text {
namespace {

// Gaps that end a word, in font sizes. Latin: a thin space is 0.2, and kerning stays below 0.1.
// Between Han and Latin the typesetter leaves up to 0.25 by itself. Han stand on a grid that may be
// stretched, so only a gap near a whole character tells of a column.
constexpr double kGapLatin = 0.14;
constexpr double kGapMixed = 0.35;
constexpr double kGapHan = 0.85;

// How far a glyph may reach back over the one before: kerned pairs, squeezed Han punctuation.
constexpr double kBackLatin = 0.3;
constexpr double kBackHan = 0.65;

constexpr double kDownwardStep = 1.12;   // font sizes from glyph to glyph of vertical writing
constexpr double kRaised = 0.8;          // of the font size: smaller digits are exponents or notes
constexpr double kMaxTracking = 0.6;     // font sizes; wider spacing sets columns, not words
constexpr double kRepeatDistance = 0.1;  // font sizes; fake bold moves by 1/30 to 1/15
constexpr double kCell = 2.0;            // points; the raster of the table of glyphs drawn

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

bool begins_note(char32_t code) {
  return is_digit(code) || code == U'[' || code == U'*' || (code >= U'①' && code <= U'⑳');
}

double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y; }

// The part of `box` across the writing direction.
std::pair<double, double> across(const DrawnGlyph& glyph) {
  const bool level = std::abs(glyph.along.x) >= std::abs(glyph.along.y);
  return level ? std::pair{glyph.box.y0, glyph.box.y1} : std::pair{glyph.box.x0, glyph.box.x1};
}

bool on_one_line(const DrawnGlyph& a, const DrawnGlyph& b) {
  const auto [a0, a1] = across(a);
  const auto [b0, b1] = across(b);
  return overlap(a0, a1, b0, b1) >= 0.4 * std::min(a1 - a0, b1 - b0);
}

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  return value;
}

std::uint64_t cell_hash(char32_t code, std::int64_t column, std::int64_t row) {
  return mixed(static_cast<std::uint64_t>(code) * 0x9E3779B97F4A7C15ULL ^
               static_cast<std::uint64_t>(column) * 0xC2B2AE3D27D4EB4FULL ^
               static_cast<std::uint64_t>(row) * 0x165667B19E3779F9ULL);
}

std::int64_t cell_of(double position) {
  return static_cast<std::int64_t>(std::floor(position / kCell));
}

// Pieces of a ligature share its box from the first to the last in the writing direction.
Box part_of(const DrawnGlyph& glyph, std::size_t index, std::size_t count) {
  if (count == 1) return glyph.box;
  const double from = static_cast<double>(index) / static_cast<double>(count);
  const double to = static_cast<double>(index + 1) / static_cast<double>(count);
  Box part = glyph.box;
  const bool level = std::abs(glyph.along.x) >= std::abs(glyph.along.y);
  const bool forward = level ? glyph.along.x >= 0 : glyph.along.y >= 0;
  const double a = forward ? from : 1.0 - to;
  const double b = forward ? to : 1.0 - from;
  if (level) {
    part.x0 = glyph.box.x0 + a * glyph.box.width();
    part.x1 = glyph.box.x0 + b * glyph.box.width();
  } else {
    part.y0 = glyph.box.y0 + a * glyph.box.height();
    part.y1 = glyph.box.y0 + b * glyph.box.height();
  }
  return part;
}

// The combining form of an accent that stands for itself; 0 for other characters.
char32_t combining_mark(char32_t code) {
  switch (code) {
    case U'`':
      return 0x300;
    case U'´':
      return 0x301;
    case U'^':
    case 0x2C6:
      return 0x302;
    case U'~':
    case 0x2DC:
      return 0x303;
    case U'¯':
      return 0x304;
    case 0x2D8:
      return 0x306;
    case 0x2D9:
      return 0x307;
    case U'¨':
      return 0x308;
    case 0x2DA:
      return 0x30A;
    case 0x2DD:
      return 0x30B;
    case 0x2C7:
      return 0x30C;
    case U'¸':
      return 0x327;
    case 0x2DB:
      return 0x328;
    default:
      return 0;
  }
}

// The one character that letter and accent make, where there is one.
std::optional<char32_t> with_accent(char32_t letter, char32_t mark) {
  if (letter == U'ı') letter = U'i';
  const char32_t pair[] = {letter, mark};
  const std::u32string composed = to_utf32(nfkc(to_utf8(std::u32string_view(pair, 2))));
  return composed.size() == 1 ? std::optional(composed[0]) : std::nullopt;
}

// The gap between the glyphs of two words of one glyph each; nothing where they do not stand side
// by side in Latin script.
std::optional<double> letter_gap(const Word& a, const Word& b) {
  if (a.glyphs.size() != 1 || b.glyphs.size() != 1 || a.vertical || b.vertical) return std::nullopt;
  if (is_cjk(a.glyphs[0].code) || is_cjk(b.glyphs[0].code)) return std::nullopt;
  if (std::abs(a.font_size - b.font_size) > 0.01 * a.font_size) return std::nullopt;
  if (std::abs(a.box.y1 - b.box.y1) > 0.1 * a.font_size) return std::nullopt;
  const double gap = b.box.x0 - a.box.x1;
  return gap > 0 && gap <= kMaxTracking * a.font_size ? std::optional(gap) : std::nullopt;
}

// Where the run of single letters at even gaps that begins at `first` ends. `tracks` says whether a
// mere gap, not a space, separates a word from the one before.
std::size_t end_of_tracked(const std::vector<Word>& words, const std::vector<bool>& tracks,
                           std::size_t first) {
  std::size_t next = first + 1;
  double usual = -1.0;
  while (next < words.size() && tracks[next]) {
    const auto gap = letter_gap(words[next - 1], words[next]);
    if (!gap || (usual >= 0 && std::abs(*gap - usual) > 0.05 * words[first].font_size)) break;
    usual = *gap;
    ++next;
  }
  return next;
}

// Letter-spaced Latin text comes as words of one letter: three or more at even gaps are one word.
BuiltWords join_tracked(std::vector<Word> words, const std::vector<bool>& tracks) {
  BuiltWords built;
  built.words.reserve(words.size());
  built.positions.reserve(words.size() + 1);
  for (std::size_t first = 0; first < words.size();) {
    std::size_t next = end_of_tracked(words, tracks, first);
    if (next - first < 3) next = first + 1;
    built.positions.insert(built.positions.end(), next - first, built.words.size());
    built.words.push_back(std::move(words[first]));
    Word& word = built.words.back();
    for (std::size_t i = first + 1; i < next; ++i) {
      word.glyphs.push_back(words[i].glyphs[0]);
      word.box = united(word.box, words[i].box);
    }
    first = next;
  }
  built.positions.push_back(built.words.size());
  return built;
}

}  // namespace

// Browsers set vertical writing glyph by glyph, each upright below the one before. Lines of a
// narrow column stand further apart than the glyphs of one word.
bool WordBuilder::continues_downward(const DrawnGlyph& glyph, char32_t code) const {
  if (!is_cjk(code) || !is_cjk(last_code_) || glyph.vertical || last_.vertical) return false;
  if (std::abs(glyph.along.y) > 0.02 || std::abs(last_.along.y) > 0.02) return false;
  if (std::abs(glyph.size - last_.size) > 0.05 * last_.size) return false;
  const Point from = last_.box.centre();
  const Point to = glyph.box.centre();
  const Word& word = words_.back();
  if (word.glyphs.size() > 1 && !word.vertical) return false;
  return std::abs(to.x - from.x) <= 0.06 * last_.size && to.y - from.y >= 0.9 * last_.size &&
         to.y - from.y <= kDownwardStep * last_.size;
}

WordBuilder::Join WordBuilder::joins(const DrawnGlyph& glyph, char32_t code) const {
  if (!open_ || words_.empty()) return Join::new_word;
  if (continues_downward(glyph, code)) return Join::downward;
  if (glyph.vertical != last_.vertical || dot(glyph.along, last_.along) < 0.98) {
    return Join::new_word;
  }
  if (!on_one_line(last_, glyph)) return Join::new_word;
  const Vector step{glyph.origin.x - last_.origin.x - last_.advance.x,
                    glyph.origin.y - last_.origin.y - last_.advance.y};
  const double size = std::max(glyph.size, last_.size);
  const double moved = dot(step, last_.along);
  const double gap = moved - std::clamp(last_.tracking, 0.0, kMaxTracking * size);
  const bool han_before = is_cjk(last_code_);
  const bool han = is_cjk(code);
  const double limit = han && han_before ? kGapHan : han || han_before ? kGapMixed : kGapLatin;
  if (words_.back().vertical && !glyph.vertical) {
    return gap > limit * size ? Join::new_word : Join::level;
  }
  if (gap > limit * size) return Join::after_gap;
  // A raised digit after a number is the mark of a note, not a digit of the number: it stands
  // apart.
  const bool raised = glyph.size < kRaised * last_.size || last_.size < kRaised * glyph.size;
  if (raised && begins_note(code) && is_digit(last_code_)) return Join::note;
  const double back = han || han_before ? kBackHan : kBackLatin;
  return moved < -back * size ? Join::new_word : Join::same;
}

void WordBuilder::begin_word(const DrawnGlyph& glyph, bool after_space) {
  Word word;
  word.box = glyph.box;
  word.font_size = glyph.size;
  word.bold = glyph.bold;
  word.vertical = glyph.vertical;
  word.after_space = after_space;
  word.extractor = kExtractor;
  words_.push_back(std::move(word));
  open_ = true;
}

// A line of one glyph above a longer line looked like vertical writing until the longer line went
// on: its first glyph leaves the word that it was put to.
void WordBuilder::level_last_glyph() {
  Word& column = words_.back();
  Word word = column;
  word.vertical = false;
  word.after_space = false;
  word.glyphs = {column.glyphs.back()};
  word.box = word.glyphs.front().box;
  column.glyphs.pop_back();
  column.vertical = column.glyphs.size() > 1;
  column.box = column.glyphs.front().box;
  for (const Glyph& glyph : column.glyphs) column.box = united(column.box, glyph.box);
  words_.push_back(std::move(word));
  tracks_.push_back(false);
}

void WordBuilder::append(const DrawnGlyph& glyph, std::span<const char32_t> codes) {
  Word& word = words_.back();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    word.glyphs.push_back({codes[i], part_of(glyph, i, codes.size())});
  }
  word.box = united(word.box, glyph.box);
  word.font_size = std::max(word.font_size, glyph.size);
}

// Old typesetters print an accent over its letter, in either order: the two are one character.
bool WordBuilder::completes_accent(const DrawnGlyph& glyph, char32_t code) {
  if (!open_ || words_.empty() || space_) return false;
  const bool accent_first = combining_mark(last_code_) != 0;
  const char32_t mark = combining_mark(accent_first ? last_code_ : code);
  if (mark == 0 || !on_one_line(last_, glyph)) return false;
  const double shared = overlap(last_.box.x0, last_.box.x1, glyph.box.x0, glyph.box.x1);
  if (shared < 0.5 * std::min(last_.box.width(), glyph.box.width())) return false;
  const auto composed = with_accent(accent_first ? code : last_code_, mark);
  if (!composed) return false;
  Word& word = words_.back();
  if (accent_first) {
    last_ = glyph;
    word.box = united(word.box, glyph.box);
  }
  word.glyphs.back() = {*composed, last_.box};
  last_code_ = *composed;
  return true;
}

void WordBuilder::add(const DrawnGlyph& glyph, std::span<const char32_t> codes) {
  if (repeats(glyph, codes.front())) return;
  if (codes.size() == 1 && completes_accent(glyph, codes.front())) return;
  const Join join = joins(glyph, codes.front());
  if (join == Join::level) level_last_glyph();
  const bool joined =
      !space_ && join != Join::new_word && join != Join::after_gap && join != Join::note;
  if (!joined) {
    tracks_.push_back(!space_ && join == Join::after_gap);
    begin_word(glyph, space_ || join == Join::after_gap || join == Join::note);
  } else if (join == Join::downward) {
    words_.back().vertical = true;
  }
  append(glyph, codes);
  remember(glyph, codes.front());
  space_ = false;
  last_ = glyph;
  last_code_ = codes.back();
}

void WordBuilder::add_space(const DrawnGlyph& glyph) {
  // The space of a line that is drawn a second time to look bold lies within what we have read;
  // it separates nothing.
  if (open_ && !words_.empty() && on_one_line(last_, glyph)) {
    const Vector step{glyph.origin.x - last_.origin.x, glyph.origin.y - last_.origin.y};
    const Box& word = words_.back().box;
    if (dot(step, last_.along) < -kRepeatDistance * last_.size &&
        word.contains(glyph.box.centre())) {
      return;
    }
  }
  space_ = true;
}

BuiltWords WordBuilder::take() {
  open_ = false;
  slots_.clear();
  used_ = 0;
  return join_tracked(std::exchange(words_, {}), std::exchange(tracks_, {}));
}

// The cell size exceeds the distance looked for on text of up to 20 points; larger text has that
// distance cut, which is still beyond what fake bold moves by.
bool WordBuilder::repeats(const DrawnGlyph& glyph, char32_t code) {
  if (slots_.empty()) return false;
  const Point at = glyph.box.centre();
  const double extent = std::max(std::abs(glyph.advance.x), std::abs(glyph.advance.y));
  double reach = std::min(kRepeatDistance * glyph.size, kCell);
  if (extent > 0) reach = std::min(reach, 0.45 * extent);
  const std::size_t mask = slots_.size() - 1;
  for (std::int64_t row = cell_of(at.y - reach); row <= cell_of(at.y + reach); ++row) {
    for (std::int64_t column = cell_of(at.x - reach); column <= cell_of(at.x + reach); ++column) {
      for (std::size_t i = cell_hash(code, column, row) & mask; slots_[i].code != 0;
           i = (i + 1) & mask) {
        const Slot& slot = slots_[i];
        if (slot.code == code && std::abs(slot.x - at.x) <= reach &&
            std::abs(slot.y - at.y) <= reach) {
          if (slot.word < words_.size()) words_[slot.word].bold = true;
          return true;
        }
      }
    }
  }
  return false;
}

void WordBuilder::remember(const DrawnGlyph& glyph, char32_t code) {
  if (2 * (used_ + 1) > slots_.size()) grow();
  const Point at = glyph.box.centre();
  put({code, static_cast<std::uint32_t>(words_.size() - 1), static_cast<float>(at.x),
       static_cast<float>(at.y)});
  ++used_;
}

void WordBuilder::put(const Slot& slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = cell_hash(slot.code, cell_of(slot.x), cell_of(slot.y)) & mask;
  while (slots_[i].code != 0) i = (i + 1) & mask;
  slots_[i] = slot;
}

void WordBuilder::grow() {
  std::vector<Slot> old = std::exchange(slots_, {});
  slots_.resize(std::max<std::size_t>(1024, 2 * old.size()));
  for (const Slot& slot : old) {
    if (slot.code != 0) put(slot);
  }
}

namespace {

// Positions of the rules of one direction, in order, with what they cross.
std::vector<Rule> of_direction(const std::vector<Rule>& rules, Rule::Direction direction) {
  std::vector<Rule> some;
  for (const Rule& rule : rules) {
    if (rule.direction == direction) some.push_back(rule);
  }
  return some;
}

// Whether one of `rules` (one direction, sorted by position) passes between the middles of two
// neighbours and through the line that they stand on.
bool passes_between(const std::vector<Rule>& rules, bool vertical_rules, Point a, Point b) {
  const double low = vertical_rules ? std::min(a.x, b.x) : std::min(a.y, b.y);
  const double high = vertical_rules ? std::max(a.x, b.x) : std::max(a.y, b.y);
  const double level = vertical_rules ? (a.y + b.y) / 2 : (a.x + b.x) / 2;
  auto rule = std::upper_bound(rules.begin(), rules.end(), low,
                               [](double value, const Rule& r) { return value < r.position; });
  for (; rule != rules.end() && rule->position < high; ++rule) {
    if (rule->from <= level && level <= rule->to) return true;
  }
  return false;
}

// The glyphs from `first` up to `last` of `word` as a word of their own.
Word slice(const Word& word, std::size_t first, std::size_t last) {
  Word part = word;
  part.glyphs.assign(word.glyphs.begin() + static_cast<std::ptrdiff_t>(first),
                     word.glyphs.begin() + static_cast<std::ptrdiff_t>(last));
  part.box = part.glyphs.front().box;
  for (const Glyph& glyph : part.glyphs) part.box = united(part.box, glyph.box);
  if (first > 0) part.after_space = false;
  return part;
}

void cut_word(Word& word, const std::vector<Rule>& rules, bool vertical_rules,
              std::vector<Word>& out) {
  std::size_t first = 0;
  for (std::size_t i = 1; i < word.glyphs.size(); ++i) {
    if (passes_between(rules, vertical_rules, word.glyphs[i - 1].box.centre(),
                       word.glyphs[i].box.centre())) {
      out.push_back(slice(word, first, i));
      first = i;
    }
  }
  if (first == 0) {
    out.push_back(std::move(word));
  } else {
    out.push_back(slice(word, first, word.glyphs.size()));
  }
}

bool any_inside(const std::vector<Rule>& rules, double low, double high) {
  const auto rule =
      std::upper_bound(rules.begin(), rules.end(), low,
                       [](double value, const Rule& r) { return value < r.position; });
  return rule != rules.end() && rule->position < high;
}

}  // namespace

std::vector<Word> cut_by_rules(std::vector<Word> words, const std::vector<Rule>& rules) {
  const std::vector<Rule> upright = of_direction(rules, Rule::Direction::vertical);
  const std::vector<Rule> level = of_direction(rules, Rule::Direction::horizontal);
  std::vector<Word> cut;
  cut.reserve(words.size());
  for (Word& word : words) {
    // Text turned by 90 degrees runs like vertical writing.
    const Point first = word.glyphs.front().box.centre();
    const Point last = word.glyphs.back().box.centre();
    const bool runs_level = std::abs(last.x - first.x) >= std::abs(last.y - first.y);
    const std::vector<Rule>& across = runs_level ? upright : level;
    const bool touched = runs_level ? any_inside(across, word.box.x0, word.box.x1)
                                    : any_inside(across, word.box.y0, word.box.y1);
    if (touched) {
      cut_word(word, across, runs_level, cut);
    } else {
      cut.push_back(std::move(word));
    }
  }
  return cut;
}

}  // namespace tabularium::pdf_text
