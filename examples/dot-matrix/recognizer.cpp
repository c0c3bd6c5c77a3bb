#include "recognizer.h"

#include <tabularium/page/error.h>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <optional>

namespace dot_matrix {
namespace {

using tabularium::Box;
using tabularium::PageImage;
using tabularium::Word;

constexpr int kStep = kColumns + 1;
constexpr int kDots = kColumns * kRows;
constexpr double kPointsPerInch = 72.0;
constexpr int kDark = 128;     // the page is evened out before it comes here
constexpr int kMostWrong = 6;  // dots; with more it is no character of this printer

using Dots = std::bitset<kDots>;

Dots dots_of(const Pattern& pattern) {
  Dots dots;
  for (int i = 0; i < kDots; ++i) {
    dots[static_cast<std::size_t>(i)] = pattern.rows[static_cast<std::size_t>(i / kColumns)]
                                                    [static_cast<std::size_t>(i % kColumns)] == '#';
  }
  return dots;
}

/// Whether the middle of a dot is dark; what lies off the page is not.
bool is_dark(const PageImage& image, double x, double y) {
  const int column = static_cast<int>(std::floor(x));
  const int row = static_cast<int>(std::floor(y));
  if (column < 0 || row < 0 || column >= image.width || row >= image.height) return false;
  return image.samples[static_cast<std::size_t>(row) * image.width + column] < kDark;
}

Dots seen_at(const PageImage& image, double left, double top, double dot) {
  Dots dots;
  for (int i = 0; i < kDots; ++i) {
    dots[static_cast<std::size_t>(i)] =
        is_dark(image, left + (i % kColumns + 0.5) * dot, top + (i / kColumns + 0.5) * dot);
  }
  return dots;
}

struct Guess {
  char32_t code = 0;
  double confidence = 0.0;
};

/// The character with the fewest wrong dots.
std::optional<Guess> nearest(const Dots& seen) {
  int least = kDots;
  int second = kDots;
  char32_t code = 0;
  for (const Pattern& pattern : patterns()) {
    const int wrong = static_cast<int>((seen ^ dots_of(pattern)).count());
    if (wrong < least) {
      second = least;
      least = wrong;
      code = pattern.code;
    } else {
      second = std::min(second, wrong);
    }
  }
  if (least > kMostWrong) return std::nullopt;
  const double right = 1.0 - static_cast<double>(least) / kDots;
  return Guess{code, second - least < 2 ? right / 2 : right};
}

/// The word of a line; nothing where one of its characters is none of the printer's.
std::optional<Word> read_line(const PageImage& image, const Box& line) {
  const double scale = image.dpi / kPointsPerInch;
  const double dot = (line.y1 - line.y0) / kRows;
  const int count = static_cast<int>(std::lround(((line.x1 - line.x0) / dot + 1) / kStep));
  Word word;
  word.box = line;
  word.font_size = line.y1 - line.y0;
  word.extractor = "dot_matrix";
  word.recognized = true;
  for (int i = 0; i < count; ++i) {
    const double left = line.x0 + i * kStep * dot;
    const auto guess = nearest(seen_at(image, left * scale, line.y0 * scale, dot * scale));
    if (!guess) return std::nullopt;
    word.glyphs.push_back(
        {guess->code, {left, line.y0, left + kColumns * dot, line.y1}, guess->confidence});
    word.confidence = std::min(word.confidence, guess->confidence);
  }
  return word.glyphs.empty() ? std::nullopt : std::optional(std::move(word));
}

}  // namespace

const std::array<Pattern, 12>& patterns() {
  static const std::array<Pattern, 12> all{{
      {U'0', {".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."}},
      {U'1', {"..#..", ".##..", "#.#..", "..#..", "..#..", "..#..", "#####"}},
      {U'2', {".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"}},
      {U'3', {"#####", "...#.", "..#..", "...#.", "....#", "#...#", ".###."}},
      {U'4', {"...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."}},
      {U'5', {"#####", "#....", "####.", "....#", "....#", "#...#", ".###."}},
      {U'6', {"..##.", ".#...", "#....", "####.", "#...#", "#...#", ".###."}},
      {U'7', {"#####", "....#", "...#.", "..#..", ".#...", ".#...", ".#..."}},
      {U'8', {".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."}},
      {U'9', {".###.", "#...#", "#...#", ".####", "....#", "...#.", ".##.."}},
      {U'.', {".....", ".....", ".....", ".....", ".....", ".##..", ".##.."}},
      {U'-', {".....", ".....", ".....", "#####", ".....", ".....", "....."}},
  }};
  return all;
}

std::vector<std::vector<Word>> Recognizer::recognize(const PageImage& image,
                                                     const std::vector<Box>& lines, double) {
  if (image.channels != 1) {
    throw tabularium::Error(tabularium::Error::Code::damaged_input, "dot_matrix: a page in colour");
  }
  std::vector<std::vector<Word>> words(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].y1 <= lines[i].y0) continue;
    if (auto word = read_line(image, lines[i])) words[i].push_back(std::move(*word));
  }
  return words;
}

}  // namespace dot_matrix
