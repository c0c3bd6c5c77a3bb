#include <algorithm>
#include <array>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

// No label of the forms has more than 20 characters.
constexpr std::size_t kMaxFolded = 64;
constexpr std::size_t kMaxNote = 8;
constexpr std::array<std::u32string_view, 6> kUnits = {U"元",   U"万元", U"亿元",
                                                       U"千元", U"%",    U"百万元"};

bool same_code(char32_t label, char32_t text) {
  return label == text || (label == U'#' && text >= U'0' && text <= U'9');
}

bool starts_with(std::u32string_view text, std::u32string_view label) {
  return text.size() >= label.size() &&
         std::equal(label.begin(), label.end(), text.begin(), same_code);
}

/// Length of a bracketed note at the beginning of `text`, brackets included; 0: none.
std::size_t note_length(std::u32string_view text) {
  if (text.empty() || text[0] != U'(') return 0;
  const std::size_t end = text.find(U')');
  return end <= kMaxNote ? end + 1 : 0;  // npos is beyond it
}

}  // namespace

void append_folded(std::u32string& out, char32_t code) {
  const bool plain = (code > 0x20 && code < 0x7F) || (code >= 0x4E00 && code <= 0x9FFF) ||
                     code == U'、' || code == U'。';
  if (plain) {
    out += code;
  } else if (code >= 0xFF01 && code <= 0xFF5E) {
    out += code - 0xFEE0;
  } else if (!is_space(code)) {
    out += to_utf32(fold(to_utf8(code)));
  }
}

FoldedText fold_lines(const std::vector<TextLine>& lines) {
  FoldedText folded;
  for (const TextLine& line : lines) {
    for (const Word& word : line.words) {
      for (const Glyph& glyph : word.glyphs) {
        if (folded.text.size() >= kMaxFolded) {
          folded.complete = false;
          return folded;
        }
        append_folded(folded.text, glyph.code);
      }
    }
    folded.line_ends.push_back(folded.text.size());
  }
  return folded;
}

std::optional<LabelMatch> match_label(const FoldedText& text, const Label& label) {
  std::u32string_view rest = text.text;
  // Forms mark fields that must be filled.
  while (!rest.empty() && (rest[0] == U'*' || rest[0] == U'★')) rest.remove_prefix(1);
  if (!starts_with(rest, label.folded)) return std::nullopt;
  rest.remove_prefix(label.folded.size());

  const std::size_t label_end = text.text.size() - rest.size();
  const auto at_line_end = [&](std::size_t length) {
    return std::find(text.line_ends.begin(), text.line_ends.end(), length) != text.line_ends.end();
  };
  LabelMatch match;
  if (const std::size_t note = note_length(rest); note > 0) {
    const auto inner = rest.substr(1, note - 2);
    if (std::find(kUnits.begin(), kUnits.end(), inner) != kUnits.end()) match.unit = to_utf8(inner);
    rest.remove_prefix(note);
  }
  const bool colon = !rest.empty() && rest[0] == U':';
  if (colon) rest.remove_prefix(1);
  match.length = text.text.size() - rest.size();
  match.whole = rest.empty() && text.complete;
  if (match.whole || colon || at_line_end(match.length)) return match;
  // What looks like a note may be the number of the first paragraph below the label.
  if (at_line_end(label_end)) return LabelMatch{label_end, {}, false};
  return std::nullopt;
}

std::optional<LabelMatch> match_whole(const FoldedText& text, const Labels& labels) {
  for (const Label& label : labels) {
    auto match = match_label(text, label);
    if (match && match->whole) return match;
  }
  return std::nullopt;
}

std::size_t find_pattern(std::u32string_view text, std::u32string_view pattern) {
  for (std::size_t at = 0; at + pattern.size() <= text.size(); ++at) {
    if (starts_with(text.substr(at), pattern)) return at;
  }
  return text.npos;
}

std::vector<TextLine> without_prefix(const std::vector<TextLine>& lines, std::size_t length) {
  std::vector<TextLine> rest;
  std::u32string folded;
  for (const TextLine& line : lines) {
    if (folded.size() >= length) {
      rest.push_back(line);
      continue;
    }
    TextLine kept = line;
    kept.words.clear();
    for (const Word& word : line.words) {
      Word left = word;
      left.glyphs.clear();
      std::string prefix;
      for (const Glyph& glyph : word.glyphs) {
        if (folded.size() >= length) {
          left.glyphs.push_back(glyph);
        } else {
          append_folded(folded, glyph.code);
          prefix += to_utf8(glyph.code);
        }
      }
      if (left.raw.starts_with(prefix)) left.raw.erase(0, prefix.size());
      if (left.glyphs.empty()) continue;
      left.box = left.glyphs.front().box;
      for (const Glyph& glyph : left.glyphs) left.box = united(left.box, glyph.box);
      kept.words.push_back(std::move(left));
    }
    if (kept.words.empty()) continue;
    kept.box = kept.words.front().box;
    for (const Word& word : kept.words) kept.box = united(kept.box, word.box);
    rest.push_back(std::move(kept));
  }
  return rest;
}

}  // namespace tabularium
