#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "commands.h"
#include "seat_options.h"
#include "stop_signal.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/find_files.h"
#include "tabularium/pipeline/look_file.h"
#include "triage_report.h"

namespace tabularium::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp = R"(
Sorts the forms of files and folders by what they look like (title, labels, shape of their tables), and says how many there are
of each kind, which of them no layout knows, the known layout that is nearest, and a sample of each. Files are read in worker
processes; a file that cannot be read costs itself alone and is named with the reason.

With --draft a first layout is written for each kind that no layout knows and whose labels a record model knows, as
DIR/NAME/layout.toml; `layouts` as DIR's last part makes them loadable: --plugin-path takes the folder above.

Example:
  $ tabularium triage archive/2026 --draft mine/layouts
  212 files, 540 forms; one new layout, nearest declaration-2025 (71 %)

  Forms that no layout knows:
    1. 项目支出绩效目标申报表 2026: 540 forms in 212 files, nearest declaration-2025 (71 %)
       a sample: archive/2026/a.pdf, page 1
       draft: mine/layouts/declaration_2026/layout.toml
  $ tabularium layout check mine/layouts/declaration_2026 --samples archive/2026

Exit status: 0 all files were read, 1 some were not (or have no form that could be drafted), 2 wrong usage.)";

struct Options {
  std::vector<std::string> paths;
  ReadingOptions reading;
  std::string drafts;
  bool json = false;
};

/// Takes what the workers found in the order of the files, so that the groups do not depend on who
/// was faster.
class Sorting {
 public:
  Sorting(const Options& options, WorkerPool& pool) : options_(options), pool_(pool) {}

  void add(const FoundPath& path);
  void finish();
  Triage triage();

 private:
  struct Known {
    std::string path;
    PoolResult result;
    bool named = false;  // by the user, not come upon in a folder
  };
  struct Begun {
    std::string path;
    bool named = false;
  };

  void wait();
  void take_those_in_order();
  void take(const Known& known);

  const Options& options_;
  WorkerPool& pool_;
  std::int64_t next_id_ = 0;     // of the file that comes next
  std::int64_t next_taken_ = 0;  // of the file whose turn it is
  std::map<std::int64_t, Begun> begun_;
  std::map<std::int64_t, Known> ready_;  // that wait for those before them
  FormGroups groups_;
  Triage told_;
};

void Sorting::add(const FoundPath& path) {
  // One slow file must not let the answers of all others wait in memory.
  constexpr std::int64_t most_ahead = 1000;
  while (!pool_.has_room() || next_id_ - next_taken_ > most_ahead) wait();
  const std::int64_t id = next_id_++;
  const std::string name = ledger_path(path.path);
  if (!path.reason.empty()) {
    PoolResult failed;
    failed.reading.reason = path.reason;
    failed.reading.message = path.message;
    ready_[id] = {name, std::move(failed), path.named};
    return take_those_in_order();
  }
  begun_[id] = {name, path.named};
  pool_.submit({id, name, options_.reading.password, true});
}

void Sorting::wait() {
  constexpr int half_a_second = 500;
  auto result = pool_.next(half_a_second);
  if (!result) return;
  const std::int64_t id = result->id;
  const Begun begun = begun_.extract(id).mapped();
  ready_[id] = {begun.path, std::move(*result), begun.named};
  take_those_in_order();
}

void Sorting::take_those_in_order() {
  for (auto first = ready_.begin(); first != ready_.end() && first->first == next_taken_;
       first = ready_.erase(first), ++next_taken_) {
    take(first->second);
  }
}

void Sorting::take(const Known& known) {
  ++told_.files;
  for (const FormLook& look : known.result.looks) {
    ++told_.forms;
    groups_.add(known.path, look);
  }
  const FileReading& reading = known.result.reading;
  if (!reading.reason.empty()) {
    // A folder of forms may hold notes and lists, too.
    const bool other = reading.reason == "unknown_format" && !known.named;
    auto& list = reading.reason == "no_form" || other ? told_.formless : told_.failures;
    list.push_back({known.path, reading.reason, reading.message});
    return;
  }
  for (const Issue& issue : reading.issues) {
    if (issue.severity != Severity::error) continue;
    told_.failures.push_back({known.path, issue.check, issue.message});
    return;  // a file is named once
  }
}

void Sorting::finish() {
  while (next_taken_ < next_id_) wait();
}

Triage Sorting::triage() {
  told_.groups = groups_.groups();
  sort_groups(told_.groups);
  return std::move(told_);
}

// ---- drafts

/// Names that are taken: of layouts that are loaded, and of drafts.
class Names {
 public:
  explicit Names(const PluginHost& host) {
    for (const Layout* layout : host.layouts()) taken_.emplace(layout->name());
  }

  /// A name for a layout of the group: that of the nearest with the group's year in place of its
  /// own, else the record's.
  std::string name_for(const FormGroup& group, const fs::path& folder) {
    std::string stem = group.record;
    std::replace(stem.begin(), stem.end(), '_', '-');
    constexpr double alike = 0.4;
    const std::size_t year = group.nearest.find_last_of('-');
    if (group.nearness >= alike && year != std::string::npos && year + 5 <= group.nearest.size() &&
        group.nearest.find_first_not_of("0123456789", year + 1) >= year + 5) {
      stem = group.nearest.substr(0, year);
    }
    const auto commonest =
        std::max_element(group.years.begin(), group.years.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    stem += commonest == group.years.end() ? "-new" : fmt::format("-{}", commonest->first);
    std::string name = stem;
    for (int next = 2; taken_.contains(name) || fs::exists(folder / folder_of(name)); ++next) {
      name = fmt::format("{}-{}", stem, next);
    }
    taken_.insert(name);
    return name;
  }

  static std::string folder_of(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
  }

 private:
  std::set<std::string> taken_;
};

/// Writes drafts. The samples were read by workers before, so reading them here is no risk.
class Drafting {
 public:
  Drafting(const Session& session, const Models& models, const Options& options)
      : options_(options),
        host_(session.load_plugins({.pixel_plugins = false})),
        extractor_(*host_, models),
        looker_(extractor_, *host_, models),
        names_(*host_) {}

  TriageDraft draft(const FormGroup& group);

 private:
  std::vector<SampleForm> samples_of(const FormGroup& group);

  const Options& options_;
  std::unique_ptr<PluginHost> host_;
  Extractor extractor_;
  FileLooker looker_;
  Names names_;
};

std::vector<SampleForm> Drafting::samples_of(const FormGroup& group) {
  std::vector<SampleForm> forms;
  for (const GroupSample& sample : group.samples) {
    Document document = open_document(path_of_ledger(sample.file));
    document.password = options_.reading.password;
    for (SampleForm& form : looker_.forms(document, {sample.ordinal})) {
      form.record = group.record;
      forms.push_back(std::move(form));
    }
  }
  return forms;
}

TriageDraft Drafting::draft(const FormGroup& group) {
  TriageDraft draft;
  if (group.record.empty()) {
    draft.failure = "no record model knows enough of its labels: add them to `labels` in models/";
    return draft;
  }
  try {
    const std::string name = names_.name_for(group, options_.drafts);
    const LayoutDraft written = extractor_.draft_layout(name, samples_of(group));
    const fs::path folder = fs::path(options_.drafts) / Names::folder_of(name);
    fs::create_directories(folder);
    const fs::path file = folder / "layout.toml";
    Output output(file);
    output.write(written.toml);
    output.close();
    draft.name = name;
    draft.file = file.string();
  } catch (const Error& error) {
    draft.failure = error.what();
  } catch (const fs::filesystem_error& error) {
    draft.failure = error.what();
  }
  return draft;
}

int triage(const Session& session, const Options& options) {
  const Models models = session.load_models();
  const StopSignal stop;
  WorkerPool pool(pool_settings(session, options.reading), models);
  for (const std::string& note : pool.notes()) session.say(Severity::warning, note);
  Sorting sorting(options, pool);
  find_files(options.paths, [&](const FoundPath& path) {
    sorting.add(path);
    return !stop.heard();
  });
  if (stop.heard()) return kSomeFailed;
  sorting.finish();
  Triage told = sorting.triage();
  bool all_drafted = true;
  if (!options.drafts.empty() && std::any_of(told.groups.begin(), told.groups.end(), is_new)) {
    Drafting drafting(session, models, options);
    for (const FormGroup& group : told.groups) {
      if (!is_new(group)) continue;
      told.drafts.push_back(drafting.draft(group));
      all_drafted = all_drafted && told.drafts.back().failure.empty();
    }
  }
  Output output({});
  output.write(options.json ? triage_as_json(told) : triage_in_words(told));
  output.close();
  return told.failures.empty() && all_drafted ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_triage(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("triage", "Sort files by what their forms look like, and name new kinds");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "Files and folders")->required();
  command->add_option("--draft", options->drafts,
                      "Write a first layout for each new kind into this folder");
  command->add_flag("--json", options->json, "One JSON object instead of words");
  add_reading_options(*command, options->reading);
  return {command, [options](const Session& session) { return triage(session, *options); }};
}

}  // namespace tabularium::tool
