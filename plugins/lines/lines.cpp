#include "lines.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "context.h"
#include "cut.h"
#include "line_picture.h"
#include "readings.h"
#include "small_print.h"
#include "spots.h"
#include "tabularium/page/text.h"
#include "tabularium/plugin/host.h"

namespace tabularium::lines {

namespace {

constexpr std::size_t kMostNames = 5;
constexpr std::size_t kMostReadings = 6;
constexpr double kLeastProbability = 0.001;
constexpr int kMostColumns = 6000;  // of a picture: four hundred characters

/// A character fills so much of the square that it is set in.
constexpr double kGlyphPerEm = 0.92;

constexpr double kUsualEmPoints = 10.5;

/// A line on its way through the network.
struct Task {
  std::size_t line = 0;  ///< which of those asked for
  cv::Rect ink;          ///< pixels of the page
  LineCut cut;
  int columns = 0;  ///< of its picture
  std::vector<Spot> spots;
  std::vector<Place> places;  ///< one for each of `spots`
};

/// The pixels that `box` touches, cut to the page.
cv::Rect pixels_of(const Box& box, double scale, const cv::Size& page) {
  const int x0 = std::clamp(static_cast<int>(std::floor(box.x0 * scale)), 0, page.width);
  const int y0 = std::clamp(static_cast<int>(std::floor(box.y0 * scale)), 0, page.height);
  const int x1 = std::clamp(static_cast<int>(std::ceil(box.x1 * scale)), x0, page.width);
  const int y1 = std::clamp(static_cast<int>(std::ceil(box.y1 * scale)), y0, page.height);
  return {x0, y0, x1 - x0, y1 - y0};
}

/// For each line a task, behind it one for each part of it that may be small print.
std::vector<Task> tasks_of(const cv::Mat& page, const std::vector<Box>& lines, double scale,
                           double em_px) {
  std::vector<Task> tasks;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const cv::Rect ink = pixels_of(lines[at], scale, page.size());
    if (ink.empty() || !has_ink(page, ink)) continue;
    tasks.push_back({at, ink, cut_line(page, ink, em_px), 0, {}, {}});
    for (const cv::Rect& part : small_print(page, ink)) {
      tasks.push_back({at, part, cut_line(page, part, part.height / kGlyphPerEm), 0, {}, {}});
    }
  }
  return tasks;
}

/// The mean of the features of a spot's steps.
cv::Mat features_of(const LineView& view, const Spot& spot) {
  cv::Mat mean;
  cv::reduce(view.features.rowRange(spot.first, spot.last + 1), mean, 0, cv::REDUCE_AVG);
  return mean;
}

bool is_han(const Place& place) {
  const char32_t code = place.names.front().code;
  return code >= 0x4E00 && code <= 0x9FFF;
}

/// The usual distance between two Chinese characters of a line, in steps; 0 where there are few.
double pitch_of(const Task& task) {
  constexpr std::size_t kLeast = 4;
  std::vector<double> gaps;
  for (std::size_t at = 1; at < task.places.size(); ++at) {
    if (!is_han(task.places[at - 1]) || !is_han(task.places[at])) continue;
    gaps.push_back(task.spots[at].middle() - task.spots[at - 1].middle());
  }
  if (gaps.size() < kLeast) return 0.0;
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

/// Takes two finds of one character for one: 引, whose halves stand apart, is found in both.
void join_halves(Task& task) {
  constexpr double kNear = 0.66;  // of the distance between two characters
  const double pitch = pitch_of(task);
  for (std::size_t at = 1; at < task.places.size();) {
    const double apart = task.spots[at].middle() - task.spots[at - 1].middle();
    const bool same = task.places[at - 1].names.front().code == task.places[at].names.front().code;
    if (same && is_han(task.places[at]) && apart < kNear * pitch) {
      const std::size_t worse =
          task.places[at].probability() > task.places[at - 1].probability() ? at - 1 : at;
      task.spots[at - 1].last = task.spots[at].last;
      task.spots.erase(task.spots.begin() + static_cast<std::ptrdiff_t>(at));
      task.places.erase(task.places.begin() + static_cast<std::ptrdiff_t>(worse));
    } else {
      ++at;
    }
  }
}

/// Finds the characters of all lines, and names them together.
void look_at(std::vector<Task>& tasks, Network& network) {
  std::vector<cv::Mat> pictures;
  for (Task& task : tasks) {
    pictures.push_back(normalized_line(task.cut.grey, Network::kRows, kMostColumns));
    task.columns = pictures.back().cols;
  }
  const std::vector<LineView> views = network.look(pictures);
  cv::Mat features;
  for (std::size_t at = 0; at < tasks.size(); ++at) {
    tasks[at].spots = find_spots(views[at].presence);
    for (const Spot& spot : tasks[at].spots) features.push_back(features_of(views[at], spot));
  }
  auto names = network.name(features, kMostNames);
  auto next = names.begin();
  for (Task& task : tasks) {
    for (const Spot& spot : task.spots) {
      task.places.push_back({merged_shapes(std::move(*next++)), spot.presence});
    }
    join_halves(task);
    heed_neighbours(task.places);
  }
}

/// Where the middle of a spot is on the page, in pixels.
double middle_of(const Task& task, std::size_t at) {
  const double per_step = Network::kColumnsPerStep * static_cast<double>(task.cut.grey.cols) /
                          std::max(1, task.columns);
  return task.cut.left + (task.spots[at].middle() + 0.5) * per_step;
}

/// The spots of a task whose middle is in columns of the page.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< one past the last
};

Range spots_in(const Task& task, double from, double to) {
  Range range;
  while (range.begin < task.spots.size() && middle_of(task, range.begin) < from) ++range.begin;
  range.end = range.begin;
  while (range.end < task.spots.size() && middle_of(task, range.end) < to) ++range.end;
  return range;
}

/// How sure the network is of these characters, on average.
double sureness(const Task& task, const Range& range) {
  double sum = 0.0;
  for (std::size_t at = range.begin; at < range.end; ++at) sum += task.places[at].probability();
  return range.begin == range.end ? 0.0 : sum / static_cast<double>(range.end - range.begin);
}

/// Whether a part of a line is Chinese in small print: read by itself it is surer than in the line.
bool is_small_print(const Task& part, const Task& line) {
  constexpr double kClearly = 0.1;
  const auto han = std::count_if(part.places.begin(), part.places.end(), is_han);
  if (2 * static_cast<std::size_t>(han) < part.places.size() || han == 0) return false;
  const Range range = spots_in(line, part.ink.x, part.ink.x + part.ink.width);
  return sureness(part, {0, part.spots.size()}) > sureness(line, range) + kClearly;
}

Task piece_of(const Task& line, std::size_t begin, std::size_t end) {
  Task piece = line;
  const auto at = [](auto& all, std::size_t place) {
    return all.begin() + static_cast<std::ptrdiff_t>(place);
  };
  piece.spots.assign(at(line.spots, begin), at(line.spots, end));
  piece.places.assign(at(line.places, begin), at(line.places, end));
  return piece;
}

/// The tasks whose words make up the lines: small print takes the place of what the line has there.
std::vector<Task> composed(std::vector<Task> tasks) {
  std::vector<Task> all;
  for (std::size_t at = 0; at < tasks.size();) {
    Task& line = tasks[at];
    std::size_t first = 0;
    std::size_t part = at + 1;
    for (; part < tasks.size() && tasks[part].line == line.line; ++part) {
      if (!is_small_print(tasks[part], line)) continue;
      const cv::Rect& ink = tasks[part].ink;
      const Range range = spots_in(line, ink.x, ink.x + ink.width);
      all.push_back(piece_of(line, first, std::max(first, range.begin)));
      all.push_back(std::move(tasks[part]));
      first = std::max(first, range.end);
    }
    all.push_back(first == 0 ? std::move(line) : piece_of(line, first, line.spots.size()));
    at = part;
  }
  return all;
}

/// The box of each spot: to the middle between it and its neighbours, but no more than half a
/// character to either side. Points.
Box box_of(const Task& task, std::size_t at, double scale) {
  const double half = 0.55 * std::max(task.ink.height, 1);
  const double middle = middle_of(task, at);
  double left = std::max(middle - half, static_cast<double>(task.ink.x));
  double right = std::min(middle + half, static_cast<double>(task.ink.x + task.ink.width));
  if (at > 0) left = std::max(left, (middle_of(task, at - 1) + middle) / 2.0);
  if (at + 1 < task.spots.size()) {
    right = std::min(right, (middle + middle_of(task, at + 1)) / 2.0);
  }
  if (right < left) std::swap(left, right);
  return {left / scale, task.ink.y / scale, right / scale, (task.ink.y + task.ink.height) / scale};
}

/// Whether the network rather sees a character at a place than none.
bool is_there(const Place& place) { return place.presence >= 0.5 && !place.names.empty(); }

bool is_latin(char32_t code) { return code < 0x2E80 && !is_cjk(code); }

/// Whether there is white between two neighbours that a text would write as a space or a gap.
bool is_parted(const Task& task, std::size_t left, std::size_t right, double em_px) {
  const double apart = middle_of(task, right) - middle_of(task, left);
  const bool latin = is_latin(task.places[left].names.front().code) &&
                     is_latin(task.places[right].names.front().code);
  return apart > (latin ? 0.95 : 2.2) * em_px;
}

/// One word of the spots `first` to `last`.
Word word_of(const Task& task, std::size_t first, std::size_t last, double scale) {
  Word word;
  std::vector<Place> places;
  for (std::size_t at = first; at <= last; ++at) {
    const Place& place = task.places[at];
    places.push_back(place);
    if (!is_there(place)) continue;
    const Name& name = place.names.front();
    Glyph glyph;
    glyph.code = name.code;
    glyph.box = box_of(task, at, scale);
    glyph.confidence = name.code == kUnknown ? 0.0 : std::clamp(place.probability(), 0.0, 1.0);
    word.box = word.glyphs.empty() ? glyph.box : united(word.box, glyph.box);
    word.glyphs.push_back(glyph);
  }
  const std::u32string text = to_utf32(word.text());
  for (Reading& reading : best_readings(places, kMostReadings, kLeastProbability)) {
    if (reading.text == text) {
      word.confidence = std::min(reading.probability, 1.0);
    } else if (reading.text.find(kUnknown) == std::u32string::npos) {
      word.alternatives.push_back({to_utf8(reading.text), reading.probability});
    }
  }
  if (text.find(kUnknown) != std::u32string::npos) word.confidence = 0.0;
  word.font_size = task.ink.height / scale;
  word.extractor = "lines";
  return word;
}

std::vector<Word> words_of(const Task& task, double scale, double em_px) {
  std::vector<Word> words;
  std::size_t first = 0;
  std::size_t before = task.places.size();  // the last place with a character
  const auto add = [&](std::size_t last) {
    Word word = word_of(task, first, last, scale);
    word.after_space = !words.empty();
    if (!word.glyphs.empty()) words.push_back(std::move(word));
  };
  for (std::size_t at = 0; at < task.places.size(); ++at) {
    if (!is_there(task.places[at])) continue;
    if (before < at && is_parted(task, before, at, em_px)) {
      add(before);
      first = at;
    }
    before = at;
  }
  if (before < task.places.size()) add(task.places.size() - 1);
  return words;
}

}  // namespace

Lines::Lines() : Lines(models_folder()) {}

Lines::Lines(const std::filesystem::path& models) : network_(models) {}

std::vector<std::vector<Word>> Lines::recognize(const PageImage& image,
                                                const std::vector<Box>& lines, double text_height) {
  const cv::Mat grey = grey_matrix(image);
  const double scale = image.dpi / 72.0;
  const double em_px =
      text_height > 0.0 ? text_height * scale / kGlyphPerEm : kUsualEmPoints * scale;
  std::vector<Task> tasks = tasks_of(grey, lines, scale, em_px);
  look_at(tasks, network_);
  std::vector<std::vector<Word>> words(lines.size());
  for (const Task& task : composed(std::move(tasks))) {
    auto read = words_of(task, scale, em_px);
    std::move(read.begin(), read.end(), std::back_inserter(words[task.line]));
  }
  return words;
}

}  // namespace tabularium::lines
