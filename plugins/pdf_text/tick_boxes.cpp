#include "tick_boxes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "words.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kTouch = 0.8;              // points
constexpr double kBeside = 0.25;            // points: rules further from a box are not drawn on it
constexpr double kMinMark = 0.3;            // of the side of its box
constexpr double kMaxSpeck = 0.85;          // of the side of its box
constexpr double kOffCentre = 0.25;         // of the side of its box, for a speck that ticks it
constexpr double kDigitBoxGap = 0.6;        // of the side: boxes nearer than this stand in a row
constexpr std::uint8_t kPale = 225;         // white to light grey, of 255
constexpr std::size_t kMaxBoxes = 2000;     // more squares than this are a pattern or a drawing
constexpr std::size_t kMaxRulesAbout = 64;  // more lines about a square than this are a drawing
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

bool pale(Rgb colour) { return std::min({colour.red, colour.green, colour.blue}) >= kPale; }

// Squares that lie on one another (a white area, then a grey outline) are one box.
std::vector<Candidate> candidates_of(const std::vector<PaintedFigure>& figures) {
  std::vector<Candidate> candidates;
  for (const PaintedFigure& painted : figures) {
    const Figure& figure = painted.figure;
    if (figure.kind == Figure::Kind::mark || figure.kind == Figure::Kind::speck) continue;
    const bool outline = figure.kind == Figure::Kind::outline;
    auto found = std::find_if(
        candidates.rbegin(), candidates.rend(),
        [&figure](const Candidate& other) { return same_place(other.box, figure.box); });
    const bool dark = painted.colour && !pale(*painted.colour);
    if (found != candidates.rend() && found->outlined && !outline && dark &&
        side(figure.box) <= kMaxSpeck * side(found->box)) {
      continue;  // drawn in the box, which keeps its ground
    }
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

bool differs(std::optional<Rgb> a, std::optional<Rgb> b) { return !a || !b || !alike(*a, *b); }

// Whether `painted` is a mark in the box: a tick, a cross, a smaller filled square.
bool marks(const PaintedFigure& painted, const Candidate& candidate) {
  const Box& box = painted.figure.box;
  const double extent = side(candidate.box);
  if (!candidate.box.contains(box.centre()) || side(box) < kMinMark * extent) return false;
  if (painted.figure.kind == Figure::Kind::outline) return false;
  const Point off{box.centre().x - candidate.box.centre().x,
                  box.centre().y - candidate.box.centre().y};
  // A dot on the outline is no mark in the box.
  if (painted.figure.kind == Figure::Kind::speck &&
      std::max(std::abs(off.x), std::abs(off.y)) > kOffCentre * extent) {
    return false;
  }
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

Box box_of(const Rule& rule) {
  const double half = rule.thickness / 2;
  return rule.horizontal() ? Box{rule.from, rule.position - half, rule.to, rule.position + half}
                           : Box{rule.position - half, rule.from, rule.position + half, rule.to};
}

// The rules about the square that are not of the box itself.
std::vector<Rule> rules_about(const Candidate& candidate, const RuleCollector& rules) {
  const Box reach = grown(candidate.box, 4 * kTouch);
  std::vector<Rule> about;
  for (const RuleCollector::Piece& piece : rules.pieces()) {
    if (owns(candidate, piece.shape) || !intersection(box_of(piece.rule), reach)) continue;
    about.push_back(piece.rule);
    if (about.size() > kMaxRulesAbout) break;
  }
  return about;
}

enum class Meeting { none, passes_before, passes_behind, meets };

// How the line of `rule` comes to the square. One that passes by on both ends, at a line width's
// distance, bounds the cell that the box stands in. It may be drawn in many pieces, all in `about`.
Meeting meeting_of(const Rule& rule, const std::vector<Rule>& about, const Box& square) {
  const Box near = grown(square, kTouch);
  if (!intersection(box_of(rule), near)) return Meeting::none;
  const bool level = rule.horizontal();
  bool begins_before = false;
  bool ends_behind = false;
  for (const Rule& piece : about) {
    if (piece.direction != rule.direction) continue;
    if (std::abs(piece.position - rule.position) > kBeside) continue;
    const Box box = box_of(piece);
    begins_before |= (level ? box.x0 - near.x0 : box.y0 - near.y0) < -kTouch;
    ends_behind |= (level ? box.x1 - near.x1 : box.y1 - near.y1) > kTouch;
  }
  if (!begins_before && !ends_behind) return Meeting::none;
  if (begins_before && ends_behind) {
    if (rule.position < (level ? square.y0 : square.x0) - kBeside) return Meeting::passes_before;
    if (rule.position > (level ? square.y1 : square.x1) + kBeside) return Meeting::passes_behind;
  }
  return Meeting::meets;
}

// Whether rules that are not of the box itself meet its outline from outside, or bound it on more
// sides than those of a corner: it is a cell of a table then, not a box in one.
bool in_a_table(const Candidate& candidate, const RuleCollector& rules) {
  const std::vector<Rule> about = rules_about(candidate, rules);
  if (about.size() > kMaxRulesAbout) return true;
  bool sides[2][2] = {};
  for (const Rule& rule : about) {
    const Meeting meeting = meeting_of(rule, about, candidate.box);
    if (meeting == Meeting::none) continue;
    if (meeting == Meeting::meets) return true;
    sides[rule.horizontal() ? 1 : 0][meeting == Meeting::passes_before ? 0 : 1] = true;
  }
  return sides[0][0] + sides[0][1] + sides[1][0] + sides[1][1] > 2;
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

std::vector<TickBox> take_tick_boxes(const std::vector<PaintedFigure>& figures,
                                     RuleCollector& rules, std::vector<Word>& words) {
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
