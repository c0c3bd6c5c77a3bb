#include "check_command.h"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iterator>
#include <optional>

#include "check_report.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/find_files.h"
#include "tabularium/record/json.h"

namespace tabularium::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp = R"(
Tries a layout on samples and says, per field, on how many forms its label was found and a value stood there, which labels
fit more than one place, which texts no field took, and which forms another layout claims, too. LAYOUT is a layout.toml, its
folder, or the name of a layout that is loaded; a file stands in the place of a loaded layout of its name.

With gold records it also says how right each field is. --gold is one file of records for the one sample, or a folder that
has X.gold.json for X.pdf; without a folder of their own they may stand beside the samples (--gold DIR as --samples DIR).
Records are as `extract` prints them: correct its output, and you have gold.

Example:
  $ tabularium layout check layouts/declaration_2026/layout.toml --samples 2026 --gold 2026
  declaration-2026 0.1.0 (performance_declaration): 12 files, 31 forms, 31 of them its own

    field         found  filled  right  label
    project_name  31/31   31/31  31/31  项目名称
    ...

Exit status: 0 nothing to look at, 1 something to look at (or the layout cannot be read), 2 wrong usage.)";

struct Options {
  std::string layout;
  std::vector<std::string> samples;
  std::string gold;
  std::optional<std::string> password;
  bool json = false;
};

/// The layout file that `name` means: a file, a folder with one, or the file of a loaded layout.
fs::path layout_file(const std::string& name, const PluginHost& host) {
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) return fs::path(name) / "layout.toml";
  if (fs::exists(name, ignored)) return name;
  for (const PluginEntry& entry : host.entries()) {
    if (entry.kind != PluginKind::layout || entry.name != name) continue;
    if (entry.file.extension() == ".toml") return entry.file;
    throw Error(Error::Code::bad_usage,
                fmt::format("layout {} is code in {}: only a layout.toml can be checked", name,
                            entry.file.string()));
  }
  throw Error(Error::Code::bad_usage,
              fmt::format("{}: neither a layout file nor a layout that is loaded", name));
}

std::vector<Record> read_gold(const fs::path& file, const Models& models) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Error::Code::unreadable, file.string() + ": cannot be read");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  try {
    return records_from_json(text, models);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", file.string(), error.what()));
  }
}

/// Where the gold records of `sample` stand: nothing where there are none.
std::optional<fs::path> gold_file(const Options& options, const fs::path& sample) {
  if (options.gold.empty()) return std::nullopt;
  std::error_code ignored;
  if (!fs::is_directory(options.gold, ignored)) return fs::path(options.gold);
  const fs::path stem = sample.stem();
  for (const fs::path& folder : {fs::path(options.gold), sample.parent_path()}) {
    fs::path file = folder / stem;
    file += ".gold.json";
    if (fs::exists(file, ignored)) return file;
  }
  return std::nullopt;
}

std::vector<FoundPath> all_samples(const Options& options) {
  std::vector<FoundPath> found;
  find_files(options.samples, [&](FoundPath path) {
    found.push_back(std::move(path));
    return true;
  });
  return found;
}

/// What lies in a folder of samples and is none (gold records, notes) is passed over.
bool is_no_sample(const FoundPath& path, const Document& document, const Extractor& extractor) {
  return !path.named && !extractor.accepts(document);
}

class Samples {
 public:
  Samples(const Options& options, Extractor& extractor, const Models& models,
          LayoutChecker& checker)
      : options_(options), extractor_(extractor), models_(models), checker_(checker) {}

  void add(const FoundPath& path);
  int golds() const { return golds_; }

 private:
  const Options& options_;
  Extractor& extractor_;
  const Models& models_;
  LayoutChecker& checker_;
  int golds_ = 0;
};

void Samples::add(const FoundPath& path) {
  if (!path.reason.empty()) return checker_.add_failure(path.path, path.message);
  std::optional<std::vector<Record>> gold;
  const auto file = gold_file(options_, path.path);
  if (file && *file != fs::path(path.path)) gold = read_gold(*file, models_);
  try {
    Document document = open_document(path.path);
    document.password = options_.password;
    if (is_no_sample(path, document, extractor_)) return;
    golds_ += gold ? 1 : 0;
    if (golds_ > 1 && fs::path(options_.gold) == *file) {
      throw Error(Error::Code::bad_usage,
                  fmt::format("--gold {}: one file of gold records needs one sample; for several "
                              "give a folder with X.gold.json for X.pdf",
                              options_.gold));
    }
    checker_.add(document, gold ? &*gold : nullptr);
  } catch (const Error& error) {
    if (error.code() == Error::Code::bad_usage) throw;
    checker_.add_failure(path.path, error.what());
  }
}

int check_layout(const Session& session, const Options& options) {
  const auto host = session.load_plugins({.pixel_plugins = false});
  const Models models = session.load_models();
  Extractor extractor(*host, models);
  LayoutChecker checker(extractor, *host, models, layout_file(options.layout, *host));
  Samples reading(options, extractor, models, checker);
  for (const FoundPath& path : all_samples(options)) reading.add(path);
  if (!options.gold.empty() && reading.golds() == 0) {
    throw Error(Error::Code::bad_usage,
                fmt::format("--gold {}: no gold records (X.gold.json for X.pdf) of any sample",
                            options.gold));
  }
  const LayoutCheck check = checker.finish();
  Output output({});
  output.write(options.json ? check_as_json(check) : check_in_words(check));
  output.close();
  return check.findings.empty() ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_layout_check(CLI::App& layout) {
  CLI::App* check = layout.add_subcommand("check", "Try a layout on samples");
  check->footer(kHelp);
  auto options = std::make_shared<Options>();
  check
      ->add_option("LAYOUT", options->layout,
                   "A layout.toml, its folder, or a loaded layout's name")
      ->required();
  check
      ->add_option("--samples", options->samples,
                   "Files, or folders of files, with forms of the layout; others may be among them")
      ->required();
  check->add_option("--gold", options->gold,
                    "Records to compare with: a file for one sample, or a folder");
  check->add_option("--password", options->password, "User password of encrypted files");
  check->add_flag("--json", options->json, "One JSON object instead of words");
  return {check, [options](const Session& session) { return check_layout(session, *options); }};
}

}  // namespace tabularium::tool
