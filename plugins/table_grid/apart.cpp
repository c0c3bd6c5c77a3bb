#include "apart.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tabularium::table_grid {

namespace {

constexpr int kPrint = 110;  // darkness from which on a pixel is print

// How far from `position` the next of `sides` lies on one side (-1 before it, 1 after it).
double next_side(const std::vector<double>& sides, double position, int side, double em,
                 double farthest) {
  double nearest = farthest;
  for (const double other : sides) {
    const double off = side * (other - position);
    if (off > 0.5 * em) nearest = std::min(nearest, off);
  }
  return nearest;
}

// Pixels between the line and the first print on one side of it.
std::optional<double> first_print(const cv::Mat1b& ink, double position, double from, double to,
                                  int side, double nearest, double farthest) {
  const int x0 = std::max(0, cvCeil(from));
  const int x1 = std::min(ink.cols, cvFloor(to));
  for (double off = nearest; off < farthest; off += 1.0) {
    const int y = cvFloor(position + side * off);
    if (y < 0 || y >= ink.rows) return std::nullopt;
    int print = 0;
    for (int x = x0; x < x1; ++x) print += ink(y, x) >= kPrint ? 1 : 0;
    if (print >= 2) return off;
  }
  return std::nullopt;
}

}  // namespace

bool text_stands_apart(const cv::Mat1b& ink, const std::vector<double>& sides, double position,
                       double from, double to, double gap, double em) {
  const double margin = 0.2 * em;  // the rules round the two cells
  double sum = 0.0;
  for (const int side : {-1, 1}) {
    const double end = next_side(sides, position, side, em, 25.0 * em) - margin;
    const auto print = first_print(ink, position, from + margin, to - margin, side, 0.15 * em, end);
    if (!print) return false;
    sum += *print;
  }
  return sum >= gap;
}

double room_for(const cv::Mat1b& ink, const Trace& line, double from, double to, double farthest) {
  const double position = line.at((from + to) / 2);
  const double nearest = std::ceil(line.thickness / 2) + 2.0;
  double sum = 0.0;
  for (const int side : {-1, 1}) {
    sum += first_print(ink, position, from, to, side, nearest, farthest).value_or(farthest);
  }
  return sum - 2.0 * nearest;
}

}  // namespace tabularium::table_grid
