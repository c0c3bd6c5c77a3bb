#include "tabularium/table/fill_internal.h"

#include <algorithm>
#include <utility>

#include "tabularium/table/lines_internal.h"

namespace tabularium {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Finds the cell at a point of a table.
class CellFinder {
 public:
  explicit CellFinder(const Table& table)
      : table_(&table),
        cell_of_place_(static_cast<std::size_t>(table.rows) * static_cast<std::size_t>(table.cols),
                       kNone) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const Cell& cell = table.cells[i];
      for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
        for (int col = cell.col; col < cell.col + cell.col_span; ++col) place(row, col) = i;
      }
    }
  }

  /// Index of the cell; `kNone` beside the table.
  std::size_t find(Point point) const {
    if (!table_->parts.front().box.contains(point)) return kNone;
    return cell_of_place_[static_cast<std::size_t>(interval(table_->row_edges, point.y)) *
                              static_cast<std::size_t>(table_->cols) +
                          static_cast<std::size_t>(interval(table_->column_edges, point.x))];
  }

 private:
  std::size_t& place(int row, int col) {
    return cell_of_place_[static_cast<std::size_t>(row) * static_cast<std::size_t>(table_->cols) +
                          static_cast<std::size_t>(col)];
  }

  /// The interval of `edges` that holds `value`; the lower edge belongs to it.
  static std::ptrdiff_t interval(const std::vector<double>& edges, double value) {
    return std::upper_bound(edges.begin(), edges.end(), value) - edges.begin() - 1;
  }

  const Table* table_;
  std::vector<std::size_t> cell_of_place_;
};

/// Which tables stand in a band of the page, so that a word looks only at tables near it.
class Bands {
 public:
  explicit Bands(const std::vector<Table>& tables) {
    if (tables.empty()) return;
    double bottom = 0.0;
    top_ = tables.front().parts.front().box.y0;
    for (const Table& table : tables) {
      top_ = std::min(top_, table.parts.front().box.y0);
      bottom = std::max(bottom, table.parts.front().box.y1);
    }
    height_ = std::max(1.0, (bottom - top_) / kBands);
    bands_.resize(kBands + 1);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const Box& box = tables[t].parts.front().box;
      for (std::size_t band = at(box.y0); band <= at(box.y1); ++band) bands_[band].push_back(t);
    }
  }

  /// Tables that may hold a point between the heights, in their order.
  std::vector<std::size_t> between(double y0, double y1) const {
    if (bands_.empty() || y1 < top_ || y0 > top_ + height_ * (kBands + 1)) return {};
    const std::size_t first = at(y0);
    const std::size_t last = at(y1);
    if (first == last) return bands_[first];
    std::vector<std::size_t> found;
    for (std::size_t band = first; band <= last; ++band) {
      found.insert(found.end(), bands_[band].begin(), bands_[band].end());
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  static constexpr int kBands = 256;
  std::size_t at(double y) const {
    return static_cast<std::size_t>(std::clamp((y - top_) / height_, 0.0, double{kBands}));
  }
  double top_ = 0.0;
  double height_ = 1.0;
  std::vector<std::vector<std::size_t>> bands_;
};

/// Glyphs [first, last) of the word as a word.
Word part_of(const Word& word, std::size_t first, std::size_t last) {
  if (first == 0 && last == word.glyphs.size()) return word;
  Word part;
  part.glyphs.assign(word.glyphs.begin() + static_cast<std::ptrdiff_t>(first),
                     word.glyphs.begin() + static_cast<std::ptrdiff_t>(last));
  part.box = part.glyphs.front().box;
  for (const Glyph& glyph : part.glyphs) part.box = united(part.box, glyph.box);
  part.font_size = word.font_size;
  part.confidence = word.confidence;
  part.bold = word.bold;
  part.vertical = word.vertical;
  part.after_space = first == 0 && word.after_space;
  part.extractor = word.extractor;
  return part;
}

/// Calls `take(place, first, last)` for each run of glyphs that `place_of` gives the same place.
template <typename PlaceOf, typename Take>
void runs_of_glyphs(const Word& word, const PlaceOf& place_of, const Take& take) {
  for (std::size_t first = 0; first < word.glyphs.size();) {
    const auto place = place_of(first);
    std::size_t last = first + 1;
    while (last < word.glyphs.size() && place_of(last) == place) ++last;
    take(place, first, last);
    first = last;
  }
}

}  // namespace

std::vector<Word> fill_cells(const std::vector<Word>& words, std::vector<Table>& tables) {
  std::vector<CellFinder> finders(tables.begin(), tables.end());
  std::vector<std::vector<std::vector<Word>>> words_of(tables.size());
  for (std::size_t t = 0; t < tables.size(); ++t) words_of[t].resize(tables[t].cells.size());
  const Bands bands(tables);

  std::vector<Word> outside;
  std::vector<bool> held;
  for (const Word& word : words) {
    held.assign(word.glyphs.size(), false);
    for (const std::size_t t : bands.between(word.box.y0, word.box.y1)) {
      runs_of_glyphs(
          word, [&](std::size_t i) { return finders[t].find(word.glyphs[i].box.centre()); },
          [&](std::size_t cell, std::size_t first, std::size_t last) {
            if (cell == kNone) return;
            words_of[t][cell].push_back(part_of(word, first, last));
            std::fill(held.begin() + static_cast<std::ptrdiff_t>(first),
                      held.begin() + static_cast<std::ptrdiff_t>(last), true);
          });
    }
    runs_of_glyphs(
        word, [&](std::size_t i) { return static_cast<bool>(held[i]); },
        [&](bool inside, std::size_t first, std::size_t last) {
          if (!inside) outside.push_back(part_of(word, first, last));
        });
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
      tables[t].cells[c].lines = make_lines(std::move(words_of[t][c]), tables[t].page());
    }
  }
  return outside;
}

}  // namespace tabularium
