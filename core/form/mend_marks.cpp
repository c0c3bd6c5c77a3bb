#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr std::u32string_view kOpening = U"(（〈《<{[〔【";
constexpr std::u32string_view kClosing = U")）〉》>}]〕】";
constexpr std::u32string_view kQuotes = U"“”\"〝〞";

bool in(std::u32string_view set, char32_t code) { return set.find(code) != set.npos; }
bool is_round(char32_t code) { return in(U"()（）", code); }
bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

/// A glyph and its word.
struct Place {
  Word* word = nullptr;
  Glyph* glyph = nullptr;

  char32_t code() const { return glyph->code; }
  void set(char32_t code) const {
    if (word->raw.empty()) word->raw = word->text();
    glyph->code = code;
  }
};

std::vector<Place> places_of(std::vector<TextLine>& lines) {
  std::vector<Place> places;
  for (TextLine& line : lines) {
    for (Word& word : line.words) {
      for (Glyph& glyph : word.glyphs) places.push_back({&word, &glyph});
    }
  }
  return places;
}

/// Less and greater are signs before numbers.
bool is_sign(const std::vector<Place>& text, std::size_t at) {
  const char32_t code = text[at].code();
  return in(U"<>", code) && at + 1 < text.size() && is_digit(text[at + 1].code());
}

/// The kind of bracket that an opening and a closing one that belong together both are; one of the
/// two was misread. Round ones are by far the most frequent, and 》 closes no other kind.
void make_alike(const Place& opening, const Place& closing) {
  const char32_t open = opening.code();
  const char32_t close = closing.code();
  if (kOpening.find(open) == kClosing.find(close)) return;
  if (is_round(open) && is_round(close)) return;  // one of them is full-width: as printed
  if (is_round(close)) return opening.set(close == U')' ? U'(' : U'（');
  if (is_round(open)) return closing.set(open == U'(' ? U')' : U'）');
  if (in(U"《〈", open) && in(U"》〉", close)) {
    if (open != U'《') opening.set(U'《');
    if (close != U'》') closing.set(U'》');
  }
}

void mend_brackets(const std::vector<Place>& text) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_sign(text, i)) continue;
    if (in(kOpening, text[i].code())) {
      open.push_back(i);
    } else if (in(kClosing, text[i].code()) && !open.empty()) {
      make_alike(text[open.back()], text[i]);
      open.pop_back();
    }
  }
}

bool is_quote(char32_t code) { return in(kQuotes, code); }

/// Quotes that recognizers take for the plain sign, or the one for the other: in Chinese text they
/// are “ and ” by turns.
void mend_quotes(const std::vector<Place>& text) {
  std::vector<std::size_t> quotes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_quote(text[i].code())) continue;
    const bool chinese = (i > 0 && is_cjk(text[i - 1].code())) ||
                         (i + 1 < text.size() && is_cjk(text[i + 1].code()));
    if (!chinese) return;
    quotes.push_back(i);
  }
  if (quotes.size() % 2 != 0) return;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const char32_t printed = i % 2 == 0 ? U'“' : U'”';
    if (text[quotes[i]].code() != printed) text[quotes[i]].set(printed);
  }
}

/// Glyphs that stand for nothing: pieces of vertical rules, and where recognizers make two marks of
/// one: of a round bracket 〈( or “(, of a percent sign o%.
std::vector<const Glyph*> needless(const std::vector<Place>& text) {
  std::vector<const Glyph*> glyphs;
  const auto quotes = std::count_if(text.begin(), text.end(),
                                    [](const Place& place) { return in(kQuotes, place.code()); });
  if (text.size() > 1) {
    // No text begins with a quote that closes, or ends with one that opens: they are specks.
    if (in(U"”〞", text.front().code())) glyphs.push_back(text.front().glyph);
    if (in(U"“〝", text.back().code())) glyphs.push_back(text.back().glyph);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in(U"|¦｜", text[i].code())) glyphs.push_back(text[i].glyph);
    // A percent sign begins with a ring, of which some make a letter of its own: 100o%.
    const bool ring = i > 0 && i + 1 < text.size() && in(U"oO", text[i].code()) &&
                      is_digit(text[i - 1].code()) && in(U"%％", text[i + 1].code());
    if (ring) glyphs.push_back(text[i].glyph);
    if (i + 1 == text.size() || !in(U"(（", text[i + 1].code())) continue;
    const bool bracket = in(U"〈《<{[", text[i].code());
    const bool quote = quotes == 1 && in(kQuotes, text[i].code());
    if (bracket || quote) glyphs.push_back(text[i].glyph);
  }
  return glyphs;
}

void erase(std::vector<TextLine>& lines, const std::vector<const Glyph*>& glyphs) {
  if (glyphs.empty()) return;
  for (TextLine& line : lines) {
    for (Word& word : line.words) {
      const std::string read = word.text();
      std::vector<Glyph> kept;
      for (const Glyph& glyph : word.glyphs) {
        if (std::find(glyphs.begin(), glyphs.end(), &glyph) == glyphs.end()) kept.push_back(glyph);
      }
      if (kept.size() == word.glyphs.size()) continue;
      if (word.raw.empty()) word.raw = read;
      word.glyphs = std::move(kept);
    }
    std::erase_if(line.words, [](const Word& word) { return word.glyphs.empty(); });
  }
  std::erase_if(lines, [](const TextLine& line) { return line.words.empty(); });
}

/// A unit that the form's program did not know is printed as (null), and read as (nul), (nu11) or
/// CnulD).
void mend_null(std::vector<TextLine>& lines) {
  static constexpr std::u32string_view kPrinted = U"(null)";
  static constexpr std::u32string_view kLikeL = U"lL1I|i!";
  const std::vector<Place> text = places_of(lines);
  std::u32string codes;
  for (const Place& place : text) codes += place.code();
  const std::size_t at = codes.rfind(U"nu");
  if (at == codes.npos || at < 2 || codes.size() - at > kPrinted.size()) return;
  if (at + 2 == codes.size() || !in(kLikeL, codes[at + 2])) return;
  if (!is_digit(codes[at - 2]) || !in(U"(（C〈《<{[〔【", codes[at - 1])) return;
  const std::vector<Place> tail(text.begin() + static_cast<std::ptrdiff_t>(at) - 1, text.end());
  std::vector<const Glyph*> beyond;
  for (std::size_t i = 0; i < tail.size(); ++i) {
    if (i >= kPrinted.size()) {
      beyond.push_back(tail[i].glyph);
    } else if (tail[i].code() != kPrinted[i] &&
               !(is_round(tail[i].code()) && is_round(kPrinted[i]))) {
      tail[i].set(kPrinted[i]);
    }
  }
  if (tail.size() < kPrinted.size()) {
    Word& word = *tail.back().word;
    if (word.raw.empty()) word.raw = word.text();
    for (std::size_t i = tail.size(); i < kPrinted.size(); ++i) {
      word.glyphs.push_back(word.glyphs.back());
      word.glyphs.back().code = kPrinted[i];
    }
  }
  erase(lines, beyond);
}

/// Where in `codes` a "Wi-Fi" of which thin letters were lost or misread begins and ends: W-F,
/// WI-Fi, i-Fi, Wi-F1. Nothing where there is none, or none that lacks anything.
std::optional<std::pair<std::size_t, std::size_t>> torn_wifi(std::u32string_view codes) {
  static constexpr std::u32string_view kLikeI = U"iIl1|!";
  const auto dash = [&](std::size_t at) { return in(U"-－—–一", codes[at]); };
  for (std::size_t at = 1; at + 1 < codes.size(); ++at) {
    if (!dash(at) || codes[at + 1] != U'F') continue;
    std::size_t begin = at;
    if (in(kLikeI, codes[begin - 1])) --begin;
    const bool capital = begin > 0 && codes[begin - 1] == U'W';
    if (capital) --begin;
    const bool thin = at + 2 < codes.size() && in(kLikeI, codes[at + 2]);
    const std::size_t end = at + (thin ? 3 : 2);
    // Without the W all else must be there.
    if (!capital && !(thin && begin + 1 == at)) continue;
    if (codes.substr(begin, end - begin) != U"Wi-Fi") return std::pair(begin, end);
  }
  return std::nullopt;
}

/// The Latin word whose letters are so thin that they are lost in small print most often.
void mend_wifi(std::vector<TextLine>& lines) {
  static constexpr std::u32string_view kPrinted = U"Wi-Fi";
  for (TextLine& line : lines) {
    for (Word& word : line.words) {
      std::u32string codes;
      for (const Glyph& glyph : word.glyphs) codes += glyph.code;
      const auto torn = torn_wifi(codes);
      if (!torn) continue;
      if (word.raw.empty()) word.raw = word.text();
      const auto begin = word.glyphs.begin() + static_cast<std::ptrdiff_t>(torn->first);
      const auto end = word.glyphs.begin() + static_cast<std::ptrdiff_t>(torn->second);
      const Box box = united(begin->box, std::prev(end)->box);
      const double width = box.width() / static_cast<double>(kPrinted.size());
      std::vector<Glyph> printed;
      for (std::size_t i = 0; i < kPrinted.size(); ++i) {
        const double x0 = box.x0 + width * static_cast<double>(i);
        printed.push_back({kPrinted[i], {x0, box.y0, x0 + width, box.y1}});
      }
      word.glyphs.insert(word.glyphs.erase(begin, end), printed.begin(), printed.end());
    }
  }
}

}  // namespace

void mend_marks(std::vector<TextLine>& lines) {
  mend_null(lines);
  mend_wifi(lines);
  erase(lines, needless(places_of(lines)));
  mend_brackets(places_of(lines));
  mend_quotes(places_of(lines));
}

}  // namespace tabularium
