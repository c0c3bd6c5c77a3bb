#include "tabularium/form/tick_boxes_internal.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/page/misreading.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr std::u32string_view kEmptyBoxes = U"□☐▢◻○◯⬜❏❑❒";
constexpr std::u32string_view kTickedBoxes = U"☑☒■◼●⬛▣◉⊠⊡";
constexpr std::u32string_view kMarks = U"✓√✔✗✘×☓✕✖xXvV";
// Letters are marks only inside of a box or brackets.
constexpr std::u32string_view kPlainMarks = U"✓√✔✗✘☓✕✖×";

bool in(std::u32string_view set, char32_t code) { return set.find(code) != set.npos; }

/// A run of text, or a box.
struct Piece {
  bool box = false;
  bool ticked = false;
  std::u32string text;
  Box place;     // of its first glyph
  Box last;      // of its last glyph
  int line = 0;  // of its first glyph
  int end = 0;   // line of its last glyph
};

struct Drawn {
  Glyph glyph;
  int line = 0;
  bool after_space = false;
};

std::vector<Drawn> flatten(const std::vector<TextLine>& lines) {
  std::vector<Drawn> all;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (const Word& word : lines[l].words) {
      bool after_space = word.after_space;
      for (const Glyph& glyph : word.glyphs) {
        all.push_back({glyph, static_cast<int>(l), after_space});
        after_space = false;
      }
    }
  }
  return all;
}

char32_t plain(char32_t code) {
  std::u32string folded;
  append_folded(folded, code);
  return folded.size() == 1 ? folded[0] : code;
}

/// How many glyphs at `at` make one box, and whether it is ticked; 0: none begins there.
std::pair<std::size_t, bool> box_at(const std::vector<Drawn>& all, std::size_t at) {
  const auto code = [&](std::size_t i) { return i < all.size() ? plain(all[i].glyph.code) : 0; };
  const char32_t first = code(at);
  if (in(kTickedBoxes, first)) return {1, true};
  if (in(kEmptyBoxes, first)) {
    // A mark drawn into the box, or right behind it.
    const bool marked = at + 1 < all.size() && in(kPlainMarks, code(at + 1)) &&
                        all[at + 1].glyph.box.centre().x < all[at].glyph.box.x1;
    return {marked ? 2 : 1, marked};
  }
  if (in(kPlainMarks, first)) {
    const bool boxed = in(kEmptyBoxes, code(at + 1)) && at + 1 < all.size() &&
                       all[at + 1].glyph.box.x0 < all[at].glyph.box.centre().x;
    return {boxed ? 2 : 1, true};
  }
  if (first == U'[' || first == U'(') {
    const char32_t close = first == U'[' ? U']' : U')';
    if (code(at + 1) == close) return {2, false};
    if (in(kMarks, code(at + 1)) && code(at + 2) == close) return {3, true};
  }
  return {0, false};
}

std::vector<Piece> cut_to_pieces(const std::vector<TextLine>& lines) {
  const std::vector<Drawn> all = flatten(lines);
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < all.size();) {
    const auto [length, ticked] = box_at(all, at);
    if (length > 0) {
      pieces.push_back({true,
                        ticked,
                        {},
                        all[at].glyph.box,
                        all[at + length - 1].glyph.box,
                        all[at].line,
                        all[at + length - 1].line});
      at += length;
      continue;
    }
    if (pieces.empty() || pieces.back().box) {
      pieces.push_back({false, false, {}, all[at].glyph.box, {}, all[at].line, all[at].line});
    }
    pieces.back().text += all[at].glyph.code;
    pieces.back().last = all[at].glyph.box;
    pieces.back().end = all[at].line;
    ++at;
  }
  return pieces;
}

/// Distance between a box and the text beside it; nothing where they stand on different lines.
std::optional<double> distance(const Piece& left, const Piece& right) {
  if (left.end != right.line) return std::nullopt;
  return std::max(0.0, right.place.x0 - left.last.x1);
}

/// Whether boxes stand before their texts.
bool boxes_first(const std::vector<Piece>& pieces) {
  const bool begins = pieces.front().box;
  const bool ends = pieces.back().box;
  if (begins != ends) return begins;
  double nearer_right = 0.0;
  double size = 0.0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].box || i == 0 || i + 1 == pieces.size()) continue;
    const auto before = distance(pieces[i - 1], pieces[i]);
    const auto after = distance(pieces[i], pieces[i + 1]);
    if (before && after) nearer_right += *before - *after;
    // A line does not begin with the box of the text on the line before.
    if (!before && after) nearer_right += pieces[i].place.width();
    if (before && !after) nearer_right -= pieces[i].place.width();
    size += pieces[i].place.height();
  }
  // As near to one as to the other: the forms print boxes behind their texts.
  return nearer_right > 0.3 * size;
}

std::u32string fold_text(std::u32string_view text) {
  std::u32string folded;
  for (const char32_t code : text) append_folded(folded, code);
  return folded;
}

/// The option that the text beside a box names: the known one nearest to the box, or the text.
std::string option_text(const std::u32string& text, const Labels& options, bool box_before) {
  const std::u32string folded = fold_text(text);
  const Label* best = nullptr;
  for (const Label& option : options) {
    const bool fits =
        box_before ? folded.starts_with(option.folded) : folded.ends_with(option.folded);
    if (fits && (best == nullptr || option.folded.size() > best->folded.size())) best = &option;
  }
  if (best == nullptr) return trim(to_utf8(text));
  return best->text;
}

// ---- boxes that were read from pixels: recognizers take them for characters

/// What recognizers take an empty box for; a ticked one they take for 回, 因, 国 or the like.
constexpr std::u32string_view kLikeEmptyBoxes = U"口囗ロD0Oo〇[]ll|1";
constexpr std::u32string_view kSpecks = U"“”\"'`‘’.,、。·:;-_~〈〉《》<>";

/// A known option in a text.
struct Named {
  const Label* option = nullptr;
  Misreading at;
};

/// The options that the text names, in its order; none stands where another does.
std::vector<Named> named_options(std::u32string_view text, const Labels& options) {
  std::vector<Named> found;
  for (const Label& option : options) {
    auto at = find_reading(option.folded, text, misreading_budget(option.folded.size()));
    if (at) found.push_back({&option, std::move(*at)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Named& a, const Named& b) { return a.at.cost < b.at.cost; });
  std::vector<Named> apart;
  for (Named& one : found) {
    const bool free = std::none_of(apart.begin(), apart.end(), [&](const Named& other) {
      return one.at.begin < other.at.end && other.at.begin < one.at.end;
    });
    if (free) apart.push_back(std::move(one));
  }
  std::stable_sort(apart.begin(), apart.end(),
                   [](const Named& a, const Named& b) { return a.at.begin < b.at.begin; });
  return apart;
}

/// The characters beside an option that are no specks.
std::u32string without_specks(std::u32string_view text) {
  std::u32string kept;
  for (const char32_t code : text) {
    if (!in(kSpecks, code)) kept += code;
  }
  return kept;
}

bool is_ticked(char32_t code) { return !in(kLikeEmptyBoxes, code) && !in(kEmptyBoxes, code); }

/// The boxes of a text that names several of the options; nothing for other texts.
std::optional<TickBoxes> read_misread_boxes(const std::vector<TextLine>& lines,
                                            const Labels& options) {
  std::u32string text;
  bool recognized = false;
  for (const TextLine& line : lines) {
    for (const Word& word : line.words) {
      recognized = recognized || word.recognized;
      for (const Glyph& glyph : word.glyphs) append_folded(text, glyph.code);
    }
  }
  if (!recognized) return std::nullopt;
  const std::vector<Named> named = named_options(text, options);
  if (named.size() < 2) return std::nullopt;
  const std::u32string_view all = text;
  const bool first = !without_specks(all.substr(0, named.front().at.begin)).empty();
  TickBoxes result;
  result.any = true;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const std::size_t before = i == 0 ? 0 : named[i - 1].at.end;
    const std::size_t after = i + 1 == named.size() ? all.size() : named[i + 1].at.begin;
    const std::size_t begin = named[i].at.begin;
    const std::size_t end = named[i].at.end;
    const std::u32string beside =
        without_specks(first ? all.substr(before, begin - before) : all.substr(end, after - end));
    // An option that nobody knows may stand between: the box is what is nearest.
    if (!beside.empty() && is_ticked(first ? beside.back() : beside.front())) {
      result.ticked.push_back(named[i].option->text);
    }
  }
  return result;
}

/// Whether the text names every option: a printed list of which nothing is ticked, where forms mark
/// only what is.
bool lists_all(const std::vector<TextLine>& lines, const Labels& options) {
  std::u32string text;
  for (const TextLine& line : lines) {
    for (const Word& word : line.words) {
      for (const Glyph& glyph : word.glyphs) append_folded(text, glyph.code);
    }
  }
  return options.size() > 1 &&
         std::all_of(options.begin(), options.end(),
                     [&](const Label& option) { return text.find(option.folded) != text.npos; });
}

}  // namespace

TickBoxes read_tick_boxes(const std::vector<TextLine>& lines, const Labels& options) {
  if (auto misread = read_misread_boxes(lines, options)) return std::move(*misread);
  TickBoxes result;
  const std::vector<Piece> pieces = cut_to_pieces(lines);
  result.any = std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.box; });
  if (!result.any) result.any = lists_all(lines, options);
  if (!result.any || pieces.size() < 2) return result;
  const bool first = boxes_first(pieces);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].box || !pieces[i].ticked) continue;
    const bool there = first ? i + 1 < pieces.size() : i > 0;
    if (!there) continue;
    const Piece& text = first ? pieces[i + 1] : pieces[i - 1];
    if (!text.box) result.ticked.push_back(option_text(text.text, options, first));
  }
  return result;
}

}  // namespace tabularium
