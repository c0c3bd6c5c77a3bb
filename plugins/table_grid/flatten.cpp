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

struct Row {
  cv::Vec4d factors;
  double value = 0.0;
};

// One rule's equations say that all its samples share one position c: d x + y - m (g x + h y) = c,
// with m the position that the samples have now. c is eliminated by taking the mean off.
using Equations = std::vector<Row>;

Equations equations_of(const Trace& trace, bool horizontal, const Scaled& scaled,
                       bool perspective) {
  Equations rows;
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
  for (Row& row : rows) {
    row.factors -= mean.factors * (1.0 / n);
    row.value -= mean.value / n;
  }
  return rows;
}

/// How far a rule is from straight and level under `solution`: root mean square, scaled.
double error_of(const Equations& rows, const cv::Vec4d& solution) {
  double sum = 0.0;
  for (const Row& row : rows) {
    const double error = row.factors.dot(solution) - row.value;
    sum += error * error;
  }
  return std::sqrt(sum / static_cast<double>(rows.size()));
}

cv::Vec4d weighted_fit(const std::vector<Equations>& rules, const std::vector<double>& weights) {
  cv::Matx44d normal = cv::Matx44d::zeros();
  cv::Vec4d right(0, 0, 0, 0);
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    for (const Row& row : rules[rule]) {
      for (int i = 0; i < kSharedCount; ++i) {
        right[i] += weights[rule] * row.factors[i] * row.value;
        for (int j = 0; j < kSharedCount; ++j) {
          normal(i, j) += weights[rule] * row.factors[i] * row.factors[j];
        }
      }
    }
  }
  // A little pull towards no change keeps unknowns at rest that the rules say nothing about.
  for (int i = 0; i < kSharedCount; ++i) normal(i, i) += i < kG ? 1e-3 : 0.05;
  return normal.solve(right, cv::DECOMP_CHOLESKY);
}

/// Rules that lie otherwise than most count for little: two columns that nearly meet may have been
/// traced as one leaning rule, and some of these look like a perspective. Iteratively reweighted
/// least squares with the weights of Cauchy's distribution, beginning with the page as it is.
cv::Vec4d robust_fit(const std::vector<Equations>& rules, double pixel) {
  constexpr int kRounds = 12;
  cv::Vec4d solution(0, 0, 0, 0);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> errors;
    for (const Equations& rule : rules) errors.push_back(error_of(rule, solution));
    std::vector<double> sorted = errors;
    std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
    const double usual = std::max(pixel, sorted[sorted.size() / 2]);
    std::vector<double> weights;
    for (const double error : errors)
      weights.push_back(1.0 / (1.0 + error * error / (usual * usual)));
    solution = weighted_fit(rules, weights);
  }
  return solution;
}

}  // namespace

cv::Matx33d flattening(const Traces& traces, const cv::Size& page, bool perspective) {
  const Scaled scaled{{page.width / 2.0, page.height / 2.0},
                      std::max(page.width, page.height) / 2.0};
  std::vector<Equations> rules;
  double across = 0.0;
  double down = 0.0;
  const double least = 0.04 * std::max(page.width, page.height);
  for (const Trace& t : traces.across) {
    if (t.inked < least) continue;
    rules.push_back(equations_of(t, true, scaled, perspective));
    across += t.inked;
  }
  for (const Trace& t : traces.down) {
    if (t.inked < least) continue;
    rules.push_back(equations_of(t, false, scaled, perspective));
    down += t.inked;
  }
  if (across < 0.2 * page.width) return cv::Matx33d::eye();
  const cv::Vec4d s = robust_fit(rules, 1.0 / scaled.unit);
  // Without vertical rules the page is turned, not sheared.
  const double b = down < 0.1 * page.height ? -s[kD] : s[kB];
  const cv::Matx33d fit(1, b, 0, s[kD], 1, 0, s[kG], s[kH], 1);
  const double u = scaled.unit;
  const cv::Matx33d in(1 / u, 0, -scaled.middle.x / u, 0, 1 / u, -scaled.middle.y / u, 0, 0, 1);
  const cv::Matx33d out(u, 0, scaled.middle.x, 0, u, scaled.middle.y, 0, 0, 1);
  return out * fit * in;
}

}  // namespace tabularium::table_grid
