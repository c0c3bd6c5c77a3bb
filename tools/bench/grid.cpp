// Compares the cells that a scan's rules give with those of the born-digital file that it was made
// of.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <tuple>

#include "pixels.h"
#include "tabularium/plugin/host.h"
#include "tabularium/table/tabulate.h"

namespace tabularium::bench {
namespace {

/// Below this confidence in which end is up the pipeline asks the recognizer.
constexpr double kSureTurn = 0.85;

/// Table, row, column and spans of a cell.
using Place = std::tuple<std::size_t, int, int, int, int>;

struct Score {
  std::size_t expected = 0;
  std::size_t found = 0;
  std::size_t matched = 0;
  double cpu_ms = 0.0;
  int pages = 0;

  double f1() const { return expected + found == 0 ? 1.0 : 2.0 * matched / (expected + found); }
};

/// Which of the lines between cells `at` is. Lines nearer than a glyph is wide are one, as for the
/// stages that follow, which know the size of the text.
class Lines {
 public:
  void add(double at) { all_.push_back(at); }
  void sort() {
    constexpr double kOne = 7.5;  // points
    std::sort(all_.begin(), all_.end());
    for (const double at : all_) {
      if (starts_.empty() || at - starts_.back() > kOne) starts_.push_back(at);
    }
  }
  int index(double at) const {
    return static_cast<int>(std::upper_bound(starts_.begin(), starts_.end(), at) - starts_.begin());
  }

 private:
  std::vector<double> all_;
  std::vector<double> starts_;
};

std::vector<Place> places(const Page& page) {
  Page rules_and_words = page;
  const TabulatedPage tabulated =
      tabulate(std::move(rules_and_words), {.aligned_tables = false}, {});
  std::vector<Place> all;
  for (std::size_t table = 0; table < tabulated.tables.size(); ++table) {
    Lines rows;
    Lines columns;
    for (const Cell& cell : tabulated.tables[table].cells) {
      for (const double y : {cell.box().y0, cell.box().y1}) rows.add(y);
      for (const double x : {cell.box().x0, cell.box().x1}) columns.add(x);
    }
    rows.sort();
    columns.sort();
    for (const Cell& cell : tabulated.tables[table].cells) {
      const int row = rows.index(cell.box().y0);
      const int col = columns.index(cell.box().x0);
      const int row_span = rows.index(cell.box().y1) - row;
      const int col_span = columns.index(cell.box().x1) - col;
      if (row_span > 0 && col_span > 0) all.emplace_back(table, row, col, row_span, col_span);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Place> in_both(const std::vector<Place>& a, const std::vector<Place>& b) {
  std::vector<Place> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

void compare(const PluginHost& host, const std::string& scan, const std::string& digital,
             bool verbose, Score& sum) {
  const auto grid = grid_detector(host);
  const auto pixels = opened(host, scan);
  const auto truth = opened(host, digital);
  Score file;
  for (int number = 1; number <= std::min(pixels->page_count(), truth->page_count()); ++number) {
    const PageImage image = pixels->page_image(number);
    const double before = cpu_ms();
    const UprightPage upright = grid->detect(image, {});
    file.cpu_ms += cpu_ms() - before;
    const auto expected = places(truth->read(number));
    auto found = places(upright.page);
    auto matched = in_both(expected, found);
    if (upright.turn_confidence < kSureTurn) {
      // Which end is up the recognizer will tell.
      const auto turned = places(turned_half(upright).page);
      const auto matched_turned = in_both(expected, turned);
      if (matched_turned.size() > matched.size()) {
        found = turned;
        matched = matched_turned;
      }
    }
    if (verbose && (matched.size() < expected.size() || matched.size() < found.size())) {
      fmt::print("  page {}: {} cells expected, {} found, {} the same\n", number, expected.size(),
                 found.size(), matched.size());
    }
    file.expected += expected.size();
    file.found += found.size();
    file.matched += matched.size();
    ++file.pages;
  }
  fmt::print("{:.4f} {:7.1f} ms/page  {}\n", file.f1(), file.cpu_ms / std::max(1, file.pages),
             scan.substr(scan.rfind('/') + 1));
  sum.expected += file.expected;
  sum.found += file.found;
  sum.matched += file.matched;
  sum.cpu_ms += file.cpu_ms;
  sum.pages += file.pages;
}

int run(int argc, char** argv) {
  CLI::App app("Cells of scans beside those of the files they were made of: F1, CPU time");
  std::vector<std::string> pairs;
  bool verbose = false;
  app.add_option("FILES", pairs, "SCAN DIGITAL SCAN DIGITAL ...")->required();
  app.add_flag("-v", verbose, "Name the pages that differ");
  CLI11_PARSE(app, argc, argv);
  const PluginHost host(plugin_folders({}), {.declarative_layouts = false});
  Score sum;
  for (std::size_t at = 0; at + 1 < pairs.size(); at += 2) {
    compare(host, pairs[at], pairs[at + 1], verbose, sum);
  }
  fmt::print("F1 {:.4f}, {} cells, {} found, {:.1f} ms of CPU a page\n", sum.f1(), sum.expected,
             sum.found, sum.cpu_ms / std::max(1, sum.pages));
  return 0;
}

}  // namespace
}  // namespace tabularium::bench

int main(int argc, char** argv) {
  try {
    return tabularium::bench::run(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "error: {}\n", failure.what());
    return 1;
  }
}
