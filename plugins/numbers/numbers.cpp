#include "numbers.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "grammar.h"
#include "line_picture.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/plugin/host.h"

namespace tabularium::numbers {

namespace {

constexpr int kMostReadings = 6;
constexpr double kLeastProbability = 0.001;

/// Forms are set in 10.5 points (the size called "five") more than in any other.
constexpr double kUsualEmPoints = 10.5;

/// A character fills so much of the square that it is set in.
constexpr double kGlyphPerEm = 0.92;

/// A box higher than so many ems is no single line.
constexpr double kMostLineEms = 1.5;

/// A line of more than so many characters is no number, and is not looked at.
constexpr double kMostEms = 22.0;

/// The second look sees a line this much smaller, with more paper above and below, and fatter:
/// what the network says for sure of both is hardly ever wrong.
constexpr double kSecondRoom = 1.3;

/// A line on its way through the network.
struct Task {
  std::size_t box = 0;
  cv::Rect cell;  ///< in pixels of the page
  TextLine line;
  LineCut cut;
  cv::Mat roomy;              ///< the line with more paper, for the second look
  int input_columns = 0;      ///< of the first look
  std::vector<Scores> looks;  ///< none: too long to be a number
};

/// The whole pixels within `box`, cut to the page.
cv::Rect pixels_of(const Box& box, double scale, const cv::Size& page) {
  const auto clamped = [scale](double at, int most) {
    return static_cast<int>(std::lround(std::clamp(at * scale, 0.0, static_cast<double>(most))));
  };
  const int x0 = clamped(box.x0, page.width);
  const int y0 = clamped(box.y0, page.height);
  return {x0, y0, clamped(box.x1, page.width) - x0, clamped(box.y1, page.height) - y0};
}

/// The cells that were asked for, cut out of the page.
struct Cuts {
  std::vector<cv::Rect> places;  ///< of the cuts, in pixels of the page
  std::vector<cv::Mat> grey;
  std::vector<std::optional<cv::Rect>> lines;  ///< in the cut, where it is known
};

/// `em_px`: 0 where it is not known; all boxes are cells then.
Cuts cut_out(const cv::Mat& page, const std::vector<Box>& boxes, double scale, double em_px) {
  Cuts cuts;
  for (const Box& box : boxes) {
    cv::Rect place = pixels_of(box, scale, page.size());
    std::optional<cv::Rect> line;
    if (em_px > 0.0 && place.height <= kMostLineEms * em_px) {
      const int around = static_cast<int>(std::lround(0.4 * em_px));
      const cv::Rect wide(place.x - around, place.y - around, place.width + 2 * around,
                          place.height + 2 * around);
      const cv::Rect cut = place.empty() ? place : wide & cv::Rect({0, 0}, page.size());
      line = place - cut.tl();
      place = cut;
    }
    cuts.places.push_back(place);
    cuts.grey.push_back(page(place));
    cuts.lines.push_back(line);
  }
  return cuts;
}

std::vector<Cell> cells_of(const Cuts& cuts, const Print& print) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < cuts.grey.size(); ++at) {
    const auto& line = cuts.lines[at];
    cells.push_back(line ? known_line(cuts.grey[at], *line, print)
                         : find_lines(cuts.grey[at], print));
  }
  return cells;
}

/// The lines of all cells, and the height of a character that was found on the way.
struct Found {
  std::vector<Cell> cells;
  double em_px = 0.0;
};

Found find_cells(const Cuts& cuts, double scale, double em_px) {
  const double contrast = least_contrast(cuts.grey);
  if (em_px > 0.0) return {cells_of(cuts, {em_px, contrast}), em_px};
  const double usual = kUsualEmPoints * scale;
  Found found{cells_of(cuts, {usual, contrast}), usual};
  found.em_px = estimate_em_px(found.cells, usual);
  // Print of another size: what is dust and what is a rule was measured by the wrong rod.
  if (std::abs(found.em_px - usual) > 0.25 * usual) {
    found.cells = cells_of(cuts, {found.em_px, contrast});
  }
  return found;
}

cv::Mat first_look(const Task& task) { return normalized(task.cut.grey); }

/// Hairlines of thin print get half a pixel of ink more.
cv::Mat second_look(const Task& task) {
  cv::Mat fat;
  cv::erode(task.roomy, fat, cv::getStructuringElement(cv::MORPH_RECT, {2, 2}));
  cv::addWeighted(task.roomy, 0.5, fat, 0.5, 0.0, fat);
  return normalized(fat);
}

std::vector<Task> tasks_of(const std::vector<Cell>& cells, const std::vector<cv::Rect>& places,
                           double em_px) {
  std::vector<Task> tasks;
  for (std::size_t box = 0; box < cells.size(); ++box) {
    for (const TextLine& line : cells[box].lines) {
      Task task{box, places[box], line, cut_line(cells[box], line, em_px), {}, 0, {}};
      task.roomy = cut_line(cells[box], line, em_px, kSecondRoom).grey;
      tasks.push_back(std::move(task));
    }
  }
  return tasks;
}

Box page_box(const cv::Rect2d& place, double scale) {
  return {place.x / scale, place.y / scale, (place.x + place.width) / scale,
          (place.y + place.height) / scale};
}

/// A box for each character: from the middle between it and the one before to the middle between it
/// and the next.
std::vector<Glyph> glyphs_of(const Task& task, const std::u32string& text,
                             const std::vector<int>& steps, double scale) {
  const double left = task.cell.x + task.line.ink.x;
  const double right = left + task.line.ink.width;
  const double per_step = Network::kColumnsPerStep * static_cast<double>(task.cut.grey.cols) /
                          std::max(1, task.input_columns);
  const double origin = task.cell.x + task.cut.place.x;
  const auto middle = [&](std::size_t at) { return origin + (steps[at] + 0.5) * per_step; };
  std::vector<Glyph> glyphs;
  double from = left;
  for (std::size_t at = 0; at < text.size(); ++at) {
    double to = right;
    if (at + 1 < text.size() && steps.size() == text.size()) {
      to = std::clamp((middle(at) + middle(at + 1)) / 2, from, right);
    }
    const cv::Rect2d place(from, task.cell.y + task.line.ink.y, to - from, task.line.ink.height);
    glyphs.push_back({text[at], page_box(place, scale)});
    from = to;
  }
  return glyphs;
}

/// The text of a reading. The network says "foreign" of each glyph that it does not know.
std::u32string text_of(const Network& network, const std::vector<int>& classes) {
  std::u32string text;
  for (const int label : classes) text.push_back(network.character(label));
  return text;
}

/// Whether a first look tells enough: two characters or more that no number has.
bool is_plainly_foreign(const Task& task, const Network& network) {
  const std::vector<int> reading = quick_reading(task.looks.front());
  return std::count_if(reading.begin(), reading.end(),
                       [&](int label) { return network.character(label) == kForeign; }) >= 2;
}

/// Shows the network what `look` makes of each of `lines`.
void show(const std::vector<Task*>& lines, Network& network, cv::Mat (*look)(const Task&)) {
  std::vector<cv::Mat> inputs;
  for (Task* line : lines) {
    inputs.push_back(look(*line));
    if (line->looks.empty()) line->input_columns = inputs.back().cols;
  }
  std::vector<Scores> scores = network.read(inputs);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    lines[at]->looks.push_back(std::move(scores[at]));
  }
}

/// Looks at all lines that may be numbers, and again at those that may still be after that.
void look_at(std::vector<Task>& tasks, Network& network, double em_px) {
  std::vector<Task*> lines;
  for (Task& task : tasks) {
    if (task.line.ink.width <= kMostEms * em_px) lines.push_back(&task);
  }
  show(lines, network, &first_look);
  std::erase_if(lines, [&](const Task* line) { return is_plainly_foreign(*line, network); });
  show(lines, network, &second_look);
}

/// What nobody here can read: one U+FFFD over the whole line.
Word foreign_word(const Task& task, double scale, double em_px) {
  Word word;
  word.glyphs = glyphs_of(task, std::u32string(1, kForeign), {0}, scale);
  word.box = word.glyphs.front().box;
  word.font_size = em_px / scale;
  word.confidence = 0.0;
  word.extractor = "numbers";
  return word;
}

/// What the pixels and the habits of forms together say of a line, best first.
std::vector<Reading> likely_readings(const std::vector<Scores>& looks, const Network& network) {
  std::vector<Reading> readings = agreed_readings(looks, kMostReadings, kLeastProbability);
  std::vector<double> frequencies;
  frequencies.reserve(readings.size());
  for (const Reading& reading : readings) {
    frequencies.push_back(frequency_of(text_of(network, reading.classes)));
  }
  return weighed(std::move(readings), frequencies);
}

/// The word of a line, or nothing where its ink is most likely no text (dust, a piece of a rule).
std::optional<Word> word_of(const Task& task, const Network& network, double scale, double em_px) {
  const std::vector<Reading> readings = likely_readings(task.looks, network);
  if (readings.empty() || readings.front().classes.empty()) return std::nullopt;
  const std::u32string text = text_of(network, readings.front().classes);
  Word word = foreign_word(task, scale, em_px);
  word.glyphs = glyphs_of(task, text, align(task.looks.front(), readings.front().classes), scale);
  word.box = united(word.glyphs.front().box, word.glyphs.back().box);
  const bool foreign = text.find(kForeign) != std::u32string::npos;
  word.confidence = foreign ? 0.0 : readings.front().probability;
  for (std::size_t at = 1; at < readings.size(); ++at) {
    word.alternatives.push_back(
        {to_utf8(text_of(network, readings[at].classes)), readings[at].probability});
  }
  return word;
}

}  // namespace

Numbers::Numbers() : Numbers(models_folder()) {}

Numbers::Numbers(const std::filesystem::path& models) : network_(models) {}

std::vector<std::vector<Word>> Numbers::recognize(const PageImage& image,
                                                  const std::vector<Box>& boxes,
                                                  double text_height) {
  const cv::Mat grey = grey_matrix(image);
  const double scale = image.dpi / 72.0;
  const double told = text_height * scale / kGlyphPerEm;
  const Cuts cuts = cut_out(grey, boxes, scale, told);
  const auto [cells, em_px] = find_cells(cuts, scale, told);
  std::vector<Task> tasks = tasks_of(cells, cuts.places, em_px);
  look_at(tasks, network_, em_px);

  std::vector<std::vector<Word>> words(boxes.size());
  for (const Task& task : tasks) {
    if (task.looks.empty()) {
      words[task.box].push_back(foreign_word(task, scale, em_px));
    } else if (auto word = word_of(task, network_, scale, em_px)) {
      words[task.box].push_back(std::move(*word));
    }
  }
  return words;
}

}  // namespace tabularium::numbers
