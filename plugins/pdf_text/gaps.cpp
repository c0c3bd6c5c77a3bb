#include "gaps.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace tabularium::pdf_text {
namespace {

using Direction = Rule::Direction;

constexpr double kMinGap = 0.2;            // points; less is rounding
constexpr double kMinSide = 4.0;           // points; what is smaller holds no text
constexpr std::size_t kMaxAreas = 20'000;  // more is a drawing, not a table
constexpr std::int64_t kMaxSteps = 5'000'000;

auto key(const Box& box) { return std::tie(box.y0, box.x0, box.y1, box.x1); }

bool is_gap(double from, double to) {
  return to - from >= kMinGap && to - from <= kMaxRuleThickness;
}

// The strip from `low` to `high` along one axis, as long as [from, to] on the other and as wide
// again at both ends, where strips of the other direction cross it.
Rule strip(Direction direction, double low, double high, double from, double to) {
  const double width = high - low;
  return {direction, (low + high) / 2, from - width, to + width, width};
}

}  // namespace

void GapFinder::add(const Box& area, Rgb colour, const Ground& ground) {
  if (areas_.size() >= kMaxAreas) return;
  if (area.width() < kMinSide || area.height() < kMinSide) return;
  const auto under = ground.area_under(area.centre(), colour);
  if (!under || under->area() <= area.area()) return;
  areas_.push_back({area, *under});
}

void GapFinder::collect(RuleCollector& rules) const {
  std::vector<Area> areas = areas_;
  std::sort(areas.begin(), areas.end(),
            [](const Area& a, const Area& b) { return key(a.under) < key(b.under); });
  for (std::size_t first = 0; first < areas.size();) {
    std::size_t last = first + 1;
    while (last < areas.size() && areas[last].under == areas[first].under) ++last;
    // One area alone on another is a frame or a highlight.
    if (last - first > 1) {
      collect_group(std::span(areas).subspan(first, last - first), rules);
    }
    first = last;
  }
}

// `group`: areas that lie on one common area; at least one.
void GapFinder::collect_group(std::span<const Area> group, RuleCollector& rules) {
  const Box under = group.front().under;
  std::vector<Box> cells;
  for (const Area& area : group) cells.push_back(area.box);
  std::int64_t steps = 0;
  // Neighbours to the right, then below: of cells sorted by their near edge those within reach.
  const auto pair_up = [&](auto near_edge, auto far_edge, auto from, auto to, Direction direction) {
    std::sort(cells.begin(), cells.end(),
              [&](const Box& a, const Box& b) { return near_edge(a) < near_edge(b); });
    for (const Box& cell : cells) {
      const double end = far_edge(cell);
      auto next = std::lower_bound(cells.begin(), cells.end(), end + kMinGap,
                                   [&](const Box& a, double edge) { return near_edge(a) < edge; });
      for (; next != cells.end() && near_edge(*next) <= end + kMaxRuleThickness; ++next) {
        if (++steps > kMaxSteps) return;
        const double low = std::max(from(cell), from(*next));
        const double high = std::min(to(cell), to(*next));
        if (low < high) rules.add(strip(direction, end, near_edge(*next), low, high));
      }
      if (is_gap(near_edge(under), near_edge(cell))) {
        rules.add(strip(direction, near_edge(under), near_edge(cell), from(cell), to(cell)));
      }
      if (is_gap(end, far_edge(under))) {
        rules.add(strip(direction, end, far_edge(under), from(cell), to(cell)));
      }
    }
  };
  const auto x0 = [](const Box& box) { return box.x0; };
  const auto y0 = [](const Box& box) { return box.y0; };
  const auto x1 = [](const Box& box) { return box.x1; };
  const auto y1 = [](const Box& box) { return box.y1; };
  pair_up(x0, x1, y0, y1, Direction::vertical);
  pair_up(y0, y1, x0, x1, Direction::horizontal);
}

}  // namespace tabularium::pdf_text
