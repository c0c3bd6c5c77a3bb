#include "tabularium/pipeline/second_opinion.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr char32_t kUnknown = 0xFFFD;

/// A character below this asks for a second reading.
constexpr double kDoubt = 0.7;

constexpr double kDisputed = 0.85;  // the most that a character is trusted that the two disagree on
constexpr double kUnseen = 0.6;     // of a character that the second reading alone has
constexpr double kRight = 0.93;     // how often the second one reads a character rightly
constexpr double kThisWrong = 0.01;  // how often it reads a character as this certain other one
constexpr double kThought = 0.002;   // what the first one leaves to a character it did not name

struct Place {
  std::size_t word = 0;
  std::size_t glyph = 0;
};

/// The glyphs of a line in one row.
struct Row {
  std::u32string codes;  ///< after NFKC where that leaves one character
  std::vector<Place> places;
};

char32_t plain(char32_t code) {
  const std::u32string folded = to_utf32(nfkc(to_utf8(code)));
  return folded.size() == 1 ? folded.front() : code;
}

Row row_of(const std::vector<Word>& words) {
  Row row;
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (std::size_t glyph = 0; glyph < words[word].glyphs.size(); ++glyph) {
      row.codes += plain(words[word].glyphs[glyph].code);
      row.places.push_back({word, glyph});
    }
  }
  return row;
}

/// For each character of `text` its counterpart in `other`, or nothing: the fewest changes.
std::vector<std::optional<std::size_t>> aligned(std::u32string_view text,
                                                std::u32string_view other) {
  const std::size_t rows = text.size() + 1;
  const std::size_t columns = other.size() + 1;
  std::vector<std::uint32_t> cost(rows * columns);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return cost[i * columns + j];
  };
  const auto change = [&](std::size_t i, std::size_t j) {
    return text[i - 1] == other[j - 1] ? 0U : 1U;
  };
  for (std::size_t i = 0; i < rows; ++i) at(i, 0) = static_cast<std::uint32_t>(i);
  for (std::size_t j = 0; j < columns; ++j) at(0, j) = static_cast<std::uint32_t>(j);
  for (std::size_t i = 1; i < rows; ++i) {
    for (std::size_t j = 1; j < columns; ++j) {
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change(i, j)});
    }
  }
  std::vector<std::optional<std::size_t>> pairs(text.size());
  std::size_t i = text.size();
  std::size_t j = other.size();
  while (i > 0 && j > 0) {
    if (at(i, j) == at(i - 1, j - 1) + change(i, j)) {
      pairs[--i] = --j;
    } else if (at(i, j) == at(i - 1, j) + 1) {
      --i;
    } else {
      --j;
    }
  }
  return pairs;
}

/// What the recognizer itself gave to `code` at one place of a word: its likeliest other reading
/// that has it there.
double thought_of(const Word& word, std::size_t glyph, char32_t code) {
  for (const Alternative& other : word.alternatives) {
    const std::u32string text = to_utf32(other.text);
    if (text.size() == word.glyphs.size() && plain(text[glyph]) == code) return other.confidence;
  }
  return 0.0;
}

/// A character that both read: wrong only where both are.
double agreed(double confidence) { return confidence + (1.0 - confidence) * (kRight - kThisWrong); }

/// Settles one glyph that the second reading has otherwise.
void dispute(Word& word, std::size_t at, const Glyph& other, char32_t code) {
  Glyph& glyph = word.glyphs[at];
  if (glyph.code == kUnknown) {
    glyph.code = other.code;
    glyph.confidence = std::min(kUnseen, other.confidence);
    return;
  }
  const double mine = std::max(glyph.confidence, kThought) * kThisWrong;
  const double theirs = std::max(thought_of(word, at, code), kThought) * kRight;
  const double chance = theirs / (mine + theirs);
  if (chance > 0.5) glyph.code = other.code;
  glyph.confidence = std::min(kDisputed, std::max(chance, 1.0 - chance));
}

/// The text of `word` with `code` at one place.
std::string with_code(const Word& word, std::size_t at, char32_t code) {
  std::u32string text = to_utf32(word.text());
  text[at] = code;
  return to_utf8(text);
}

void set_confidence(Word& word) {
  word.confidence = 1.0;
  for (const Glyph& glyph : word.glyphs) word.confidence *= glyph.confidence;
}

/// Other readings without the one that stands now, and no surer than what is left to them.
void tidy_alternatives(Word& word) {
  const std::string text = word.text();
  std::erase_if(word.alternatives, [&](const Alternative& one) { return one.text == text; });
  double sum = 0.0;
  for (const Alternative& one : word.alternatives) sum += one.confidence;
  const double left = 1.0 - word.confidence;
  if (sum <= left) return;
  for (Alternative& one : word.alternatives) one.confidence *= left / sum;
}

}  // namespace

bool is_doubtful(const std::vector<Word>& text) {
  if (text.empty()) return true;
  return std::any_of(text.begin(), text.end(), [](const Word& word) {
    return std::any_of(word.glyphs.begin(), word.glyphs.end(), [](const Glyph& glyph) {
      return glyph.code == kUnknown || glyph.confidence < kDoubt;
    });
  });
}

std::vector<Word> with_second_opinion(std::vector<Word> text, const std::vector<Word>& other) {
  if (text.empty()) {
    text = other;
    for (Word& word : text) {
      word.confidence = std::min(word.confidence, kUnseen);
      for (Glyph& glyph : word.glyphs) glyph.confidence = std::min(glyph.confidence, kUnseen);
    }
    return text;
  }
  const Row mine = row_of(text);
  const Row theirs = row_of(other);
  const auto pairs = aligned(mine.codes, theirs.codes);
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const auto [place, index] = mine.places[at];
    Word& word = text[place];
    Glyph& glyph = word.glyphs[index];
    if (!pairs[at]) {
      glyph.confidence = std::min(glyph.confidence, kDisputed);
      continue;
    }
    const char32_t code = theirs.codes[*pairs[at]];
    if (code == mine.codes[at]) {
      glyph.confidence = agreed(glyph.confidence);
      continue;
    }
    const Place seen = theirs.places[*pairs[at]];
    const Glyph& rival = other[seen.word].glyphs[seen.glyph];
    const std::string before = word.text();
    dispute(word, index, rival, code);
    const char32_t kept = glyph.code;
    const std::string lost = kept == rival.code ? before : with_code(word, index, rival.code);
    if (lost.find(to_utf8(kUnknown)) == std::string::npos) {
      word.alternatives.push_back({lost, 1.0 - glyph.confidence});
    }
  }
  for (Word& word : text) {
    set_confidence(word);
    tidy_alternatives(word);
  }
  return text;
}

}  // namespace tabularium
