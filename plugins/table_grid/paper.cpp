#include "paper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {

namespace {

constexpr int kPaperStep = 8;  // the paper is looked at in blocks of so many pixels

// The light of the paper in each block: text is dark and thinner than the kernel, so that a closing
// leaves the paper alone.
cv::Mat1b paper_light(const cv::Mat1b& grey) {
  cv::Mat1b blocks;
  const cv::Size size(std::max(1, grey.cols / kPaperStep), std::max(1, grey.rows / kPaperStep));
  cv::resize(grey, blocks, size, 0, 0, cv::INTER_AREA);
  const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {9, 9});
  cv::morphologyEx(blocks, blocks, cv::MORPH_CLOSE, kernel, {-1, -1}, 1, cv::BORDER_REPLICATE);
  cv::GaussianBlur(blocks, blocks, {0, 0}, 2.5, 2.5, cv::BORDER_REPLICATE);
  return blocks;
}

std::array<int, 256> histogram(const cv::Mat1b& image) {
  std::array<int, 256> counts{};
  // Every third row and pixel: a ninth of the page says as much as all of it.
  for (int y = 0; y < image.rows; y += 3) {
    const std::uint8_t* row = image[y];
    for (int x = 0; x < image.cols; x += 3) ++counts[row[x]];
  }
  return counts;
}

// The value below which a part of `share` of all pixels darker than `limit` lies.
int dark_level(const std::array<int, 256>& counts, int limit, double share) {
  long total = 0;
  for (int v = 0; v < limit; ++v) total += counts[static_cast<std::size_t>(v)];
  long seen = 0;
  for (int v = 0; v < limit; ++v) {
    seen += counts[static_cast<std::size_t>(v)];
    if (static_cast<double>(seen) >= share * static_cast<double>(total)) return v;
  }
  return 0;
}

// Arithmetic on many pixels at once is several times as fast as a table.
cv::Mat1b levels(const cv::Mat1b& image, int black, int white) {
  const double scale = 255.0 / std::max(1, white - black);
  cv::Mat1b out;
  image.convertTo(out, CV_8U, scale, -scale * black);
  return out;
}

struct Ink {
  int channel = 0;     // 0 red, 2 blue
  double light = 1.0;  // of the seal's ink in its own channel, relative to paper
};

// Where pixels are clearly red or blue, on a small picture whose channels are relative to paper.
cv::Mat1b coloured(const cv::Mat3b& even) {
  cv::Mat1b mask(even.size(), std::uint8_t{0});
  for (int y = 0; y < even.rows; ++y) {
    for (int x = 0; x < even.cols; ++x) {
      const cv::Vec3b& c = even(y, x);
      const int strongest = std::max(c[0], c[2]);
      const int weakest = std::min({c[0], c[1], c[2]});
      if (strongest - weakest > 45 && strongest > c[1] + 20) mask(y, x) = 255;
    }
  }
  return mask;
}

Ink seal_ink(const cv::Mat3b& even, const cv::Mat1b& mask, const cv::Rect& box) {
  long red = 0;
  long blue = 0;
  std::vector<int> own[2];
  for (int y = box.y; y < box.br().y; ++y) {
    for (int x = box.x; x < box.br().x; ++x) {
      if (mask(y, x) == 0) continue;
      const cv::Vec3b& c = even(y, x);
      const bool is_red = c[0] > c[2];
      ++(is_red ? red : blue);
      own[is_red ? 0 : 1].push_back(is_red ? c[0] : c[2]);
    }
  }
  Ink ink;
  ink.channel = red >= blue ? 0 : 2;
  std::vector<int>& light = own[red >= blue ? 0 : 1];
  if (light.empty()) return ink;
  const auto middle = light.begin() + static_cast<std::ptrdiff_t>(light.size() / 3);
  std::nth_element(light.begin(), middle, light.end());
  ink.light = std::clamp(*middle / 255.0, 0.5, 1.0);
  return ink;
}

// Seals are round, oval or square and larger than a line of text: coloured text stays as it is.
bool looks_like_seal(const cv::Rect& box, const cv::Size& page) {
  const double least = 0.045 * std::min(page.width, page.height);
  const double most = 0.5 * std::min(page.width, page.height);
  const double aspect = static_cast<double>(box.width) / std::max(1, box.height);
  return std::min(box.width, box.height) >= least && std::max(box.width, box.height) <= most &&
         aspect < 3.0 && aspect > 1.0 / 3.0;
}

// Whether what is coloured in a box is of lines as thin as rules: no ring of a seal is. Of seals
// four tenths survive, of rules less than one.
bool is_thin(const cv::Mat1b& mask) {
  cv::Mat1b thick;
  cv::erode(mask, thick, cv::Mat::ones(2, 2, CV_8U));
  return cv::countNonZero(thick) < 0.2 * cv::countNonZero(mask);
}

// The boxes that lie inside no other: the star and the text of a seal belong to its ring.
std::vector<cv::Rect> outermost(std::vector<cv::Rect> boxes) {
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const cv::Rect& a, const cv::Rect& b) { return a.area() > b.area(); });
  std::vector<cv::Rect> kept;
  for (const cv::Rect& box : boxes) {
    const bool inside = std::any_of(kept.begin(), kept.end(), [&](const cv::Rect& other) {
      return (box & other).area() > box.area() / 2;
    });
    if (!inside) kept.push_back(box);
  }
  return kept;
}

void take_out(const cv::Mat3b& colours, const cv::Rect& box, const Ink& ink, double paper,
              cv::Mat1b& grey) {
  const double scale = 1.0 / ink.light;
  for (int y = box.y; y < box.br().y; ++y) {
    for (int x = box.x; x < box.br().x; ++x) {
      const cv::Vec3b& c = colours(y, x);
      const int own = c[ink.channel];
      const int weakest = std::min({c[0], c[1], c[2]});
      // The more a pixel is coloured, the more of the seal's own darkness we take back.
      const double tint = own > 0 ? static_cast<double>(own - weakest) / own : 0.0;
      const double part = std::clamp(tint / 0.5, 0.0, 1.0);
      const double light = own * (1.0 + part * (scale - 1.0));
      grey(y, x) = cv::saturate_cast<std::uint8_t>(std::min(light, std::max<double>(paper, own)));
    }
  }
}

}  // namespace

GreyScan grey_without_seals(const cv::Mat3b& colours) {
  GreyScan scan;
  cv::cvtColor(colours, scan.grey, cv::COLOR_RGB2GRAY);
  const double scale = std::min(1.0, 800.0 / std::max(colours.cols, colours.rows));
  cv::Mat3b small;
  cv::resize(colours, small, {}, scale, scale, cv::INTER_AREA);
  std::array<cv::Mat1b, 3> planes;
  cv::split(small, planes.data());
  for (cv::Mat1b& plane : planes) {
    cv::Mat1b paper;
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {25, 25});
    cv::morphologyEx(plane, paper, cv::MORPH_CLOSE, kernel, {-1, -1}, 1, cv::BORDER_REPLICATE);
    cv::divide(plane, cv::max(paper, 1), plane, 255.0);
  }
  cv::Mat3b even;
  cv::merge(planes.data(), 3, even);
  const cv::Mat1b mask = coloured(even);
  cv::Mat1b joined;
  cv::dilate(mask, joined, cv::getStructuringElement(cv::MORPH_ELLIPSE, {9, 9}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
  const cv::Rect all(0, 0, colours.cols, colours.rows);
  std::vector<cv::Rect> boxes;
  for (int i = 1; i < count; ++i) {
    boxes.emplace_back(stats.at<int>(i, 0), stats.at<int>(i, 1), stats.at<int>(i, 2),
                       stats.at<int>(i, 3));
  }
  for (const cv::Rect& box : outermost(std::move(boxes))) {
    if (!looks_like_seal(box, small.size()) || is_thin(mask(box))) continue;
    const cv::Rect large = cv::Rect(cvFloor(box.x / scale), cvFloor(box.y / scale),
                                    cvCeil(box.width / scale), cvCeil(box.height / scale)) &
                           all;
    const Ink ink = seal_ink(even, mask, box);
    const cv::Mat1b light = scan.grey(large);
    double paper = 255.0;
    cv::minMaxLoc(light, nullptr, &paper);
    take_out(colours, large, ink, paper, scan.grey);
    scan.seals.push_back(large);
  }
  return scan;
}

cv::Mat1b even_paper(const cv::Mat1b& grey) {
  const cv::Mat1b blocks = paper_light(grey);
  double darkest = 0.0;
  double lightest = 0.0;
  cv::minMaxLoc(blocks, &darkest, &lightest);
  cv::Mat1b even;
  if (lightest - darkest <= 3.0) {
    even = levels(grey, 0, std::max(1, cvRound(lightest)));
  } else {
    cv::Mat1b paper;
    cv::resize(blocks, paper, grey.size(), 0, 0, cv::INTER_LINEAR);
    cv::divide(grey, paper, even, 255.0);
  }
  const auto counts = histogram(even);
  // A page without print has no dark half; its black stays where it is.
  long dark = 0;
  long all = 0;
  for (int v = 0; v < 256; ++v) {
    all += counts[static_cast<std::size_t>(v)];
    if (v < 170) dark += counts[static_cast<std::size_t>(v)];
  }
  if (static_cast<double>(dark) < 0.0005 * static_cast<double>(all)) return even;
  return levels(even, std::min(140, dark_level(counts, 170, 0.15)), 250);
}

void take_ghosts(std::vector<std::uint8_t>& samples, int faintest) {
  std::array<std::uint8_t, 256> table{};
  for (int v = 0; v < 256; ++v) {
    // A soft knee: half the range above the limit fades to white.
    const int darkness = 255 - v;
    const double part = std::clamp((darkness - 0.5 * faintest) / (0.5 * faintest), 0.0, 1.0);
    table[static_cast<std::size_t>(v)] = cv::saturate_cast<std::uint8_t>(255.0 - part * darkness);
  }
  // White stays white, and most of a page is: it is passed over eight pixels at a time.
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof(eight) <= samples.size(); at += sizeof(eight)) {
    std::memcpy(&eight, samples.data() + at, sizeof(eight));
    if (eight == ~std::uint64_t{0}) continue;
    for (std::size_t i = at; i < at + sizeof(eight); ++i) samples[i] = table[samples[i]];
  }
  for (; at < samples.size(); ++at) samples[at] = table[samples[at]];
}

}  // namespace tabularium::table_grid
