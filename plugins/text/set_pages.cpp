#include "set_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cell_markup.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

constexpr double kHalf = 6.0;       // points: a half-width character
constexpr double kPitch = 14.0;     // points from line to line
constexpr double kFontSize = 12.0;  // points
constexpr double kPadding = 4.0;    // points between text and rule
constexpr double kMargin = 36.0;
constexpr int kWidestLine = 400;  // half-width characters of a line outside of tables
constexpr int kWidestCell = 72;
constexpr int kNarrowestCell = 4;
constexpr double kTallestPage = 12'000.0;  // points; a page may have 14'400
constexpr int kMostColumns = 400;

int width_of(char32_t code) { return is_cjk(code) || code == U'☑' || code == U'☐' ? 2 : 1; }

int width_of(std::u32string_view text) {
  int width = 0;
  for (const char32_t code : text) width += width_of(code);
  return width;
}

/// Sets words from left to right and top to bottom.
class Setter {
 public:
  Setter(Page& page, const Limits& limits, const std::string& name, std::int64_t& glyphs)
      : page_(page), limits_(limits), name_(name), glyphs_(glyphs) {}

  /// Sets `line` from `x`, `y` on, wrapped at `width` half-width characters; gives the lines it
  /// took. `measure`: only count them.
  int set(const Line& line, double x, double y, int width, int paragraph, bool measure = false) {
    int at = 0;
    int lines = 1;
    bool space = false;
    bool begun = false;
    Word word;
    const auto end_word = [&] {
      if (!word.glyphs.empty() && !measure) page_.words.push_back(std::move(word));
      word = {};
    };
    for (const char32_t code : line.text) {
      const int wide = width_of(code);
      if (is_space(code)) {
        end_word();
        space = begun;
        // Where a line was wrapped its next part does not begin with the space.
        if (at > 0 || lines == 1) at += code == U'\u3000' ? 2 : 1;
        continue;
      }
      if (at + wide > width && at > 0) {
        end_word();
        at = 0;
        ++lines;
      }
      begun = true;
      if (!measure) add_glyph(word, code, {x + at * kHalf, y + (lines - 1) * kPitch}, wide);
      if (word.glyphs.size() == 1) {
        word.after_space = space;
        word.source_line = line.number;
        word.paragraph = paragraph;
        space = false;
      }
      at += wide;
    }
    end_word();
    return lines;
  }

  void rule(Rule::Direction direction, double position, double from, double to) {
    page_.rules.push_back({direction, position, from, to, 0.5});
  }

 private:
  void add_glyph(Word& word, char32_t code, Point place, int wide) {
    if (++glyphs_ > limits_.max_page_glyphs) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}: more than {} characters (Limits::max_page_glyphs)", name_,
                              limits_.max_page_glyphs));
    }
    const Box box{place.x, place.y + 1.0, place.x + wide * kHalf, place.y + 1.0 + kFontSize};
    word.glyphs.push_back({code, box});
    word.box = word.glyphs.size() == 1 ? box : united(word.box, box);
    word.font_size = kFontSize;
    word.extractor = "text";
  }

  Page& page_;
  const Limits& limits_;
  const std::string& name_;
  std::int64_t& glyphs_;
};

/// Where the columns of a table and its rows stand.
struct Grid {
  std::vector<int> widths;      // of the columns, in half-width characters
  std::vector<double> edges;    // x of the columns' sides
  std::vector<double> heights;  // of the rows
};

class PageSetter {
 public:
  PageSetter(const Blocks& blocks, const Limits& limits, const std::string& name)
      : blocks_(blocks), limits_(limits), name_(name) {}

  std::vector<Page> set() {
    begin_page();
    for (const Block& block : blocks_.blocks) {
      if (block.page_before && !page_is_empty()) begin_page();
      if (block.blank_before) y_ += kPitch;
      block.rows.empty() ? set_line(block.line) : set_table(block);
    }
    end_page();
    return std::move(pages_);
  }

 private:
  bool page_is_empty() const { return pages_.back().words.empty(); }

  void begin_page() {
    if (!pages_.empty()) end_page();
    if (static_cast<int>(pages_.size()) >= limits_.max_pages) {
      throw Error(
          Error::Code::limit_exceeded,
          fmt::format("{}: more than {} pages (Limits::max_pages)", name_, limits_.max_pages));
    }
    pages_.push_back({});
    Page& page = pages_.back();
    page.number = static_cast<int>(pages_.size());
    page.arrangement = Arrangement::loose;
    glyphs_ = 0;
    y_ = kMargin;
    right_ = 0.0;
  }

  void end_page() {
    Page& page = pages_.back();
    constexpr double kA4Width = 595.0;
    constexpr double kA4Height = 842.0;
    page.width = std::max(kA4Width, right_ + kMargin);
    page.height = std::max(kA4Height, y_ + kMargin);
    std::sort(page.rules.begin(), page.rules.end(), rule_before);
    if (page.words.empty()) page.trust = TextTrust::no_text;
  }

  void set_line(const Line& line) {
    Setter probe(pages_.back(), limits_, name_, glyphs_);
    const int lines = probe.set(line, kMargin, y_, kWidestLine, 0, true);
    make_room(lines * kPitch, line.number);
    Setter setter(pages_.back(), limits_, name_, glyphs_);
    setter.set(line, kMargin, y_, kWidestLine, ++paragraph_);
    y_ += lines * kPitch;
    right_ = std::max(right_, kMargin + std::min(kWidestLine, width_of(line.text)) * kHalf);
  }

  /// Begins a new page where `height` has no room on this one.
  void make_room(double height, int line) {
    if (height > kTallestPage) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}: line {}: more text than a page of {:.0f} points can hold", name_,
                              line, kTallestPage));
    }
    if (y_ + height > kTallestPage && !page_is_empty()) begin_page();
  }

  Grid grid_of(const Block& block);
  void set_table(const Block& block);
  void set_row(const Block& block, const Grid& grid, std::size_t row);
  void draw_rules(const Block& block, const Grid& grid, std::size_t first, std::size_t last,
                  double top);

  const Blocks& blocks_;
  const Limits& limits_;
  const std::string& name_;
  std::vector<Page> pages_;
  std::int64_t glyphs_ = 0;  // of the page
  double y_ = 0.0;
  double right_ = 0.0;
  int paragraph_ = 0;
};

double text_height(const Cell& cell, int width, Setter& setter) {
  int lines = 0;
  for (const Line& line : cell.lines) lines += setter.set(line, 0, 0, width, 0, true);
  return lines * kPitch;
}

/// Half-width characters that fit between the rules of a cell.
int room_in(const Grid& grid, const Cell& cell) {
  const double width = grid.edges[static_cast<std::size_t>(cell.col + cell.col_span)] -
                       grid.edges[static_cast<std::size_t>(cell.col)] - 2 * kPadding;
  return std::max(2, static_cast<int>(std::floor(width / kHalf + 1e-6)));
}

Grid PageSetter::grid_of(const Block& block) {
  Grid grid;
  int cols = 1;
  for (const Row& row : block.rows) {
    for (const Cell& cell : row.cells) cols = std::max(cols, cell.col + cell.col_span);
  }
  if (cols > kMostColumns) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: a table of {} columns exceeds the limit of {}", name_, cols,
                            kMostColumns));
  }
  const int widest = std::max(kNarrowestCell, std::min(kWidestCell, 1600 / cols));
  grid.widths.assign(static_cast<std::size_t>(cols), kNarrowestCell);
  for (const Row& row : block.rows) {
    for (const Cell& cell : row.cells) {
      int width = 0;
      for (const Line& line : cell.lines) width = std::max(width, width_of(line.text));
      width = std::min(width, widest * cell.col_span);
      for (int col = cell.col; col < cell.col + cell.col_span; ++col) {
        int& own = grid.widths[static_cast<std::size_t>(col)];
        own = std::max(own, (width + cell.col_span - 1) / cell.col_span);
      }
    }
  }
  grid.edges.push_back(kMargin);
  for (const int width : grid.widths) {
    grid.edges.push_back(grid.edges.back() + width * kHalf + 2 * kPadding);
  }
  Setter probe(pages_.back(), limits_, name_, glyphs_);
  grid.heights.assign(block.rows.size(), kPitch + 2 * kPadding);
  // Cells of one row first; where a cell that spans rows needs more, its last row grows.
  for (const bool spanning : {false, true}) {
    for (std::size_t row = 0; row < block.rows.size(); ++row) {
      for (const Cell& cell : block.rows[row].cells) {
        if ((cell.row_span > 1) != spanning) continue;
        double rest = text_height(cell, room_in(grid, cell), probe) + 2 * kPadding;
        const std::size_t last = row + static_cast<std::size_t>(cell.row_span) - 1;
        for (std::size_t r = row; r < last; ++r) rest -= grid.heights[r];
        grid.heights[last] = std::max(grid.heights[last], rest);
      }
    }
  }
  return grid;
}

/// Line of the file that a row begins in; 0 for an empty row.
int line_of(const Row& row) {
  for (const Cell& cell : row.cells) {
    if (!cell.lines.empty()) return cell.lines.front().number;
  }
  return 0;
}

void PageSetter::set_table(const Block& block) {
  const Grid grid = grid_of(block);
  double height = 0.0;
  for (const double row : grid.heights) height += row;
  // A table that a page can hold is not cut.
  if (height <= kTallestPage - kMargin) make_room(height, line_of(block.rows.front()));
  std::size_t first = 0;
  double top = y_;
  for (std::size_t row = 0; row < block.rows.size(); ++row) {
    if (grid.heights[row] > kTallestPage) make_room(grid.heights[row], line_of(block.rows[row]));
    if (y_ + grid.heights[row] > kTallestPage && row > first) {
      draw_rules(block, grid, first, row, top);
      begin_page();
      first = row;
      top = y_;
    }
    set_row(block, grid, row);
    y_ += grid.heights[row];
  }
  draw_rules(block, grid, first, block.rows.size(), top);
  right_ = std::max(right_, grid.edges.back());
}

void PageSetter::set_row(const Block& block, const Grid& grid, std::size_t row) {
  Setter setter(pages_.back(), limits_, name_, glyphs_);
  for (const Cell& cell : block.rows[row].cells) {
    double y = y_ + kPadding;
    const double x = grid.edges[static_cast<std::size_t>(cell.col)] + kPadding;
    for (const Line& line : cell.lines) {
      y += setter.set(line, x, y, room_in(grid, cell), ++paragraph_) * kPitch;
    }
  }
}

/// Rules around the cells of the rows `first` to `last`, the latter left out.
void PageSetter::draw_rules(const Block& block, const Grid& grid, std::size_t first,
                            std::size_t last, double top) {
  const std::size_t rows = last - first;
  const std::size_t cols = grid.widths.size();
  std::vector<double> ys{top};
  for (std::size_t row = first; row < last; ++row) ys.push_back(ys.back() + grid.heights[row]);
  // Which sides of grid places a cell that spans them covers.
  std::vector<bool> no_right(rows * cols, false);
  std::vector<bool> no_bottom(rows * cols, false);
  for (std::size_t row = 0; row < last; ++row) {
    for (const Cell& cell : block.rows[row].cells) {
      const std::size_t end = std::min(last, row + static_cast<std::size_t>(cell.row_span));
      const auto end_col = static_cast<std::size_t>(cell.col + cell.col_span);
      for (std::size_t r = std::max(row, first); r < end; ++r) {
        for (auto c = static_cast<std::size_t>(cell.col); c < end_col; ++c) {
          const std::size_t at = (r - first) * cols + c;
          if (c + 1 < end_col) no_right[at] = true;
          if (r + 1 < end) no_bottom[at] = true;
        }
      }
    }
  }
  Setter setter(pages_.back(), limits_, name_, glyphs_);
  for (std::size_t r = 0; r <= rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      std::size_t end = c;
      while (end < cols && (r == 0 || r == rows || !no_bottom[(r - 1) * cols + end])) ++end;
      if (end > c) {
        setter.rule(Rule::Direction::horizontal, ys[r], grid.edges[c], grid.edges[end]);
        c = end;
      }
    }
  }
  for (std::size_t c = 0; c <= cols; ++c) {
    for (std::size_t r = 0; r < rows; ++r) {
      std::size_t end = r;
      while (end < rows && (c == 0 || c == cols || !no_right[end * cols + c - 1])) ++end;
      if (end > r) {
        setter.rule(Rule::Direction::vertical, grid.edges[c], ys[r], ys[end]);
        r = end;
      }
    }
  }
}

}  // namespace

std::vector<Page> set_pages(const Blocks& blocks, const Limits& limits, const std::string& name) {
  return PageSetter(blocks, limits, name).set();
}

}  // namespace tabularium::text
