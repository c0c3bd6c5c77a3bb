#include "watermarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace tabularium::pdf_text {
namespace {

constexpr double kWatermarkSize = 2.2;  // of the usual text size
constexpr double kMargin = 0.25;        // of a glyph's box: only its middle is ink for sure
constexpr double kBeyond = 0.5;         // of the font size; what strikes a word out ends with it
constexpr double kSameSize = 0.02;      // of the font size
constexpr std::size_t kMaxQuoted = 60;  // bytes
constexpr std::size_t kMaxLarge = 400;  // more large words than this are no watermark

Box middle_of(const Glyph& glyph) {
  const double dx = kMargin * glyph.box.width();
  const double dy = kMargin * glyph.box.height();
  return {glyph.box.x0 + dx, glyph.box.y0 + dy, glyph.box.x1 - dx, glyph.box.y1 - dy};
}

bool crosses(const Rule& rule, const Word& word) {
  const Box& all = word.box;
  const double beyond = kBeyond * word.font_size;
  const bool level = rule.horizontal();
  if (rule.from > (level ? all.x0 : all.y0) - beyond &&
      rule.to < (level ? all.x1 : all.y1) + beyond) {
    return false;
  }
  return std::any_of(word.glyphs.begin(), word.glyphs.end(), [&](const Glyph& glyph) {
    const Box ink = middle_of(glyph);
    if (level) {
      return rule.position > ink.y0 && rule.position < ink.y1 && rule.from <= ink.x0 &&
             rule.to >= ink.x1;
    }
    return rule.position > ink.x0 && rule.position < ink.x1 && rule.from <= ink.y0 &&
           rule.to >= ink.y1;
  });
}

bool on_one_line(const Word& a, const Word& b) {
  return std::abs(a.font_size - b.font_size) <= kSameSize * a.font_size &&
         2 * overlap(a.box.y0, a.box.y1, b.box.y0, b.box.y1) >= a.box.height();
}

}  // namespace

double largest_text(const std::vector<Word>& words) {
  if (words.empty()) return std::numeric_limits<double>::infinity();
  std::vector<double> sizes;
  sizes.reserve(words.size());
  for (const Word& word : words) sizes.push_back(word.font_size);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return kWatermarkSize * *middle;
}

std::vector<Word> take_crossed_words(std::vector<Word>& words, const std::vector<Rule>& rules,
                                     double largest) {
  std::vector<Word> crossed;
  const auto large = [&](const Word& word) { return word.font_size > largest; };
  if (static_cast<std::size_t>(std::count_if(words.begin(), words.end(), large)) > kMaxLarge) {
    return crossed;
  }
  for (const Word& word : words) {
    if (!large(word)) continue;
    if (std::any_of(rules.begin(), rules.end(),
                    [&](const Rule& rule) { return crosses(rule, word); })) {
      crossed.push_back(word);
    }
  }
  if (crossed.empty()) return crossed;
  const auto kept = std::stable_partition(words.begin(), words.end(), [&](const Word& word) {
    return !large(word) || std::none_of(crossed.begin(), crossed.end(), [&](const Word& other) {
      return on_one_line(other, word);
    });
  });
  std::vector<Word> taken(std::make_move_iterator(kept), std::make_move_iterator(words.end()));
  words.erase(kept, words.end());
  return taken;
}

Issue watermark_issue(const std::vector<Word>& left_out) {
  std::string quoted;
  for (const Word& word : left_out) {
    if (quoted.size() >= kMaxQuoted) break;
    if (!quoted.empty()) quoted += ' ';
    quoted += word.text();
  }
  return {"watermark",
          Severity::info,
          "",
          {},
          fmt::format("text that is turned, or large and faint or across rules, is no text of the "
                      "form: \"{}\"",
                      quoted)};
}

}  // namespace tabularium::pdf_text
