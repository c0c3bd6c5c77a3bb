#include "scans.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "measure.h"
#include "pixels.h"

namespace tabularium::bench {
namespace {

namespace fs = std::filesystem;

/// A folder of this process, gone with the object.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / fmt::format("tabularium-scans-{}", ::getpid())) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<fs::path> drawn_pages(const std::string& file, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  run({"pdftoppm", "-r", "300", "-gray", "-png", file, (folder / "page").string()});
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(folder)) pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  return pages;
}

/// CPU time of a file, or of several, in milliseconds.
struct Times {
  double extract = 0.0;
  double grid = 0.0;  ///< of `extract`, what the grid detector takes
  double tesseract = 0.0;
  std::size_t pages = 0;

  void add(const Times& other) {
    extract += other.extract;
    grid += other.grid;
    tesseract += other.tesseract;
    pages += other.pages;
  }
};

void print_line(const std::string& name, const Times& times) {
  const auto count = static_cast<double>(std::max<std::size_t>(1, times.pages));
  fmt::print("{:58} {:5} {:9.0f} {:6.0f} {:9.0f} {:6.2f} {:6.3f}\n", name, times.pages,
             times.extract / count, times.grid / count, times.tesseract / count,
             times.extract / times.tesseract, times.grid / times.tesseract);
}

}  // namespace

void bench_scans(const std::string& program, int rounds, const std::vector<std::string>& files) {
  const Folder folder;
  const PluginHost host(plugin_folders({}), {.declarative_layouts = false});
  fmt::print("{:58} {:>5} {:>9} {:>6} {:>9} {:>6} {:>6}\n", "CPU ms a page", "pages", "extract",
             "grid", "tesseract", "ratio", "grid's");
  Times all;
  for (const std::string& file : files) {
    const std::vector<fs::path> pages = drawn_pages(file, folder.path() / "pages");
    Times times;
    times.pages = pages.size();
    times.extract = best_of(rounds, {program, "extract", file}).cpu_ms;
    times.grid = grid_cpu_ms(host, file, rounds);
    for (const fs::path& page : pages) {
      times.tesseract += best_of(rounds, {"env", "OMP_THREAD_LIMIT=1", "tesseract", page.string(),
                                          "-", "-l", "chi_sim", "--psm", "6"})
                             .cpu_ms;
    }
    print_line(fs::path(file).filename(), times);
    all.add(times);
  }
  print_line(fmt::format("{} files", files.size()), all);
}

}  // namespace tabularium::bench
