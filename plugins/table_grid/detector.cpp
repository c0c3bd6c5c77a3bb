#include "detector.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "dark_areas.h"
#include "dotted.h"
#include "flatten.h"
#include "outline.h"
#include "paper.h"
#include "sides.h"
#include "tabularium/page/error.h"
#include "trace.h"
#include "true_rules.h"
#include "turn.h"

namespace tabularium::table_grid {

namespace {

constexpr double kMiddleSide = 1754.0;  // pixels of the picture that geometry is measured on
constexpr double kGhostShare = 0.30;    // print of the other side is fainter than this

void check(const PageImage& image, const Limits& limits) {
  const std::int64_t pixels = static_cast<std::int64_t>(image.width) * image.height;
  if (image.width < 1 || image.height < 1 || (image.channels != 1 && image.channels != 3) ||
      image.samples.size() != static_cast<std::size_t>(pixels) * image.channels) {
    throw Error(Error::Code::damaged_input,
                fmt::format("a picture of {} x {} pixels in {} channels with {} samples",
                            image.width, image.height, image.channels, image.samples.size()));
  }
  if (pixels > limits.max_image_pixels) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{} x {} pixels exceed the limit of {} (Limits::max_image_pixels)",
                            image.width, image.height, limits.max_image_pixels));
  }
}

GreyScan grey_scan(const PageImage& image) {
  // OpenCV never writes to a source; its type has no way to say so.
  auto* samples = const_cast<std::uint8_t*>(image.samples.data());  // NOLINT
  if (image.channels == 3) {
    return grey_without_seals(
        cv::Mat3b(image.height, image.width, reinterpret_cast<cv::Vec3b*>(samples)));
  }
  return {cv::Mat1b(image.height, image.width, samples).clone(), {}};
}

cv::Matx33d scaling(double factor) { return {factor, 0, 0, 0, factor, 0, 0, 0, 1}; }

// Turns by `degrees` counterclockwise about the middle of a picture of `size`.
cv::Matx33d turning(double degrees, const cv::Size& size) {
  const double c = std::cos(degrees * CV_PI / 180.0);
  const double s = std::sin(degrees * CV_PI / 180.0);
  const double x = size.width / 2.0;
  const double y = size.height / 2.0;
  return {c, s, x - c * x - s * y, -s, c, y + s * x - c * y, 0, 0, 1};
}

// A quarter turn counterclockwise; the picture's size becomes its transpose.
cv::Matx33d quarter_turn(const cv::Size& size) {
  return {0, 1, 0, -1, 0, static_cast<double>(size.width), 0, 0, 1};
}

cv::Matx33d half_turn(const cv::Size& size) {
  return {-1, 0, static_cast<double>(size.width), 0, -1, static_cast<double>(size.height), 0, 0, 1};
}

// Pixel centres stand at half coordinates in our maps, at whole ones in OpenCV's.
cv::Mat1b warped(const cv::Mat1b& grey, const cv::Matx33d& map, const cv::Size& size) {
  const cv::Matx33d to_edges(1, 0, 0.5, 0, 1, 0.5, 0, 0, 1);
  const cv::Matx33d to_centres(1, 0, -0.5, 0, 1, -0.5, 0, 0, 1);
  const cv::Matx33d whole = to_centres * map * to_edges;
  cv::Mat1b out;
  // Of a scan the keystone moves nothing by half a pixel, and without it the work is halved.
  const double keystone = std::abs(whole(2, 0)) * size.width + std::abs(whole(2, 1)) * size.height;
  if (keystone * std::max(size.width, size.height) < 0.5) {
    const double middle =
        whole(2, 0) * size.width / 2 + whole(2, 1) * size.height / 2 + whole(2, 2);
    cv::warpAffine(grey, out, whole.get_minor<2, 3>(0, 0) * (1.0 / middle), size, cv::INTER_LINEAR,
                   cv::BORDER_REPLICATE);
  } else {
    cv::warpPerspective(grey, out, whole, size, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  }
  return out;
}

cv::Point2d applied(const cv::Matx33d& map, cv::Point2d p) {
  const cv::Vec3d v = map * cv::Vec3d(p.x, p.y, 1.0);
  return {v[0] / v[2], v[1] / v[2]};
}

// Largest way that `map` moves a corner of `size`.
double movement(const cv::Matx33d& map, const cv::Size& size) {
  double most = 0.0;
  for (const cv::Point2d p : {cv::Point2d(0, 0), cv::Point2d(size.width, 0),
                              cv::Point2d(0, size.height), cv::Point2d(size.width, size.height)}) {
    const cv::Point2d d = applied(map, p) - p;
    most = std::max(most, std::hypot(d.x, d.y));
  }
  return most;
}

struct Plan {
  cv::Matx33d map = cv::Matx33d::eye();  // pixels as given to pixels of the upright page
  cv::Size size;                         // of the upright page
  int turned = 0;
  double turn_confidence = 1.0;
  double rule_darkness = 0.0;  // 0 to 255, of the page's typical rule
  double glyph = 0.0;          // height of a typical glyph in pixels as given, 0 without text
};

// The sheet of a photograph as a rectangle of its mean side lengths.
Plan sheet_plan(const cv::Mat1b& grey) {
  Plan plan;
  plan.size = grey.size();
  const auto corners = sheet_corners(grey);
  if (!corners) return plan;
  const auto& c = *corners;
  const auto side = [&](std::size_t a, std::size_t b) {
    return std::hypot(c[b].x - c[a].x, c[b].y - c[a].y);
  };
  plan.size = {cvRound((side(0, 1) + side(3, 2)) / 2), cvRound((side(0, 3) + side(1, 2)) / 2)};
  const auto w = static_cast<float>(plan.size.width);
  const auto h = static_cast<float>(plan.size.height);
  const std::array<cv::Point2f, 4> from = {c[0], c[1], c[2], c[3]};
  const std::array<cv::Point2f, 4> to = {cv::Point2f{0, 0}, {w, 0}, {w, h}, {0, h}};
  plan.map = cv::Matx33d(cv::getPerspectiveTransform(from.data(), to.data()).ptr<double>());
  return plan;
}

/// The rules of a page, and what its copier drew down it.
struct Traced {
  Traces rules;
  std::vector<Trace> streaks;
};

Traced traced(const cv::Mat1b& across_ink, const cv::Mat1b& down_ink, const TraceOptions& options) {
  const Traces all{trace_rules(across_ink, options), trace_rules(down_ink, options)};
  Traces rules = true_rules(all, options.em, across_ink.size());
  std::vector<Trace> streaks = streaks_among(all.down, rules.down, across_ink.rows);
  return {without_stray_ends(std::move(rules), options.em), std::move(streaks)};
}

// Follows what is as faint as can be, where the ends of rules say that the side of a table is
// there.
void add_faint_borders(const cv::Mat1b& across_ink, const cv::Mat1b& down_ink, TraceOptions options,
                       Traces& traces) {
  options.faintest = options.least;
  if (misses_border(traces.across, traces.down, options.em)) {
    add_borders(traces.down, trace_rules(down_ink, options), traces.across, options.em);
  }
  if (misses_border(traces.down, traces.across, options.em)) {
    add_borders(traces.across, trace_rules(across_ink, options), traces.down, options.em);
  }
}

// The same on a page whose rules are in pieces.
Traces worn_traces(const cv::Mat1b& across_ink, const cv::Mat1b& down_ink,
                   const TraceOptions& options) {
  Traces all{joined_in_line(trace_rules(across_ink, options), options.em),
             joined_in_line(trace_rules(down_ink, options), options.em)};
  all = without_strokes(true_rules(std::move(all), options.em, across_ink.size()), options.em);
  all = without_stray_ends(std::move(all), options.em);
  const auto add = [](std::vector<Trace>& to, const std::vector<Trace>& more) {
    to.insert(to.end(), more.begin(), more.end());
  };
  const std::vector<Trace> across = all.across;
  add(all.across, trace_stubs(across_ink, all.across, all.down, options));
  add(all.down, trace_stubs(down_ink, all.down, across, options));
  add(all.down, dotted_rules(down_ink, all.down, all.across, options));
  add(all.across, dotted_rules(across_ink, all.across, all.down, options));
  return all;
}

cv::Mat1b transposed(const cv::Mat1b& image) {
  cv::Mat1b out;
  cv::transpose(image, out);
  return out;
}

// Grain of the paper: a typical difference between pixels two apart.
int grain_of(const cv::Mat1b& even) {
  std::array<int, 256> counts{};
  int total = 0;
  for (int y = 0; y < even.rows; y += 7) {
    const std::uint8_t* row = even[y];
    for (int x = 0; x + 2 < even.cols; x += 5) {
      if (row[x] < 180 || row[x + 2] < 180) continue;
      ++counts[static_cast<std::size_t>(std::abs(row[x] - row[x + 2]))];
      ++total;
    }
  }
  int seen = 0;
  int typical = 0;
  while (typical < 255 && 2 * (seen += counts[static_cast<std::size_t>(typical)]) < total) {
    ++typical;
  }
  return typical;
}

// Rules are followed where they are darker than the grain of the paper, and than folds, streaks and
// print of the other side, which are fainter than half a rule.
TraceOptions trace_options(double em, int grain, double rule_darkness) {
  const int least = std::clamp(20 + 2 * grain, 22, 60);
  return {em, std::clamp(cvRound(0.4 * rule_darkness), least, 75), least};
}

double text_size(double glyph, const cv::Size& page) {
  // Without text rules still have a size: of a page of A4 a line of text takes about an 80th.
  return glyph > 0.0 ? glyph / 0.92 : std::max(page.width, page.height) / 80.0;
}

// Which way the page lies, measured on a smaller picture, and the map that sets it upright.
Plan upright_plan(const cv::Mat1b& grey) {
  Plan plan = sheet_plan(grey);
  const double scale = std::min(1.0, kMiddleSide / std::max(plan.size.width, plan.size.height));
  const cv::Size middle(std::max(1, cvRound(plan.size.width * scale)),
                        std::max(1, cvRound(plan.size.height * scale)));
  cv::Mat1b picture;
  if (movement(plan.map, grey.size()) < 0.5) {
    cv::resize(grey, picture, middle, 0, 0, cv::INTER_AREA);
  } else {
    cv::Mat1b flat = warped(grey, plan.map, plan.size);
    cv::resize(flat, picture, middle, 0, 0, cv::INTER_AREA);
  }
  cv::Mat1b ink = 255 - even_paper(picture);
  cv::Matx33d map = scaling(scale);
  double glyph = glyph_height(ink);
  if (text_runs_down(ink, glyph)) {
    map = quarter_turn(ink.size()) * map;
    cv::rotate(ink, ink, cv::ROTATE_90_COUNTERCLOCKWISE);
    plan.size = {plan.size.height, plan.size.width};
    plan.turned = 90;
  }
  const double skew = skew_of_rows(ink).degrees;
  if (std::abs(skew) > 0.015) {
    const cv::Matx33d turn = turning(skew, ink.size());
    ink = 255 - warped(255 - ink, turn, ink.size());
    map = turn * map;
    // The boxes round glyphs that stood askew were too large.
    if (std::abs(skew) > 1.5) glyph = glyph_height(ink);
  }
  const TraceOptions options{text_size(glyph, ink.size()), 30, 30};
  const Traces traces = traced(ink, transposed(ink), options).rules;
  plan.rule_darkness = typical_darkness(traces);
  map = flattening(traces, ink.size(), true) * map;
  const Uprightness votes = uprightness(ink, glyph);
  const int all = votes.upright + votes.on_head;
  plan.turn_confidence =
      all == 0 ? 0.5 : (std::max(votes.upright, votes.on_head) + 1.0) / (all + 2.0);
  if (votes.on_head > votes.upright) {
    map = half_turn(ink.size()) * map;
    plan.turned += 180;
  }
  plan.glyph = glyph / scale;
  plan.map = scaling(1.0 / scale) * map * plan.map;
  return plan;
}

cv::Mat1b set_upright(const cv::Mat1b& grey, const Plan& plan) {
  // Whole turns keep every pixel as it is.
  if (plan.size == grey.size() && movement(plan.map, grey.size()) < 0.5) return grey;
  return warped(grey, plan.map, plan.size);
}

// Paints a trace white from one place along it to another, but not where a stroke of a character
// crosses it. Where one only touches it the soft edge of the rule on that side is the stroke's end.
void erase(const Trace& trace, bool down, double from, double to, double em, cv::Mat1b& image) {
  constexpr double kSoft = 1.5;
  constexpr int kPrint = 128;
  const double half = trace.thickness / 2;
  const int flank = cvCeil(half + kSoft) + std::max(1, cvRound(0.03 * em));
  const int length = down ? image.rows : image.cols;
  const int breadth = down ? image.cols : image.rows;
  const auto pixel = [&](int along, int across) -> std::uint8_t& {
    return down ? image(along, across) : image(across, along);
  };
  const int end = std::min(length - 1, cvCeil(to + 3));
  for (int along = std::max(0, cvFloor(from - 3)); along <= end; ++along) {
    const double middle = trace.at(along);
    const bool before = pixel(along, std::max(0, cvFloor(middle) - flank)) < kPrint;
    const bool after = pixel(along, std::min(breadth - 1, cvFloor(middle) + flank)) < kPrint;
    if (before && after) continue;
    const int first = std::max(0, cvFloor(middle - half - (before ? 0.0 : kSoft)));
    const int last = std::min(breadth - 1, cvCeil(middle + half + (after ? 0.0 : kSoft)) - 1);
    for (int across = first; across <= last; ++across) pixel(along, across) = 255;
  }
}

PageImage page_image(const cv::Mat1b& image, double dpi) {
  PageImage out;
  out.width = image.cols;
  out.height = image.rows;
  out.channels = 1;
  out.dpi = dpi;
  out.samples.assign(image.datastart, image.dataend);
  return out;
}

// The file's resolution where the text's height bears it out: print of these forms is between 6
// and 24 points high. Otherwise as if the typical glyph had 10.5 points, the usual size.
double trusted_dpi(double declared, double glyph_pixels) {
  if (glyph_pixels <= 0.0) return declared >= 36.0 ? declared : 300.0;
  const double points = declared > 0.0 ? glyph_pixels * 72.0 / declared : 0.0;
  if (points >= 5.0 && points <= 26.0) return declared;
  return glyph_pixels * 72.0 / 9.6;
}

Rule point_rule(const PixelRule& rule, double points) {
  return {rule.horizontal ? Rule::Direction::horizontal : Rule::Direction::vertical,
          rule.settled * points, rule.settled_from * points, rule.settled_to * points,
          rule.thickness * points};
}

}  // namespace

UprightPage Detector::detect(const PageImage& image, const Limits& limits) {
  check(image, limits);
  cv::setNumThreads(1);
  GreyScan scan = grey_scan(image);
  if (const cv::Mat1b edges = black_edges(scan.grey); !edges.empty() && !sheet_corners(scan.grey)) {
    scan.grey.setTo(cv::mean(scan.grey, 255 - edges)[0], edges);
  }
  const Plan plan = upright_plan(scan.grey);
  cv::Mat1b even = even_paper(set_upright(scan.grey, plan));
  const double em = text_size(plan.glyph, even.size());
  hollow(even, dark_areas(even, em), em);
  cv::Mat1b ink = 255 - even;
  TraceOptions options = trace_options(em, grain_of(even), plan.rule_darkness);
  take_tints(ink, em, options.least);
  const cv::Mat1b down_ink = transposed(ink);
  auto [traces, streaks] = traced(ink, down_ink, options);
  add_faint_borders(ink, down_ink, options, traces);
  const Wear wear = wear_of(traces, ink, down_ink, options);
  if (wear.worn) {
    // A worn rule is faint in places, its ends included: there is more of it to follow.
    options.faintest = options.least;
    traces = worn_traces(ink, down_ink, options);
  }

  const double dpi = trusted_dpi(image.dpi, plan.glyph);
  const double points = 72.0 / dpi;
  UprightPage upright;
  upright.image = page_image(even, dpi);
  take_ghosts(upright.image.samples, cvRound(255 * kGhostShare));
  upright.text = upright.image;
  cv::Mat1b text(even.rows, even.cols, upright.text.samples.data());
  const std::vector<PixelRule> rules = drawn_sides(traces, ink, down_ink, options, wear);
  for (const PixelRule& rule : rules) {
    const Trace& trace = (rule.horizontal ? traces.across : traces.down)[rule.trace];
    erase(trace, !rule.horizontal, rule.from, rule.to, em, text);
  }
  for (const Trace& streak : streaks) erase(streak, true, streak.from(), streak.to(), em, text);
  upright.page.width = plan.size.width * points;
  upright.page.height = plan.size.height * points;
  upright.page.trust = TextTrust::no_text;
  for (const PixelRule& rule : rules) {
    upright.page.rules.push_back(point_rule(rule, points));
  }
  std::sort(upright.page.rules.begin(), upright.page.rules.end(), rule_before);
  const double source_points = 72.0 / (image.dpi > 0.0 ? image.dpi : dpi);
  const cv::Matx33d back = scaling(source_points) * plan.map.inv() * scaling(1.0 / points);
  std::copy(back.val, back.val + 9, upright.to_source.m.begin());
  for (const cv::Rect& seal : scan.seals) {
    const cv::Matx33d& m = plan.map;
    Homography map;
    const cv::Matx33d to_points = scaling(points) * m;
    std::copy(to_points.val, to_points.val + 9, map.m.begin());
    upright.seals.push_back(
        mapped(map, Box{static_cast<double>(seal.x), static_cast<double>(seal.y),
                        static_cast<double>(seal.br().x), static_cast<double>(seal.br().y)}));
  }
  upright.text_height = plan.glyph * points;
  upright.turned = plan.turned;
  upright.turn_confidence = plan.turn_confidence;
  return upright;
}

}  // namespace tabularium::table_grid
