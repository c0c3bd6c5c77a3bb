#include "settle.h"

#include <algorithm>
#include <utility>

namespace tabularium::table_grid {

namespace {

/// Positions that mean one: rules of a sheet that is curled or a little askew drift on their way
/// down the page, and a doubled rule is one. Nothing that holds text is narrower than half a glyph.
class Positions {
 public:
  Positions(const std::vector<PixelRule>& rules, bool horizontal, double em) {
    std::vector<std::pair<double, double>> found;  // position, length
    for (const PixelRule& rule : rules) {
      if (rule.horizontal == horizontal) found.emplace_back(rule.position, rule.to - rule.from);
    }
    std::sort(found.begin(), found.end());
    for (std::size_t first = 0; first < found.size();) {
      // Measured from the first: a chain of near positions must not join two true lines.
      std::size_t next = first;
      double length = 0.0;
      double sum = 0.0;
      for (; next < found.size() && found[next].first - found[first].first <= 0.45 * em; ++next) {
        length += found[next].second;
        sum += found[next].first * found[next].second;
      }
      groups_.push_back({found[first].first, found[next - 1].first, sum / std::max(1.0, length)});
      first = next;
    }
  }

  /// The position for `position`, itself where it belongs to no rule.
  double settled(double position) const {
    for (const Group& group : groups_) {
      if (position >= group.first && position <= group.last) return group.mean;
    }
    return position;
  }

 private:
  struct Group {
    double first = 0.0;
    double last = 0.0;
    double mean = 0.0;
  };
  std::vector<Group> groups_;
};

}  // namespace

void settle_positions(std::vector<PixelRule>& rules, double em) {
  const Positions rows(rules, true, em);
  const Positions columns(rules, false, em);
  for (PixelRule& rule : rules) {
    const Positions& own = rule.horizontal ? rows : columns;
    const Positions& other = rule.horizontal ? columns : rows;
    rule.settled = own.settled(rule.position);
    rule.settled_from = other.settled(rule.from);
    rule.settled_to = other.settled(rule.to);
  }
}

}  // namespace tabularium::table_grid
