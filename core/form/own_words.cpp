#include "tabularium/form/own_words_internal.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace tabularium {
namespace {

constexpr double kDoubt = 0.95;           // below it a character may be another one
constexpr double kDoubtByNeighbor = 0.7;  // the engine cuts glyphs apart badly: one takes the blame
constexpr double kDoubtAtBegin = 0.9;
constexpr double kSure = 0.97;
constexpr std::size_t kLeastLatin = 5;

/// Characters that change places with each other in texts that are otherwise alike.
constexpr std::u32string_view kApart =
    U"一二三四五六七八九十百千万亿零两〇上下前后内外左右大小多少高低东西南北甲乙丙丁是否有无正负"
    U"初中末早晚男女新旧老本年月日周季度不";

bool is_letter(char32_t code) { return code >= 0x4E00 && code <= 0x9FFF; }

bool is_latin(char32_t code) {
  return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
}

/// A glyph of a text and the word that it stands in.
struct Place {
  Word* word = nullptr;
  Glyph* glyph = nullptr;
};

/// The glyphs of one cell or line, and what they spell.
struct Text {
  std::vector<Place> places;
  std::u32string codes;

  double confidence(std::size_t at) const { return places[at].glyph->confidence; }
};

Text text_of(std::vector<TextLine>& lines) {
  Text text;
  for (TextLine& line : lines) {
    for (Word& word : line.words) {
      if (!word.recognized) return {};
      for (Glyph& glyph : word.glyphs) {
        text.places.push_back({&word, &glyph});
        text.codes += glyph.code;
      }
    }
  }
  return text;
}

template <typename Visit>
void for_each_text(std::vector<TabulatedPage>& pages, Visit visit) {
  for (TabulatedPage& page : pages) {
    for (TextLine& line : page.lines) {
      // A line that becomes empty would be no line: only cells lose glyphs.
      std::vector<TextLine> one = {std::move(line)};
      visit(one);
      line = std::move(one.front());
    }
    for (Table& table : page.tables) {
      for (Cell& cell : table.cells) visit(cell.lines);
    }
  }
}

/// So many characters before the one in question and behind it.
struct Window {
  std::size_t before = 0;
  std::size_t behind = 0;
  int least = 0;  // how often another character must have been seen between them
};

constexpr std::array kWindows = {Window{3, 0, 2}, Window{2, 1, 2}, Window{1, 2, 2}, Window{0, 3, 2},
                                 Window{2, 0, 5}, Window{1, 1, 5}, Window{0, 2, 5}};

/// The characters around `at`; nothing where they are not there, or are no letters.
std::optional<std::u32string> around(std::u32string_view text, std::size_t at,
                                     const Window& window) {
  if (at < window.before || at + window.behind >= text.size()) return std::nullopt;
  std::u32string context(text.substr(at - window.before, window.before));
  context += text.substr(at + 1, window.behind);
  if (!std::all_of(context.begin(), context.end(), is_letter)) return std::nullopt;
  return context;
}

using Counts = std::map<char32_t, int>;

/// What a form says, and how often.
class Words {
 public:
  void add(const Text& text);

  /// The character that stands where `text` has another at `at`; nothing where that is not clear.
  std::optional<char32_t> other(const Text& text, std::size_t at) const;

  /// Whether the character at `at` stands between two that always stand together elsewhere.
  bool is_needless(const Text& text, std::size_t at) const;

  /// The sure spelling of a Latin word; nothing where it is one, or like none or several.
  std::optional<std::u32string> spelling(const std::u32string& word, double confidence) const;

 private:
  struct Latin {
    int count = 0;
    double best = 0.0;
  };

  bool makes_word(std::u32string_view text, std::size_t at) const;
  int count(std::u32string_view run) const {
    const auto found = runs_.find(std::u32string(run));
    return found == runs_.end() ? 0 : found->second;
  }

  std::array<std::map<std::u32string, Counts>, kWindows.size()> between_;
  std::map<std::u32string, int> runs_;   // of four and of five characters
  std::map<std::u32string, int> pairs_;  // of characters; how often
  std::set<std::u32string> sure_pairs_;  // those that were read for sure
  std::map<std::u32string, Latin> latin_;
};

/// Calls `visit(begin, end, confidence)` for the Latin words of a text that are long enough.
template <typename Visit>
void for_each_latin(const Text& text, Visit visit) {
  for (std::size_t begin = 0; begin < text.codes.size();) {
    std::size_t end = begin;
    double confidence = 1.0;
    while (end < text.codes.size() && is_latin(text.codes[end])) {
      confidence = std::min(confidence, text.confidence(end++));
    }
    if (end - begin >= kLeastLatin) visit(begin, end, confidence);
    begin = std::max(end, begin + 1);
  }
}

void Words::add(const Text& text) {
  const std::u32string_view all = text.codes;
  for (std::size_t at = 0; at < all.size(); ++at) {
    for (const std::size_t length : {4, 5}) {
      if (at + length <= all.size()) ++runs_[std::u32string(all.substr(at, length))];
    }
    if (!is_letter(all[at])) continue;
    for (std::size_t w = 0; w < kWindows.size(); ++w) {
      if (const auto context = around(all, at, kWindows[w])) ++between_[w][*context][all[at]];
    }
    if (at == 0) continue;
    const std::u32string pair(all.substr(at - 1, 2));
    ++pairs_[pair];
    const bool sure = std::min(text.confidence(at), text.confidence(at - 1)) >= kSure;
    if (sure) sure_pairs_.insert(pair);
  }
  for_each_latin(text, [&](std::size_t begin, std::size_t end, double confidence) {
    Latin& word = latin_[std::u32string(all.substr(begin, end - begin))];
    ++word.count;
    word.best = std::max(word.best, confidence);
  });
}

/// Whether the character makes a pair with a neighbor that was read elsewhere for sure, or often.
bool Words::makes_word(std::u32string_view text, std::size_t at) const {
  constexpr int kOften = 4;
  const auto known = [&](std::size_t from) {
    if (from + 2 > text.size()) return false;
    const std::u32string pair(text.substr(from, 2));
    const auto found = pairs_.find(pair);
    return sure_pairs_.contains(pair) || (found != pairs_.end() && found->second >= kOften);
  };
  return (at > 0 && known(at - 1)) || known(at);
}

/// What the form says of a place: the character that stands there clearly most often, or 0 where
/// that is not clear.
char32_t usual(const Counts& counts, char32_t read, int least) {
  std::pair<char32_t, int> best{0, 0};
  int all = 0;
  for (const auto& [code, count] : counts) {
    all += count;
    if (count > best.second) best = {code, count};
  }
  const auto found = counts.find(read);
  const int own = found == counts.end() ? 0 : found->second;
  if (own >= 2 && (best.first == read || best.second < 3 * own)) return read;
  if (best.second < least || best.second < 3 * own) return 0;
  // Misread ones of the same word may stand beside it, each in its own way.
  if (3 * best.second < 2 * (all - own)) return 0;
  return best.first;
}

bool in_doubt(const Text& text, std::size_t at) {
  if (text.confidence(at) < kDoubt) return true;
  const bool before = at > 0 && text.confidence(at - 1) < kDoubtByNeighbor;
  const bool behind = at + 1 < text.codes.size() && text.confidence(at + 1) < kDoubtByNeighbor;
  return before || behind;
}

std::optional<char32_t> Words::other(const Text& text, std::size_t at) const {
  const char32_t read = text.codes[at];
  if (!is_letter(read) || !in_doubt(text, at) || makes_word(text.codes, at)) return std::nullopt;
  std::optional<char32_t> other;
  for (std::size_t w = 0; w < kWindows.size(); ++w) {
    const auto context = around(text.codes, at, kWindows[w]);
    if (!context) continue;
    const char32_t found = usual(between_[w].at(*context), read, kWindows[w].least);
    if (found == 0) continue;
    if (found == read || (other && *other != found)) return std::nullopt;
    // 研讨盛会 is no 研讨会会.
    const bool twice = (at > 0 && text.codes[at - 1] == found) ||
                       (at + 1 < text.codes.size() && text.codes[at + 1] == found);
    if (twice) return std::nullopt;
    other = found;
  }
  const auto apart = [](char32_t code) { return kApart.find(code) != kApart.npos; };
  if (other && apart(read) && apart(*other)) return std::nullopt;
  return other;
}

bool Words::is_needless(const Text& text, std::size_t at) const {
  const std::u32string_view all = text.codes;
  if (!is_letter(all[at]) || !in_doubt(text, at) || makes_word(all, at)) return false;
  constexpr int kLeast = 2;
  if (at == 0 || !is_letter(all[at - 1])) {
    // At the beginning of a sentence there is one side only to go by.
    const std::u32string_view next = all.substr(at + 1, 4);
    return next.size() == 4 && std::all_of(next.begin(), next.end(), is_letter) &&
           text.confidence(at) < kDoubtAtBegin && count(next) > kLeast;
  }
  if (at < 2 || at + 2 >= all.size()) return false;
  std::u32string joined(all.substr(at - 2, 2));
  joined += all.substr(at + 1, 2);
  if (!std::all_of(joined.begin(), joined.end(), is_letter)) return false;
  return count(joined) >= kLeast && count(all.substr(at - 2, 5)) == 1;
}

/// Whether one of two words is the other with one letter more, less or other.
bool differ_by_one(std::u32string_view a, std::u32string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1 || a == b) return false;
  std::size_t first = 0;
  while (first < b.size() && a[first] == b[first]) ++first;
  const std::size_t more = a.size() == b.size() ? 1 : 0;
  return a.substr(first + 1) == b.substr(std::min(first + more, b.size()));
}

std::optional<std::u32string> Words::spelling(const std::u32string& word, double confidence) const {
  if (confidence >= kSure) return std::nullopt;
  const auto own = latin_.find(word);
  if (own == latin_.end()) return std::nullopt;
  std::optional<std::u32string> best;
  for (const auto& [known, seen] : latin_) {
    const bool better = seen.count >= own->second.count && seen.best > own->second.best;
    if (!better || seen.count < 2 || !differ_by_one(known, word)) continue;
    if (best) return std::nullopt;
    best = known;
  }
  return best;
}

void keep_raw(Word& word) {
  if (word.raw.empty()) word.raw = word.text();
}

void erase(std::vector<TextLine>& lines, const std::set<const Glyph*>& needless) {
  if (needless.empty()) return;
  for (TextLine& line : lines) {
    for (Word& word : line.words) {
      std::vector<Glyph> kept;
      for (const Glyph& glyph : word.glyphs) {
        if (!needless.contains(&glyph)) kept.push_back(glyph);
      }
      // The last glyph of a word stays: the word keeps what was read.
      if (kept.size() == word.glyphs.size() || kept.empty()) continue;
      keep_raw(word);
      word.glyphs = std::move(kept);
    }
  }
}

/// A Latin word in another spelling: its glyphs share the place.
void respell(Text& text, std::size_t begin, std::size_t end, const std::u32string& word) {
  Word* home = text.places[begin].word;
  if (home != text.places[end - 1].word) return;
  keep_raw(*home);
  const auto first = static_cast<std::size_t>(text.places[begin].glyph - home->glyphs.data());
  const Glyph left = home->glyphs[first];
  const Glyph right = home->glyphs[first + (end - begin) - 1];
  std::vector<Glyph> glyphs;
  const double width = (right.box.x1 - left.box.x0) / static_cast<double>(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    Glyph glyph = left;
    glyph.code = word[i];
    glyph.box.x0 = left.box.x0 + width * static_cast<double>(i);
    glyph.box.x1 = glyph.box.x0 + width;
    glyphs.push_back(glyph);
  }
  const auto from = home->glyphs.begin() + static_cast<std::ptrdiff_t>(first);
  const auto at = home->glyphs.erase(from, from + static_cast<std::ptrdiff_t>(end - begin));
  home->glyphs.insert(at, glyphs.begin(), glyphs.end());
}

void mend(std::vector<TextLine>& lines, const Words& words) {
  Text text = text_of(lines);
  std::set<const Glyph*> needless;
  std::vector<std::pair<std::size_t, char32_t>> changes;
  for (std::size_t at = 0; at < text.codes.size(); ++at) {
    if (const auto other = words.other(text, at)) {
      changes.emplace_back(at, *other);
    } else if (words.is_needless(text, at)) {
      needless.insert(text.places[at].glyph);
    }
  }
  for (const auto& [at, code] : changes) {
    keep_raw(*text.places[at].word);
    text.places[at].glyph->code = code;
  }
  erase(lines, needless);
  text = text_of(lines);
  // From the end on: the places before stay what they are.
  std::vector<std::pair<std::pair<std::size_t, std::size_t>, std::u32string>> latin;
  for_each_latin(text, [&](std::size_t begin, std::size_t end, double confidence) {
    const std::u32string word = text.codes.substr(begin, end - begin);
    if (auto sure = words.spelling(word, confidence)) latin.push_back({{begin, end}, *sure});
  });
  for (auto it = latin.rbegin(); it != latin.rend(); ++it) {
    respell(text, it->first.first, it->first.second, it->second);
  }
}

}  // namespace

std::vector<TabulatedPage> mended_by_own_words(std::vector<TabulatedPage> pages) {
  Words words;
  for_each_text(pages, [&](std::vector<TextLine>& lines) { words.add(text_of(lines)); });
  for_each_text(pages, [&](std::vector<TextLine>& lines) { mend(lines, words); });
  return pages;
}

}  // namespace tabularium
