#include "scans.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "measure.h"

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

void print_line(const std::string& name, double ours_ms, double baseline_ms, std::size_t pages) {
  const auto count = static_cast<double>(std::max<std::size_t>(1, pages));
  fmt::print("{:58} {:5} {:9.0f} {:9.0f} {:6.2f}\n", name, pages, ours_ms / count,
             baseline_ms / count, ours_ms / baseline_ms);
}

}  // namespace

void bench_scans(const std::string& program, int rounds, const std::vector<std::string>& files) {
  const Folder folder;
  fmt::print("{:58} {:>5} {:>9} {:>9} {:>6}\n", "CPU ms a page", "pages", "extract", "tesseract",
             "ratio");
  double ours_total = 0.0;
  double baseline_total = 0.0;
  std::size_t pages_total = 0;
  for (const std::string& file : files) {
    const std::vector<fs::path> pages = drawn_pages(file, folder.path() / "pages");
    const double ours = best_of(rounds, {program, "extract", file}).cpu_ms;
    double baseline = 0.0;
    for (const fs::path& page : pages) {
      baseline += best_of(rounds, {"env", "OMP_THREAD_LIMIT=1", "tesseract", page.string(), "-",
                                   "-l", "chi_sim", "--psm", "6"})
                      .cpu_ms;
    }
    print_line(fs::path(file).filename(), ours, baseline, pages.size());
    ours_total += ours;
    baseline_total += baseline;
    pages_total += pages.size();
  }
  print_line(fmt::format("{} files", files.size()), ours_total, baseline_total, pages_total);
}

}  // namespace tabularium::bench
