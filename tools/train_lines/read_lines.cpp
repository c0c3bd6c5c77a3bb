// Reads the cells that tools/train_numbers/cells.py --text cut, line by line as an import does, and
// prints for each cell and recognizer: page file, recognizer, expected text, reading, confidence.
//
//     read_lines FOLDER [RECOGNIZER...]        (lines and ocr, where none is named)

#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "known_cells.h"
#include "tabularium/page/error.h"
#include "tabularium/page/ink_lines.h"
#include "tabularium/page/upright.h"
#include "tabularium/pipeline/large_print.h"
#include "tabularium/plugin/host.h"

namespace {

using tabularium::Box;
using tabularium::KnownCell;
using tabularium::PageImage;
using tabularium::UprightPage;
using tabularium::Word;

/// A cell's lines, as many of the page's as it has.
struct Lines {
  const KnownCell* cell = nullptr;
  std::size_t first = 0;
  std::size_t count = 0;
};

struct Tally {
  double seconds = 0.0;
  std::size_t lines = 0;
  std::size_t characters = 0;
};

void print(const std::string& page, std::string_view recognizer, const KnownCell& cell,
           const std::vector<std::vector<Word>>& words, const Lines& lines) {
  std::string text;
  double confidence = 1.0;
  for (std::size_t at = lines.first; at < lines.first + lines.count; ++at) {
    for (const Word& word : words[at]) {
      text += word.text();
      confidence = std::min(confidence, word.confidence);
    }
  }
  std::printf("%s\t%s\t%s\t%s\t%.4f\n", page.c_str(), std::string(recognizer).c_str(),
              cell.text.c_str(), text.c_str(), confidence);
}

/// The page as the grid finds it. `cells.py` writes pages with their head up; an import asks the
/// recognizer where the grid is not sure of that.
UprightPage found_page(tabularium::GridDetector& grid, const PageImage& image) {
  UprightPage page = grid.detect(image, {});
  tabularium::restore_large_print(page);
  const auto down = [&](double y) {
    return tabularium::mapped(page.to_source, Box{0.0, y, 1.0, y + 1.0}).y0;
  };
  return down(0.0) < down(100.0) ? page : tabularium::turned_half(std::move(page));
}

void read_page(const std::string& name, const PageImage& image, const std::vector<KnownCell>& cells,
               tabularium::GridDetector& grid,
               const std::vector<std::unique_ptr<tabularium::Recognizer>>& recognizers,
               std::map<std::string, Tally>& tallies) {
  const UprightPage page = found_page(grid, image);
  const tabularium::Homography there = tabularium::inverted(page.to_source);
  std::vector<Box> boxes;
  std::vector<Lines> places;
  for (const KnownCell& cell : cells) {
    const auto found = tabularium::find_ink_lines(page.text, tabularium::mapped(there, cell.box),
                                                  page.text_height);
    places.push_back({&cell, boxes.size(), found.size()});
    boxes.insert(boxes.end(), found.begin(), found.end());
  }
  for (const auto& recognizer : recognizers) {
    const std::clock_t begun = std::clock();
    const auto words = recognizer->recognize(page.text, boxes, page.text_height);
    Tally& tally = tallies[std::string(recognizer->name())];
    tally.seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    tally.lines += boxes.size();
    for (const auto& line : words) {
      for (const Word& word : line) tally.characters += word.glyphs.size();
    }
    for (const Lines& place : places) print(name, recognizer->name(), *place.cell, words, place);
  }
}

void read_all(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  const tabularium::PluginHost host(tabularium::plugin_folders({}), {.declarative_layouts = false});
  const auto grid = host.make_grid_detector("table_grid");
  std::vector<std::unique_ptr<tabularium::Recognizer>> recognizers;
  for (const std::string& name : names) {
    recognizers.push_back(host.make_recognizer(name));
    if (!recognizers.back()) {
      throw tabularium::Error(tabularium::Error::Code::not_found, "no recognizer " + name);
    }
  }
  std::map<std::string, Tally> tallies;
  for (const tabularium::KnownPage& page : tabularium::read_known_pages(folder)) {
    read_page(page.file, tabularium::read_pnm(folder / page.file, page.dpi), page.cells, *grid,
              recognizers, tallies);
  }
  for (const auto& [name, tally] : tallies) {
    std::fprintf(stderr, "%s: %zu lines, %.2f ms of CPU each, %.3f ms a character\n", name.c_str(),
                 tally.lines, 1e3 * tally.seconds / static_cast<double>(tally.lines),
                 1e3 * tally.seconds / static_cast<double>(tally.characters));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "read_lines FOLDER [RECOGNIZER...]\n";
    return 2;
  }
  try {
    std::vector<std::string> names(argv + 2, argv + argc);
    if (names.empty()) names = {"lines", "ocr"};
    read_all(argv[1], names);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return 1;
  }
  return 0;
}
