#include "tabularium/table/text_rows_internal.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

double centre_of(const Word& word) { return (word.box.y0 + word.box.y1) / 2; }

bool is_digit(char32_t code) {
  return (code >= U'0' && code <= U'9') || (code >= U'０' && code <= U'９');
}

bool is_letter(char32_t code) {
  return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') ||
         (code >= 0xC0 && code < 0x2000) || is_cjk(code);
}

std::u32string text_of(const std::vector<const Word*>& words) {
  std::u32string text;
  for (const Word* word : words) {
    for (const Glyph& glyph : word->glyphs) text.push_back(glyph.code);
  }
  return text;
}

/// A currency sign by itself: often set at the left edge of a column whose numbers stand right.
bool is_currency(const Word& word) {
  if (word.glyphs.size() != 1) return false;
  const char32_t code = word.glyphs.front().code;
  return code == U'$' || code == 0x20AC || code == 0xA3 || code == 0xA5 || code == 0xFFE5;
}

/// Dots at the end of the word.
std::size_t trailing_dots(const Word& word) {
  const auto text = std::find_if(word.glyphs.rbegin(), word.glyphs.rend(), [](const Glyph& glyph) {
    return glyph.code != U'.' && glyph.code != 0x2026;
  });
  return static_cast<std::size_t>(text - word.glyphs.rbegin());
}

/// So many dots, typed together or one by one, are a leader; fewer end a sentence.
constexpr std::size_t kLeaderDots = 4;

/// How far a currency sign may stand from its number, in font sizes.
constexpr double kCurrencyGap = 6.0;

/// A piece by its row and place, and what stands directly above and below it.
struct Link {
  std::size_t row = 0;
  Piece* piece = nullptr;
  int above = 0;             ///< pieces that reach it from above
  int below = 0;             ///< pieces that it reaches below
  std::ptrdiff_t next = -1;  ///< the piece below, where there is one
};

/// Lines of running text are set at most this many font sizes apart.
constexpr double kLeading = 2.1;

std::vector<Link> link_pieces(std::vector<TextRow>& rows) {
  std::vector<Link> links;
  std::vector<std::size_t> first_of_row;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    first_of_row.push_back(links.size());
    for (Piece& piece : rows[r].pieces) links.push_back({r, &piece, 0, 0, -1});
  }
  first_of_row.push_back(links.size());
  for (Link& link : links) {
    const TextRow& row = rows[link.row];
    for (std::size_t r = link.row + 1; r < rows.size() && link.below == 0; ++r) {
      if (rows[r].centre - row.centre > kLeading * row.size) break;
      for (std::size_t i = first_of_row[r]; i < first_of_row[r + 1]; ++i) {
        const Piece& other = *links[i].piece;
        if (std::min(other.x1, link.piece->x1) - std::max(other.x0, link.piece->x0) <= 0) continue;
        ++link.below;
        ++links[i].above;
        link.next = static_cast<std::ptrdiff_t>(i);
      }
    }
  }
  return links;
}

double letter_share(const Piece& piece) {
  const std::u32string text = text_of(piece.words);
  const auto letters = std::count_if(text.begin(), text.end(), is_letter);
  return static_cast<double>(letters) / static_cast<double>(text.size());
}

/// The share of lines but the last that end near the right edge; 0 where the lines are no running
/// text: few, short, or of few letters.
double paragraph_share(const std::vector<Link*>& chain, const std::vector<TextRow>& rows) {
  if (chain.size() < 3) return 0.0;
  double right = 0.0;
  double left = 1e9;
  double letters = 0.0;
  double words = 0.0;
  const double size = rows[chain.front()->row].size;
  for (const Link* link : chain) {
    right = std::max(right, link->piece->x1);
    left = std::min(left, link->piece->x0);
    letters += letter_share(*link->piece);
    words += static_cast<double>(link->piece->words.size());
  }
  const auto count = static_cast<double>(chain.size());
  // Cells of text in a table are narrower; 16 font sizes hold about 6 words.
  if (right - left < 16 * size || letters / count < 0.7) return 0.0;
  if (words / count < 4 && !is_cjk(chain.front()->piece->words.front()->glyphs.front().code)) {
    return 0.0;
  }
  std::size_t full = 0;
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    full += chain[i]->piece->x1 > right - 0.2 * (right - left);
  }
  return static_cast<double>(full) / (count - 1);
}

/// Lines of a chain by the number of those that have something beside them that is no paragraph.
std::size_t lines_with_neighbours(const std::vector<Link*>& chain,
                                  const std::vector<TextRow>& rows) {
  return static_cast<std::size_t>(std::count_if(chain.begin(), chain.end(), [&](const Link* link) {
    const std::vector<Piece>& pieces = rows[link->row].pieces;
    return std::any_of(pieces.begin(), pieces.end(),
                       [](const Piece& piece) { return !piece.prose; });
  }));
}

/// Lines of a chain that have something short on both sides: text between the columns of a table.
std::size_t lines_between(const std::vector<Link*>& chain, const std::vector<TextRow>& rows) {
  return static_cast<std::size_t>(std::count_if(chain.begin(), chain.end(), [&](const Link* link) {
    const std::vector<Piece>& pieces = rows[link->row].pieces;
    return pieces.size() > 2 && !pieces.front().prose && !pieces.back().prose;
  }));
}

/// Of running text only the last lines of paragraphs end early, one in four or so; a column of
/// cells has an end every few lines.
constexpr double kFullLines = 0.7;
constexpr double kFullLinesBesideText = 0.75;
/// A cell seldom has so many lines.
constexpr std::size_t kLongestCell = 7;

}  // namespace

std::size_t Piece::glyph_count() const {
  std::size_t count = 0;
  for (const Word* word : words) count += word->glyphs.size();
  return count;
}

TextRow make_row(std::vector<const Word*> words, double piece_gap) {
  std::stable_sort(words.begin(), words.end(),
                   [](const Word* a, const Word* b) { return a->box.x0 < b->box.x0; });
  TextRow row;
  bool currency = false;
  std::size_t dots = 0;  // at the end of the words so far
  double sum = 0.0;
  double weight = 0.0;
  for (const Word* word : words) {
    row.size = std::max(row.size, word->font_size);
    sum += centre_of(*word) * static_cast<double>(word->glyphs.size());
    weight += static_cast<double>(word->glyphs.size());
    const double size = row.pieces.empty()
                            ? word->font_size
                            : std::max(word->font_size, row.pieces.back().words.back()->font_size);
    const bool joins =
        currency && word->box.x0 - row.pieces.back().x1 < kCurrencyGap * size && is_numeric({word});
    currency = is_currency(*word);
    // A leader of dots runs up to the next column, and is no text that fills this one.
    const std::size_t trailing = trailing_dots(*word);
    const bool only_dots = trailing == word->glyphs.size();
    const bool led = dots >= kLeaderDots && !only_dots;
    const bool apart = !joins && !(only_dots && dots > 0) && !row.pieces.empty() &&
                       word->box.x0 - row.pieces.back().x1 > piece_gap * size;
    if (row.pieces.empty() || led || apart) {
      row.pieces.emplace_back();
      row.pieces.back().x0 = word->box.x0;
      row.pieces.back().x1 = word->box.x0;
    }
    dots = only_dots ? dots + trailing : trailing;
    row.pieces.back().words.push_back(word);
    if (only_dots) continue;
    const bool leader = trailing >= kLeaderDots;
    const Glyph& last =
        leader ? word->glyphs[word->glyphs.size() - trailing - 1] : word->glyphs.back();
    row.pieces.back().x1 = std::max(row.pieces.back().x1, leader ? last.box.x1 : word->box.x1);
  }
  row.centre = sum / weight;
  return row;
}

std::vector<TextRow> make_rows(const std::vector<Word>& words, double piece_gap) {
  std::vector<const Word*> pointers;
  pointers.reserve(words.size());
  for (const Word& word : words) pointers.push_back(&word);
  return make_rows(std::move(pointers), piece_gap);
}

std::vector<TextRow> make_rows(std::vector<const Word*> words, double piece_gap) {
  std::erase_if(words, [](const Word* word) { return word->vertical; });
  std::stable_sort(words.begin(), words.end(),
                   [](const Word* a, const Word* b) { return centre_of(*a) < centre_of(*b); });
  std::vector<TextRow> rows;
  std::vector<const Word*> current;
  double sum = 0.0;
  double size = 0.0;
  for (const Word* word : words) {
    const double centre = centre_of(*word);
    // Rows stand at least a font size apart; a superscript shifts the centre by less than half.
    if (!current.empty() && centre - sum / static_cast<double>(current.size()) >
                                0.5 * std::max(size, word->font_size)) {
      rows.push_back(make_row(std::move(current), piece_gap));
      current = {};
      sum = size = 0.0;
    }
    sum += centre;
    size = std::max(size, word->font_size);
    current.push_back(word);
  }
  if (!current.empty()) rows.push_back(make_row(std::move(current), piece_gap));
  return rows;
}

void mark_prose(std::vector<TextRow>& rows) {
  std::vector<Link> links = link_pieces(rows);
  std::vector<bool> used(links.size(), false);
  std::vector<std::vector<Link*>> paragraphs;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (used[i]) continue;
    std::vector<Link*> chain{&links[i]};
    used[i] = true;
    while (chain.back()->below == 1) {
      Link& next = links[static_cast<std::size_t>(chain.back()->next)];
      const double size = rows[chain.back()->row].size;
      const double next_size = rows[next.row].size;
      if (next.above != 1 || std::abs(next_size - size) > 0.15 * size) break;
      used[static_cast<std::size_t>(&next - links.data())] = true;
      chain.push_back(&next);
    }
    if (paragraph_share(chain, rows) >= kFullLines) paragraphs.push_back(std::move(chain));
  }
  for (const std::vector<Link*>& paragraph : paragraphs) {
    for (Link* link : paragraph) link->piece->prose = true;
  }
  // Lines with something short beside them can be cells of a table.
  std::vector<Piece*> cells;
  for (const std::vector<Link*>& paragraph : paragraphs) {
    const std::size_t beside = lines_with_neighbours(paragraph, rows);
    if (beside == 0) continue;
    const bool is_column =
        lines_between(paragraph, rows) * 4 > paragraph.size() ||
        (beside * 3 > paragraph.size() && paragraph_share(paragraph, rows) < kFullLinesBesideText);
    if (paragraph.size() >= kLongestCell && !is_column) continue;
    for (Link* link : paragraph) cells.push_back(link->piece);
  }
  for (Piece* piece : cells) piece->prose = false;
}

bool is_numeric(const std::vector<const Word*>& words) {
  const std::u32string text = text_of(words);
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  const auto letters = std::count_if(text.begin(), text.end(), is_letter);
  if (digits > 0) return digits > letters;
  return text.size() <= 4 && (letters == 0 || text == U"n.a." || text == U"n/a" || text == U"N/A");
}

bool is_year_or_unit(const std::vector<const Word*>& words) {
  std::u32string digits;
  bool bracket = false;
  for (const char32_t code : text_of(words)) {
    if (is_digit(code)) digits.push_back(code);
    bracket = bracket || code == U'(';
    if (code == U'.' || code == U',' || code == U'%') return false;
  }
  if (bracket && digits.find_first_not_of(U'0') == std::u32string::npos) return true;
  return digits.size() >= 4 && digits.size() <= 8 &&
         (digits.starts_with(U"19") || digits.starts_with(U"20"));
}

bool is_enumerator(const Piece& piece) {
  const std::u32string text = text_of(piece.words);
  if (text.empty() || text.size() > 6) return false;
  if (text.size() == 1) return !is_digit(text[0]) && !is_letter(text[0]);
  const auto marks = std::u32string(U".)(]:*");
  if (marks.find(text.back()) == std::u32string::npos) {
    // "1.2" opens a heading.
    return std::all_of(text.begin(), text.end(),
                       [](char32_t c) { return is_digit(c) || c == U'.'; }) &&
           text.find(U'.') != std::u32string::npos;
  }
  return std::count_if(text.begin(), text.end(), is_letter) <= 3;
}

}  // namespace tabularium
