#include "rules.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tabularium::pdf_text {
namespace {

using Direction = Rule::Direction;

// Pieces whose middles are this near, in points, lie on one line even where hairlines.
constexpr double kSameLine = 0.35;
// Ends this near touch: producers round to a tenth of a point or a pixel.
constexpr double kTouch = 0.6;

constexpr double kMaxDash = 10.0;    // a longer piece is a rule of its own
constexpr double kMaxDashGap = 8.0;  // a wider gap ends a dashed line
constexpr double kTinyGap = 1.0;     // narrower is a gap of no meaning
constexpr std::size_t kMinDashes = 4;
constexpr std::size_t kMinDots = 5;

bool before(const Rule& a, const Rule& b) {
  return std::tie(a.direction, a.position, a.from, a.to) <
         std::tie(b.direction, b.position, b.from, b.to);
}

bool same_line(const Rule& first, const Rule& next) {
  const double reach = std::max(kSameLine, (first.thickness + next.thickness) / 4);
  return std::abs(next.position - first.position) <= reach;
}

// The rule that two touching pieces make; the longer one says more about where it lies.
Rule merged(const Rule& a, const Rule& b) {
  const double weight_a = a.length() + 1e-6;
  const double weight_b = b.length() + 1e-6;
  Rule rule = a;
  rule.position = (a.position * weight_a + b.position * weight_b) / (weight_a + weight_b);
  rule.thickness = (a.thickness * weight_a + b.thickness * weight_b) / (weight_a + weight_b);
  rule.from = std::min(a.from, b.from);
  rule.to = std::max(a.to, b.to);
  return rule;
}

// Pieces of one line, sorted by `from`: joins those that touch.
std::vector<Rule> join_touching(const std::vector<Rule>& line) {
  std::vector<Rule> joined;
  for (const Rule& piece : line) {
    if (!joined.empty() && piece.from <= joined.back().to + std::max(kTouch, piece.thickness / 2)) {
      joined.back() = merged(joined.back(), piece);
    } else {
      joined.push_back(piece);
    }
  }
  return joined;
}

bool dash_gap(const Rule& dash, const Rule& next) {
  const double gap = next.from - dash.to;
  const double shorter = std::min(dash.length(), next.length());
  const double reach = 2.5 * std::max(shorter, dash.thickness) + 1.0;
  return shorter <= kMaxDash && gap <= std::min(reach, kMaxDashGap);
}

// Whether the pieces from `first` up to `last` make a dashed line: enough short ones, the gaps
// between them about even. Where dashed lines meet, two dashes or gaps may run together.
bool dashed(const std::vector<Rule>& line, std::size_t first, std::size_t last,
            std::size_t min_dashes) {
  std::size_t dashes = 0;
  std::vector<double> gaps;
  for (std::size_t i = first; i < last; ++i) {
    if (line[i].length() <= kMaxDash) ++dashes;
    if (i > first) gaps.push_back(line[i].from - line[i - 1].to);
  }
  if (dashes < min_dashes) return false;
  std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2),
                   gaps.end());
  const double usual = gaps[gaps.size() / 2];
  const auto uneven = std::count_if(gaps.begin(), gaps.end(), [usual](double gap) {
    return gap > kTinyGap && std::abs(gap - usual) > 0.35 * usual + 0.4;
  });
  return 4 * uneven <= static_cast<std::ptrdiff_t>(gaps.size());
}

// Pieces of one line that do not touch: rows of short ones at even gaps become one rule. Other
// pieces stay where `keep_others`.
void join_dashes(const std::vector<Rule>& line, std::size_t min_dashes, bool keep_others,
                 std::vector<Rule>& out) {
  for (std::size_t first = 0; first < line.size();) {
    std::size_t next = first + 1;
    while (next < line.size() && dash_gap(line[next - 1], line[next])) ++next;
    if (dashed(line, first, next, min_dashes)) {
      Rule rule = line[first];
      for (std::size_t i = first + 1; i < next; ++i) rule = merged(rule, line[i]);
      out.push_back(rule);
    } else if (keep_others) {
      out.insert(out.end(), line.begin() + static_cast<std::ptrdiff_t>(first),
                 line.begin() + static_cast<std::ptrdiff_t>(next));
    }
    first = next;
  }
}

// Groups pieces (sorted by position) into lines and hands each, sorted by `from`, to `use`.
template <typename Use>
void for_each_line(std::vector<Rule> pieces, Use use) {
  std::sort(pieces.begin(), pieces.end(), before);
  for (std::size_t first = 0; first < pieces.size();) {
    std::size_t next = first + 1;
    while (next < pieces.size() && pieces[next].direction == pieces[first].direction &&
           same_line(pieces[first], pieces[next])) {
      ++next;
    }
    std::vector<Rule> line(pieces.begin() + static_cast<std::ptrdiff_t>(first),
                           pieces.begin() + static_cast<std::ptrdiff_t>(next));
    std::sort(line.begin(), line.end(), [](const Rule& a, const Rule& b) {
      return std::tie(a.from, a.to, a.position) < std::tie(b.from, b.to, b.position);
    });
    use(line);
    first = next;
  }
}

Rule dot_as_piece(const Box& box, Direction direction) {
  if (direction == Direction::horizontal) {
    return {direction, box.centre().y, box.x0, box.x1, box.height()};
  }
  return {direction, box.centre().x, box.y0, box.y1, box.width()};
}

// Dots at even steps on one line; a lone dot is no rule.
void join_dots(const std::vector<Box>& dots, Direction direction, std::vector<Rule>& out) {
  std::vector<Rule> pieces;
  pieces.reserve(dots.size());
  for (const Box& dot : dots) pieces.push_back(dot_as_piece(dot, direction));
  for_each_line(std::move(pieces),
                [&out](const std::vector<Rule>& line) { join_dashes(line, kMinDots, false, out); });
}

}  // namespace

void RuleCollector::add(const Rule& piece, int shape) { pieces_.push_back({piece, shape}); }

void RuleCollector::add_dot(const Box& box) { dots_.push_back(box); }

void RuleCollector::drop_shape(int shape) {
  std::erase_if(pieces_, [shape](const Piece& piece) { return piece.shape == shape; });
}

std::vector<Rule> RuleCollector::joined() const {
  std::vector<Rule> pieces;
  pieces.reserve(pieces_.size());
  for (const Piece& piece : pieces_) pieces.push_back(piece.rule);
  std::vector<Rule> rules;
  for_each_line(std::move(pieces), [&rules](const std::vector<Rule>& line) {
    join_dashes(join_touching(line), kMinDashes, true, rules);
  });
  join_dots(dots_, Direction::horizontal, rules);
  join_dots(dots_, Direction::vertical, rules);
  std::sort(rules.begin(), rules.end(), before);
  return rules;
}

}  // namespace tabularium::pdf_text
