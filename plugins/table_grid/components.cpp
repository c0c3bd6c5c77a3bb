#include "components.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>

namespace tabularium::table_grid {

namespace {

/// The first pixel from `x` on that is set, or `end`. Paper is passed over eight pixels at a time.
int next_set(const std::uint8_t* row, int x, int end) {
  for (std::uint64_t eight = 0; x + 8 <= end; x += 8) {
    std::memcpy(&eight, row + x, sizeof(eight));
    if (eight != 0) break;
  }
  while (x < end && row[x] == 0) ++x;
  return x;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t i) {
  while (parents[i] != i) i = parents[i] = parents[parents[i]];
  return i;
}

/// For each run one that stands for its piece: the piece's first.
std::vector<std::size_t> roots_of(const std::vector<PixelRun>& runs) {
  std::vector<std::size_t> parents(runs.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  std::size_t above = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const PixelRun& run = runs[i];
    // What ends before this run touches nothing that is further right either.
    while (above < i &&
           (runs[above].y < run.y - 1 || (runs[above].y == run.y - 1 && runs[above].x1 < run.x0))) {
      ++above;
    }
    for (std::size_t j = above; j < i && runs[j].y < run.y && runs[j].x0 <= run.x1; ++j) {
      const std::size_t a = root_of(parents, i);
      const std::size_t b = root_of(parents, j);
      parents[std::max(a, b)] = std::min(a, b);
    }
  }
  for (std::size_t i = 0; i < runs.size(); ++i) parents[i] = root_of(parents, i);
  return parents;
}

}  // namespace

std::vector<PixelRun> runs_of(const cv::Mat1b& mask) {
  std::vector<PixelRun> runs;
  for (int y = 0; y < mask.rows; ++y) {
    const std::uint8_t* row = mask[y];
    for (int x = next_set(row, 0, mask.cols); x < mask.cols; x = next_set(row, x, mask.cols)) {
      const int begin = x;
      while (x < mask.cols && row[x] != 0) ++x;
      runs.push_back({y, begin, x});
    }
  }
  return runs;
}

Components components_of(const cv::Mat1b& mask) {
  Components found;
  found.runs = runs_of(mask);
  const std::vector<std::size_t> roots = roots_of(found.runs);
  found.piece.resize(roots.size());
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const PixelRun& run = found.runs[i];
    const cv::Rect box(run.x0, run.y, run.x1 - run.x0, 1);
    if (roots[i] == i) {
      found.piece[i] = found.pieces.size();
      found.pieces.push_back({box, box.width});
    } else {
      found.piece[i] = found.piece[roots[i]];
      Component& piece = found.pieces[found.piece[i]];
      piece.box |= box;
      piece.area += box.width;
    }
  }
  return found;
}

}  // namespace tabularium::table_grid
