#pragma once

#include <utility>
#include <vector>

#include "tabularium/table/line_cells_internal.h"

namespace tabularium {

/// What the lines and rules of a region say before they are grouped to rows.
struct LineFacts {
  LineFacts(const std::vector<TextRow>& text_lines, const std::vector<double>& separators,
            const std::vector<Rule>& horizontal);

  std::vector<TextRow> const& lines;
  std::vector<Rule> rules;  ///< horizontal, those near the lines, sorted by position
  int cols = 0;
  std::vector<std::vector<LineCell>> cells;  ///< of each line
  std::vector<bool> ruled;                   ///< after each line; true after the last
  std::vector<double> text_left;             ///< of each column's text
  std::vector<double> text_right;
  std::vector<bool> numeric;  ///< columns of numbers
  double x0 = 0.0;            ///< of all text
  double x1 = 0.0;

  /// Rules that pass between two lines: [first, last).
  std::pair<const Rule*, const Rule*> rules_between(std::size_t above, std::size_t below) const;
  /// Length that the rule shares with the table.
  double overlap_of(const Rule& rule) const;
  /// Whether a rule stands between the lines under most of the cell.
  bool rule_below(const LineCell& cell, std::size_t above, std::size_t below) const;
  /// Whether rules part the cell from the line below it.
  bool ruled_between(const LineCell& cell, std::size_t line) const;
  /// Whether the lines stand close enough for one cell.
  bool is_tight(std::size_t above, std::size_t below) const;
  /// Whether the line holds data: a number beyond the first column that is no year and no unit
  /// such as "(000)", which heads are made of.
  bool has_number(std::size_t i) const;
  bool has_label(std::size_t i) const;
  /// The first line that looks like data, up to the sixth; the line count where there is none.
  std::size_t first_data_line() const;
  /// Columns [first, last) of which the text's middle lies between the ends of a rule.
  std::pair<int, int> columns_under(const Rule& rule) const;
  /// Whether `below` could have stood in the line above it: then the break was meant.
  bool would_fit(const LineCell& above, const LineCell& below) const;
  /// The cell of a line that covers the column, or null.
  const LineCell* cell_in(std::size_t line, int col) const;

 private:
  void measure_columns();
  bool is_ruled(std::size_t i) const;
};

/// Lines nearer than this, in font sizes, can belong to one cell: single to one and a half spacing.
inline constexpr double kCellLeading = 1.7;

/// Cells with the first lines of their rows.
struct GroupedLines {
  std::vector<LineCell> cells;  ///< `line0` and `line1` are lines
  std::vector<int> starts;      ///< first line of each row
};

/// How many lines form the head. A rule closes it; without one it ends where numbers begin.
std::size_t count_head_lines(const LineFacts& facts);

/// The heads of the first `head` lines. Heads over several columns get their columns.
GroupedLines group_heads(LineFacts& facts, std::size_t head);

/// Rows of the lines from `head` on where spacing tells them: the lines of a cell stand closer than
/// rows do. No rows where it does not.
GroupedLines group_by_spacing(const LineFacts& facts, std::size_t head);

/// Rows of the lines from `head` on, by rules, by numbers and by how lines break.
GroupedLines group_by_text(const LineFacts& facts, std::size_t head);

/// Whether rules part the rows: what they leave together has one line with numbers at most.
bool rows_are_ruled(const LineFacts& facts, std::size_t head);

/// Adds the cell to a row: its words go to the cell over the same columns where there is one.
void add_to_row(const LineCell& cell, std::vector<LineCell>& row);

}  // namespace tabularium
