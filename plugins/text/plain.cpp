#include "plain.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cell_markup.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

/// A line of the file.
struct Source {
  std::u32string_view text;
  int number = 0;
  bool page_before = false;
};

std::vector<Source> lines_of(std::u32string_view text) {
  std::vector<Source> lines;
  int number = 1;
  bool page = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(U"\n\f"), text.size());
    if (end > 0 || !page) lines.push_back({text.substr(0, end), number, page});
    const bool feed = end < text.size() && text[end] == U'\f';
    page = feed || (page && end == 0);
    if (end < text.size() && text[end] == U'\n') ++number;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_made_of(std::u32string_view text, std::u32string_view codes) {
  return std::all_of(text.begin(), text.end(),
                     [&](char32_t code) { return codes.find(code) != codes.npos; });
}

/// "--- | ---", "| :--- | ---: |", "--\t-------", "----- -----": nothing but the line below a head.
bool is_separator(std::u32string_view line) {
  const auto dashes = std::count(line.begin(), line.end(), U'-');
  return dashes >= 3 && is_made_of(line, U"-:=| \t");
}

/// "+-----+:====+": a border of a grid table.
bool is_border(std::u32string_view line) {
  const auto text = trimmed(line);
  return text.size() >= 3 && text.front() == U'+' && text.back() == U'+' &&
         is_made_of(text, U"+-=: ");
}

/// The parts of a line between its pipes that no backslash escapes.
std::vector<std::u32string> parts_between_pipes(std::u32string_view line) {
  std::vector<std::u32string> parts(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == U'\\' && i + 1 < line.size() && line[i + 1] == U'|') {
      parts.back() += line[++i];
    } else if (line[i] == U'|') {
      parts.emplace_back();
    } else {
      parts.back() += line[i];
    }
  }
  return parts;
}

std::vector<std::u32string> pipe_cells(std::u32string_view line) {
  std::u32string_view text = trimmed(line);
  const bool framed = text.starts_with(U'|');
  auto parts = parts_between_pipes(text);
  if (framed) parts.erase(parts.begin());
  if (!parts.empty() && text.ends_with(U'|') && is_blank(parts.back())) parts.pop_back();
  return parts;
}

std::vector<std::u32string> tab_cells(std::u32string_view line) {
  std::vector<std::u32string> cells(1);
  for (const char32_t code : line) {
    if (code == U'\t') {
      cells.emplace_back();
    } else {
      cells.back() += code;
    }
  }
  return cells;
}

/// Without the marks of Markdown: "#" of a heading in any style, since converters write it into
/// `.txt` too; emphasis and backslashes where the file says that it is Markdown.
std::u32string without_marks(std::u32string_view text, Style style) {
  std::size_t hashes = 0;
  while (hashes < text.size() && text[hashes] == U'#') ++hashes;
  if (hashes > 0 && hashes <= 6 && hashes < text.size() && text[hashes] == U' ') {
    text.remove_prefix(hashes + 1);
  }
  if (style != Style::markdown) return std::u32string(text);
  constexpr std::u32string_view kEscaped = U"\\`*_{}[]()#+-.!|~<>$\"'";
  std::u32string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == U'*' && i + 1 < text.size() && text[i + 1] == U'*';
    if (pair) {
      ++i;
    } else if (text[i] == U'\\' && i + 1 < text.size() &&
               kEscaped.find(text[i + 1]) != kEscaped.npos) {
      plain += text[++i];
    } else {
      plain += text[i];
    }
  }
  return plain;
}

class PlainReader {
 public:
  PlainReader(Style style, const Limits& limits, const std::string& name)
      : style_(style), limits_(limits), name_(name) {}

  Blocks read_lines(std::u32string_view text);
  Blocks read_quoted(std::u32string_view text, char32_t delimiter);

 private:
  void take(const Source& source, bool in_pipes);
  void take_grid_line(const Source& source);
  void end_grid_row();
  void add_row(const std::vector<std::u32string>& texts, int number);
  void add_line(const Source& source);
  void blank() {
    in_table_ = false;
    blank_ = true;
  }
  Block& begin_block(bool page);

  Style style_;
  const Limits& limits_;
  const std::string& name_;
  Blocks result_;
  bool in_table_ = false;
  bool blank_ = false;
  bool page_ = false;
  std::int64_t cells_ = 0;
  bool in_grid_ = false;
  std::vector<std::u32string> grid_row_;  // the texts of its cells so far
  int grid_line_ = 0;
};

Block& PlainReader::begin_block(bool page) {
  result_.blocks.push_back({});
  Block& block = result_.blocks.back();
  block.page_before = std::exchange(page_, false) || page;
  block.blank_before = std::exchange(blank_, false);
  return block;
}

void PlainReader::add_row(const std::vector<std::u32string>& texts, int number) {
  if (!in_table_) begin_block(false);
  in_table_ = true;
  Row row;
  for (std::size_t col = 0; col < texts.size(); ++col) {
    Cell cell;
    cell.col = static_cast<int>(col);
    add_lines({without_marks(trimmed(texts[col]), style_), number}, cell.lines);
    row.cells.push_back(std::move(cell));
  }
  cells_ += static_cast<std::int64_t>(row.cells.size());
  if (cells_ > limits_.max_table_cells) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: line {}: more than {} cells of tables (Limits::max_table_cells)",
                            name_, number, limits_.max_table_cells));
  }
  result_.blocks.back().rows.push_back(std::move(row));
}

void PlainReader::add_line(const Source& source) {
  in_table_ = false;
  std::vector<Line> lines;
  add_lines({without_marks(source.text, style_), source.number}, lines);
  for (Line& line : lines) begin_block(false).line = std::move(line);
}

/// The cells of a grid table are wrapped: lines of one cell are one text.
void PlainReader::take_grid_line(const Source& source) {
  if (is_border(source.text)) {
    end_grid_row();
    grid_line_ = source.number + 1;
    return;
  }
  const auto parts = pipe_cells(source.text);
  if (grid_row_.size() < parts.size()) grid_row_.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto text = trimmed(parts[i]);
    if (text.empty()) continue;
    const std::string joined = join_text(to_utf8(grid_row_[i]), to_utf8(text), false);
    grid_row_[i] = to_utf32(joined);
  }
}

void PlainReader::end_grid_row() {
  if (!grid_row_.empty()) add_row(grid_row_, grid_line_);
  grid_row_.clear();
}

void PlainReader::take(const Source& source, bool in_pipes) {
  page_ = page_ || source.page_before;
  if (source.page_before) blank();
  const bool grid_line = in_grid_ && trimmed(source.text).starts_with(U'|');
  if (is_border(source.text) || grid_line) {
    in_grid_ = true;
    take_grid_line(source);
    return;
  }
  end_grid_row();
  in_grid_ = false;
  if (is_blank(source.text)) {
    blank();
  } else if (is_separator(source.text)) {
    return;
  } else if (source.text.find(U'\t') != source.text.npos) {
    add_row(tab_cells(source.text), source.number);
  } else if (in_pipes) {
    add_row(pipe_cells(source.text), source.number);
  } else {
    add_line(source);
  }
}

/// Which lines are rows between pipes: they begin with one, or stand in a run of lines with pipes
/// of which one is a separator.
std::vector<bool> rows_of_pipes(const std::vector<Source>& lines) {
  std::vector<bool> rows(lines.size(), false);
  for (std::size_t from = 0; from < lines.size();) {
    std::size_t to = from;
    bool separator = false;
    while (to < lines.size() && lines[to].text.find(U'|') != std::u32string_view::npos) {
      separator = separator || is_separator(lines[to].text);
      ++to;
    }
    for (std::size_t i = from; i < to; ++i) {
      const auto text = trimmed(lines[i].text);
      rows[i] = separator || (text.size() > 2 && text.starts_with(U'|') && text.ends_with(U'|'));
    }
    from = std::max(to, from + 1);
  }
  return rows;
}

Blocks PlainReader::read_lines(std::u32string_view text) {
  const std::vector<Source> lines = lines_of(text);
  const std::vector<bool> pipes = rows_of_pipes(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) take(lines[i], pipes[i]);
  end_grid_row();
  return std::move(result_);
}

/// Cells in quotes: RFC 4180, and what spreadsheets write for tabs. A quote within a cell that does
/// not begin with one is a character like any other.
Blocks PlainReader::read_quoted(std::u32string_view text, char32_t delimiter) {
  std::vector<std::u32string> cells(1);
  int number = 1;
  int first = 1;
  const auto end_row = [&] {
    const bool nothing = std::all_of(cells.begin(), cells.end(),
                                     [](const std::u32string& cell) { return is_blank(cell); });
    if (nothing) {
      blank();
    } else {
      add_row(cells, first);
    }
    cells.assign(1, {});
    first = number;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t code = text[i];
    if (code == U'"' && is_blank(cells.back())) {
      const std::size_t open = i;
      std::u32string quoted;
      for (++i; i < text.size(); ++i) {
        if (text[i] != U'"') {
          quoted += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == U'"') {
          quoted += text[++i];
        } else {
          break;
        }
      }
      if (i >= text.size()) {  // never closed: no quote at all
        cells.back() += U'"';
        i = open;
        continue;
      }
      number += static_cast<int>(std::count(quoted.begin(), quoted.end(), U'\n'));
      // Line ends in a cell part its paragraphs.
      for (const char32_t inner : quoted) {
        cells.back() += inner == U'\n' ? std::u32string(U"<br>") : std::u32string(1, inner);
      }
    } else if (code == delimiter) {
      cells.emplace_back();
    } else if (code == U'\n') {
      ++number;
      end_row();
    } else if (code == U'\f') {
      page_ = true;
      blank();
    } else {
      cells.back() += code;
    }
  }
  end_row();
  return std::move(result_);
}

}  // namespace

Blocks read_plain(std::u32string_view text, Style style, const Limits& limits,
                  const std::string& name) {
  PlainReader reader(style, limits, name);
  if (style == Style::tabs) return reader.read_quoted(text, U'\t');
  if (style == Style::commas) return reader.read_quoted(text, U',');
  return reader.read_lines(text);
}

}  // namespace tabularium::text
