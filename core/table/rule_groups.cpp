#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "tabularium/table/lattice_internal.h"

namespace tabularium {
namespace {

/// Disjoint sets over the numbers 0 to size - 1 (union by smaller root, so that the result does not
/// hang on the order of the unions).
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t item) {
    while (parent_[item] != item) {
      parent_[item] = parent_[parent_[item]];
      item = parent_[item];
    }
    return item;
  }
  void unite(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

/// Joins the rules of [first, last), all on nearly one line and sorted by `from`, over gaps of at
/// most `gap`.
void join_run(const Rule* first, const Rule* last, double gap, std::vector<Rule>& joined) {
  double moment = 0.0;
  double weight = 0.0;
  for (const Rule* rule = first; rule != last; ++rule) {
    const double length = std::max(rule->length(), 1e-3);
    if (weight > 0.0 && rule->from <= joined.back().to + gap) {
      joined.back().to = std::max(joined.back().to, rule->to);
      joined.back().thickness = std::max(joined.back().thickness, rule->thickness);
    } else {
      joined.push_back(*rule);
      moment = weight = 0.0;
    }
    moment += rule->position * length;
    weight += length;
    joined.back().position = moment / weight;
  }
}

/// Rules that are pieces of one line as one rule. Sorted by position, then start.
std::vector<Rule> join_collinear(std::vector<Rule> rules, const Scale& scale) {
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) {
    return a.position != b.position ? a.position < b.position : a.from < b.from;
  });
  // Pieces of one line lie within its own width of each other; the rest is rounding.
  const double width = std::max(0.5, scale.line);
  std::vector<Rule> joined;
  joined.reserve(rules.size());
  for (std::size_t first = 0; first < rules.size();) {
    std::size_t next = first;
    while (next < rules.size() && rules[next].position - rules[first].position <= width) ++next;
    std::sort(rules.begin() + static_cast<std::ptrdiff_t>(first),
              rules.begin() + static_cast<std::ptrdiff_t>(next), [](const Rule& a, const Rule& b) {
                return a.from != b.from ? a.from < b.from : a.position < b.position;
              });
    join_run(rules.data() + first, rules.data() + next, scale.touch(), joined);
    first = next;
  }
  return joined;
}

/// Calls `meet(h, v)` for every pair of a horizontal and a vertical rule that touch. A sweep from
/// left to right keeps the horizontal rules under the sweep line by height. False when there are
/// more than `max_crossings` pairs.
template <typename Meet>
bool sweep(const std::vector<Rule>& horizontal, const std::vector<Rule>& vertical, double touch,
           std::int64_t max_crossings, const Meet& meet) {
  std::vector<std::size_t> starts(horizontal.size());
  std::iota(starts.begin(), starts.end(), std::size_t{0});
  std::sort(starts.begin(), starts.end(),
            [&](std::size_t a, std::size_t b) { return horizontal[a].from < horizontal[b].from; });
  std::multimap<double, std::size_t> by_height;
  using Place = std::multimap<double, std::size_t>::iterator;
  std::multimap<double, Place> by_end;
  std::size_t next = 0;
  for (std::size_t v = 0; v < vertical.size(); ++v) {  // sorted by position
    const double x = vertical[v].position;
    for (; next < starts.size() && horizontal[starts[next]].from <= x + touch; ++next) {
      const Rule& rule = horizontal[starts[next]];
      by_end.emplace(rule.to + touch, by_height.emplace(rule.position, starts[next]));
    }
    while (!by_end.empty() && by_end.begin()->first < x) {
      by_height.erase(by_end.begin()->second);
      by_end.erase(by_end.begin());
    }
    const auto last = by_height.upper_bound(vertical[v].to + touch);
    for (auto it = by_height.lower_bound(vertical[v].from - touch); it != last; ++it) {
      if (--max_crossings < 0) return false;
      meet(it->second, v);
    }
  }
  return true;
}

std::vector<Rule> in_direction(const std::vector<Rule>& rules, Rule::Direction direction) {
  std::vector<Rule> chosen;
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(chosen),
               [&](const Rule& rule) { return rule.direction == direction; });
  return chosen;
}

Box bounds(const RuleGroup& group) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const Rule& rule : group.horizontal) {
    box = united(box, {rule.from, rule.position, rule.to, rule.position});
  }
  for (const Rule& rule : group.vertical) {
    box = united(box, {rule.position, rule.from, rule.position, rule.to});
  }
  return box;
}

/// The box with its axes exchanged.
Box turned(const Box& box) { return {box.y0, box.x0, box.y1, box.x1}; }

/// Unites boxes where the lower begins where the upper ends and most of the narrower one stands
/// across from the other. Looks at no more than a few million pairs.
void unite_stacked(const std::vector<Box>& boxes, double near, DisjointSets& sets) {
  constexpr double kAcross = 0.8;
  std::vector<std::size_t> by_top(boxes.size());
  std::iota(by_top.begin(), by_top.end(), std::size_t{0});
  const auto top = [&](std::size_t i) { return boxes[i].y0; };
  std::stable_sort(by_top.begin(), by_top.end(),
                   [&](std::size_t a, std::size_t b) { return top(a) < top(b); });
  std::int64_t pairs = 4'000'000;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& upper = boxes[i];
    auto next = std::lower_bound(by_top.begin(), by_top.end(), upper.y1 - near,
                                 [&](std::size_t a, double y) { return top(a) < y; });
    for (; next != by_top.end() && top(*next) <= upper.y1 + near && --pairs > 0; ++next) {
      const Box& lower = boxes[*next];
      const double narrower = std::min(upper.width(), lower.width());
      if (*next != i && overlap(upper.x0, upper.x1, lower.x0, lower.x1) >= kAcross * narrower) {
        sets.unite(i, *next);
      }
    }
  }
}

/// Unites groups of which a long rule of one runs beside a rule of the other: where cells have
/// borders of their own, some rules touch and others just do not, and parts of a table stand in the
/// bounds of the rest. `rules` are of one direction, each with the number of its group.
void unite_beside(std::vector<std::pair<Rule, std::size_t>> rules, const Scale& scale,
                  DisjointSets& sets) {
  constexpr double kBeside = 0.9;
  std::erase_if(rules, [&](const auto& rule) { return rule.first.length() < 3 * scale.text; });
  std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.position, a.first.from) < std::pair(b.first.position, b.first.from);
  });
  std::int64_t pairs = 4'000'000;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i].first;
    for (std::size_t j = i + 1; j < rules.size() && --pairs > 0; ++j) {
      const Rule& other = rules[j].first;
      if (other.position - rule.position > scale.snap()) break;
      const double longer = std::max(rule.length(), other.length());
      if (overlap(rule.from, rule.to, other.from, other.to) < kBeside * longer) continue;
      sets.unite(rules[i].second, rules[j].second);
    }
  }
}

/// Groups that stand right below or beside each other are one: a doubled rule parts them, or each
/// cell has a border of its own.
std::vector<RuleGroup> join_neighbours(std::vector<RuleGroup> groups, const Scale& scale) {
  const double near = scale.snap();
  std::vector<Box> boxes;
  boxes.reserve(groups.size());
  for (const RuleGroup& group : groups) boxes.push_back(bounds(group));
  DisjointSets sets(groups.size());
  unite_stacked(boxes, near, sets);
  for (Box& box : boxes) box = turned(box);
  unite_stacked(boxes, near, sets);
  std::vector<std::pair<Rule, std::size_t>> level;
  std::vector<std::pair<Rule, std::size_t>> upright;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const Rule& rule : groups[i].horizontal) level.emplace_back(rule, i);
    for (const Rule& rule : groups[i].vertical) upright.emplace_back(rule, i);
  }
  unite_beside(std::move(level), scale, sets);
  unite_beside(std::move(upright), scale, sets);
  std::vector<RuleGroup> joined;
  std::map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto [found, fresh] = place.emplace(sets.find(i), joined.size());
    if (fresh) joined.emplace_back();
    RuleGroup& whole = joined[found->second];
    whole.horizontal.insert(whole.horizontal.end(), groups[i].horizontal.begin(),
                            groups[i].horizontal.end());
    whole.vertical.insert(whole.vertical.end(), groups[i].vertical.begin(),
                          groups[i].vertical.end());
  }
  return joined;
}

/// Whether a loose rule is the side of a merged cell beside the group.
bool is_side_of(const Box& group, const Rule& rule, const Scale& scale) {
  const bool beside =
      rule.position < group.x0 - scale.text || rule.position > group.x1 + scale.text;
  const bool same_top = std::abs(rule.from - group.y0) <= scale.snap();
  return !rule.horizontal() && beside && same_top && rule.to >= group.y1 - scale.snap();
}

}  // namespace

void take_in_sides(RuleGroups& groups, const Scale& scale) {
  if (groups.loose.empty()) return;
  std::vector<Box> boxes;
  boxes.reserve(groups.groups.size());
  for (const RuleGroup& group : groups.groups) boxes.push_back(bounds(group));
  std::int64_t pairs = 4'000'000;  // more are no form
  std::erase_if(groups.loose, [&](const Rule& rule) {
    for (std::size_t i = 0; i < boxes.size() && --pairs > 0; ++i) {
      if (!is_side_of(boxes[i], rule, scale)) continue;
      groups.groups[i].vertical.push_back(rule);
      return true;
    }
    return false;
  });
}

RuleGroups group_rules(const std::vector<Rule>& rules, const Scale& scale,
                       std::int64_t max_crossings) {
  const auto horizontal = join_collinear(in_direction(rules, Rule::Direction::horizontal), scale);
  const auto vertical = join_collinear(in_direction(rules, Rule::Direction::vertical), scale);
  DisjointSets sets(horizontal.size() + vertical.size());
  std::vector<bool> crossed(horizontal.size() + vertical.size(), false);
  RuleGroups result;
  result.too_many =
      !sweep(horizontal, vertical, scale.touch(), max_crossings, [&](std::size_t h, std::size_t v) {
        sets.unite(h, horizontal.size() + v);
        crossed[h] = crossed[horizontal.size() + v] = true;
      });
  if (result.too_many) return result;

  std::map<std::size_t, std::size_t> group_of_root;
  for (std::size_t i = 0; i < horizontal.size() + vertical.size(); ++i) {
    const bool flat = i < horizontal.size();
    const Rule& rule = flat ? horizontal[i] : vertical[i - horizontal.size()];
    if (!crossed[i]) {
      result.loose.push_back(rule);
      continue;
    }
    const auto [found, fresh] = group_of_root.emplace(sets.find(i), result.groups.size());
    if (fresh) result.groups.emplace_back();
    RuleGroup& group = result.groups[found->second];
    (flat ? group.horizontal : group.vertical).push_back(rule);
  }
  result.groups = join_neighbours(std::move(result.groups), scale);
  return result;
}

}  // namespace tabularium
