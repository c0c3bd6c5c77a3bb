#include "tabularium/table/lines_internal.h"

#include <algorithm>
#include <cmath>

namespace tabularium {
namespace {

double centre_y(const Word& word) { return (word.box.y0 + word.box.y1) / 2; }
double centre_x(const Word& word) { return (word.box.x0 + word.box.x1) / 2; }

TextLine to_line(std::vector<Word> words, int page) {
  TextLine line;
  line.page = page;
  line.box = words.front().box;
  for (const Word& word : words) line.box = united(line.box, word.box);
  line.words = std::move(words);
  return line;
}

/// Groups of words whose centres lie on one line. Lines are set at least one font size apart, and
/// within a line superscripts and mixed fonts shift the centre by less than half of one.
/// `centre` gives the place across the lines.
template <typename Centre>
std::vector<std::vector<Word>> cluster(std::vector<Word> words, const Centre& centre) {
  std::stable_sort(words.begin(), words.end(),
                   [&](const Word& a, const Word& b) { return centre(a) < centre(b); });
  std::vector<std::vector<Word>> lines;
  double sum = 0.0;
  double weight = 0.0;
  double size = 0.0;
  for (Word& word : words) {
    const double place = centre(word);
    if (lines.empty() || place - sum / weight > 0.5 * std::max(size, word.font_size)) {
      lines.emplace_back();
      sum = weight = size = 0.0;
    }
    const double length = std::max(1e-3, static_cast<double>(word.glyphs.size()));
    sum += place * length;
    weight += length;
    size = std::max(size, word.font_size);
    lines.back().push_back(std::move(word));
  }
  return lines;
}

std::vector<std::vector<Word>> horizontal_lines(std::vector<Word> words) {
  std::vector<std::vector<Word>> lines = cluster(std::move(words), centre_y);
  for (std::vector<Word>& line : lines) {
    std::stable_sort(line.begin(), line.end(),
                     [](const Word& a, const Word& b) { return a.box.x0 < b.box.x0; });
  }
  return lines;
}

/// Moves the words set from top to bottom out of `words`, as one line for each column of text.
std::vector<TextLine> take_vertical_lines(std::vector<Word>& words, int page) {
  const auto middle = std::stable_partition(words.begin(), words.end(),
                                            [](const Word& word) { return !word.vertical; });
  std::vector<Word> vertical(std::make_move_iterator(middle), std::make_move_iterator(words.end()));
  words.erase(middle, words.end());
  std::vector<TextLine> lines;
  for (std::vector<Word>& line :
       cluster(std::move(vertical), [](const Word& word) { return -centre_x(word); })) {
    std::stable_sort(line.begin(), line.end(),
                     [](const Word& a, const Word& b) { return a.box.y0 < b.box.y0; });
    lines.push_back(to_line(std::move(line), page));
  }
  return lines;
}

/// Whether the vertical words stand in one column, and words that are not vertical in it too: lines
/// one glyph wide, since a reader cannot tell these from vertical writing and may have taken some
/// pairs of glyphs for the one and some for the other.
bool has_mixed_column(const std::vector<Word>& words) {
  const auto first =
      std::find_if(words.begin(), words.end(), [](const Word& w) { return w.vertical; });
  if (first == words.end()) return false;
  bool mixed = false;
  for (const Word& word : words) {
    const bool in_column = std::abs(centre_x(word) - centre_x(*first)) <= 0.5 * first->font_size;
    if (word.vertical && !in_column) return false;
    mixed |= !word.vertical && in_column;
  }
  return mixed;
}

/// The words with each glyph of the vertical ones as a word of a line of its own.
std::vector<Word> levelled(std::vector<Word> words) {
  std::vector<Word> level;
  for (Word& word : words) {
    if (!word.vertical) {
      level.push_back(std::move(word));
      continue;
    }
    for (const Glyph& glyph : word.glyphs) {
      Word one = word;
      one.glyphs = {glyph};
      one.box = glyph.box;
      one.vertical = false;
      one.after_space = word.after_space && &glyph == &word.glyphs.front();
      level.push_back(std::move(one));
    }
  }
  return level;
}

}  // namespace

std::vector<TextLine> make_lines(std::vector<Word> words, int page) {
  if (has_mixed_column(words)) words = levelled(std::move(words));
  std::vector<TextLine> lines = take_vertical_lines(words, page);
  for (std::vector<Word>& line : horizontal_lines(std::move(words))) {
    lines.push_back(to_line(std::move(line), page));
  }
  return lines;
}

std::vector<TextLine> make_page_lines(std::vector<Word> words, int page, double max_gap) {
  std::vector<TextLine> lines = take_vertical_lines(words, page);
  for (std::vector<Word>& line : horizontal_lines(std::move(words))) {
    std::vector<Word> piece;
    double right = 0.0;
    for (Word& word : line) {
      if (!piece.empty() && word.box.x0 - right > max_gap * word.font_size) {
        lines.push_back(to_line(std::move(piece), page));
        piece = {};
      }
      right = piece.empty() ? word.box.x1 : std::max(right, word.box.x1);
      piece.push_back(std::move(word));
    }
    lines.push_back(to_line(std::move(piece), page));
  }
  return lines;
}

}  // namespace tabularium
