#include "tabularium/page/upright.h"

#include <algorithm>
#include <utility>

namespace tabularium {

namespace {

void turn_samples(PageImage& image) {
  const auto pixel = static_cast<std::size_t>(image.channels);
  std::reverse(image.samples.begin(), image.samples.end());
  if (pixel == 1) return;
  for (std::size_t at = 0; at + pixel <= image.samples.size(); at += pixel) {
    std::reverse(image.samples.begin() + static_cast<std::ptrdiff_t>(at),
                 image.samples.begin() + static_cast<std::ptrdiff_t>(at + pixel));
  }
}

Rule turned_rule(Rule rule, double width, double height) {
  const double across = rule.horizontal() ? height : width;
  const double along = rule.horizontal() ? width : height;
  rule.position = across - rule.position;
  rule.from = along - std::exchange(rule.to, along - rule.from);
  return rule;
}

}  // namespace

Point mapped(const Homography& map, Point point) {
  const auto& m = map.m;
  const double w = m[6] * point.x + m[7] * point.y + m[8];
  return {(m[0] * point.x + m[1] * point.y + m[2]) / w,
          (m[3] * point.x + m[4] * point.y + m[5]) / w};
}

Box mapped(const Homography& map, const Box& box) {
  const Point corners[] = {mapped(map, Point{box.x0, box.y0}), mapped(map, Point{box.x1, box.y0}),
                           mapped(map, Point{box.x0, box.y1}), mapped(map, Point{box.x1, box.y1})};
  Box all{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const Point corner : corners) all = united(all, {corner.x, corner.y, corner.x, corner.y});
  return all;
}

Homography then(const Homography& first, const Homography& second) {
  Homography product;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t col = 0; col < 3; ++col) {
      double sum = 0.0;
      for (std::size_t k = 0; k < 3; ++k) sum += second.m[row * 3 + k] * first.m[k * 3 + col];
      product.m[row * 3 + col] = sum;
    }
  }
  return product;
}

Homography inverted(const Homography& map) {
  const auto& m = map.m;
  const auto cofactor = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
    return m[a] * m[d] - m[b] * m[c];
  };
  Homography inverse{{cofactor(4, 5, 7, 8), cofactor(2, 1, 8, 7), cofactor(1, 2, 4, 5),
                      cofactor(5, 3, 8, 6), cofactor(0, 2, 6, 8), cofactor(2, 0, 5, 3),
                      cofactor(3, 4, 6, 7), cofactor(1, 0, 7, 6), cofactor(0, 1, 3, 4)}};
  const double determinant = m[0] * inverse.m[0] + m[1] * inverse.m[3] + m[2] * inverse.m[6];
  if (determinant == 0.0) return {};
  for (double& value : inverse.m) value /= determinant;
  return inverse;
}

Homography turned_back(const Page& page) {
  switch (page.turned) {
    case 90:
      return {{0, 1, 0, -1, 0, page.width, 0, 0, 1}};
    case 180:
      return {{-1, 0, page.width, 0, -1, page.height, 0, 0, 1}};
    case 270:
      return {{0, -1, page.height, 1, 0, 0, 0, 0, 1}};
    default:
      return {};
  }
}

UprightPage turned_half(UprightPage upright) {
  const double width = upright.page.width;
  const double height = upright.page.height;
  turn_samples(upright.image);
  turn_samples(upright.text);
  for (Rule& rule : upright.page.rules) rule = turned_rule(rule, width, height);
  std::sort(upright.page.rules.begin(), upright.page.rules.end(), rule_before);
  for (Box& seal : upright.seals) {
    seal = {width - seal.x1, height - seal.y1, width - seal.x0, height - seal.y0};
  }
  upright.to_source = then({{-1, 0, width, 0, -1, height, 0, 0, 1}}, upright.to_source);
  upright.turned = (upright.turned + 180) % 360;
  return upright;
}

}  // namespace tabularium
