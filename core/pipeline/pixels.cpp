#include "tabularium/pipeline/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "guard_internal.h"
#include "missing_text_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/ink_lines.h"
#include "tabularium/page/underlines.h"
#include "tabularium/pipeline/large_print.h"
#include "tabularium/pipeline/numerals.h"
#include "tabularium/pipeline/second_opinion.h"

namespace tabularium {
namespace {

/// Below this confidence in which end is up the recognizer is asked.
constexpr double kSureTurn = 0.85;
constexpr std::size_t kProbeLines = 6;

/// Who is asked where the first recognizer is not sure.
constexpr std::string_view kSecondRecognizer = "ocr";

double usual_text_height(const UprightPage& upright) {
  // A page without text enough to measure: forms are set in about 10 points.
  return upright.text_height > 0.0 ? upright.text_height : 9.5;
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

/// Lines of `region`, without their underlines, which are taken out of `upright.text`.
std::vector<Box> lines_of(UprightPage& upright, const Box& region) {
  const double height = usual_text_height(upright);
  std::vector<Box> found = find_ink_lines(upright.text, region, height);
  bool changed = false;
  for (const Box& line : found) {
    changed = erase_underlines(upright.text, line, height) || changed;
  }
  return changed ? find_ink_lines(upright.text, region, height) : found;
}

void add_lines(UprightPage& upright, const Box& region, std::vector<Box>& lines) {
  const double height = usual_text_height(upright);
  const std::vector<Box> found = lines_of(upright, region);
  std::copy_if(found.begin(), found.end(), std::back_inserter(lines),
               [&](const Box& line) { return !is_bar(line, height) && !is_crumb(line, height); });
}

/// `cell` without the half of the rules around it that lies within: where glyphs touch a rule from
/// both its sides, erasing it leaves what looks like a stroke that crosses it.
Box within_rules(const Box& cell, const UprightPage& upright) {
  constexpr double kNear = 1.5;  // points between a rule and the edge of a cell that it draws
  const double soft = 72.0 / upright.text.dpi;
  Box inner = cell;
  for (const Rule& rule : upright.page.rules) {
    const bool across = rule.horizontal();
    const double from = across ? cell.x0 : cell.y0;
    const double to = across ? cell.x1 : cell.y1;
    if (std::min(rule.to, to) - std::max(rule.from, from) < 0.5 * (to - from)) continue;
    const double half = rule.thickness / 2.0 + soft;
    double& before = across ? inner.y0 : inner.x0;
    double& behind = across ? inner.y1 : inner.x1;
    if (std::abs(rule.position - (across ? cell.y0 : cell.x0)) < kNear) {
      before = std::max(before, rule.position + half);
    }
    if (std::abs(rule.position - (across ? cell.y1 : cell.x1)) < kNear) {
      behind = std::min(behind, rule.position - half);
    }
  }
  return inner.x0 < inner.x1 && inner.y0 < inner.y1 ? inner : cell;
}

std::vector<Box> text_lines(UprightPage& upright, const Limits& limits) {
  std::vector<Box> lines;
  for (const TextRegion& region : text_regions(upright.page, limits)) {
    add_lines(upright, region.is_cell ? within_rules(region.box, upright) : region.box, lines);
  }
  return lines;
}

/// Paints `boxes`, in points, white: what is known need not be read.
void whiten(PageImage& image, const std::vector<Box>& boxes) {
  const double scale = image.dpi / 72.0;
  const auto channels = static_cast<std::size_t>(image.channels);
  for (const Box& box : boxes) {
    const int x0 = std::clamp(static_cast<int>(std::floor(box.x0 * scale)), 0, image.width);
    const int x1 = std::clamp(static_cast<int>(std::ceil(box.x1 * scale)), x0, image.width);
    const int y0 = std::clamp(static_cast<int>(std::floor(box.y0 * scale)), 0, image.height);
    const int y1 = std::clamp(static_cast<int>(std::ceil(box.y1 * scale)), y0, image.height);
    for (int y = y0; y < y1; ++y) {
      const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
      std::fill_n(image.samples.begin() + static_cast<std::ptrdiff_t>((row + x0) * channels),
                  static_cast<std::size_t>(x1 - x0) * channels, std::uint8_t{255});
    }
  }
}

/// The boxes of what the file itself says of the page: its glyphs and rules.
std::vector<Box> known_boxes(const Page& page) {
  std::vector<Box> boxes;
  for (const Word& word : page.words) {
    for (const Glyph& glyph : word.glyphs) boxes.push_back(glyph.box);
  }
  for (const Rule& rule : page.rules) {
    const double half = rule.thickness / 2.0 + 0.5;
    const double before = rule.position - half;
    const double behind = rule.position + half;
    boxes.push_back(rule.direction == Rule::Direction::horizontal
                        ? Box{rule.from, before, rule.to, behind}
                        : Box{before, rule.from, behind, rule.to});
  }
  return boxes;
}

Box moved(const Box& box, Point by) {
  return {box.x0 + by.x, box.y0 + by.y, box.x1 + by.x, box.y1 + by.y};
}

void move_by(Word& word, Point by) {
  word.box = moved(word.box, by);
  for (Glyph& glyph : word.glyphs) glyph.box = moved(glyph.box, by);
}

Box taken_back(const Box& box, const Homography& map) { return mapped(map, box); }

void take_back(Word& word, const Homography& map) {
  word.box = taken_back(word.box, map);
  for (Glyph& glyph : word.glyphs) glyph.box = taken_back(glyph.box, map);
}

void take_back(TextLine& line, const Homography& map) {
  line.box = taken_back(line.box, map);
  for (Word& word : line.words) take_back(word, map);
}

}  // namespace

PixelReader::PixelReader(const PluginHost& host) : host_(&host) {}

PixelReader::PixelReader(std::unique_ptr<GridDetector> grid, std::unique_ptr<Recognizer> recognizer,
                         std::unique_ptr<Recognizer> numbers, std::unique_ptr<Recognizer> second)
    : grid_(std::move(grid)),
      recognizer_(std::move(recognizer)),
      numbers_(std::move(numbers)),
      second_(std::move(second)) {}

bool PixelReader::ready() {
  if (host_ != nullptr) {
    grid_ = host_->make_grid_detector("table_grid");
    recognizer_ = host_->make_recognizer(host_->recognizer());
    if (host_->recognizer() != kSecondRecognizer) {
      second_ = host_->make_recognizer(kSecondRecognizer);
    }
    numbers_ = host_->make_recognizer("numbers");
    host_ = nullptr;
  }
  return grid_ != nullptr && recognizer_ != nullptr;
}

/// How sure the recognizer is of some lines of the page.
double PixelReader::readability(UprightPage& page, std::string_view place) {
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

/// What the recognizer of text reads in each line, and the second one where that is not sure.
std::vector<std::vector<Word>> PixelReader::texts_of(const UprightPage& page,
                                                     const std::vector<Box>& lines,
                                                     std::string_view place) {
  const double height = usual_text_height(page);
  auto words = guarded(recognizer_->name(), place,
                       [&] { return recognizer_->recognize(page.text, lines, height); });
  words.resize(lines.size());
  if (!second_) return words;
  std::vector<Box> doubtful;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!is_doubtful(words[at])) continue;
    doubtful.push_back(lines[at]);
    places.push_back(at);
  }
  if (doubtful.empty()) return words;
  const auto others = guarded(second_->name(), place,
                              [&] { return second_->recognize(page.text, doubtful, height); });
  for (std::size_t at = 0; at < places.size() && at < others.size(); ++at) {
    words[places[at]] = with_second_opinion(std::move(words[places[at]]), others[at]);
  }
  return words;
}

/// What a recognizer of text reads in each line. Dashes are told by their shape, which costs
/// nothing.
std::vector<std::vector<Word>> PixelReader::words_without_dashes(const UprightPage& page,
                                                                 const std::vector<Box>& lines,
                                                                 std::string_view place) {
  const double height = usual_text_height(page);
  std::vector<std::vector<Word>> words(lines.size());
  std::vector<Box> others;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (is_dash(lines[at], height)) {
      words[at] = {dash_at(lines[at], height)};
    } else {
      others.push_back(lines[at]);
      places.push_back(at);
    }
  }
  auto read = texts_of(page, others, place);
  for (std::size_t at = 0; at < places.size() && at < read.size(); ++at) {
    words[places[at]] = std::move(read[at]);
  }
  return words;
}

/// What each line says: short ones are read twice, see `settled`.
std::vector<std::vector<Word>> PixelReader::words_of(const UprightPage& page,
                                                     const std::vector<Box>& lines,
                                                     std::string_view place) {
  const double height = usual_text_height(page);
  auto words = words_without_dashes(page, lines, place);
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

void PixelReader::require_ready(std::string_view place) {
  if (ready()) return;
  throw Error(Error::Code::plugin_failed,
              fmt::format("{}: pages of pixels need the plugin table_grid and a recognizer of "
                          "text, \"lines\" or \"ocr\"",
                          place));
}

void PixelReader::add_words(const UprightPage& page, const std::vector<Box>& lines,
                            std::string_view place, std::vector<Word>& words) {
  for (auto& line : words_of(page, lines, place)) {
    for (Word& word : line) {
      word.recognized = true;
      words.push_back(std::move(word));
    }
  }
}

PixelPage PixelReader::read(const PageImage& image, const Page& given, const Limits& limits,
                            std::string_view place) {
  require_ready(place);
  UprightPage flat = upright(image, limits, place);
  const Homography from_source = inverted(flat.to_source);
  std::vector<Word> words = given.words;
  std::vector<Box> known;
  for (Word& word : words) {
    take_back(word, from_source);
    for (const Glyph& glyph : word.glyphs) known.push_back(glyph.box);
  }
  whiten(flat.text, known);
  add_words(flat, text_lines(flat, limits), place, words);
  PixelPage read{std::move(flat.page), flat.to_source, std::move(flat.image)};
  const int number = given.number;
  read.page.number = number;
  read.page.words = std::move(words);
  read.page.trust = read.page.words.empty() ? TextTrust::no_text : TextTrust::trusted;
  read.page = check_page(std::move(read.page), number, recognizer_->name(), place);
  return read;
}

std::vector<Word> PixelReader::read_regions(const PageImage& image, const Page& given,
                                            const std::vector<Box>& regions, const Limits& limits,
                                            std::string_view place) {
  require_ready(place);
  UprightPage flat = upright(image, limits, place);
  const Homography from_source = inverted(flat.to_source);
  const auto on_upright = [&](const Box& box) { return mapped(from_source, box); };
  std::vector<Box> known = known_boxes(given);
  std::transform(known.begin(), known.end(), known.begin(), on_upright);
  whiten(flat.text, known);
  std::vector<Box> lines;
  for (const Box& region : regions) add_lines(flat, on_upright(region), lines);
  std::vector<Word> words;
  add_words(flat, lines, place, words);
  for (Word& word : words) take_back(word, flat.to_source);
  return words;
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
