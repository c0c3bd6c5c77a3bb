#include "tabularium/pipeline/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guard_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/ink_lines.h"
#include "tabularium/pipeline/large_print.h"
#include "tabularium/pipeline/numerals.h"
#include "tabularium/table/tabulate.h"

namespace tabularium {
namespace {

/// Below this confidence in which end is up the recognizer is asked.
constexpr double kSureTurn = 0.85;
constexpr std::size_t kProbeLines = 6;

double usual_text_height(const UprightPage& upright) {
  // A page without text enough to measure: forms are set in about 10 points.
  return upright.text_height > 0.0 ? upright.text_height : 9.5;
}

/// The regions that may hold text: the cells of the tables, then what lies beside the tables.
std::vector<Box> text_regions(const UprightPage& upright, const Limits& limits) {
  Page ruled = upright.page;
  const TabulatedPage tabulated = tabulate(std::move(ruled), {.aligned_tables = false}, limits);
  std::vector<Box> regions;
  double y = 0.0;
  const double width = upright.page.width;
  for (const Table& table : tabulated.tables) {
    const Box& box = table.parts.front().box;
    if (box.y0 > y) regions.push_back({0.0, y, width, box.y0});
    if (box.x0 > 0.0) regions.push_back({0.0, box.y0, box.x0, box.y1});
    if (box.x1 < width) regions.push_back({box.x1, box.y0, width, box.y1});
    for (const Cell& cell : table.cells) regions.push_back(cell.box());
    y = std::max(y, box.y1);
  }
  if (y < upright.page.height) regions.push_back({0.0, y, width, upright.page.height});
  return regions;
}

/// What erasing left of a vertical rule: taller than a digit and thinner than any.
bool is_bar(const Box& line, double text_height) {
  return line.width() < 0.3 * text_height && line.height() > 1.2 * text_height;
}

/// A speck, or a piece of a broken colon: no digit or character is so small, and no mark stands in
/// a line of its own.
bool is_crumb(const Box& line, double text_height) {
  return line.width() < 0.35 * text_height && line.height() < 0.45 * text_height &&
         line.width() < 1.6 * line.height();
}

/// A lone dash has a shape that no recognizer of glyphs is good at, and that nothing else has: of
/// the digits and characters none is so flat, 一 is wider.
bool is_dash(const Box& line, double text_height) {
  return line.height() <= 0.2 * text_height && line.width() >= 0.2 * text_height &&
         line.width() <= 0.65 * text_height && line.width() >= 1.6 * line.height();
}

Word dash_at(const Box& line, double text_height) {
  Word word;
  word.glyphs.push_back({U'-', line});
  word.box = line;
  word.font_size = text_height;
  word.confidence = 0.95;
  word.extractor = "ocr";
  return word;
}

std::vector<Box> text_lines(const UprightPage& upright, const Limits& limits) {
  const double height = usual_text_height(upright);
  std::vector<Box> lines;
  for (const Box& region : text_regions(upright, limits)) {
    const std::vector<Box> found = find_ink_lines(upright.text, region, height);
    std::copy_if(found.begin(), found.end(), std::back_inserter(lines),
                 [&](const Box& line) { return !is_bar(line, height) && !is_crumb(line, height); });
  }
  return lines;
}

Box moved(const Box& box, Point by) {
  return {box.x0 + by.x, box.y0 + by.y, box.x1 + by.x, box.y1 + by.y};
}

void move_by(Word& word, Point by) {
  word.box = moved(word.box, by);
  for (Glyph& glyph : word.glyphs) glyph.box = moved(glyph.box, by);
}

Box taken_back(const Box& box, const Homography& map) { return mapped(map, box); }

void take_back(TextLine& line, const Homography& map) {
  line.box = taken_back(line.box, map);
  for (Word& word : line.words) {
    word.box = taken_back(word.box, map);
    for (Glyph& glyph : word.glyphs) glyph.box = taken_back(glyph.box, map);
  }
}

}  // namespace

PixelReader::PixelReader(const PluginHost& host) : host_(&host) {}

PixelReader::PixelReader(std::unique_ptr<GridDetector> grid, std::unique_ptr<Recognizer> recognizer,
                         std::unique_ptr<Recognizer> numbers)
    : grid_(std::move(grid)), recognizer_(std::move(recognizer)), numbers_(std::move(numbers)) {}

bool PixelReader::ready() {
  if (host_ != nullptr) {
    grid_ = host_->make_grid_detector("table_grid");
    recognizer_ = host_->make_recognizer("ocr");
    numbers_ = host_->make_recognizer("numbers");
    host_ = nullptr;
  }
  return grid_ != nullptr && recognizer_ != nullptr;
}

/// How sure the recognizer is of some lines of the page.
double PixelReader::readability(const UprightPage& page, std::string_view place) {
  const double height = usual_text_height(page);
  std::vector<Box> lines = text_lines(page, {});
  // Lines of some length, but not the longest: they cost time and say no more.
  const auto worth = [&](const Box& box) {
    return std::min(box.width(), 16.0 * height) - std::max(0.0, box.width() - 16.0 * height);
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Box& a, const Box& b) { return worth(a) > worth(b); });
  if (lines.size() > kProbeLines) lines.resize(kProbeLines);
  const auto read = guarded(recognizer_->name(), place,
                            [&] { return recognizer_->recognize(page.text, lines, height); });
  double sum = 0.0;
  std::size_t glyphs = 0;
  for (const auto& words : read) {
    for (const Word& word : words) {
      sum += word.confidence * static_cast<double>(word.glyphs.size());
      glyphs += word.glyphs.size();
    }
  }
  return glyphs == 0 ? 0.0 : sum / static_cast<double>(glyphs);
}

UprightPage PixelReader::upright(const PageImage& image, const Limits& limits,
                                 std::string_view place) {
  UprightPage page = guarded(grid_->name(), place, [&] { return grid_->detect(image, limits); });
  restore_large_print(page);
  if (page.turn_confidence >= kSureTurn) return page;
  UprightPage turned = turned_half(page);
  if (readability(turned, place) > readability(page, place)) return turned;
  return page;
}

/// What each line says: short ones are read twice, see `settled`.
std::vector<std::vector<Word>> PixelReader::words_of(const UprightPage& page,
                                                     const std::vector<Box>& lines,
                                                     std::string_view place) {
  const double height = usual_text_height(page);
  auto words = guarded(recognizer_->name(), place,
                       [&] { return recognizer_->recognize(page.text, lines, height); });
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (is_dash(lines[at], height)) words[at] = {dash_at(lines[at], height)};
  }
  if (!numbers_) return words;
  std::vector<Box> doubtful;
  std::vector<std::size_t> places;
  std::vector<std::size_t> parts;  // how many glyphs of each stand in it; 0: all
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (is_dash(lines[at], height) || !may_hold_number(words[at])) continue;
    const auto part = number_part(page.text, lines[at], words[at], height);
    if (!part) words[at] = looked_at_once(std::move(words[at]));
    doubtful.push_back(part ? part->box : lines[at]);
    parts.push_back(part ? part->glyphs : 0);
    places.push_back(at);
  }
  const LineSheet sheet = line_sheet(page.text, doubtful, height);
  if (sheet.boxes.empty()) return words;
  auto numbers = guarded(numbers_->name(), place,
                         [&] { return numbers_->recognize(sheet.image, sheet.boxes, height); });
  for (std::size_t at = 0; at < sheet.lines.size() && at < numbers.size(); ++at) {
    for (Word& word : numbers[at]) move_by(word, sheet.origins[at]);
    auto& line = words[places[sheet.lines[at]]];
    const std::size_t part = parts[sheet.lines[at]];
    line = part > 0 ? settled_part(std::move(line), part, numbers[at])
                    : settled(std::move(line), numbers[at]);
  }
  return words;
}

PixelPage PixelReader::read(const PageImage& image, int number, const Limits& limits,
                            std::string_view place) {
  if (!ready()) {
    throw Error(Error::Code::plugin_failed,
                fmt::format("{}: pages of pixels need the plugins table_grid and ocr", place));
  }
  UprightPage flat = upright(image, limits, place);
  const std::vector<Box> lines = text_lines(flat, limits);
  auto words = words_of(flat, lines, place);
  PixelPage read{std::move(flat.page), flat.to_source, std::move(flat.image)};
  read.page.number = number;
  for (auto& line : words) {
    for (Word& word : line) {
      word.recognized = true;
      read.page.words.push_back(std::move(word));
    }
  }
  read.page.trust = read.page.words.empty() ? TextTrust::no_text : TextTrust::trusted;
  read.page = check_page(std::move(read.page), number, recognizer_->name(), place);
  return read;
}

TabulatedPage taken_back(TabulatedPage page, const Homography& to_source) {
  for (Table& table : page.tables) {
    for (CellPart& part : table.parts) part.box = taken_back(part.box, to_source);
    for (Cell& cell : table.cells) {
      for (CellPart& part : cell.parts) part.box = taken_back(part.box, to_source);
      for (TextLine& line : cell.lines) take_back(line, to_source);
    }
  }
  for (TextLine& line : page.lines) take_back(line, to_source);
  return page;
}

void take_back(Record& record, const std::map<int, Homography>& maps) {
  for (auto& [pointer, evidence] : record.evidence) {
    const auto map = maps.find(evidence.page);
    if (map != maps.end()) evidence.box = mapped(map->second, evidence.box);
  }
}

}  // namespace tabularium
