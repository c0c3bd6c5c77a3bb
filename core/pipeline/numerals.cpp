#include "tabularium/pipeline/numerals.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "tabularium/page/text.h"
#include "thousands_internal.h"

namespace tabularium {
namespace {

constexpr double kWidest = 16.0;  // text heights: the longest dates and amounts with their units
constexpr char32_t kRefused = 0xFFFD;
constexpr double kUnconfirmed = 0.85;

struct Piece {
  int x0 = 0;
  int y0 = 0;
  int width = 0;
  int height = 0;
  std::size_t line = 0;
};

std::vector<Piece> short_lines(const PageImage& text, const std::vector<Box>& lines,
                               double text_height) {
  const double scale = text.dpi / 72.0;
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const Box& line = lines[at];
    if (line.width() > kWidest * text_height || line.height() > 2.5 * text_height) continue;
    Piece piece;
    piece.x0 = std::max(0, static_cast<int>(std::floor(line.x0 * scale)));
    piece.y0 = std::max(0, static_cast<int>(std::floor(line.y0 * scale)));
    piece.width = std::min(text.width, static_cast<int>(std::ceil(line.x1 * scale))) - piece.x0;
    piece.height = std::min(text.height, static_cast<int>(std::ceil(line.y1 * scale))) - piece.y0;
    piece.line = at;
    if (piece.width > 0 && piece.height > 0) pieces.push_back(piece);
  }
  return pieces;
}

std::u32string text_of(const std::vector<Word>& words) {
  std::u32string text;
  for (const Word& word : words) {
    for (const Glyph& glyph : word.glyphs) text += glyph.code;
  }
  return text;
}

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

bool has_digit(std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

std::u32string normal(std::u32string_view text) { return to_utf32(squeeze(nfkc(to_utf8(text)))); }

std::u32string digits_of(std::u32string_view text) {
  std::u32string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

/// The characters that are words; the first of all may be a misread operator.
std::u32string letters_of(std::u32string_view text) {
  std::u32string letters;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (is_cjk(text[at]) && text[at] >= 0x4E00) letters += text[at];
  }
  return letters;
}

/// How likely a recognizer of text reads `seen` where `true_text` stands: it confuses operators and
/// the percent sign, and loses decimal points, far more often than digits or words.
double likelihood(std::u32string_view seen, std::u32string_view true_text) {
  if (seen == true_text) return 1.0;
  if (digits_of(seen) != digits_of(true_text)) {
    // `%` is read as 6, 9 or 0, often with a stroke more.
    const bool percent = true_text.find(U'%') != std::u32string_view::npos &&
                         seen.find(U'%') == std::u32string_view::npos &&
                         digits_of(seen).starts_with(digits_of(true_text));
    return percent ? 0.1 : 0.01;
  }
  if (letters_of(seen) != letters_of(true_text)) return 0.03;
  return 0.3;
}

struct Candidate {
  std::u32string text;
  double weight = 0.0;
};

/// Worn commas lose their tails. A number with a point before exactly three digits is rare in
/// forms, one with two points is none: the same with commas is likelier than it looks.
void weigh_points(std::vector<Candidate>& all) {
  constexpr double kUnthought = 0.02;  // of a reading that no recognizer gave
  constexpr double kRare = 0.1;
  constexpr double kNone = 0.002;
  const std::size_t given = all.size();
  for (std::size_t at = 0; at < given; ++at) {
    const auto parted = with_commas(all[at].text);
    if (!parted) continue;
    const double weight = all[at].weight;
    all[at].weight *= parted->possible ? kRare : kNone;
    const auto same = std::find_if(
        all.begin(), all.end(), [&](const Candidate& other) { return other.text == parted->text; });
    if (same == all.end()) {
      all.push_back({parted->text, kUnthought * weight});
    } else {
      same->weight = std::max(same->weight, kUnthought * weight);
    }
  }
}

std::vector<Candidate> candidates(const Word& number, std::u32string_view seen) {
  std::vector<Candidate> all;
  double known = 0.0;
  bool covered = false;
  const auto add = [&](const std::u32string& text, double probability) {
    known += probability;
    if (text.empty() || text.find(kRefused) != std::u32string::npos) return;
    covered = covered || text == seen;
    all.push_back({text, probability * likelihood(seen, text)});
  };
  add(normal(text_of({number})), number.confidence);
  for (const Alternative& other : number.alternatives) {
    add(normal(to_utf32(other.text)), other.confidence);
  }
  if (!covered && !seen.empty()) {
    // What the one did not think of, the other may still have right.
    const double left = std::clamp(1.0 - known, 0.005, 1.0);
    all.push_back({std::u32string(seen), 0.3 * left});
  }
  weigh_points(all);
  std::stable_sort(all.begin(), all.end(),
                   [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  return all;
}

/// Whether `seen` is among the readings of a number.
bool gives(const Word& number, std::u32string_view seen) {
  if (normal(text_of({number})) == seen) return true;
  return std::any_of(
      number.alternatives.begin(), number.alternatives.end(),
      [&](const Alternative& other) { return normal(to_utf32(other.text)) == seen; });
}

bool may_be_number(const std::vector<Word>& number) {
  if (number.size() != 1) return false;
  const std::u32string text = text_of(number);
  return text.find(kRefused) == std::u32string::npos && has_digit(text);
}

/// The glyphs of `word` where they spell `text`, else the box shared among its characters.
void spell(Word& word, const std::u32string& text) {
  if (normal(text_of({word})) == text && word.glyphs.size() == text.size()) return;
  const double width = word.box.width() / static_cast<double>(text.size());
  word.glyphs.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    const double x0 = word.box.x0 + width * static_cast<double>(at);
    word.glyphs.push_back({text[at], {x0, word.box.y0, x0 + width, word.box.y1}});
  }
}

/// Whether a glyph opens a note, as printed or as recognizers misread a bracket.
bool opens_note(char32_t code) {
  static constexpr std::u32string_view kOpening = U"(（〈《<{[〔【“";
  return kOpening.find(code) != kOpening.npos;
}

bool closes(char32_t code) {
  static constexpr std::u32string_view kClosing = U")）〉》>}]〕】";
  return kClosing.find(code) != kClosing.npos;
}

/// Where the unit in brackets ends that begins at `at`, one past its last glyph; `at` where there
/// stands a note instead.
std::size_t end_of_unit(std::u32string_view text, std::size_t at) {
  constexpr std::size_t kMost = 8;
  for (std::size_t i = at + 1; i < std::min(text.size(), at + kMost); ++i) {
    if (closes(text[i])) return i + 1;
  }
  return at;
}

/// How many glyphs of `text` are a number with its unit before a note; 0 where it begins with none.
std::size_t number_glyphs(std::u32string_view text) {
  constexpr std::size_t kMostSigns = 2;
  constexpr std::size_t kMostUnit = 4;
  constexpr std::size_t kLeastNote = 3;
  std::size_t at = 0;
  while (at < text.size() && at < kMostSigns && !is_digit(text[at])) ++at;
  const std::size_t first_digit = at;
  while (at < text.size() && (is_digit(text[at]) || text[at] == U'.' || text[at] == U',')) ++at;
  if (at == first_digit) return 0;
  const std::size_t last = std::min(text.size(), at + kMostUnit + 1);
  while (at < last && !opens_note(text[at])) ++at;
  if (at == last) return 0;
  at = end_of_unit(text, at);
  if (at >= text.size() || !opens_note(text[at])) return 0;
  return text.size() - at >= kLeastNote ? at : 0;
}

/// The middle of the widest white gap of `line` between two places, all in points.
std::optional<double> white_between(const PageImage& image, const Box& line, double from,
                                    double to) {
  constexpr int kInk = 150;
  const double scale = image.dpi / 72.0;
  const auto within = [](double at, int most) {
    return std::clamp(static_cast<int>(std::lround(at)), 0, most);
  };
  const int top = within(line.y0 * scale, image.height);
  const int bottom = within(line.y1 * scale, image.height);
  const auto is_white = [&](int x) {
    for (int y = top; y < bottom; ++y) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
      if (image.samples[at + static_cast<std::size_t>(x)] < kInk) return false;
    }
    return true;
  };
  int widest = 0;
  double middle = 0.0;
  int run = 0;
  for (int x = within(from * scale, image.width); x < within(to * scale, image.width); ++x) {
    run = is_white(x) ? run + 1 : 0;
    if (run <= widest) continue;
    widest = run;
    middle = x + 1 - run / 2.0;
  }
  return widest > 0 ? std::optional(middle / scale) : std::nullopt;
}

std::vector<Word> unconfirmed(std::vector<Word> text) {
  for (Word& word : text) {
    if (has_digit(text_of({word}))) word.confidence = std::min(word.confidence, kUnconfirmed);
  }
  return text;
}

}  // namespace

LineSheet line_sheet(const PageImage& text, const std::vector<Box>& lines, double text_height) {
  LineSheet sheet;
  const double points = 72.0 / text.dpi;
  const int margin = std::max(4, static_cast<int>(std::lround(0.5 * text_height / points)));
  const std::vector<Piece> pieces = short_lines(text, lines, text_height);
  sheet.image.channels = 1;
  sheet.image.dpi = text.dpi;
  for (const Piece& piece : pieces) {
    sheet.image.width = std::max(sheet.image.width, piece.width + 2 * margin);
    sheet.image.height += piece.height + 2 * margin;
  }
  const auto width = static_cast<std::size_t>(sheet.image.width);
  sheet.image.samples.assign(width * static_cast<std::size_t>(sheet.image.height), 255);
  int top = 0;
  for (const Piece& piece : pieces) {
    for (int y = 0; y < piece.height; ++y) {
      const auto from =
          text.samples.begin() + static_cast<std::ptrdiff_t>(piece.y0 + y) * text.width + piece.x0;
      const auto to = static_cast<std::ptrdiff_t>(width) * (top + margin + y) + margin;
      std::copy(from, from + piece.width, sheet.image.samples.begin() + to);
    }
    const int bottom = top + piece.height + 2 * margin;
    sheet.boxes.push_back(
        {0.0, top * points, (piece.width + 2 * margin) * points, bottom * points});
    sheet.origins.push_back({(piece.x0 - margin) * points, (piece.y0 - top - margin) * points});
    sheet.lines.push_back(piece.line);
    top = bottom;
  }
  return sheet;
}

namespace {

/// Whether `lines`, whose confidence means something, surely reads words without any sign of a
/// number in them: also a lone character is none then.
bool is_surely_words(const std::vector<Word>& text) {
  constexpr double kSurely = 0.97;
  constexpr std::u32string_view kPunctuation = U"(),:;、。“”《》";
  if (text.empty()) return false;
  for (const Word& word : text) {
    if (word.extractor != "lines" || word.confidence < kSurely) return false;
  }
  const std::u32string read = normal(text_of(text));
  return std::all_of(read.begin(), read.end(), [&](char32_t code) {
    return code >= 0x4E00 || kPunctuation.find(code) != kPunctuation.npos;
  });
}

}  // namespace

bool may_hold_number(const std::vector<Word>& text) {
  if (is_surely_words(text)) return false;
  constexpr std::size_t kShort = 2;  // a lone digit is misread as a character, surely at times
  constexpr double kSure = 0.9;
  const std::u32string read = normal(text_of(text));
  if (read.size() <= kShort) return true;
  const bool only_letters = std::all_of(read.begin(), read.end(), [](char32_t code) {
    return code >= 0x4E00 || code == U'(' || code == U')' || code == U':' || code == U',';
  });
  const bool sure = std::all_of(text.begin(), text.end(),
                                [&](const Word& word) { return word.confidence >= kSure; });
  return !(only_letters && sure);
}

std::optional<NumberPart> number_part(const PageImage& image, const Box& line,
                                      const std::vector<Word>& text, double text_height) {
  if (line.height() > 2.5 * text_height) return std::nullopt;
  const std::size_t count = number_glyphs(text_of(text));
  if (count == 0) return std::nullopt;
  std::vector<Glyph> glyphs;
  for (const Word& word : text) {
    glyphs.insert(glyphs.end(), word.glyphs.begin(), word.glyphs.end());
  }
  const auto cut = white_between(image, line, glyphs[count - 1].box.centre().x,
                                 glyphs[count].box.x1 + 0.2 * text_height);
  if (!cut || *cut <= line.x0) return std::nullopt;
  return NumberPart{{line.x0, line.y0, *cut, line.y1}, count};
}

namespace {

/// The digits and signs of a number's reading with the unit that the other recognizer read behind
/// them: it is the better one at words, and a cut through a bracket leaves a piece of it.
std::u32string with_unit_of(std::u32string_view number, std::u32string_view text) {
  const auto behind_digits = [](std::u32string_view one) {
    const auto last = std::find_if(one.rbegin(), one.rend(), is_digit);
    return static_cast<std::size_t>(one.rend() - last);
  };
  const std::size_t from = behind_digits(number);
  const std::u32string_view tail = number.substr(from);
  const bool percent = tail.find(U'%') != tail.npos;
  if (from == 0 || behind_digits(text) == 0) return std::u32string(number);
  std::u32string made(number.substr(0, from));
  if (!percent) return made += text.substr(behind_digits(text));
  made += tail;
  while (opens_note(made.back())) made.pop_back();
  return made;
}

std::vector<Word> with_words_of(std::vector<Word> number, const std::vector<Word>& text) {
  if (!may_be_number(number)) return number;
  const std::u32string seen = normal(text_of(text));
  Word& word = number.front();
  const std::u32string read = normal(text_of(number));
  const std::u32string made = with_unit_of(read, seen);
  for (Alternative& other : word.alternatives) {
    other.text = to_utf8(with_unit_of(normal(to_utf32(other.text)), seen));
  }
  // Those that differed in their units alone are one now.
  std::erase_if(word.alternatives, [&](const Alternative& other) {
    const bool same = other.text == to_utf8(made);
    if (same) word.confidence = std::min(1.0, word.confidence + other.confidence);
    return same;
  });
  if (made != read) spell(word, made);
  return number;
}

}  // namespace

std::vector<Word> settled_part(std::vector<Word> text, std::size_t glyphs,
                               const std::vector<Word>& number) {
  std::vector<Word> head;
  std::vector<Word> rest;
  for (Word& word : text) {
    const std::size_t first = std::min(glyphs, word.glyphs.size());
    glyphs -= first;
    Word behind = word;
    behind.glyphs.erase(behind.glyphs.begin(),
                        behind.glyphs.begin() + static_cast<std::ptrdiff_t>(first));
    word.glyphs.resize(first);
    for (Word* part : {&word, &behind}) {
      if (part->glyphs.empty()) continue;
      part->box = united(part->glyphs.front().box, part->glyphs.back().box);
    }
    if (first > 0 && !behind.glyphs.empty()) behind.after_space = false;
    if (!word.glyphs.empty()) head.push_back(std::move(word));
    if (!behind.glyphs.empty()) rest.push_back(std::move(behind));
  }
  std::vector<Word> all = settled(head, with_words_of(number, head));
  std::move(rest.begin(), rest.end(), std::back_inserter(all));
  return all;
}

std::vector<Word> looked_at_once(std::vector<Word> text) {
  constexpr std::size_t kMostSigns = 2;
  const std::u32string read = text_of(text).substr(0, kMostSigns + 1);
  return has_digit(read) ? unconfirmed(std::move(text)) : text;
}

namespace {

/// Whether the recognizer of numbers left out characters at the end of what the other one saw: it
/// knows the units of forms, and passes over others.
bool lost_tail(std::u32string_view number, std::u32string_view seen) {
  const std::u32string words = letters_of(seen);
  const std::u32string kept = letters_of(number);
  return digits_of(number) == digits_of(seen) && kept.size() < words.size() &&
         words.starts_with(kept) && words.back() == seen.back();
}

}  // namespace

std::vector<Word> settled(std::vector<Word> text, const std::vector<Word>& read) {
  if (!may_be_number(read)) return unconfirmed(std::move(text));
  const std::u32string seen = normal(text_of(text));
  const bool is_cut = lost_tail(normal(text_of(read)), seen);
  const std::vector<Word> number = is_cut ? with_words_of(read, text) : read;
  const std::vector<Candidate> all = candidates(number.front(), seen);
  double sum = 0.0;
  for (const Candidate& candidate : all) sum += candidate.weight;
  if (all.empty() || sum <= 0.0) return unconfirmed(std::move(text));
  // Of what one recognizer alone saw the other confirms nothing.
  const double most = is_cut ? std::min(0.999, text.back().confidence) : 0.999;
  const auto chance = [&](std::size_t at) { return std::min(most, all[at].weight / sum); };
  std::vector<Alternative> others;
  for (std::size_t at = 1; at < all.size(); ++at) {
    if (chance(at) >= 0.001) others.push_back({to_utf8(all[at].text), chance(at)});
  }
  if (all.front().text == seen && text.size() == 1) {
    // The words as printed: the number's recognizer says `(` for `（`.
    // Where the other one thought of other readings only, nobody confirmed it.
    const bool confirmed = gives(number.front(), seen);
    text.front().confidence = confirmed ? chance(0) : std::min(chance(0), kUnconfirmed);
    text.front().alternatives = std::move(others);
    if (number.front().confidence > 0.5) text.front().extractor = number.front().extractor;
    return text;
  }
  Word word = number.front();
  spell(word, all.front().text);
  word.confidence = chance(0);
  word.alternatives = std::move(others);
  if (!text.empty()) word.after_space = text.front().after_space;
  return {std::move(word)};
}

}  // namespace tabularium
