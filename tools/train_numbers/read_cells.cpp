// Reads the cells that cells.py cut, through the plugin's own code, and prints one line for each:
// file, profile, expected text, reading, confidence, alternatives.
//
//     read_cells FOLDER [MODELS]

#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "known_cells.h"
#include "numbers.h"
#include "tabularium/plugin/host.h"

namespace {

using tabularium::Box;
using tabularium::KnownCell;
using tabularium::KnownPage;
using tabularium::Word;

void print(const std::string& page, const KnownCell& expected, const std::vector<Word>& words) {
  std::string text;
  std::string others;
  double confidence = 1.0;
  for (const Word& word : words) {
    text += word.text();
    confidence *= word.confidence;
    for (const auto& [other, probability] : word.alternatives) {
      others +=
          (others.empty() ? "" : " ") + other + ":" + std::to_string(probability).substr(0, 5);
    }
  }
  std::printf("%s\t%s\t%s\t%.4f\t%s\n", page.c_str(), expected.text.c_str(), text.c_str(),
              confidence, others.c_str());
}

void read_all(const std::filesystem::path& folder, const std::filesystem::path& models) {
  tabularium::numbers::Numbers recognizer(models);
  double seconds = 0.0;
  std::size_t count = 0;
  for (const KnownPage& page : tabularium::read_known_pages(folder)) {
    const tabularium::PageImage image = tabularium::read_pnm(folder / page.file, page.dpi);
    std::vector<Box> boxes;
    for (const KnownCell& cell : page.cells) boxes.push_back(cell.box);
    const std::clock_t begun = std::clock();
    const auto words = recognizer.recognize(image, boxes, 0.0);
    seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    count += boxes.size();
    for (std::size_t at = 0; at < boxes.size(); ++at) print(page.file, page.cells[at], words[at]);
  }
  std::fprintf(stderr, "%zu cells, %.2f ms of CPU each\n", count,
               1e3 * seconds / static_cast<double>(count));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "read_cells FOLDER [MODELS]\n";
    return 2;
  }
  try {
    read_all(argv[1], argc > 2 ? std::filesystem::path(argv[2]) : tabularium::models_folder());
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return 1;
  }
  return 0;
}
