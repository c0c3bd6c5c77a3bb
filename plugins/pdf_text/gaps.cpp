#include "gaps.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

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

namespace {

// One way to look along: from the near edge of a cell to its far edge, its sides across.
struct Axis {
  Direction strips;  // of the strips between cells that follow one another along it
  double Box::*near;
  double Box::*far;
  double Box::*from;
  double Box::*to;
};

constexpr Axis kAcross{Direction::vertical, &Box::x0, &Box::x1, &Box::y0, &Box::y1};
constexpr Axis kDown{Direction::horizontal, &Box::y0, &Box::y1, &Box::x0, &Box::x1};

// What stands beside one edge of a cell: the parts of the edge that another cell or the edge of the
// common area is near to.
using Parts = std::vector<std::pair<double, double>>;

// The parts of [from, to] that none of `parts` covers and that are as long as a cell's side.
Parts bare_parts(Parts parts, double from, double to) {
  std::sort(parts.begin(), parts.end());
  parts.emplace_back(to, to);
  Parts bare;
  for (const auto& [low, high] : parts) {
    if (low - from >= kMinSide) bare.emplace_back(from, low);
    from = std::max(from, high);
  }
  return bare;
}

// Finds the strips along one axis. What it finds goes to `strips`.
class Strips {
 public:
  Strips(std::vector<Box> cells, const Box& under, const Axis& axis)
      : cells_(std::move(cells)),
        under_(under),
        axis_(axis),
        near_(cells_.size()),
        far_(cells_.size()) {
    std::sort(cells_.begin(), cells_.end(),
              [&](const Box& a, const Box& b) { return a.*axis_.near < b.*axis_.near; });
  }

  // Between cells, and between them and the edges of the common area. False where they are too
  // many.
  bool find_gaps(std::int64_t& steps) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const double end = cells_[i].*axis_.far;
      const auto first =
          std::lower_bound(cells_.begin(), cells_.end(), end + kMinGap,
                           [&](const Box& a, double edge) { return a.*axis_.near < edge; });
      for (auto next = static_cast<std::size_t>(first - cells_.begin());
           next < cells_.size() && cells_[next].*axis_.near <= end + kMaxRuleThickness; ++next) {
        if (++steps > kMaxSteps) return false;
        add_gap(i, next);
      }
      look_at_area(i);
    }
    return true;
  }

  // Where a page cuts the table, more of the common area may show beside a cell than a strip: the
  // edges of cells there, as wide as strips usually are. Browsers draw the rest of a merged cell
  // behind the page break shorter than its rows, so that such a cell ends somewhere in them.
  void find_edges() {
    if (widths_.empty()) return;
    const auto middle = widths_.begin() + static_cast<std::ptrdiff_t>(widths_.size() / 2);
    std::nth_element(widths_.begin(), middle, widths_.end());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const Box& cell = cells_[i];
      add_edges(cell, cell.*axis_.near - *middle, cell.*axis_.near, near_[i]);
      const bool ends = axis_.strips == Direction::vertical || (begins_late(cell) && is_last(i));
      if (ends) add_edges(cell, cell.*axis_.far, cell.*axis_.far + *middle, far_[i]);
    }
  }

  const std::vector<Rule>& strips() const { return strips_; }

 private:
  void add_gap(std::size_t before, std::size_t behind) {
    const double low = std::max(cells_[before].*axis_.from, cells_[behind].*axis_.from);
    const double high = std::min(cells_[before].*axis_.to, cells_[behind].*axis_.to);
    if (low >= high) return;
    add(cells_[before].*axis_.far, cells_[behind].*axis_.near, low, high);
    far_[before].emplace_back(low, high);
    near_[behind].emplace_back(low, high);
  }

  void look_at_area(std::size_t i) {
    const Box& cell = cells_[i];
    const double before = under_.*axis_.near;
    const double behind = under_.*axis_.far;
    const Parts::value_type whole(cell.*axis_.from, cell.*axis_.to);
    if (is_gap(before, cell.*axis_.near)) {
      add(before, cell.*axis_.near, whole.first, whole.second);
    }
    if (is_gap(cell.*axis_.far, behind)) add(cell.*axis_.far, behind, whole.first, whole.second);
    if (!begins_late(cell)) near_[i].push_back(whole);
    if (behind - cell.*axis_.far <= kMaxRuleThickness) far_[i].push_back(whole);
  }

  void add(double low, double high, double from, double to) {
    strips_.push_back(strip(axis_.strips, low, high, from, to));
    widths_.push_back(high - low);
  }

  void add_edges(const Box& cell, double low, double high, const Parts& met) {
    for (const auto& [from, to] : bare_parts(met, cell.*axis_.from, cell.*axis_.to)) {
      strips_.push_back(strip(axis_.strips, low, high, from, to));
    }
  }

  // Whether the common area begins more than a strip before the cell.
  bool begins_late(const Box& cell) const {
    return cell.*axis_.near - under_.*axis_.near > kMaxRuleThickness;
  }

  // Whether no cell comes behind one.
  bool is_last(std::size_t i) const {
    const Box& cell = cells_[i];
    return std::none_of(
        cells_.begin() + static_cast<std::ptrdiff_t>(i), cells_.end(), [&](const Box& other) {
          return other.*axis_.near >= cell.*axis_.far &&
                 overlap(other.*axis_.from, other.*axis_.to, cell.*axis_.from, cell.*axis_.to) > 0;
        });
  }

  std::vector<Box> cells_;
  Box under_;
  Axis axis_;
  std::vector<Parts> near_;  // of each cell
  std::vector<Parts> far_;
  std::vector<double> widths_;
  std::vector<Rule> strips_;
};

}  // namespace

// `group`: areas that lie on one common area; at least one.
void GapFinder::collect_group(std::span<const Area> group, RuleCollector& rules) {
  std::vector<Box> cells;
  for (const Area& area : group) cells.push_back(area.box);
  std::int64_t steps = 0;
  for (const Axis& axis : {kAcross, kDown}) {
    Strips strips(cells, group.front().under, axis);
    if (strips.find_gaps(steps)) strips.find_edges();
    for (const Rule& rule : strips.strips()) rules.add(rule);
  }
}

}  // namespace tabularium::pdf_text
