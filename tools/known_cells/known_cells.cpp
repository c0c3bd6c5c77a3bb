#include "known_cells.h"

#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "tabularium/page/error.h"

namespace tabularium {

namespace {

std::ifstream opened(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(Error::Code::not_found, file.string() + ": cannot be read");
  return stream;
}

}  // namespace

std::vector<KnownPage> read_known_pages(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "cells.tsv";
  std::ifstream stream = opened(file);
  std::map<std::string, KnownPage> pages;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    std::istringstream fields(line);
    std::string name;
    double dpi = 0.0;
    KnownCell cell;
    fields >> name >> dpi >> cell.box.x0 >> cell.box.y0 >> cell.box.x1 >> cell.box.y1 >> cell.text;
    if (!fields) {
      throw Error(Error::Code::damaged_input, file.string() + ":" + std::to_string(number) +
                                                  ": not a page, its resolution, a box and a text");
    }
    KnownPage& page = pages[name];
    page.file = name;
    page.dpi = dpi;
    page.cells.push_back(std::move(cell));
  }
  std::vector<KnownPage> result;
  for (auto& [name, page] : pages) result.push_back(std::move(page));
  return result;
}

PageImage read_pnm(const std::filesystem::path& file, double dpi) {
  std::ifstream stream = opened(file);
  std::string magic;
  int most = 0;
  PageImage image;
  image.dpi = dpi;
  stream >> magic >> image.width >> image.height >> most;
  stream.get();
  constexpr int kMostPixels = 30000;
  const bool sane = (magic == "P5" || magic == "P6") && most == 255 && image.width > 0 &&
                    image.height > 0 && image.width < kMostPixels && image.height < kMostPixels;
  if (!stream || !sane) {
    throw Error(Error::Code::damaged_input, file.string() + ": not a PGM or PPM file of 8 bits");
  }
  image.channels = magic == "P6" ? 3 : 1;
  image.samples.resize(static_cast<std::size_t>(image.width) *
                       static_cast<std::size_t>(image.height) *
                       static_cast<std::size_t>(image.channels));
  stream.read(reinterpret_cast<char*>(image.samples.data()),
              static_cast<std::streamsize>(image.samples.size()));
  if (!stream) throw Error(Error::Code::damaged_input, file.string() + ": ends too early");
  return image;
}

}  // namespace tabularium
