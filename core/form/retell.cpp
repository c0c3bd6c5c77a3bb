#include "tabularium/form/retell_internal.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>

#include "tabularium/form/retell_parts_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr std::size_t kMostPieces = 4;

// ---- the paper that a form is set on again

constexpr double kWidth = 2000.0;
constexpr double kLeft = 50.0;
constexpr double kRowHeight = 20.0;
constexpr double kStep = 10.0;
constexpr std::size_t kSteps = 90;
// Titles stand below what may be a running head.
constexpr double kTop = 200.0;

class Paper {
 public:
  explicit Paper(const TabulatedPage& first) {
    page_.number = first.number;
    page_.trust = first.trust;
    page_.width = kWidth;
    page_.arrangement = Arrangement::told;
  }

  void add_line(TextLine line) {
    line.page = page_.number;
    line.box = {kLeft, y_, kWidth - kLeft, y_ + 0.6 * kRowHeight};
    y_ += kRowHeight;
    page_.lines.push_back(std::move(line));
  }

  /// `rows` of as many cells; all columns are as wide. `side`: a label beside all of them.
  void add_table(std::vector<std::vector<std::vector<TextLine>>> rows,
                 std::vector<TextLine> side = {}) {
    if (rows.empty() || rows.front().empty()) return;
    const bool has_side = !side.empty();
    if (has_side) {
      for (auto& row : rows) row.insert(row.begin(), std::vector<TextLine>());
      rows.front().front() = std::move(side);
    }
    Table table;
    table.rows = static_cast<int>(rows.size());
    table.cols = static_cast<int>(rows.front().size());
    // Tables with the same sides would be taken for parts of one.
    const double left = kLeft + kStep * static_cast<double>(page_.tables.size() % kSteps);
    const double wide = (kWidth - 2 * kLeft) / table.cols;
    for (int col = 0; col <= table.cols; ++col) table.column_edges.push_back(left + col * wide);
    for (int row = 0; row <= table.rows; ++row) table.row_edges.push_back(y_ + row * kRowHeight);
    table.parts.push_back(
        {page_.number, {left, y_, table.column_edges.back(), y_ + table.rows * kRowHeight}});
    for (int row = 0; row < table.rows; ++row) {
      for (int col = 0; col < table.cols; ++col) {
        if (has_side && col == 0 && row > 0) continue;
        Cell cell;
        cell.row = row;
        cell.col = col;
        if (has_side && col == 0) cell.row_span = table.rows;
        const auto x = table.column_edges.begin() + col;
        const auto y = table.row_edges.begin() + row;
        cell.parts.push_back({page_.number, {x[0], y[0], x[1], y[cell.row_span]}});
        cell.lines = std::move(rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)]);
        table.cells.push_back(std::move(cell));
      }
    }
    y_ += table.rows * kRowHeight + kRowHeight;
    page_.tables.push_back(std::move(table));
  }

  TabulatedPage take() {
    page_.height = std::max(y_ + kTop, 1000.0);
    return std::move(page_);
  }

 private:
  TabulatedPage page_;
  double y_ = kTop;
};

// ---- the fields

/// A field whose label stood on the form.
struct Told {
  const FieldSpec* field = nullptr;
  TextLine label;
  std::vector<ValueLine> value;
  int col = 0;         // of the label's cell
  bool below = false;  // its value stands in the rows below the label's
};

constexpr std::u32string_view kBoxes = U"□☐▢◻○◯⬜❏❑❒☑☒■◼●⬛▣◉⊠⊡✓√✔✗✘☓✕✖";

std::u32string folded_line(const TextLine& line) {
  std::u32string text;
  for (const Word& word : line.words) {
    for (const Glyph& glyph : word.glyphs) append_folded(text, glyph.code);
  }
  return text;
}

std::u32string folded_row(const LooseRow& row) {
  std::u32string text;
  for (const LoosePiece& piece : row.pieces) text += piece.folded;
  return text;
}

std::vector<const LoosePiece*> pointers(const LooseRow& row, std::size_t first, std::size_t last) {
  std::vector<const LoosePiece*> pieces;
  for (std::size_t i = first; i < last; ++i) pieces.push_back(&row.pieces[i]);
  return pieces;
}

class Teller {
 public:
  Teller(const std::vector<TabulatedPage>& pages, const LayoutSpec& spec)
      : pages_(pages),
        spec_(spec),
        rows_(loose_rows(pages)),
        paper_(pages.front()),
        tables_taken_(spec.tables.size(), false) {}

  Retold tell() {
    for (const LooseRow& row : rows_) {
      if (!row.cells) {
        width_ = std::max(width_, shown_width(joined(pointers(row, 0, row.pieces.size()))));
      }
    }
    for (std::size_t row = 0; row < rows_.size();) row = take_row(row);
    close();
    for (Told& told : told_) {
      // Of two labels of one field, a heading over the other for example, the one with a value.
      const bool other =
          told.value.empty() && std::any_of(told_.begin(), told_.end(), [&](const Told& one) {
            return one.field == told.field && !one.value.empty();
          });
      if (other) {
        beside_.push_back(told.label);
      } else {
        set(told);
      }
    }
    for (RetoldTable& table : tables_) set(table);
    for (TextLine& line : beside_) paper_.add_line(std::move(line));
    result_.pages.push_back(paper_.take());
    add_further_pages();
    return std::move(result_);
  }

 private:
  std::size_t take_row(std::size_t index);
  bool take_label_row(const LooseRow& row);
  void take_labels(const LooseRow& row, const std::vector<LabelPlace>& labels);
  Told& open(const LooseRow& row, const LabelPlace& label);
  const FieldSpec* field_of(const LabelPlace& label, const LooseRow& row) const;
  void take_rest(const LooseRow& row);
  void take_cells(const LooseRow& row);
  void take_words(const LooseRow& row);
  void add(Told& told, const LoosePiece& piece, bool after_cut, bool blank_before);
  std::vector<Told*> waiting();
  void close();
  void set(Told& told);
  void set(RetoldTable& table);
  bool has_lost_boxes(const Told& told) const;
  void add_further_pages();

  const std::vector<TabulatedPage>& pages_;
  const LayoutSpec& spec_;
  std::vector<LooseRow> rows_;
  Paper paper_;
  Retold result_;
  std::deque<Told> told_;        // its elements stay where they are
  std::vector<Told*> open_;      // of the row of labels above
  std::vector<ValueLine> pool_;  // lines below several labels side by side
  std::vector<RetoldTable> tables_;
  std::vector<bool> tables_taken_;
  std::vector<TextLine> beside_;
  int width_ = 0;  // of the widest line of words
};

/// Takes the row `index`, perhaps with rows below it; gives the next one.
std::size_t Teller::take_row(std::size_t index) {
  const LooseRow& row = rows_[index];
  if (is_running_head(row, spec_)) {
    // The first title stands above its form; another is a running head within it.
    paper_.add_line(joined(pointers(row, 0, row.pieces.size())));
    return index + 1;
  }
  for (std::size_t t = 0; t < spec_.tables.size(); ++t) {
    if (tables_taken_[t]) continue;
    auto taken = take_table(rows_, index, spec_.tables[t], spec_);
    if (!taken) continue;
    close();
    tables_taken_[t] = true;
    tables_.push_back(std::move(taken->table));
    beside_.insert(beside_.end(), taken->beside.begin(), taken->beside.end());
    result_.issues.insert(result_.issues.end(), taken->issues.begin(), taken->issues.end());
    return taken->end;
  }
  if (!take_label_row(row)) take_rest(row);
  return index + 1;
}

/// Takes a row with labels, or a heading; false where it holds neither.
bool Teller::take_label_row(const LooseRow& row) {
  std::vector<LabelPlace> labels;
  std::size_t headings = 0;
  for (std::size_t at = 0; at < row.pieces.size();) {
    // A line of words begins with a label where it has any; so does a row of cells, but for a
    // heading beside it.
    if (!row.cells && at > 0 && labels.empty() && headings == 0) break;
    if (auto label = label_at(row, at, spec_)) {
      at = label->last;
      labels.push_back(std::move(*label));
      continue;
    }
    const std::size_t heading = labels.empty() ? pieces_of(row, at, spec_.headings) : 0;
    const std::size_t behind = at + heading;
    if (heading > 0 &&
        (row.cells || behind == row.pieces.size() || label_at(row, behind, spec_).has_value())) {
      beside_.push_back(joined(pointers(row, at, at + heading)));
      headings += heading;
      at += heading;
      continue;
    }
    ++at;
  }
  if (labels.empty() && headings == 0) return false;
  if (labels.empty() && row.cells && headings < row.pieces.size()) {
    // A heading beside a text: the text belongs to what is above.
    LooseRow rest = row;
    std::erase_if(rest.pieces, [&](const LoosePiece& piece) {
      return match_whole(folded_pieces({piece}, 0, 1), spec_.headings).has_value();
    });
    take_rest(rest);
    return true;
  }
  close();
  take_labels(row, labels);
  return true;
}

/// Which of the fields of one label it is here: the first that has none yet; of the halves of a
/// form the one in which it stands.
const FieldSpec* Teller::field_of(const LabelPlace& label, const LooseRow& row) const {
  const auto is_taken = [&](const FieldSpec* field) {
    return std::any_of(told_.begin(), told_.end(),
                       [&](const Told& told) { return told.field == field; });
  };
  const auto left_half = [&] {
    std::size_t before = 0;
    for (std::size_t at = 0; at < label.first; ++at) before += label_at(row, at, spec_).has_value();
    if (before > 0) return false;
    for (std::size_t at = label.last; at < row.pieces.size(); ++at) {
      if (label_at(row, at, spec_)) return true;
    }
    return row.pieces[label.first].col < 2;
  };
  for (const FieldSpec* field : label.fields) {
    if (is_taken(field)) continue;
    if (field->half == Half::any || (field->half == Half::left) == left_half()) return field;
  }
  for (const FieldSpec* field : label.fields) {
    if (!is_taken(field)) return field;
  }
  return label.fields.front();
}

Told& Teller::open(const LooseRow& row, const LabelPlace& label) {
  Told told;
  told.field = field_of(label, row);
  told.label = joined(pointers(row, label.first, label.last));
  told.col = row.pieces[label.first].col;
  if (!label.whole) {
    // The value begins in the label's own piece.
    const LoosePiece& piece = row.pieces[label.first];
    std::vector<TextLine> rest = without_prefix(piece.lines, label.length);
    TextLine own = piece.lines.front();
    own.words.front().glyphs.clear();
    std::u32string folded;
    own.words.resize(1);
    for (const TextLine& line : piece.lines) {
      for (const Word& word : line.words) {
        for (const Glyph& glyph : word.glyphs) {
          if (folded.size() >= label.length) break;
          append_folded(folded, glyph.code);
          own.words.front().glyphs.push_back(glyph);
        }
      }
    }
    told.label = std::move(own);
    for (TextLine& line : rest) told.value.push_back({std::move(line), !row.cells, false, false});
  }
  told_.push_back(std::move(told));
  open_.push_back(&told_.back());
  return told_.back();
}

void Teller::take_labels(const LooseRow& row, const std::vector<LabelPlace>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Told& told = open(row, labels[i]);
    const std::size_t end = i + 1 < labels.size() ? labels[i + 1].first : row.pieces.size();
    if (row.cells) {
      for (std::size_t at = labels[i].last; at < end; ++at) add(told, row.pieces[at], false, false);
      continue;
    }
    if (labels[i].last == end) continue;
    const TextLine line = joined(pointers(row, labels[i].last, end));
    if (!told.value.empty()) {
      for (const Word& word : line.words) {
        told.value.back().line.box = united(told.value.back().line.box, word.box);
        told.value.back().line.words.push_back(word);
      }
    } else {
      told.value.push_back({line, true, false, false});
    }
  }
}

void Teller::add(Told& told, const LoosePiece& piece, bool after_cut, bool blank_before) {
  for (const TextLine& line : piece.lines) {
    const bool first = &line == &piece.lines.front();
    told.value.push_back({line, false, first && blank_before, first && after_cut});
  }
}

/// The fields of the labels above whose values are still to come.
std::vector<Told*> Teller::waiting() {
  std::vector<Told*> waiting;
  for (Told* told : open_) {
    if (told->value.empty() || told->below) waiting.push_back(told);
  }
  return waiting;
}

/// A row without labels goes on in what the labels above it opened.
void Teller::take_rest(const LooseRow& row) {
  if (open_.empty()) {
    beside_.push_back(joined(pointers(row, 0, row.pieces.size())));
  } else {
    row.cells ? take_cells(row) : take_words(row);
  }
}

void Teller::take_cells(const LooseRow& row) {
  std::vector<Told*> fields = waiting();
  if (fields.empty()) {
    // The only value of the row above, or the last, goes on.
    Told& last = *open_.back();
    for (const LoosePiece& piece : row.pieces) add(last, piece, true, row.blank_before);
    return;
  }
  for (std::size_t i = 0; i < row.pieces.size(); ++i) {
    const LoosePiece& piece = row.pieces[i];
    Told* field = fields.front();
    if (row.pieces.size() == fields.size()) {
      field = fields[i];
    } else {
      for (Told* candidate : fields) {
        if (candidate->col <= piece.col) field = candidate;
      }
      // A page break moves cells: what goes on is the one text that has begun, or has not ended.
      const auto begun = [](const Told* told) { return !told->value.empty(); };
      const auto unended = [](const Told* told) {
        return !told->value.empty() && !ends_sentence(told->value.back().line);
      };
      if (row.pieces.size() == 1 && row.blank_before) {
        if (std::count_if(fields.begin(), fields.end(), begun) == 1) {
          field = *std::find_if(fields.begin(), fields.end(), begun);
        } else if (std::count_if(fields.begin(), fields.end(), unended) == 1) {
          field = *std::find_if(fields.begin(), fields.end(), unended);
        }
      }
    }
    const bool goes_on = !field->value.empty();
    field->below = true;
    add(*field, piece, goes_on, row.blank_before);
  }
}

void Teller::take_words(const LooseRow& row) {
  std::vector<Told*> fields = waiting();
  ValueLine line{joined(pointers(row, 0, row.pieces.size())), true, row.blank_before, false};
  if (fields.size() > 1) {
    pool_.push_back(std::move(line));
    return;
  }
  Told* field = fields.size() == 1 ? fields.front() : open_.back();
  if (fields.size() == 1 && field->value.empty()) field->below = true;
  field->value.push_back(std::move(line));
}

/// No more text comes for the labels above.
void Teller::close() {
  if (!pool_.empty()) {
    const std::vector<Told*> fields = waiting();
    const std::size_t first = fields.size() == 2 ? first_of_two(pool_) : pool_.size();
    for (std::size_t i = 0; i < pool_.size(); ++i) {
      fields[i < first ? 0 : 1]->value.push_back(std::move(pool_[i]));
    }
    pool_.clear();
    result_.issues.push_back(
        {"layout",
         Severity::warning,
         "/fields/" + fields[0]->field->name,
         {"/fields/" + fields[1]->field->name},
         "the texts below two labels side by side stand one after the other in the file; where "
         "the second begins was told by the length of the lines"});
  }
  open_.clear();
}

/// Whether tick boxes were lost: the texts of several stand there, and no box.
bool Teller::has_lost_boxes(const Told& told) const {
  if (!told.field->boxes) return false;
  std::u32string text;
  for (const ValueLine& line : told.value) text += folded_line(line.line);
  if (text.find_first_of(kBoxes) != text.npos) return false;
  const auto there = [&](const Label& option) { return text.find(option.folded) != text.npos; };
  return std::count_if(told.field->options.begin(), told.field->options.end(), there) > 1;
}

void Teller::set(Told& told) {
  std::vector<TextLine> value = paragraphs_of(told.value, width_);
  if (has_lost_boxes(told)) {
    result_.issues.push_back({"layout",
                              Severity::warning,
                              "/fields/" + told.field->name,
                              {},
                              "the file has the texts of the tick boxes, but not the boxes: which "
                              "are ticked cannot be told"});
    beside_.insert(beside_.end(), value.begin(), value.end());
    value.clear();
  }
  std::vector<TextLine> label{told.label};
  const bool right = std::find(told.field->places.begin(), told.field->places.end(),
                               Place::right) != told.field->places.end();
  if (!right) {
    paper_.add_table({{label}, {std::move(value)}});
  } else if (told.field->half == Half::left) {
    paper_.add_table({{label, std::move(value), {}, {}}});
  } else if (told.field->half == Half::right) {
    paper_.add_table({{{}, {}, label, std::move(value)}});
  } else {
    paper_.add_table({{label, std::move(value)}});
  }
}

void Teller::set(RetoldTable& table) {
  table.rows.insert(table.rows.begin(), std::move(table.header));
  paper_.add_table(std::move(table.rows), std::move(table.side));
}

/// A form keeps all its pages, though its text stands on the first.
void Teller::add_further_pages() {
  for (const TabulatedPage& page : pages_) {
    if (page.number == result_.pages.back().number) continue;
    TabulatedPage empty;
    empty.number = page.number;
    empty.width = page.width;
    empty.height = page.height;
    empty.arrangement = Arrangement::told;
    result_.pages.push_back(std::move(empty));
  }
}

/// Whether a text is nothing but a year: "(2025年度)", or empty.
bool is_year_text(std::u32string_view text) {
  for (const std::u32string_view pattern :
       {U"####年度", U"####年", U"####", U"(####年度)", U"(####年)", U"(####)"}) {
    if (text.size() == pattern.size() && find_pattern(text, pattern) == 0) return true;
  }
  return text.empty();
}

/// A line of the file, for whoever looks for a title.
struct LineText {
  std::u32string text;
  int cells = 0;
};

/// The texts of a page line by line, from top to bottom, without a copy of their words.
std::map<double, LineText> texts_by_line(const TabulatedPage& page) {
  constexpr std::size_t kEnough = 120;  // characters, for titles and labels
  std::map<double, LineText> texts;
  const auto add = [&](double y, const TextLine& line) {
    std::u32string& text = texts[y].text;
    for (const Word& word : line.words) {
      for (const Glyph& glyph : word.glyphs) {
        if (text.size() < kEnough) append_folded(text, glyph.code);
      }
    }
  };
  for (const TextLine& line : page.lines) {
    add(line.box.y0, line);
    ++texts[line.box.y0].cells;
  }
  for (const Table& table : page.tables) {
    for (const Cell& cell : table.cells) {
      const double y = table.row_edges[static_cast<std::size_t>(cell.row)];
      for (const TextLine& line : cell.lines) add(y, line);
      if (!cell.lines.empty()) ++texts[y].cells;
    }
  }
  return texts;
}

}  // namespace

std::optional<LabelPlace> label_at(const LooseRow& row, std::size_t at, const LayoutSpec& spec) {
  const std::size_t most = row.cells ? 1 : std::min(kMostPieces, row.pieces.size() - at);
  std::optional<LabelPlace> best;
  for (std::size_t count = 1; count <= most; ++count) {
    const FoldedText words = folded_pieces(row.pieces, at, at + count);
    const FoldedText text = row.cells ? fold_lines(row.pieces[at].lines) : words;
    for (const FieldSpec& field : spec.fields) {
      for (const Label& label : field.labels) {
        const auto match = match_label(text, label);
        if (!match || (count > 1 && !match->whole)) continue;
        if (best && best->length >= match->length && best->last >= at + count) {
          if (best->length == match->length && best->last == at + count &&
              std::find(best->fields.begin(), best->fields.end(), &field) == best->fields.end()) {
            best->fields.push_back(&field);
          }
          continue;
        }
        best = LabelPlace{at, at + count, match->length, match->whole, {&field}};
      }
    }
  }
  return best;
}

bool is_title(std::u32string_view folded, const LayoutSpec& spec) {
  return std::any_of(spec.titles.begin(), spec.titles.end(), [&](const Label& title) {
    const std::size_t at = folded.find(title.folded);
    return at != folded.npos && is_year_text(folded.substr(0, at)) &&
           is_year_text(folded.substr(at + title.folded.size()));
  });
}

bool is_running_head(const LooseRow& row, const LayoutSpec& spec) {
  const std::u32string text = folded_row(row);
  if (is_title(text, spec)) return true;
  return std::any_of(spec.year.begin(), spec.year.end(), [&](const Label& pattern) {
    return text.size() == pattern.folded.size() && find_pattern(text, pattern.folded) == 0;
  });
}

Retold retold(const std::vector<TabulatedPage>& pages, const LayoutSpec& spec) {
  return Teller(pages, spec).tell();
}

namespace {

bool begins_with_label(std::u32string_view text, const LayoutSpec& spec) {
  return std::any_of(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec& field) {
    return std::any_of(field.labels.begin(), field.labels.end(),
                       [&](const Label& label) { return text.starts_with(label.folded); });
  });
}

/// The first line that `is_title` takes for one and below which labels stand: a running head
/// stands above the rest of a form, a title above its first labels.
template <typename IsTitle>
std::optional<std::pair<double, std::u32string>> first_title(const TabulatedPage& page,
                                                             const LayoutSpec& spec,
                                                             const IsTitle& is_title) {
  constexpr int kLinesBelow = 12;
  const auto texts = texts_by_line(page);
  for (auto line = texts.begin(); line != texts.end(); ++line) {
    if (line->second.cells > 1 || !is_title(line->second.text)) continue;
    int labels = 0;
    auto below = std::next(line);
    for (int i = 0; i < kLinesBelow && below != texts.end() && labels < 2; ++i, ++below) {
      if (is_title(below->second.text)) break;
      labels += begins_with_label(below->second.text, spec);
    }
    if (labels >= 2) return std::pair(line->first, line->second.text);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> find_loose_title(const TabulatedPage& page, const LayoutSpec& spec) {
  const auto found =
      first_title(page, spec, [&](const std::u32string& text) { return is_title(text, spec); });
  return found ? std::optional(found->first) : std::nullopt;
}

std::optional<Title> find_loose_unknown_title(const TabulatedPage& page, const LayoutSpec& spec) {
  constexpr std::size_t kLongest = 40;  // characters
  const auto found = first_title(page, spec, [&](const std::u32string& text) {
    return text.size() <= kLongest && title_text(text) && !begins_with_label(text, spec);
  });
  if (!found) return std::nullopt;
  const std::u32string title = *title_text(found->second);
  return Title{
      page.number, found->first, found->first, to_utf8(title), title.size() == found->second.size(),
      1.0};
}

}  // namespace tabularium
