// Reads the cells that cells.py cut, through the plugin's own code, and prints one line for each:
// file, profile, expected text, reading, confidence, alternatives.
//
//     read_cells FOLDER [MODELS]

#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "numbers.h"
#include "tabularium/plugin/host.h"

namespace {

using tabularium::Box;
using tabularium::PageImage;
using tabularium::Word;

struct Expected {
  Box box;
  std::string text;
};

/// A page as `cells.py` writes it: binary PGM without comments.
PageImage read_pgm(const std::filesystem::path& file, double dpi) {
  std::ifstream stream(file, std::ios::binary);
  std::string magic;
  int width = 0;
  int height = 0;
  int most = 0;
  stream >> magic >> width >> height >> most;
  stream.get();
  PageImage image{width, height, 1, dpi, {}};
  image.samples.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  stream.read(reinterpret_cast<char*>(image.samples.data()),
              static_cast<std::streamsize>(image.samples.size()));
  return image;
}

void print(const std::string& page, const Expected& expected, const std::vector<Word>& words) {
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

std::map<std::pair<std::string, double>, std::vector<Expected>> read_table(
    const std::filesystem::path& file) {
  std::map<std::pair<std::string, double>, std::vector<Expected>> pages;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    std::string page;
    double dpi = 0.0;
    Expected cell;
    fields >> page >> dpi >> cell.box.x0 >> cell.box.y0 >> cell.box.x1 >> cell.box.y1 >> cell.text;
    pages[{page, dpi}].push_back(cell);
  }
  return pages;
}

void read_all(const std::filesystem::path& folder, const std::filesystem::path& models) {
  tabularium::numbers::Numbers recognizer(models);
  double seconds = 0.0;
  std::size_t count = 0;
  for (const auto& [page, cells] : read_table(folder / "cells.tsv")) {
    const PageImage image = read_pgm(folder / page.first, page.second);
    std::vector<Box> boxes;
    for (const Expected& cell : cells) boxes.push_back(cell.box);
    const std::clock_t begun = std::clock();
    const auto words = recognizer.recognize(image, boxes, 0.0);
    seconds += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    count += cells.size();
    for (std::size_t at = 0; at < cells.size(); ++at) print(page.first, cells[at], words[at]);
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
