#include "table_output.h"

#include <fmt/format.h>

#include <algorithm>

#include "session.h"
#include "tabularium/store/csv.h"

namespace tabularium::tool {
namespace {

std::string json_box(const Box& box) {
  return fmt::format("[{}, {}, {}, {}]", rounded(box.x0), rounded(box.y0), rounded(box.x1),
                     rounded(box.y1));
}

/// The least of the confidences of the cell's words; an empty cell is certain.
double confidence(const Cell& cell) {
  double least = 1.0;
  for (const TextLine& line : cell.lines) {
    for (const Word& word : line.words) least = std::min(least, word.confidence);
  }
  return least;
}

std::string cell_json(const Cell& cell) {
  return fmt::format(
      R"({{"row": {}, "col": {}, "row_span": {}, "col_span": {}, "bbox": {}, "text": {}, "confidence": {}}})",
      cell.row, cell.col, cell.row_span, cell.col_span, json_box(cell.box()),
      json_string(cell.text()), confidence(cell) == 1.0 ? "1.0" : rounded(confidence(cell)));
}

std::string span_attributes(const Cell& cell) {
  std::string attributes;
  if (cell.row_span > 1) attributes += fmt::format(" rowspan=\"{}\"", cell.row_span);
  if (cell.col_span > 1) attributes += fmt::format(" colspan=\"{}\"", cell.col_span);
  return attributes;
}

std::string html_lines(const Cell& cell) {
  std::string text;
  for (const TextLine& line : cell.lines) {
    if (!text.empty()) text += "<br>";
    text += html_escaped(line.text());
  }
  return text;
}

}  // namespace

std::string table_json(const Table& table, int indent) {
  const std::string pad(static_cast<std::size_t>(indent), ' ');
  std::string text = fmt::format("{{\n{0}  \"page\": {1},\n{0}  \"bbox\": {2},\n{0}  \"cells\": [",
                                 pad, table.page(), json_box(table.parts.front().box));
  bool first = true;
  for (const Cell& cell : table.cells) {
    text += fmt::format("{}\n{}    {}", first ? "" : ",", pad, cell_json(cell));
    first = false;
  }
  return text + fmt::format("\n{0}  ]\n{0}}}", pad);
}

std::string table_csv(const Table& table) {
  std::string text;
  for (int row = 0; row < table.rows; ++row) {
    for (int col = 0; col < table.cols; ++col) {
      const Cell* cell = table.cell_at(row, col);
      if (col > 0) text += ',';
      if (cell != nullptr && cell->row == row && cell->col == col) text += csv_field(cell->text());
    }
    text += '\n';
  }
  return text;
}

std::string table_html(const Table& table, const std::string& file, int ordinal) {
  std::string text = fmt::format("<table>\n<caption>{}, page {}, table {}</caption>\n",
                                 html_escaped(file), table.page(), ordinal);
  for (int row = 0; row < table.rows; ++row) {
    text += "<tr>";
    for (int col = 0; col < table.cols; ++col) {
      const Cell* cell = table.cell_at(row, col);
      if (cell == nullptr) {
        text += "<td></td>";
      } else if (cell->row == row && cell->col == col) {
        text += "<td" + span_attributes(*cell) + ">" + html_lines(*cell) + "</td>";
      }
    }
    text += "</tr>\n";
  }
  return text + "</table>\n";
}

std::string html_head(const std::string& title) {
  return "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>" +
         html_escaped(title) +
         "</title>\n<style>\n"
         "body { font-family: sans-serif; margin: 2em; }\n"
         "table { border-collapse: collapse; margin: 0 0 2em; }\n"
         "caption { text-align: left; color: #666; padding: 0 0 .4em; }\n"
         "td { border: 1px solid #999; padding: .2em .5em; vertical-align: top; }\n"
         "</style>\n</head>\n<body>\n";
}

std::string html_foot() { return "</body>\n</html>\n"; }

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

}  // namespace tabularium::tool
