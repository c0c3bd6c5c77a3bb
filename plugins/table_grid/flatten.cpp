#include "flatten.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tabularium::table_grid {

namespace {

// Unknowns that all rules share: x' = (x + b y) / w, y' = (d x + y) / w, w = 1 + g x + h y.
enum Shared { kB, kD, kG, kH, kSharedCount };

struct Scaled {
  cv::Point2d middle;
  double unit = 1.0;
};

// One rule's equations say that all its samples share one position c: d x + y - m (g x + h y) = c,
// with m the position that the samples have now. c is eliminated by taking the mean off.
void add_rule(const Trace& trace, bool horizontal, const Scaled& scaled, bool perspective,
              cv::Matx44d& normal, cv::Vec4d& right) {
  struct Row {
    cv::Vec4d factors;
    double value = 0.0;
  };
  std::vector<Row> rows;
  Row mean;
  double position = 0.0;
  for (const Sample& s : trace.samples) position += s.across;
  position /= static_cast<double>(trace.samples.size());
  position = (position - (horizontal ? scaled.middle.y : scaled.middle.x)) / scaled.unit;
  for (const Sample& s : trace.samples) {
    const double px = horizontal ? s.along : s.across;
    const double py = horizontal ? s.across : s.along;
    const double x = (px - scaled.middle.x) / scaled.unit;
    const double y = (py - scaled.middle.y) / scaled.unit;
    Row row;
    if (horizontal) {
      row.factors[kD] = x;
      row.value = -y;
    } else {
      row.factors[kB] = y;
      row.value = -x;
    }
    if (perspective) {
      row.factors[kG] = -position * x;
      row.factors[kH] = -position * y;
    }
    mean.factors += row.factors;
    mean.value += row.value;
    rows.push_back(row);
  }
  const double n = static_cast<double>(rows.size());
  for (const Row& row : rows) {
    const cv::Vec4d f = row.factors - mean.factors * (1.0 / n);
    const double v = row.value - mean.value / n;
    for (int i = 0; i < kSharedCount; ++i) {
      right[i] += f[i] * v;
      for (int j = 0; j < kSharedCount; ++j) normal(i, j) += f[i] * f[j];
    }
  }
}

}  // namespace

cv::Matx33d flattening(const Traces& traces, const cv::Size& page, bool perspective) {
  const Scaled scaled{{page.width / 2.0, page.height / 2.0},
                      std::max(page.width, page.height) / 2.0};
  cv::Matx44d normal = cv::Matx44d::zeros();
  cv::Vec4d right(0, 0, 0, 0);
  double across = 0.0;
  double down = 0.0;
  const double least = 0.04 * std::max(page.width, page.height);
  for (const Trace& t : traces.across) {
    if (t.inked < least) continue;
    add_rule(t, true, scaled, perspective, normal, right);
    across += t.inked;
  }
  for (const Trace& t : traces.down) {
    if (t.inked < least) continue;
    add_rule(t, false, scaled, perspective, normal, right);
    down += t.inked;
  }
  if (across < 0.2 * page.width) return cv::Matx33d::eye();
  // A little pull towards no change keeps unknowns at rest that the rules say nothing about.
  for (int i = 0; i < kSharedCount; ++i) normal(i, i) += i < kG ? 1e-3 : 0.05;
  const cv::Vec4d s = normal.solve(right, cv::DECOMP_CHOLESKY);
  // Without vertical rules the page is turned, not sheared.
  const double b = down < 0.1 * page.height ? -s[kD] : s[kB];
  const cv::Matx33d fit(1, b, 0, s[kD], 1, 0, s[kG], s[kH], 1);
  const double u = scaled.unit;
  const cv::Matx33d in(1 / u, 0, -scaled.middle.x / u, 0, 1 / u, -scaled.middle.y / u, 0, 0, 1);
  const cv::Matx33d out(u, 0, scaled.middle.x, 0, u, scaled.middle.y, 0, 0, 1);
  return out * fit * in;
}

}  // namespace tabularium::table_grid
