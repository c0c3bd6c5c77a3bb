#include "outline.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tabularium::table_grid {

namespace {

constexpr int kSmallSide = 400;  // pixels: enough to see a sheet, too few to see its text

struct Small {
  cv::Mat1b image;
  double scale = 1.0;  // small pixels for a pixel of the original
};

Small shrunk(const cv::Mat1b& grey) {
  Small small;
  small.scale = std::min(1.0, static_cast<double>(kSmallSide) / std::max(grey.cols, grey.rows));
  cv::resize(grey, small.image, {}, small.scale, small.scale, cv::INTER_AREA);
  return small;
}

// Part of the picture's border that is set in `mask`.
double border_share(const cv::Mat1b& mask) {
  const cv::Mat1b top = mask.row(0);
  const cv::Mat1b bottom = mask.row(mask.rows - 1);
  const cv::Mat1b left = mask.col(0);
  const cv::Mat1b right = mask.col(mask.cols - 1);
  const int set = cv::countNonZero(top) + cv::countNonZero(bottom) + cv::countNonZero(left) +
                  cv::countNonZero(right);
  return static_cast<double>(set) / (2.0 * (mask.cols + mask.rows));
}

std::vector<cv::Point> largest_outline(const cv::Mat1b& mask) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(mask.clone(), outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  if (outlines.empty()) return {};
  return *std::max_element(outlines.begin(), outlines.end(), [](const auto& a, const auto& b) {
    return cv::contourArea(a) < cv::contourArea(b);
  });
}

struct Line {
  cv::Point2d at;
  cv::Point2d along;
};

// The straight line through the outline's points that lie along one side of `frame`, the corners
// left out: there paper is often bent or cut.
std::optional<Line> side_line(const std::vector<cv::Point>& outline, cv::Point2d a, cv::Point2d b) {
  const cv::Point2d side = b - a;
  const double length = std::hypot(side.x, side.y);
  if (length < 20.0) return std::nullopt;
  const cv::Point2d along = side / length;
  std::vector<cv::Point2f> near;
  for (const cv::Point& p : outline) {
    const cv::Point2d d = cv::Point2d(p) - a;
    const double t = d.dot(along) / length;
    const double off = std::abs(d.x * along.y - d.y * along.x);
    if (t > 0.06 && t < 0.94 && off < 0.04 * length) near.emplace_back(p);
  }
  if (near.size() < 10) return std::nullopt;
  cv::Vec4f fit;
  cv::fitLine(near, fit, cv::DIST_HUBER, 0, 0.01, 0.01);
  return Line{{fit[2], fit[3]}, {fit[0], fit[1]}};
}

std::optional<cv::Point2d> crossing(const Line& a, const Line& b) {
  const double det = a.along.x * b.along.y - a.along.y * b.along.x;
  if (std::abs(det) < 0.2) return std::nullopt;
  const cv::Point2d d = b.at - a.at;
  const double t = (d.x * b.along.y - d.y * b.along.x) / det;
  return a.at + t * a.along;
}

std::optional<std::array<cv::Point2d, 4>> corners_of(const std::vector<cv::Point>& outline) {
  // The outline's extreme points along the diagonals are near the corners of any sheet that is
  // turned by less than 45 degrees.
  const auto extreme = [&](auto measure) {
    return cv::Point2d(*std::max_element(
        outline.begin(), outline.end(),
        [&](const cv::Point& a, const cv::Point& b) { return measure(a) < measure(b); }));
  };
  const std::array<cv::Point2d, 4> rough = {extreme([](const cv::Point& p) { return -p.x - p.y; }),
                                            extreme([](const cv::Point& p) { return p.x - p.y; }),
                                            extreme([](const cv::Point& p) { return p.x + p.y; }),
                                            extreme([](const cv::Point& p) { return p.y - p.x; })};
  std::array<std::optional<Line>, 4> sides;
  for (std::size_t i = 0; i < 4; ++i) sides[i] = side_line(outline, rough[i], rough[(i + 1) % 4]);
  std::array<cv::Point2d, 4> corners;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& before = sides[(i + 3) % 4];
    const auto& after = sides[i];
    if (!before || !after) return std::nullopt;
    const auto corner = crossing(*before, *after);
    if (!corner) return std::nullopt;
    corners[i] = *corner;
  }
  return corners;
}

// Whether the picture falls from light to dark across every side: a sheet ends sharply, a shadow or
// a yellowed margin does not.
bool sharp_sides(const cv::Mat1b& image, const std::array<cv::Point2d, 4>& corners) {
  const cv::Point2d middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4.0;
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2d a = corners[i];
    const cv::Point2d b = corners[(i + 1) % 4];
    const cv::Point2d side = b - a;
    cv::Point2d out(side.y, -side.x);
    out /= std::hypot(out.x, out.y);
    if (out.dot((a + b) / 2.0 - middle) < 0.0) out = -out;
    double inner = 0.0;
    double outer = 0.0;
    for (double t = 0.1; t <= 0.9; t += 0.02) {
      const auto at = [&](double off) {
        const cv::Point2d p = a + t * side + off * out;
        return image(std::clamp(cvRound(p.y), 0, image.rows - 1),
                     std::clamp(cvRound(p.x), 0, image.cols - 1));
      };
      inner += at(-4.0);
      outer += at(4.0);
    }
    if (outer > 0.72 * inner) return false;
  }
  return true;
}

}  // namespace

std::optional<std::array<cv::Point2d, 4>> sheet_corners(const cv::Mat1b& grey) {
  const Small small = shrunk(grey);
  cv::Mat1b smooth;
  cv::GaussianBlur(small.image, smooth, {0, 0}, 1.5);
  cv::Mat1b bright;
  const double limit = cv::threshold(smooth, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  cv::Mat1b dark = 255 - bright;
  if (limit < 20.0 || border_share(dark) < 0.6) return std::nullopt;
  const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {15, 15});
  cv::copyMakeBorder(bright, bright, 8, 8, 8, 8, cv::BORDER_CONSTANT, 0);
  cv::morphologyEx(bright, bright, cv::MORPH_CLOSE, kernel);
  bright = bright(cv::Rect(8, 8, small.image.cols, small.image.rows)).clone();
  const std::vector<cv::Point> outline = largest_outline(bright);
  if (outline.size() < 100) return std::nullopt;
  auto corners = corners_of(outline);
  if (!corners) return std::nullopt;
  const std::vector<cv::Point2f> quad(corners->begin(), corners->end());
  const double area = cv::contourArea(quad);
  const double filled = cv::contourArea(outline);
  const double all = static_cast<double>(small.image.cols) * small.image.rows;
  if (area < 0.25 * all || std::abs(area - filled) > 0.06 * area) return std::nullopt;
  if (!sharp_sides(small.image, *corners)) return std::nullopt;
  for (cv::Point2d& corner : *corners) corner /= small.scale;
  return corners;
}

cv::Mat1b black_edges(const cv::Mat1b& grey) {
  const Small small = shrunk(grey);
  cv::Mat1b dark;
  cv::threshold(small.image, dark, 110, 255, cv::THRESH_BINARY_INV);
  // Only solid dark counts: rules and text that run to the border are thinner than the kernel.
  const cv::Mat1b frame = [&] {
    cv::Mat1b wide;
    cv::copyMakeBorder(dark, wide, 4, 4, 4, 4, cv::BORDER_REPLICATE);
    cv::morphologyEx(wide, wide, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    return wide(cv::Rect(4, 4, dark.cols, dark.rows)).clone();
  }();
  cv::Mat1i labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(frame, labels, stats, centres);
  cv::Mat1b edges(frame.size(), std::uint8_t{0});
  bool any = false;
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(stats.at<int>(i, 0), stats.at<int>(i, 1), stats.at<int>(i, 2),
                       stats.at<int>(i, 3));
    const bool at_border =
        box.x == 0 || box.y == 0 || box.br().x == frame.cols || box.br().y == frame.rows;
    const bool long_enough = std::max(box.width, box.height) > 0.15 * kSmallSide;
    if (!at_border || !long_enough) continue;
    any = true;
    edges.setTo(255, labels == i);
  }
  if (!any) return {};
  cv::dilate(edges, edges, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  cv::Mat1b large;
  cv::resize(edges, large, grey.size(), 0, 0, cv::INTER_NEAREST);
  return large;
}

}  // namespace tabularium::table_grid
