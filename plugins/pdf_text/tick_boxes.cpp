#include "tick_boxes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "words.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kTouch = 0.8;           // points
constexpr double kMinMark = 0.3;         // of the side of its box
constexpr double kDigitBoxGap = 0.6;     // of the side: boxes nearer than this stand in a row
constexpr std::uint8_t kPale = 225;      // white to light grey, of 255
constexpr std::size_t kMaxBoxes = 2000;  // more squares than this are a pattern or a drawing
constexpr std::int64_t kMaxWork = 50'000'000;

constexpr std::u32string_view kTicks = U"√✓✔☑×✕✖✗✘xXvV■●";

/// A square on the way to becoming a tick box.
struct Candidate {
  Box box;
  std::vector<int> shapes;
  std::optional<Rgb> inside;  // colour of the area that fills it
  bool outlined = false;
  bool ticked = false;
  std::size_t word_index = 0;
};

Box grown(const Box& box, double by) {
  return {box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}

double side(const Box& box) { return std::max(box.width(), box.height()); }

bool same_place(const Box& a, const Box& b) {
  return std::abs(a.x0 - b.x0) <= 1.5 && std::abs(a.y0 - b.y0) <= 1.5 &&
         std::abs(a.x1 - b.x1) <= 1.5 && std::abs(a.y1 - b.y1) <= 1.5;
}

// Squares that lie on one another (a white area, then a grey outline) are one box.
std::vector<Candidate> candidates_of(const std::vector<PaintedFigure>& figures) {
  std::vector<Candidate> candidates;
  for (const PaintedFigure& painted : figures) {
    const Figure& figure = painted.figure;
    if (figure.kind == Figure::Kind::mark) continue;
    const bool outline = figure.kind == Figure::Kind::outline;
    auto found = std::find_if(
        candidates.rbegin(), candidates.rend(),
        [&figure](const Candidate& other) { return same_place(other.box, figure.box); });
    if (found == candidates.rend()) {
      candidates.push_back({figure.box, {}, std::nullopt, false, false, painted.word_index});
      found = candidates.rbegin();
    }
    found->box = united(found->box, figure.box);
    found->outlined |= outline;
    if (painted.shape != 0) found->shapes.push_back(painted.shape);
    if (!outline) found->inside = painted.colour;
    if (candidates.size() > kMaxBoxes) return {};
  }
  return candidates;
}

bool pale(Rgb colour) { return std::min({colour.red, colour.green, colour.blue}) >= kPale; }

bool differs(std::optional<Rgb> a, std::optional<Rgb> b) { return !a || !b || !alike(*a, *b); }

// Whether `painted` is a mark in the box: a tick, a cross, a smaller filled square.
bool marks(const PaintedFigure& painted, const Candidate& candidate) {
  const Box& box = painted.figure.box;
  const double extent = side(candidate.box);
  if (!candidate.box.contains(box.centre()) || side(box) < kMinMark * extent) return false;
  if (painted.figure.kind == Figure::Kind::outline) return false;
  if (painted.figure.kind == Figure::Kind::area && side(box) > 0.9 * extent) return false;
  // A tick may reach out of its box, but not far.
  if (side(box) > 1.6 * extent) return false;
  return differs(painted.colour, candidate.inside.value_or(Rgb{255, 255, 255}));
}

void find_marks(const std::vector<PaintedFigure>& figures, std::vector<Candidate>& candidates) {
  for (const PaintedFigure& painted : figures) {
    for (Candidate& candidate : candidates) {
      if (!candidate.ticked && marks(painted, candidate)) candidate.ticked = true;
    }
  }
}

bool owns(const Candidate& candidate, int shape) {
  return shape != 0 && std::find(candidate.shapes.begin(), candidate.shapes.end(), shape) !=
                           candidate.shapes.end();
}

// Whether a rule that is not of the box itself meets its outline from outside.
bool in_a_table(const Candidate& candidate, const RuleCollector& rules) {
  const Box near = grown(candidate.box, kTouch);
  return std::any_of(
      rules.pieces().begin(), rules.pieces().end(), [&](const RuleCollector::Piece& piece) {
        if (owns(candidate, piece.shape)) return false;
        const Rule& rule = piece.rule;
        const double half = rule.thickness / 2;
        const Box box = rule.horizontal()
                            ? Box{rule.from, rule.position - half, rule.to, rule.position + half}
                            : Box{rule.position - half, rule.from, rule.position + half, rule.to};
        if (!intersection(box, near)) return false;
        return box.x0 < near.x0 - kTouch || box.x1 > near.x1 + kTouch ||
               box.y0 < near.y0 - kTouch || box.y1 > near.y1 + kTouch;
      });
}

enum class Content { nothing, tick, text };

// What the glyphs in the box are.
Content content_of(const Box& box, const std::vector<Word>& words) {
  Content content = Content::nothing;
  for (const Word& word : words) {
    if (!intersection(word.box, box)) continue;
    for (const Glyph& glyph : word.glyphs) {
      if (!box.contains(glyph.box.centre())) continue;
      if (kTicks.find(glyph.code) == std::u32string_view::npos) return Content::text;
      content = Content::tick;
    }
  }
  return content;
}

void remove_glyphs(const Box& box, std::vector<Word>& words) {
  for (Word& word : words) {
    std::erase_if(word.glyphs,
                  [&box](const Glyph& glyph) { return box.contains(glyph.box.centre()); });
  }
}

// Boxes side by side with nothing between them wait for one digit each.
bool for_digits(std::size_t index, const std::vector<Candidate>& candidates,
                const std::vector<Word>& words) {
  const Box& box = candidates[index].box;
  for (std::size_t other = 0; other < candidates.size(); ++other) {
    const Box& next = candidates[other].box;
    if (other == index || overlap(box.y0, box.y1, next.y0, next.y1) < 0.8 * box.height()) continue;
    const double gap = std::max(next.x0 - box.x1, box.x0 - next.x1);
    if (gap < -kTouch || gap > kDigitBoxGap * side(box)) continue;
    const Box between{std::min(box.x1, next.x1), box.y0, std::max(box.x0, next.x0), box.y1};
    if (between.x0 > between.x1) return true;
    if (content_of(between, words) == Content::nothing) return true;
  }
  return false;
}

}  // namespace

std::vector<TickBox> take_tick_boxes(std::vector<PaintedFigure> figures, RuleCollector& rules,
                                     std::vector<Word>& words) {
  std::vector<Candidate> candidates = candidates_of(figures);
  const auto work = static_cast<std::int64_t>(candidates.size()) *
                    (rules.size() + static_cast<std::int64_t>(figures.size() + words.size()));
  if (candidates.empty() || work > kMaxWork) return {};
  find_marks(figures, candidates);
  std::vector<TickBox> boxes;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Candidate& candidate = candidates[i];
    // A filled square alone is a bullet, unless something is drawn on it.
    if (!candidate.outlined && !candidate.ticked) continue;
    // The colour sample of a legend is filled with its colour.
    if (!candidate.ticked && candidate.inside && !pale(*candidate.inside)) continue;
    const Content content = content_of(candidate.box, words);
    if (content == Content::text || in_a_table(candidate, rules)) continue;
    if (for_digits(i, candidates, words)) continue;
    boxes.push_back(
        {candidate.box, candidate.ticked || content == Content::tick, candidate.word_index});
    for (const int shape : candidate.shapes) rules.drop_shape(shape);
    if (content == Content::tick) remove_glyphs(candidate.box, words);
  }
  return boxes;
}

// Words that lost all their glyphs on the way are left out.
std::vector<Word> with_tick_boxes(std::vector<Word> words, const std::vector<TickBox>& boxes) {
  std::vector<Word> all;
  all.reserve(words.size() + boxes.size());
  auto box = boxes.begin();
  for (std::size_t i = 0; i <= words.size(); ++i) {
    for (; box != boxes.end() && (box->word_index <= i || i == words.size()); ++box) {
      Word word;
      word.glyphs.push_back({box->ticked ? kBoxOn : kBoxOff, box->box});
      word.box = box->box;
      word.font_size = side(box->box);
      word.after_space = true;
      word.extractor = kExtractor;
      all.push_back(std::move(word));
    }
    if (i == words.size()) break;
    if (!words[i].glyphs.empty()) all.push_back(std::move(words[i]));
  }
  return all;
}

}  // namespace tabularium::pdf_text
