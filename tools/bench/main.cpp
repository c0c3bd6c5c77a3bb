// Measures the program from outside, beside a baseline that runs on the same files in turn.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/dll/runtime_symbol_info.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "calibrate.h"
#include "measure.h"
#include "scans.h"

namespace tabularium::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string program =
      fs::path(boost::dll::program_location().string()).parent_path() / "tabularium";
  int rounds = 5;
  std::vector<std::string> files;
  std::vector<int> pages = {1, 10, 100, 1000};
};

void print_ratio(const std::string& name, const Cost& ours, const Cost& baseline) {
  fmt::print("{:58} {:9.1f} {:9.1f} {:6.2f} {:8.1f} {:8.1f}\n", name, ours.cpu_ms, baseline.cpu_ms,
             ours.cpu_ms / baseline.cpu_ms, ours.peak_mib, baseline.peak_mib);
}

/// `extract` of each file against `pdftotext -bbox` of the same file, one process each.
void bench_extract(const Options& options) {
  fmt::print("{:58} {:>9} {:>9} {:>6} {:>8} {:>8}\n", "file", "extract", "pdftotext", "ratio",
             "MiB", "MiB");
  fmt::print("{:58} {:>9} {:>9}\n", "", "CPU ms", "CPU ms");
  Cost ours_total;
  Cost baseline_total;
  for (const std::string& file : options.files) {
    const Cost ours = best_of(options.rounds, {options.program, "extract", file});
    const Cost baseline = best_of(options.rounds, {"pdftotext", "-bbox", file, "/dev/null"});
    print_ratio(fs::path(file).filename(), ours, baseline);
    ours_total.cpu_ms += ours.cpu_ms;
    baseline_total.cpu_ms += baseline.cpu_ms;
    ours_total.peak_mib = std::max(ours_total.peak_mib, ours.peak_mib);
    baseline_total.peak_mib = std::max(baseline_total.peak_mib, baseline.peak_mib);
  }
  print_ratio(fmt::format("{} files (CPU: sum, MiB: most)", options.files.size()), ours_total,
              baseline_total);
}

int page_count(const std::string& file) {
  FILE* pipe = popen(fmt::format("qpdf --show-npages '{}'", file).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("qpdf cannot be started");
  char line[32] = {};
  const bool said = std::fgets(line, sizeof line, pipe) != nullptr;
  if (pclose(pipe) != 0 || !said) throw std::runtime_error(file + ": qpdf cannot count its pages");
  return std::stoi(line);
}

/// A PDF of `pages` pages: those of the files, over and over.
fs::path repeated(const Options& options, int pages, const fs::path& folder) {
  std::vector<std::string> command = {"qpdf", "--empty", "--pages"};
  int missing = pages;
  for (std::size_t next = 0; missing > 0; next = (next + 1) % options.files.size()) {
    const int held = page_count(options.files[next]);
    command.insert(command.end(),
                   {options.files[next], fmt::format("1-{}", std::min(held, missing))});
    missing -= held;
  }
  const fs::path made = folder / fmt::format("{}.pdf", pages);
  command.insert(command.end(), {"--", made});
  run(command);
  return made;
}

/// Time and memory per page as the number of pages grows.
void bench_growth(const Options& options) {
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("tabularium-bench-{}", ::getpid());
  fs::create_directories(folder);
  fmt::print("{:>6} {:>12} {:>9} {:>14} {:>9} {:>6}\n", "pages", "extract ms/p", "MiB",
             "pdftotext ms/p", "MiB", "ratio");
  for (const int pages : options.pages) {
    const fs::path file = repeated(options, pages, folder);
    const int rounds = pages < 100 ? options.rounds : 1;
    const Cost ours = best_of(rounds, {options.program, "extract", file});
    const Cost baseline = best_of(rounds, {"pdftotext", "-bbox", file, "/dev/null"});
    fmt::print("{:6} {:12.2f} {:9.1f} {:14.2f} {:9.1f} {:6.2f}\n", pages, ours.cpu_ms / pages,
               ours.peak_mib, baseline.cpu_ms / pages, baseline.peak_mib,
               ours.cpu_ms / baseline.cpu_ms);
  }
  fs::remove_all(folder);
}

int main_or_throw(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Measures tabularium beside pdftotext and tesseract.\n\nExample:\n  tabularium_bench extract "
      "../shared/corpus/*.digital.*.pdf");
  app.require_subcommand(1);
  app.add_option("--program", options.program, "the program to measure")->capture_default_str();
  app.add_option("--rounds", options.rounds, "runs of each command; the best counts")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  CLI::App* extract = app.add_subcommand(
      "extract", "CPU time of `extract` against `pdftotext -bbox`, file by file");
  extract->add_option("files", options.files)->required()->check(CLI::ExistingFile);
  CLI::App* growth =
      app.add_subcommand("growth", "CPU time and memory per page from one page to many");
  growth->add_option("files", options.files, "repeated until there are enough pages")
      ->required()
      ->check(CLI::ExistingFile);
  growth->add_option("--pages", options.pages, "numbers of pages")
      ->capture_default_str()
      ->delimiter(',');
  CLI::App* scans = app.add_subcommand(
      "scans", "CPU time a page of `extract` on scans, beside tesseract on the same pages");
  scans->add_option("files", options.files, "PDF files of scanned pages")
      ->required()
      ->check(CLI::ExistingFile);
  CalibrateOptions curve;
  CLI::App* calibration = app.add_subcommand(
      "calibrate", "how often values are right by their confidence, from records and gold");
  calibration->add_option("gold", curve.gold, "folder of X.gold.json")
      ->required()
      ->check(CLI::ExistingDirectory);
  calibration->add_option("extracted", curve.extracted, "folder of X.json")
      ->required()
      ->check(CLI::ExistingDirectory);
  calibration->add_option("--values", curve.values, "file to list every value in");
  calibration->add_option("--models", curve.models, "folder of the record models")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  if (calibration->parsed()) calibrate(curve);
  if (extract->parsed()) bench_extract(options);
  if (growth->parsed()) bench_growth(options);
  if (scans->parsed()) bench_scans(options.program, options.rounds, options.files);
  return 0;
}

}  // namespace
}  // namespace tabularium::bench

int main(int argc, char** argv) {
  try {
    return tabularium::bench::main_or_throw(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "tabularium_bench: {}\n", failure.what());
    return 1;
  }
}
