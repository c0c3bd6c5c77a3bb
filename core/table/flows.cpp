#include "tabularium/table/flows_internal.h"

#include <algorithm>
#include <optional>

namespace tabularium {
namespace {

/// Where the running text of one side of the page ends, or begins.
struct Band {
  double edge = 0.0;
  int lines = 0;
};

struct Extent {
  double x0 = 1e9;
  double x1 = -1e9;
  double width() const { return x1 - x0; }
};

Extent extent_of(const std::vector<TextRow>& rows) {
  Extent extent;
  for (const TextRow& row : rows) {
    extent.x0 = std::min(extent.x0, row.pieces.front().x0);
    extent.x1 = std::max(extent.x1, row.pieces.back().x1);
  }
  return extent;
}

/// The x between two columns of running text. Text on both sides shows it with a few lines; on one
/// side it takes more, since a column of a table can look so.
std::optional<double> find_gutter(const std::vector<TextRow>& rows) {
  const Extent page = extent_of(rows);
  Band left{-1e9, 0};
  Band right{1e9, 0};
  double size = 0.0;
  for (const TextRow& row : rows) {
    for (const Piece& piece : row.pieces) {
      if (!piece.prose) continue;
      size = std::max(size, piece.words.front()->font_size);
      if (piece.x0 < page.x0 + 0.2 * page.width() && piece.x1 < page.x0 + 0.6 * page.width()) {
        left.edge = std::max(left.edge, piece.x1);
        ++left.lines;
      } else if (piece.x1 > page.x1 - 0.2 * page.width() &&
                 piece.x0 > page.x0 + 0.4 * page.width()) {
        right.edge = std::min(right.edge, piece.x0);
        ++right.lines;
      }
    }
  }
  if (left.lines >= 3 && right.lines >= 3) {
    if (right.edge <= left.edge) return std::nullopt;
    return (left.edge + right.edge) / 2;
  }
  if (left.lines >= 12) return left.edge + 0.75 * size;
  if (right.lines >= 12) return right.edge - 0.75 * size;
  return std::nullopt;
}

bool crosses(const TextRow& row, double gutter) {
  const double slack = 0.2 * row.size;
  return std::any_of(row.pieces.begin(), row.pieces.end(), [&](const Piece& piece) {
    return piece.x0 < gutter - slack && piece.x1 > gutter + slack;
  });
}

bool has_prose(const TextRow& row) {
  return std::any_of(row.pieces.begin(), row.pieces.end(),
                     [](const Piece& piece) { return piece.prose; });
}

/// Rows [first, last).
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Of rows that nothing crosses the gutter in, those that are set in two columns: all where running
/// text is the most of them, else those between the first and last of it. A table over the whole
/// width above or below stays whole.
Stretch in_columns(const std::vector<TextRow>& rows, Stretch run) {
  std::size_t count = 0;
  Stretch prose{run.last, run.first};
  for (std::size_t r = run.first; r < run.last; ++r) {
    if (!has_prose(rows[r])) continue;
    ++count;
    prose.first = std::min(prose.first, r);
    prose.last = r + 1;
  }
  if (count < 3) return {run.first, run.first};
  return count * 5 >= (run.last - run.first) * 2 ? run : prose;
}

std::vector<TextRow> rows_of(const std::vector<TextRow>& rows, Stretch stretch, double from,
                             double to) {
  std::vector<const Word*> words;
  for (std::size_t r = stretch.first; r < stretch.last; ++r) {
    for (const Piece& piece : rows[r].pieces) {
      const double middle = (piece.x0 + piece.x1) / 2;
      if (middle <= from || middle > to) continue;
      words.insert(words.end(), piece.words.begin(), piece.words.end());
    }
  }
  std::vector<TextRow> made = make_rows(std::move(words), kPieceGap);
  mark_prose(made);
  return made;
}

}  // namespace

std::vector<std::vector<TextRow>> text_flows(const std::vector<Word>& words) {
  std::vector<TextRow> rows = make_rows(words);
  mark_prose(rows);
  const std::optional<double> gutter = rows.empty() ? std::nullopt : find_gutter(rows);
  if (!gutter) return {std::move(rows)};

  std::vector<std::vector<TextRow>> flows;
  std::size_t whole = 0;  // rows from here on are in no flow yet
  const auto add_whole = [&](std::size_t last) {
    if (last > whole) flows.push_back(rows_of(rows, {whole, last}, -1e9, 1e9));
  };
  for (std::size_t r = 0; r < rows.size();) {
    if (crosses(rows[r], *gutter)) {
      ++r;
      continue;
    }
    Stretch run{r, r};
    while (run.last < rows.size() && !crosses(rows[run.last], *gutter)) ++run.last;
    const Stretch columns = in_columns(rows, run);
    if (columns.last > columns.first) {
      add_whole(columns.first);
      flows.push_back(rows_of(rows, columns, -1e9, *gutter));
      flows.push_back(rows_of(rows, columns, *gutter, 1e9));
      whole = columns.last;
    }
    r = run.last;
  }
  add_whole(rows.size());
  return flows;
}

}  // namespace tabularium
