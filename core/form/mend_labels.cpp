#include "tabularium/form/mend_labels_internal.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/misreading.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Lines = std::vector<TextLine>;

// Longer labels are not on any form; the colon behind one must stand in this part of the text.
constexpr std::size_t kMaxLabel = 28;
// A title stands in a line with its year and not much more.
constexpr std::size_t kMaxTitleLine = 48;
// Of "(2025年度)": both brackets and one more character.
constexpr int kYearBudget = 12;

/// A part of a text that is a misread label.
struct Mend {
  const Label* label = nullptr;
  Misreading misreading;
  std::size_t end = 0;        // of the part of the folded text that the label takes the place of
  std::size_t colon_end = 0;  // of the colon behind it; where there is none the same as `end`
};

void add(Labels& all, const Labels& some) { all.insert(all.end(), some.begin(), some.end()); }

void add_with_units(Labels& all, const Labels& some) {
  add(all, some);
  for (const Label& label : some) {
    for (const char* unit : {"(元)", "(万元)"}) all.push_back(make_label(label.text + unit));
  }
}

/// `all` without the second of two that are compared alike.
Labels distinct(const Labels& all) {
  Labels kept;
  std::set<std::u32string> seen;
  for (const Label& label : all) {
    if (!label.folded.empty() && seen.insert(label.folded).second) kept.push_back(label);
  }
  return kept;
}

Labels labels_of(const LayoutSpec& spec) {
  Labels all = spec.headings;
  for (const FieldSpec& field : spec.fields) {
    const bool money = !field.unit.empty() || !field.unit_labels.empty();
    money ? add_with_units(all, field.labels) : add(all, field.labels);
    add_with_units(all, field.unit_labels);
  }
  for (const TableSpec& table : spec.tables) {
    for (const ColumnSpec& column : table.columns) {
      column.unit.empty() ? add(all, column.headers) : add_with_units(all, column.headers);
      add_with_units(all, column.unit_labels);
    }
    for (const RowSpec& row : table.rows) add(all, row.labels);
    for (const Labels* labels : {&table.side, &table.until, &table.total}) add(all, *labels);
  }
  return distinct(all);
}

bool recognized(const Lines& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const TextLine& line) { return line.is_recognized(); });
}

bool has_label(const FoldedText& text, const Labels& labels) {
  return std::any_of(labels.begin(), labels.end(),
                     [&](const Label& label) { return match_label(text, label).has_value(); });
}

bool is_colon(char32_t code) { return code == U':' || code == U';' || code == U'∶'; }

/// The label that the whole of `read` is clearly nearest to.
std::optional<Mend> nearest_label(std::u32string_view read, const Labels& labels,
                                  const std::set<std::u32string>& present) {
  std::optional<Mend> best;
  int second = 1000;
  for (const Label& label : labels) {
    int most = misreading_budget(label.folded.size());
    // One more of a label that is there anyhow: more likely another text.
    if (present.contains(label.folded)) most /= 2;
    auto found = explain_reading(label.folded, read, most + kMisreadingMargin);
    if (!found) continue;
    if (best && found->cost >= best->misreading.cost) {
      second = std::min(second, found->cost);
      continue;
    }
    if (best) second = best->misreading.cost;
    if (found->cost > most) {
      second = std::min(second, found->cost);
      continue;
    }
    best = Mend{&label, std::move(*found), read.size(), read.size()};
  }
  if (!best || second < best->misreading.cost + kMisreadingMargin) return std::nullopt;
  return best;
}

/// Where the colon ends that begins at `at`: recognizers make several marks of a wide one.
std::size_t end_of_colon(std::u32string_view text, std::size_t at) {
  static constexpr std::u32string_view kLikeColons = U":;∶,.、·'";
  while (at < text.size() && kLikeColons.find(text[at]) != kLikeColons.npos) ++at;
  return at;
}

/// A misread label at the beginning of `text`, up to its end, a colon or the end of a line.
std::optional<Mend> find_mend(const FoldedText& text, const Labels& labels,
                              const std::set<std::u32string>& present) {
  const std::u32string_view all = text.text;
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i < std::min(all.size(), kMaxLabel); ++i) {
    if (is_colon(all[i])) ends.push_back(i);
  }
  for (const std::size_t end : text.line_ends) {
    if (end > 0 && end <= kMaxLabel) ends.push_back(end);
  }
  std::optional<Mend> best;
  for (const std::size_t end : ends) {
    const std::size_t label_end = end > 1 && is_colon(all[end - 1]) ? end - 1 : end;
    auto found = nearest_label(all.substr(0, label_end), labels, present);
    if (!found || (best && best->misreading.cost <= found->misreading.cost)) continue;
    best = std::move(found);
    best->colon_end = end_of_colon(all, label_end);
  }
  return best;
}

/// A glyph of a text, by the folded characters that it gives.
struct Seat {
  std::size_t line = 0;
  const Word* word = nullptr;
  const Glyph* glyph = nullptr;
};

std::vector<Seat> seats_of(const Lines& lines) {
  std::vector<Seat> seats;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (const Word& word : lines[l].words) {
      for (const Glyph& glyph : word.glyphs) {
        std::u32string folded;
        append_folded(folded, glyph.code);
        seats.resize(seats.size() + folded.size(), {l, &word, &glyph});
      }
    }
  }
  return seats;
}

/// `lines` with another text in place of a part of their folded text.
class Rewriter {
 public:
  explicit Rewriter(const Lines& lines) : seats_(seats_of(lines)) {
    for (const TextLine& line : lines) mended_.push_back({line.page, line.box, {}});
  }

  /// Goes on with the folded characters from `from` to `to` as they are.
  void keep(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, seats_.size()); ++i) {
      const bool same = i > from && seats_[i].glyph == seats_[i - 1].glyph;
      if (!same) put(seats_[i], seats_[i].glyph->code);
    }
    last_ = nullptr;
  }

  /// Goes on with `printed`; "#" stands for the digit that was read, or meant.
  void write(const std::u32string& printed, const Misreading& misreading) {
    for (std::size_t i = 0; i < printed.size(); ++i) {
      const Seat& seat = seats_[std::min(misreading.places[i], seats_.size() - 1)];
      put(seat, printed[i] == U'#' ? likely_digit(seat.glyph->code) : printed[i]);
      mended_[seat.line].words.back().raw = seat.word->text();
    }
    last_ = nullptr;
  }

  Lines take() {
    std::erase_if(mended_, [](const TextLine& line) { return line.words.empty(); });
    return std::move(mended_);
  }

 private:
  /// Adds a glyph to its line, as a part of the word before where it comes from the same one.
  void put(const Seat& seat, char32_t code) {
    TextLine& line = mended_[seat.line];
    if (last_ != seat.word) {
      const bool goes_on = !line.words.empty() && word_ == seat.word;
      Word word = *seat.word;
      word.after_space = word.after_space && !goes_on;
      word.glyphs.clear();
      word.box = seat.glyph->box;
      if (line.words.empty()) line.box = word.box;
      line.words.push_back(std::move(word));
      last_ = word_ = seat.word;
    }
    Word& word = line.words.back();
    word.glyphs.push_back({code, seat.glyph->box});
    word.box = united(word.box, seat.glyph->box);
    line.box = united(line.box, seat.glyph->box);
  }

  std::vector<Seat> seats_;
  Lines mended_;
  const Word* last_ = nullptr;  // the word that the last glyph came from; null at a new part
  const Word* word_ = nullptr;  // likewise, over parts
};

Lines with_label(const Lines& lines, const std::u32string& printed, const Misreading& misreading,
                 std::size_t begin, std::size_t end) {
  Rewriter rewriter(lines);
  rewriter.keep(0, begin);
  rewriter.write(printed, misreading);
  rewriter.keep(end, static_cast<std::size_t>(-1));
  return rewriter.take();
}

/// `lines` without the colon behind a label where a recognizer made another mark of it, or several,
/// so that the label fills its cell.
std::optional<Lines> without_marks(const Lines& lines, const FoldedText& text,
                                   const Labels& labels) {
  if (!text.complete) return std::nullopt;
  for (const Label& label : labels) {
    const std::size_t begin = label.folded.size();
    if (!text.text.starts_with(label.folded) || text.text.size() == begin) continue;
    if (end_of_colon(text.text, begin) != text.text.size()) continue;
    if (text.text.substr(begin) == U":") return std::nullopt;
    return with_label(lines, U"", {}, begin, text.text.size());
  }
  return std::nullopt;
}

Lines with_mend(const Lines& lines, const FoldedText& text, const Mend& mend) {
  std::u32string printed = mend.label->folded;
  Misreading misreading = mend.misreading;
  if (mend.colon_end > mend.end && mend.colon_end < text.text.size()) {
    printed += U':';
    misreading.places.push_back(mend.end);
  }
  return with_label(lines, printed, misreading, 0, mend.colon_end);
}

/// Whether a text holds no letter and no digit, so that beside a title it is a speck.
bool is_specks(std::u32string_view text) {
  return std::none_of(text.begin(), text.end(), [](char32_t code) {
    const bool ascii = (code >= U'0' && code <= U'9') || (code >= U'A' && code <= U'Z') ||
                       (code >= U'a' && code <= U'z');
    return ascii || code >= 0x3400;
  });
}

/// `lines` with `title` for what was read of it; specks beside it go.
Lines with_title_alone(const Lines& lines, std::u32string_view all, const Label& title,
                       const Misreading& found) {
  const std::size_t begin = is_specks(all.substr(0, found.begin)) ? 0 : found.begin;
  const std::size_t end = is_specks(all.substr(found.end)) ? all.size() : found.end;
  return with_label(lines, title.folded, found, begin, end);
}

/// The same for a title that was read right.
std::optional<Lines> with_title_alone(const Lines& lines, std::u32string_view all,
                                      const Label& title) {
  auto found = find_reading(title.folded, all, 0);
  if (!found) return std::nullopt;
  const std::u32string_view before = all.substr(0, found->begin);
  const std::u32string_view behind = all.substr(found->end);
  const bool specks =
      (!before.empty() && is_specks(before)) || (!behind.empty() && is_specks(behind));
  if (!specks) return std::nullopt;
  return with_title_alone(lines, all, title, *found);
}

/// Titles are long, and few texts are like them.
int title_budget(const Label& title) { return 3 * static_cast<int>(title.folded.size()); }

/// `lines` with a misread title set right; nothing where they hold none, or one unharmed.
std::optional<Lines> with_title(const Lines& lines, const FoldedText& text, const Labels& titles) {
  if (!text.complete || text.text.size() > kMaxTitleLine) return std::nullopt;
  const std::u32string_view all = text.text;
  const Label* best = nullptr;
  Misreading nearest;
  for (const Label& title : titles) {
    if (all.find(title.folded) != all.npos) return with_title_alone(lines, all, title);
    auto found = find_reading(title.folded, all, title_budget(title));
    if (!found || (best && found->cost >= nearest.cost)) continue;
    if (!may_stand_beside_title(all.substr(0, found->begin))) continue;
    if (!may_stand_beside_title(all.substr(found->end))) continue;
    best = &title;
    nearest = std::move(*found);
  }
  if (best == nullptr) return std::nullopt;
  return with_title_alone(lines, all, *best, nearest);
}

/// Whether the digits that `pattern` takes of `read` make a year of our time: "10.00(年)" is no
/// misread "(####年)".
bool spells_a_year(const std::u32string& pattern, const Misreading& found,
                   std::u32string_view read) {
  std::u32string digits;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != U'#') continue;
    digits += found.places[i] < read.size() ? likely_digit(read[found.places[i]]) : U' ';
  }
  const bool all = std::all_of(digits.begin(), digits.end(),
                               [](char32_t code) { return code >= U'0' && code <= U'9'; });
  return all && (digits.starts_with(U"19") || digits.starts_with(U"20"));
}

/// `lines` with the year of the form set right, where they hold nothing else.
std::optional<Lines> with_year(const Lines& lines, const FoldedText& text, const Labels& years) {
  for (const Label& year : years) {
    if (find_pattern(text.text, year.folded) != std::u32string::npos) return std::nullopt;
  }
  for (const Label& year : years) {
    const auto found = explain_reading(year.folded, text.text, kYearBudget);
    if (found && spells_a_year(year.folded, *found, text.text))
      return with_label(lines, year.folded, *found, 0, text.text.size());
  }
  return std::nullopt;
}

}  // namespace

LabelMender::LabelMender(const LayoutSpec& spec)
    : labels_(labels_of(spec)), titles_(spec.titles), years_(spec.year) {
  for (const TableSpec& table : spec.tables) {
    headers_.emplace_back();
    for (const ColumnSpec& column : table.columns) {
      headers_.back().push_back(column.headers);
      for (const Label& header : column.headers) repeated_.insert(header.folded);
      add(words_, column.words);
    }
  }
  words_ = distinct(words_);
}

namespace {

/// The cells that begin in a row of the table, from left to right.
std::vector<Cell*> cells_of_row(Table& table, int row) {
  std::vector<Cell*> cells;
  for (Cell& cell : table.cells) {
    if (cell.row == row && !cell.lines.empty()) cells.push_back(&cell);
  }
  std::sort(cells.begin(), cells.end(),
            [](const Cell* a, const Cell* b) { return a->col < b->col; });
  return cells;
}

/// Which column each cell is the header of, as it stands; -1: none.
std::vector<int> known_headers(const std::vector<Cell*>& cells,
                               const std::vector<Labels>& columns) {
  std::vector<int> known;
  for (const Cell* cell : cells) {
    const FoldedText text = fold_lines(cell->lines);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Labels& headers) {
      return match_whole(text, headers).has_value();
    });
    known.push_back(found == columns.end() ? -1 : static_cast<int>(found - columns.begin()));
  }
  return known;
}

/// Of two headers that read alike one was misread (三级 as 二级): the one that stands where the
/// header of the column before or behind is missing becomes unknown.
void part_twins(const std::vector<Cell*>& cells, std::vector<int>& known) {
  for (std::size_t second = 1; second < known.size(); ++second) {
    if (known[second] < 0 || !recognized(cells[second]->lines)) continue;
    const auto end = known.begin() + static_cast<std::ptrdiff_t>(second);
    const auto first = std::find(known.begin(), end, *end);
    if (first == end) continue;
    const int column = *end;
    const bool misses_before =
        column > 0 && std::find(known.begin(), known.end(), column - 1) == known.end();
    (misses_before ? *first : *end) = -1;
  }
}

/// The one of `headers` that `text` may be a misreading of.
std::optional<Mend> likely_header(const FoldedText& text, const Labels& headers) {
  std::optional<Mend> best;
  for (const Label& label : headers) {
    auto found = explain_reading(label.folded, text.text, misreading_budget(label.folded.size()));
    if (!found || (best && found->cost >= best->misreading.cost)) continue;
    best = Mend{&label, std::move(*found), text.text.size(), text.text.size()};
  }
  return best;
}

}  // namespace

/// Headers that may be read as several, 一级指标 and 三级指标 as "-级指标", or both as 二级指标: in
/// a row of headers they stand in the order of the layout.
void LabelMender::mend_headers(Table& table, const std::vector<Labels>& columns) const {
  constexpr std::ptrdiff_t kFewest = 2;  // that are read right make a row of headers
  for (int row = 0; row < table.rows; ++row) {
    const std::vector<Cell*> cells = cells_of_row(table, row);
    std::vector<int> known = known_headers(cells, columns);
    part_twins(cells, known);
    if (static_cast<std::ptrdiff_t>(known.size()) - std::count(known.begin(), known.end(), -1) <
        kFewest) {
      continue;
    }
    int last = -1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (known[i] >= 0) {
        last = known[i];
        continue;
      }
      if (!recognized(cells[i]->lines)) continue;
      const FoldedText text = fold_lines(cells[i]->lines);
      for (int column = last + 1; column < static_cast<int>(columns.size()); ++column) {
        if (std::find(known.begin(), known.end(), column) != known.end()) continue;
        const auto mend = likely_header(text, columns[static_cast<std::size_t>(column)]);
        if (!mend) continue;
        cells[i]->lines = with_mend(cells[i]->lines, text, *mend);
        last = column;
        break;
      }
    }
  }
}

bool has_recognized_words(const TabulatedPage& page) {
  if (recognized(page.lines)) return true;
  return std::any_of(page.tables.begin(), page.tables.end(), [](const Table& table) {
    return std::any_of(table.cells.begin(), table.cells.end(),
                       [](const Cell& cell) { return recognized(cell.lines); });
  });
}

void LabelMender::mend(Lines& lines, const Present& present) const {
  if (!recognized(lines)) return;
  mend_marks(lines);
  const FoldedText text = fold_lines(lines);
  if (text.text.empty()) return;
  if (auto label = without_marks(lines, text, labels_)) {
    lines = std::move(*label);
    return;
  }
  if (has_label(text, labels_)) return;
  if (auto titled = with_title(lines, text, titles_)) {
    lines = std::move(*titled);
  } else if (auto dated = with_year(lines, text, years_)) {
    lines = std::move(*dated);
  } else if (const auto found = find_mend(text, labels_, present)) {
    lines = with_mend(lines, text, *found);
  }
}

LabelMender::Present LabelMender::present_on(const std::vector<TabulatedPage>& pages) const {
  Present present;
  const auto look = [&](const Lines& lines) {
    const FoldedText text = fold_lines(lines);
    for (const Label& label : labels_) {
      // Heads of columns stand on every page.
      if (repeated_.contains(label.folded)) continue;
      if (text.text.starts_with(label.folded) && match_label(text, label)) {
        present.insert(label.folded);
      }
    }
  };
  for (const TabulatedPage& page : pages) {
    for (const TextLine& line : page.lines) look({line});
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) look(cell.lines);
    }
  }
  return present;
}

std::vector<TabulatedPage> LabelMender::mended(std::vector<TabulatedPage> pages) const {
  if (std::none_of(pages.begin(), pages.end(), has_recognized_words)) return pages;
  const Present present = present_on(pages);
  for (TabulatedPage& page : pages) {
    Lines lines;
    for (TextLine& line : page.lines) {
      Lines one = {std::move(line)};
      mend(one, present);
      std::move(one.begin(), one.end(), std::back_inserter(lines));
    }
    page.lines = std::move(lines);
    for (Table& table : page.tables) {
      join_cut_words(table, words_);
      // Each for itself, a header could be taken for another one.
      for (const std::vector<Labels>& columns : headers_) mend_headers(table, columns);
      for (Cell& cell : table.cells) mend(cell.lines, present);
    }
  }
  return pages;
}

}  // namespace tabularium
