#include <algorithm>
#include <string_view>

#include "tabularium/form/retell_parts_internal.h"

namespace tabularium {
namespace {

constexpr std::u32string_view kEnds = U"。；！？：;!?:.．…";
constexpr std::u32string_view kNoBeginning = U"，、。；：！？）】》〉」』”’,.;:!?)]}%";

char32_t last_code(const TextLine& line) { return line.words.back().glyphs.back().code; }
char32_t first_code(const TextLine& line) { return line.words.front().glyphs.front().code; }

bool in(std::u32string_view set, char32_t code) { return set.find(code) != set.npos; }

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

/// Whether a line begins as an item of a list does: "1、", "(2)", "一、", "【".
bool begins_item(const TextLine& line) {
  std::u32string text;
  for (const Word& word : line.words) {
    for (const Glyph& glyph : word.glyphs) {
      if (text.size() < 6) append_folded(text, glyph.code);
    }
  }
  std::size_t at = 0;
  if (text.starts_with(U"【")) return true;
  const bool bracket = text.starts_with(U"(");
  if (bracket) ++at;
  const std::size_t first = at;
  while (at < text.size() && at < first + 2 &&
         (is_digit(text[at]) || in(U"一二三四五六七八九十", text[at]))) {
    ++at;
  }
  if (at == first || at == text.size()) return false;
  if (bracket) return text[at] == U')';
  const bool dot = text[at] == U'.' && !(at + 1 < text.size() && is_digit(text[at + 1]));
  return dot || in(U"、)", text[at]);
}

int widest(const std::vector<ValueLine>& lines, std::size_t first, std::size_t last) {
  int width = 0;
  for (std::size_t i = first; i < last; ++i) width = std::max(width, shown_width(lines[i].line));
  return width;
}

/// Whether `next` goes on in the paragraph of `line`. `width`: of the widest line of the text.
bool goes_on(const ValueLine& line, const ValueLine& next, int width) {
  if (in(kNoBeginning, first_code(next.line))) return true;
  const bool ends = ends_sentence(line.line);
  if (next.after_cut) return !ends;
  if (!line.wrapped || !next.wrapped) return false;
  constexpr int kTwoCharacters = 4;
  const bool full = shown_width(line.line) > width - kTwoCharacters;
  if (begins_item(next.line)) return full && !ends;
  return full || !ends;
}

void append(TextLine& line, const TextLine& more) {
  for (const Word& word : more.words) {
    line.box = united(line.box, word.box);
    line.words.push_back(word);
  }
}

}  // namespace

bool ends_sentence(const TextLine& line) { return in(kEnds, last_code(line)); }

std::vector<TextLine> paragraphs_of(const std::vector<ValueLine>& lines, int width) {
  constexpr std::size_t kFew = 4;
  if (lines.size() >= kFew) width = widest(lines, 0, lines.size());
  std::vector<TextLine> paragraphs;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && goes_on(lines[i - 1], lines[i], width)) {
      append(paragraphs.back(), lines[i].line);
    } else {
      paragraphs.push_back(lines[i].line);
    }
  }
  return paragraphs;
}

std::size_t first_of_two(const std::vector<ValueLine>& lines) {
  // What full lines lack to the width of their side, squared.
  const auto waste = [&](std::size_t first, std::size_t last) {
    const int width = widest(lines, first, last);
    double sum = 0.0;
    for (std::size_t i = first; i + 1 < last; ++i) {
      if (ends_sentence(lines[i].line)) continue;
      constexpr int kMost = 12;  // a heading is short, whatever the width
      const double lack = std::min(kMost, width - shown_width(lines[i].line));
      sum += lack * lack;
    }
    return sum;
  };
  std::size_t best = lines.size();
  double least = waste(0, lines.size());
  for (std::size_t at = 1; at < lines.size(); ++at) {
    if (!lines[at].blank_before || in(kNoBeginning, first_code(lines[at].line))) continue;
    constexpr double kNoEnd = 400.0;
    const double cost =
        waste(0, at) + waste(at, lines.size()) + (ends_sentence(lines[at - 1].line) ? 0.0 : kNoEnd);
    if (cost < least) least = cost, best = at;
  }
  return best;
}

}  // namespace tabularium
