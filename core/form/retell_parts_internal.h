#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/form/loose_rows_internal.h"
#include "tabularium/form/row_parse_internal.h"
#include "tabularium/page/issue.h"

namespace tabularium {

/// A label of a field in a row: the pieces `first` to `last`, the latter left out.
struct LabelPlace {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t length = 0;                // folded characters of them that are the label
  bool whole = true;                     // nothing of the value stands in the same piece
  std::vector<const FieldSpec*> fields;  // several where they have one label
};

/// The label of a field that begins at piece `at` of `row`; of several the longest.
std::optional<LabelPlace> label_at(const LooseRow& row, std::size_t at, const LayoutSpec& spec);

/// How many pieces of `row` from `at` on are one of `labels`, and nothing else; 0: none.
std::size_t pieces_of(const LooseRow& row, std::size_t at, const Labels& labels);

/// Whether a line holds a title of the layout and perhaps a year.
bool is_title(std::u32string_view folded, const LayoutSpec& spec);

/// Whether a row of a form is a title or a year that a page repeats.
bool is_running_head(const LooseRow& row, const LayoutSpec& spec);

/// A table of a form, put together.
struct RetoldTable {
  std::vector<std::vector<TextLine>> header;             // one for each column; may be empty
  std::vector<std::vector<std::vector<TextLine>>> rows;  // as many cells as the header
  std::vector<TextLine> side;                            // the label beside it; may be empty
};

/// A table that begins at a row, and what it took.
struct TakenTable {
  RetoldTable table;
  std::size_t end = 0;           // the row behind its last
  std::vector<TextLine> beside;  // headings and what fits nowhere
  std::vector<Issue> issues;
};

/// The table of `spec` whose header begins in row `at` of `rows`; nothing where none does.
std::optional<TakenTable> take_table(const std::vector<LooseRow>& rows, std::size_t at,
                                     const TableSpec& table, const LayoutSpec& spec);

/// A line of a value.
struct ValueLine {
  TextLine line;
  bool wrapped = false;  // a line of the file, which may end anywhere
  bool blank_before = false;
  bool after_cut = false;  // a cell that goes on in a row of its own
};

/// Whether a line ends as a sentence or an item of a list does.
bool ends_sentence(const TextLine& line);

/// The lines of a value as its paragraphs. `width`: of the widest line of words in the form, which
/// tells what a full line is where the value has but a few.
std::vector<TextLine> paragraphs_of(const std::vector<ValueLine>& lines, int width);

/// Parts lines that stand below two labels side by side, of which the converter wrote one text
/// after the other: the number of lines of the first. Each text fills its own width.
std::size_t first_of_two(const std::vector<ValueLine>& lines);

}  // namespace tabularium
