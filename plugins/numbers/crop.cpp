#include "crop.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "line_picture.h"

namespace tabularium::numbers {

namespace {

/// A run of rows, from the first to one past the last.
struct Band {
  int top = 0;
  int bottom = 0;

  int height() const { return bottom - top; }
};

/// How dark each pixel is below the paper around it. The paper is what is left when everything
/// narrower than a character is closed, so uneven light and shadows go.
cv::Mat darkness(const cv::Mat& grey, double em_px) {
  const int size = std::max(3, static_cast<int>(em_px * 0.7)) | 1;
  cv::Mat paper;
  cv::morphologyEx(grey, paper, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {size, size}));
  cv::blur(paper, paper, {size, size});
  cv::Mat dark;
  cv::subtract(paper, grey, dark);
  return dark;
}

/// Ink is what is darker than half the ink's own depth, found by Otsu's method, but never paler
/// than the page's least contrast: an empty cell holds nothing but noise.
cv::Mat ink_mask(const cv::Mat& grey, const Print& print) {
  const cv::Mat dark = darkness(grey, print.em_px);
  cv::Mat mask;
  const double otsu = cv::threshold(dark, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  cv::threshold(dark, mask, std::max(otsu * 0.8, print.least_contrast), 255, cv::THRESH_BINARY);
  return mask;
}

/// What a connected piece of ink measures.
struct Piece {
  cv::Rect box;
  int area = 0;
};

/// Long thin things at an edge of the cell are pieces of rules, and so is what runs through the
/// whole cell. On a page that is a little askew their boxes are higher than their strokes, so the
/// thickness is what the area tells.
bool is_rule(const Piece& piece, const cv::Size& cell, double em_px) {
  const cv::Rect& box = piece.box;
  const double thin = std::max(3.0, 0.16 * em_px);
  const int near = std::max(2, static_cast<int>(0.15 * em_px));
  const bool at_top = box.y <= near;
  const bool at_bottom = box.br().y >= cell.height - near;
  const bool at_left = box.x <= near;
  const bool at_right = box.br().x >= cell.width - near;
  // Crumbs of a broken rule lie on the very edge; text keeps away from it unless the cut is tight.
  const bool on_edge = box.y == 0 || box.br().y == cell.height;
  if (on_edge && box.height <= 0.12 * em_px && cell.height >= em_px) return true;
  const bool on_side = box.x == 0 || box.br().x == cell.width;
  if (on_edge && on_side && box.width <= 0.12 * em_px && cell.height >= em_px) return true;
  if (box.width > 4 * box.height && piece.area <= thin * box.width) {
    const bool at_edge = (at_top || at_bottom) && box.width >= 0.6 * em_px;
    return at_edge || (at_left && at_right && box.width > 3 * em_px);
  }
  if (box.height > 4 * box.width && piece.area <= thin * box.height) {
    const bool at_edge = (at_left || at_right) && box.height >= 1.1 * em_px;
    return at_edge || (at_top && at_bottom && (at_left || at_right || box.height > 1.6 * em_px));
  }
  return false;
}

/// What is left of the cell when all beyond the rules at its edges is cut off: cells of a page that
/// is a little askew reach into their neighbours.
cv::Rect within_rules(const std::vector<cv::Rect>& rules, const cv::Size& cell) {
  int left = 0;
  int top = 0;
  int right = cell.width;
  int bottom = cell.height;
  for (const cv::Rect& rule : rules) {
    if (rule.width >= 0.5 * cell.width && rule.width > rule.height) {
      if (rule.br().y < 0.4 * cell.height) top = std::max(top, rule.y);
      if (rule.y > 0.6 * cell.height) bottom = std::min(bottom, rule.br().y);
    } else if (rule.height >= 0.5 * cell.height && rule.height > rule.width) {
      if (rule.br().x < 0.25 * cell.width) left = std::max(left, rule.x);
      if (rule.x > 0.75 * cell.width) right = std::min(right, rule.br().x);
    }
  }
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

/// Strokes longer than any character has them. Where two rules meet at a corner they are one piece
/// of ink, so that its box alone does not show them.
cv::Mat long_strokes(const cv::Mat& mask, double em_px) {
  const int across_px = std::max(12, static_cast<int>(std::lround(1.7 * em_px)));
  const int down_px = std::max(10, static_cast<int>(std::lround(1.25 * em_px)));
  cv::Mat across;
  cv::Mat down;
  cv::morphologyEx(mask, across, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {across_px, 1}));
  cv::morphologyEx(mask, down, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {1, down_px}));
  cv::Mat strokes;
  cv::bitwise_or(across, down, strokes);
  return strokes;
}

/// The boxes of rules in a mask that holds nothing else: one for each direction of each piece.
std::vector<cv::Rect> boxes_of(const cv::Mat& strokes, double em_px) {
  std::vector<cv::Rect> boxes;
  for (const cv::Size& brush :
       {cv::Size(static_cast<int>(em_px), 1), cv::Size(1, static_cast<int>(em_px))}) {
    cv::Mat part;
    cv::morphologyEx(strokes, part, cv::MORPH_OPEN,
                     cv::getStructuringElement(cv::MORPH_RECT, brush));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(part, labels, stats, centres, 8, CV_32S);
    for (int label = 1; label < count; ++label) {
      boxes.emplace_back(
          stats.at<int>(label, cv::CC_STAT_LEFT), stats.at<int>(label, cv::CC_STAT_TOP),
          stats.at<int>(label, cv::CC_STAT_WIDTH), stats.at<int>(label, cv::CC_STAT_HEIGHT));
    }
  }
  return boxes;
}

/// What was taken out of a mask.
struct Removed {
  cv::Mat rules;                ///< 255 where a rule was
  std::vector<cv::Rect> boxes;  ///< of the rules
};

/// Takes pieces of ink that are rules, and dust, out of `mask`. A decimal point is no dust: it is
/// bigger than one or two stray pixels.
void take_out_pieces(cv::Mat& mask, double em_px, Removed& removed) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  const double dust = std::max(2.0, 0.0035 * em_px * em_px);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 0);
  std::vector<std::uint8_t> rule(static_cast<std::size_t>(count), 0);
  for (int label = 1; label < count; ++label) {
    const auto value = [&](int column) { return stats.at<int>(label, column); };
    const Piece piece{{value(cv::CC_STAT_LEFT), value(cv::CC_STAT_TOP), value(cv::CC_STAT_WIDTH),
                       value(cv::CC_STAT_HEIGHT)},
                      value(cv::CC_STAT_AREA)};
    const auto at = static_cast<std::size_t>(label);
    rule[at] = is_rule(piece, mask.size(), em_px) ? 255 : 0;
    if (rule[at] != 0) removed.boxes.push_back(piece.box);
    keep[at] = rule[at] == 0 && piece.area >= dust ? 255 : 0;
  }
  for (int y = 0; y < mask.rows; ++y) {
    const int* from = labels.ptr<int>(y);
    for (int x = 0; x < mask.cols; ++x) {
      mask.at<std::uint8_t>(y, x) = keep[static_cast<std::size_t>(from[x])];
      removed.rules.at<std::uint8_t>(y, x) |= rule[static_cast<std::size_t>(from[x])];
    }
  }
}

/// Takes rules and dust out of the mask, and rules out of the grey picture too: nobody takes `1`
/// for a rule then, nor a rule for `1`.
void keep_text(Cell& cell, double em_px) {
  cv::Mat& mask = cell.is_ink;
  Removed removed{cv::Mat::zeros(mask.size(), CV_8U), {}};
  take_out_pieces(mask, em_px, removed);
  cv::Mat strokes = long_strokes(mask, em_px);
  if (cv::countNonZero(strokes) != 0) {
    const std::vector<cv::Rect> boxes = boxes_of(strokes, em_px);
    removed.boxes.insert(removed.boxes.end(), boxes.begin(), boxes.end());
    cv::dilate(strokes, strokes, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::bitwise_or(removed.rules, strokes, removed.rules);
    mask.setTo(0, strokes);
    take_out_pieces(mask, em_px, removed);
  }
  if (removed.boxes.empty()) return;
  // A rule's soft edge is paler than ink; it goes too, unless it is a character's.
  cv::dilate(removed.rules, removed.rules, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  removed.rules.setTo(0, mask);
  cell.grey = cell.grey.clone();
  const double paper = grey_at(cell.grey, 0.8);
  cell.grey.setTo(paper, removed.rules);
  cv::Mat outside(mask.size(), CV_8U, cv::Scalar(255));
  outside(within_rules(removed.boxes, mask.size())).setTo(0);
  cell.grey.setTo(paper, outside);
  mask.setTo(0, outside);
}

std::vector<Band> runs_of_rows(const cv::Mat& mask) {
  std::vector<Band> bands;
  for (int y = 0; y < mask.rows; ++y) {
    if (cv::countNonZero(mask.row(y)) == 0) continue;
    if (!bands.empty() && bands.back().bottom == y) {
      bands.back().bottom = y + 1;
    } else {
      bands.push_back({y, y + 1});
    }
  }
  return bands;
}

/// Joins the strokes of one line (`=`, `≥`, `二`): near bands that together are no higher than a
/// line.
std::vector<Band> join_strokes(const std::vector<Band>& bands, double em_px) {
  std::vector<Band> joined;
  for (const Band& band : bands) {
    if (!joined.empty()) {
      const Band both{joined.back().top, band.bottom};
      const int gap = band.top - joined.back().bottom;
      const bool small = std::min(joined.back().height(), band.height()) < 0.45 * em_px;
      if (both.height() <= 1.15 * em_px && (small || gap <= 0.08 * em_px)) {
        joined.back() = both;
        continue;
      }
    }
    joined.push_back(band);
  }
  return joined;
}

/// Splits what is higher than a line where the fewest pixels stand: lines of a skewed or tight cell
/// touch.
void split_touching(const cv::Mat& mask, double em_px, std::vector<Band>& bands) {
  for (std::size_t at = 0; at < bands.size(); ++at) {
    const Band band = bands[at];
    if (band.height() <= 1.6 * em_px) continue;
    const int first = band.top + static_cast<int>(0.6 * em_px);
    const int last = std::min(band.bottom - static_cast<int>(0.5 * em_px),
                              band.top + static_cast<int>(1.7 * em_px));
    int best = first;
    int fewest = mask.cols + 1;
    for (int y = first; y < last; ++y) {
      const int ink = cv::countNonZero(mask.row(y));
      if (ink < fewest) {
        fewest = ink;
        best = y;
      }
    }
    // No thin place: a seal or a tall sign, not two lines.
    if (last <= first || fewest > 0.25 * mask.cols) continue;
    bands[at].bottom = best;
    bands.insert(bands.begin() + static_cast<std::ptrdiff_t>(at) + 1, {best, band.bottom});
  }
}

/// Whether this is no more than a speck: smaller than any sign but a point.
bool is_speck(const cv::Size& size, double em_px) {
  return size.width < 0.22 * em_px && size.height < 0.22 * em_px;
}

/// A hyphen of a pale copy: flat, and wider than dust.
bool is_pale_hyphen(const cv::Size& size, double em_px) {
  return size.width >= 2 * size.height && size.width >= 0.17 * em_px;
}

/// Where ink begins and ends from left to right: runs of columns without a gap of half a character.
std::vector<cv::Rect> groups_of(const cv::Mat& mask, double em_px) {
  cv::Mat columns;
  cv::reduce(mask, columns, 0, cv::REDUCE_MAX);
  std::vector<cv::Rect> groups;
  for (int x = 0; x < columns.cols; ++x) {
    if (columns.at<std::uint8_t>(0, x) == 0) continue;
    if (!groups.empty() && x - groups.back().br().x <= 0.7 * em_px) {
      groups.back().width = x + 1 - groups.back().x;
    } else {
      groups.push_back({x, 0, 1, mask.rows});
    }
  }
  for (cv::Rect& group : groups) {
    const cv::Rect ink = cv::boundingRect(mask(group));
    group = {group.x, ink.y, group.width, ink.height};
  }
  return groups;
}

/// The line's ink, without specks that stand alone before or after it; nothing where specks are all
/// there is. Beside other ink a small flat thing is a crumb of a rule; alone it is a hyphen.
std::optional<TextLine> line_of(const cv::Mat& mask, const Band& band, double em_px) {
  std::optional<cv::Rect> ink;
  const auto groups = groups_of(mask.rowRange(band.top, band.bottom), em_px);
  for (const cv::Rect& group : groups) {
    const bool hyphen = groups.size() == 1 && is_pale_hyphen(group.size(), em_px);
    if (hyphen || !is_speck(group.size(), em_px)) ink = ink ? *ink | group : group;
  }
  if (!ink) return std::nullopt;
  ink->y += band.top;
  return TextLine{*ink, 1};
}

/// Upright crumbs of a rule at the cell's side that stand in rows of their own. Beside other ink
/// they could be a `1`, and stay.
bool is_side_crumb(const cv::Rect& ink, const cv::Size& cell, double em_px) {
  return ink.width <= 0.15 * em_px && (ink.x <= 1 || ink.br().x >= cell.width - 1);
}

}  // namespace

double least_contrast(const std::vector<cv::Mat>& cells) {
  std::vector<double> depths;
  for (const cv::Mat& cell : cells) {
    if (cell.empty()) continue;
    const double depth = grey_at(cell, 0.8) - grey_at(cell, 0.002);
    if (depth > 40.0) depths.push_back(depth);
  }
  if (depths.empty()) return Print{}.least_contrast;
  const auto middle = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() / 2);
  std::nth_element(depths.begin(), middle, depths.end());
  return std::max(Print{}.least_contrast, 0.3 * *middle);
}

Cell find_lines(const cv::Mat& grey, const Print& print) {
  const double em_px = print.em_px;
  Cell cell;
  cell.grey = grey;
  if (grey.rows < 4 || grey.cols < 4) return cell;
  cell.is_ink = ink_mask(grey, print);
  keep_text(cell, em_px);
  std::vector<Band> bands = join_strokes(runs_of_rows(cell.is_ink), em_px);
  split_touching(cell.is_ink, em_px, bands);
  for (const Band& band : bands) {
    if (const auto line = line_of(cell.is_ink, band, em_px)) cell.lines.push_back(*line);
  }
  if (cell.lines.size() > 1) {
    std::erase_if(cell.lines, [&](const TextLine& line) {
      return is_side_crumb(line.ink, grey.size(), em_px);
    });
  }
  for (TextLine& line : cell.lines) line.lines_in_cell = static_cast<int>(cell.lines.size());
  return cell;
}

Cell known_line(const cv::Mat& grey, const cv::Rect& line, const Print& print) {
  Cell cell;
  cell.grey = grey;
  if (line.empty() || grey.rows < 4 || grey.cols < 4) return cell;
  cell.is_ink = ink_mask(grey, print);
  const cv::Rect ink = cv::boundingRect(cell.is_ink(line));
  // What stands above and below is another line's, so the cut must keep to this one.
  if (!ink.empty()) cell.lines.push_back({ink + line.tl(), 2});
  return cell;
}

double estimate_em_px(const std::vector<Cell>& cells, double fallback) {
  std::vector<double> heights;
  for (const Cell& cell : cells) {
    for (const TextLine& line : cell.lines) {
      const double height = line.ink.height;
      // Signs alone (`-`, `.`) tell nothing, nor does what is no line.
      if (height > 0.35 * fallback && height < 1.9 * fallback) heights.push_back(height);
    }
  }
  if (heights.empty()) return fallback;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  // Digits are 0.7 em high, lines with brackets or Chinese about 1: between them we are never far
  // off.
  return *middle * 1.15;
}

LineCut cut_line(const Cell& cell, const TextLine& line, double em_px, double room) {
  const double height = room * std::max({1.12 * line.ink.height, 1.05 * em_px, 8.0});
  const double middle = line.ink.y + line.ink.height / 2.0;
  const int margin = std::max(2, static_cast<int>(std::lround(0.3 * em_px)));
  const int rows = static_cast<int>(std::lround(height));
  const cv::Rect place(line.ink.x - margin, static_cast<int>(std::lround(middle - height / 2)),
                       line.ink.width + 2 * margin, rows);
  cv::Mat grey(place.size(), CV_8U, cv::Scalar(grey_at(cell.grey, 0.8)));
  cv::Rect inside = place & cv::Rect({0, 0}, cell.grey.size());
  if (line.lines_in_cell > 1) {
    // Between lines the paper is narrow: heads and feet of the neighbours stay outside.
    const int spare = std::max(1, static_cast<int>(0.1 * em_px));
    inside &= cv::Rect(place.x, line.ink.y - spare, place.width, line.ink.height + 2 * spare);
  }
  if (!inside.empty()) cell.grey(inside).copyTo(grey(inside - place.tl()));
  return {grey, place};
}

cv::Mat normalized(const cv::Mat& grey) {
  return normalized_line(grey, kInputRows, kMostInputColumns);
}

}  // namespace tabularium::numbers
