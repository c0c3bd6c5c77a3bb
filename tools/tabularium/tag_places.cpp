#include "tag_places.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tabularium::tool {
namespace {

constexpr double kGap = 1.0;        // points between a label and its target
constexpr double kNear = 3.0;       // nearer than this needs no leading line
constexpr double kFarthest = 40.0;  // how far a label may move away

double covered(const Box& a, const Box& b) {
  return overlap(a.x0, a.x1, b.x0, b.x1) * overlap(a.y0, a.y1, b.y0, b.y1);
}

double distance(const Box& a, const Box& b) {
  const double x = std::max({0.0, a.x0 - b.x1, b.x0 - a.x1});
  const double y = std::max({0.0, a.y0 - b.y1, b.y0 - a.y1});
  return std::hypot(x, y);
}

/// Finds the cheapest place for one label after the other.
class Places {
 public:
  Places(const Page& page, const std::vector<TagWish>& wishes, std::vector<Box> taken)
      : page_(page), wishes_(wishes), taken_(std::move(taken)) {}

  Tag place(const TagWish& wish);

 private:
  std::vector<Box> candidates(const TagWish& wish) const;
  double cost(const Box& box, const TagWish& wish) const;

  const Page& page_;
  const std::vector<TagWish>& wishes_;
  std::vector<Box> taken_;
};

std::vector<Box> Places::candidates(const TagWish& wish) const {
  const Box& target = wish.target;
  std::vector<Box> boxes;
  const auto at = [&](double x, double y) {
    boxes.push_back({x, y, x + wish.width, y + wish.height});
  };
  const double middle = target.centre().y - wish.height / 2;
  for (double away = kGap; away < kFarthest; away += wish.height / 2) {
    at(target.x1 + away, middle);
    at(target.x0, target.y0 - wish.height - away);
    at(target.x1 - wish.width, target.y0 - wish.height - away);
    at(target.x0, target.y1 + away);
    at(target.x1 - wish.width, target.y1 + away);
    at(target.x0 - wish.width - away, middle);
    for (const double slide : {-0.5, 0.5}) {
      at(target.x0 + slide * wish.width, target.y0 - wish.height - away);
      at(target.x1 + away, middle + slide * 2 * wish.height);
      at(target.x0 + slide * wish.width, target.y1 + away);
    }
  }
  // Inside, for a box that has room of its own.
  at(target.x1 - wish.width - kGap, target.y0 + kGap);
  at(target.x1 - wish.width - kGap, target.y1 - wish.height - kGap);
  return boxes;
}

double Places::cost(const Box& box, const TagWish& wish) const {
  const Box sheet{0.0, 0.0, page_.width, page_.height};
  const double area = std::max(box.area(), 1e-9);
  double sum = 400.0 * (1.0 - covered(box, sheet) / area);
  for (const Box& other : taken_) sum += 200.0 * covered(box, other) / area;
  for (const Word& word : page_.words) sum += 30.0 * covered(box, word.box) / area;
  for (const TagWish& other : wishes_) {
    if (other.target != wish.target) sum += 6.0 * covered(box, other.target) / area;
  }
  return sum + 0.35 * distance(box, wish.target);
}

Tag Places::place(const TagWish& wish) {
  Box best;
  double least = std::numeric_limits<double>::infinity();
  for (const Box& box : candidates(wish)) {
    const double price = cost(box, wish);
    if (price >= least) continue;
    least = price;
    best = box;
  }
  taken_.push_back(best);
  return {wish.text, best,         wish.target, distance(best, wish.target) > kNear,
          wish.kind, wish.doubtful};
}

}  // namespace

std::vector<Tag> place_tags(const std::vector<TagWish>& wishes, const Page& page,
                            const std::vector<Box>& fixed) {
  Places places(page, wishes, fixed);
  std::vector<Tag> tags;
  for (const TagWish& wish : wishes) tags.push_back(places.place(wish));
  return tags;
}

}  // namespace tabularium::tool
