#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "build.h"
#include "tabularium/table/table.h"

/// Tabulated pages made in code, for the tests of what stands behind the stage *tabulate*.
namespace tabularium::build {

constexpr double kPadding = 4.0;
constexpr double kLineHeight = 14.0;

/// One line with its top left corner at (x, y); words are parted at spaces.
inline TextLine line(double x, double y, std::string_view text, int page_number = 1,
                     double size = 10.0) {
  TextLine made;
  made.page = page_number;
  std::istringstream parts{std::string(text)};
  for (std::string part; parts >> part;) {
    Word next = word(x, y, part, size);
    next.after_space = !made.words.empty();
    x = next.box.x1 + size / 4;
    made.words.push_back(std::move(next));
  }
  made.box = made.words.front().box;
  for (const Word& w : made.words) made.box = united(made.box, w.box);
  return made;
}

/// Lines below each other from the top left corner of a cell; "\n" ends a line.
inline std::vector<TextLine> lines_in(const Box& cell, std::string_view text, int page_number = 1) {
  std::vector<TextLine> lines;
  std::istringstream parts{std::string(text)};
  double y = cell.y0 + kPadding;
  for (std::string part; std::getline(parts, part); y += kLineHeight) {
    if (!part.empty()) lines.push_back(line(cell.x0 + kPadding, y, part, page_number));
  }
  return lines;
}

/// A ruled table from the texts of its grid places: "<" goes on with the cell to the left, "^" with
/// the cell above.
inline Table ruled(const std::vector<double>& edges,
                   const std::vector<std::vector<std::string>>& texts, int page_number = 1,
                   double top = 100.0) {
  Table table;
  table.rows = static_cast<int>(texts.size());
  table.cols = static_cast<int>(edges.size()) - 1;
  table.column_edges = edges;
  table.row_edges = {top};
  for (const auto& row : texts) {
    std::ptrdiff_t lines = 1;
    for (const std::string& text : row) {
      lines = std::max(lines, std::count(text.begin(), text.end(), '\n') + 1);
    }
    table.row_edges.push_back(table.row_edges.back() + kLineHeight * static_cast<double>(lines) +
                              2 * kPadding);
  }
  const auto at = [&](int row, int col) -> const std::string& {
    return texts[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
  };
  for (int row = 0; row < table.rows; ++row) {
    for (int col = 0; col < table.cols; ++col) {
      if (at(row, col) == "<" || at(row, col) == "^") continue;
      Cell cell;
      cell.row = row;
      cell.col = col;
      while (col + cell.col_span < table.cols && at(row, col + cell.col_span) == "<") {
        ++cell.col_span;
      }
      while (row + cell.row_span < table.rows && at(row + cell.row_span, col) == "^") {
        ++cell.row_span;
      }
      const Box box{edges[static_cast<std::size_t>(col)],
                    table.row_edges[static_cast<std::size_t>(row)],
                    edges[static_cast<std::size_t>(col + cell.col_span)],
                    table.row_edges[static_cast<std::size_t>(row + cell.row_span)]};
      cell.parts = {{page_number, box}};
      cell.lines = lines_in(box, at(row, col), page_number);
      table.cells.push_back(std::move(cell));
    }
  }
  table.parts = {{page_number,
                  {edges.front(), table.row_edges.front(), edges.back(), table.row_edges.back()}}};
  return table;
}

inline TabulatedPage sheet(int number, std::vector<Table> tables,
                           std::vector<TextLine> lines = {}) {
  TabulatedPage page;
  page.number = number;
  page.width = 595;
  page.height = 842;
  page.tables = std::move(tables);
  page.lines = std::move(lines);
  return page;
}

/// The texts of a table's cells by grid place, row by row; a place that a cell covers without
/// beginning there is empty.
inline std::vector<std::vector<std::string>> texts_of(const Table& table) {
  std::vector<std::vector<std::string>> rows(
      static_cast<std::size_t>(table.rows),
      std::vector<std::string>(static_cast<std::size_t>(table.cols)));
  for (const Cell& cell : table.cells) {
    rows[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)] = cell.text();
  }
  return rows;
}

}  // namespace tabularium::build
