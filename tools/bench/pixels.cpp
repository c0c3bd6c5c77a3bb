#include "pixels.h"

#include <algorithm>
#include <ctime>
#include <limits>

#include "tabularium/page/document.h"
#include "tabularium/page/error.h"

namespace tabularium::bench {

std::unique_ptr<OpenedDocument> opened(const PluginHost& host, const std::string& file) {
  const Document document = open_document(file);
  for (const auto& reader : host.make_readers()) {
    if (reader->accepts(document)) return reader->open(document);
  }
  throw Error(Error::Code::unknown_format, file + ": no reader knows this kind of file");
}

std::unique_ptr<GridDetector> grid_detector(const PluginHost& host) {
  auto grid = host.make_grid_detector("table_grid");
  if (!grid) throw Error(Error::Code::not_found, "the plugin table_grid is not there");
  return grid;
}

double cpu_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double grid_cpu_ms(const PluginHost& host, const std::string& file, int rounds) {
  const auto grid = grid_detector(host);
  const auto pixels = opened(host, file);
  double sum = 0.0;
  for (int number = 1; number <= pixels->page_count(); ++number) {
    const PageImage image = pixels->page_image(number);
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < std::max(1, rounds); ++round) {
      const double before = cpu_ms();
      grid->detect(image, {});
      least = std::min(least, cpu_ms() - before);
    }
    sum += least;
  }
  return sum;
}

}  // namespace tabularium::bench
