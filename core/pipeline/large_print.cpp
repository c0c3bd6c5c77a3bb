#include "tabularium/pipeline/large_print.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace tabularium {
namespace {

// In heights of the usual text: titles are set in up to about three times its size.
constexpr double kLargest = 3.6;
constexpr double kWidest = 9.0;  // some characters whose strokes touch
constexpr double kTouch = 0.25;
constexpr double kBesideTable = 0.5;
constexpr double kAround = 1.5;  // strokes of the same character, and of its neighbors

Box box_of(const Rule& rule) {
  const double half = rule.thickness / 2.0;
  return rule.horizontal() ? Box{rule.from, rule.position - half, rule.to, rule.position + half}
                           : Box{rule.position - half, rule.from, rule.position + half, rule.to};
}

Box widened(const Box& box, double by) {
  return {box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}

bool overlap(const Box& a, const Box& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/// Rules that touch each other, and the box that holds them.
struct Group {
  Box box;
  std::vector<std::size_t> rules;
};

std::vector<Group> groups_of(const std::vector<Rule>& rules, double touch) {
  std::vector<std::size_t> root(rules.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&](std::size_t at) {
    while (root[at] != at) at = root[at] = root[root[at]];
    return at;
  };
  for (std::size_t a = 0; a < rules.size(); ++a) {
    const Box near = widened(box_of(rules[a]), touch);
    for (std::size_t b = a + 1; b < rules.size(); ++b) {
      if (overlap(near, widened(box_of(rules[b]), 0.01))) root[find(b)] = find(a);
    }
  }
  std::vector<Group> groups(rules.size());
  for (std::size_t at = 0; at < rules.size(); ++at) {
    Group& group = groups[find(at)];
    const Box box = box_of(rules[at]);
    group.box = group.rules.empty() ? box : united(group.box, box);
    group.rules.push_back(at);
  }
  std::erase_if(groups, [](const Group& group) { return group.rules.empty(); });
  return groups;
}

/// The print of `from` in `area`, in points, but for what stands in one of `tables`.
void copy_print(const PageImage& from, PageImage& to, const Box& area,
                const std::vector<Box>& tables) {
  const double scale = from.dpi / 72.0;
  const auto within = [](double at, int most) {
    return std::clamp(static_cast<int>(std::lround(at)), 0, most);
  };
  const int x0 = within(area.x0 * scale, from.width);
  const int x1 = within(area.x1 * scale, from.width);
  for (int y = within(area.y0 * scale, from.height); y < within(area.y1 * scale, from.height);
       ++y) {
    const Box row{area.x0, y / scale, area.x1, (y + 1) / scale};
    if (std::any_of(tables.begin(), tables.end(), [&](const Box& t) { return overlap(row, t); })) {
      continue;
    }
    const auto begin = static_cast<std::ptrdiff_t>(y) * from.width;
    std::copy(from.samples.begin() + begin + x0, from.samples.begin() + begin + x1,
              to.samples.begin() + begin + x0);
  }
}

}  // namespace

void restore_large_print(UprightPage& page) {
  const double height = page.text_height;
  const bool same = page.image.channels == 1 && page.text.channels == 1 &&
                    page.image.samples.size() == page.text.samples.size();
  if (height <= 0.0 || !same) return;
  const std::vector<Group> groups = groups_of(page.page.rules, kTouch * height);
  const auto is_small = [&](const Group& group) {
    const bool lone = group.rules.size() == 1;
    return group.box.height() <= kLargest * height &&
           group.box.width() <= (lone ? kLargest : kWidest) * height;
  };
  std::vector<Box> tables;
  for (const Group& group : groups) {
    if (!is_small(group)) tables.push_back(widened(group.box, kBesideTable * height));
  }
  std::vector<bool> print(page.page.rules.size(), false);
  for (const Group& group : groups) {
    const bool beside = std::none_of(tables.begin(), tables.end(),
                                     [&](const Box& table) { return overlap(table, group.box); });
    if (!is_small(group) || !beside) continue;
    for (const std::size_t at : group.rules) print[at] = true;
    copy_print(page.image, page.text, widened(group.box, kAround * height), tables);
  }
  std::vector<Rule> kept;
  for (std::size_t at = 0; at < page.page.rules.size(); ++at) {
    if (!print[at]) kept.push_back(page.page.rules[at]);
  }
  page.page.rules = std::move(kept);
}

}  // namespace tabularium
