#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <set>

#include "commands.h"
#include "dry_run.h"
#include "enter_files.h"
#include "folder_watch.h"
#include "seat_options.h"
#include "stop_signal.h"
#include "tabularium/page/error.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium import 2025/ more.pdf --to forms.db
  error: 2025/b.pdf: encrypted: give the user password with --password
  24 files: 20 done, 1 review (25 records), 1 failed, 0 unchanged, 2 duplicates
  1 encrypted
  $ tabularium import 2025/ --to forms.db --dry-run
  layout declaration-2020 0.2.0 changes 14 values in 9 records
  24 files: 0 new, 9 read anew, 0 waiting, 13 unchanged, 2 duplicates, 0 not readable; nothing written
  $ sqlite3 forms.db "SELECT file, project_name, annual_funding_total FROM performance_declaration"

Folders are searched with all their subfolders. Every path in them gets a row in the table `files`
with its state, and where it failed the reason; docs/schema.md explains the tables. Files are read in
worker processes that have no network and may write nowhere; one that crashes, hangs or takes too
much memory costs its file and nothing else. An import that was stopped, by whatever, goes on when
the same command is given again. Files that did not change are not read again.

Exit status 1: a file could not be read as a whole. Other things that lie in a folder (texts, pipes,
links to folders) get their row too and are no such failure.)";

struct Options {
  SeatOptions seat;
  std::vector<std::string> paths;
  bool dry_run = false;
  bool json = false;
  bool watch = false;
  bool queue = false;
  bool retry_failed = false;

  Retry retry() const {
    // Whoever brings a password wants the encrypted files read.
    return retry_failed || seat.password ? Retry::failed : Retry::none;
  }
};

std::set<std::string> named_paths(const std::vector<std::string>& paths) {
  std::set<std::string> named;
  for (const std::string& path : paths) {
    named.insert(ledger_path(std::filesystem::path(path).lexically_normal().string()));
  }
  return named;
}

/// Files that wait, or that a seat holds.
std::int64_t files_left(LastingStore& store) {
  const auto counts = store.call([](Store& database) { return database.counts(); });
  std::int64_t left = 0;
  for (const FileState state : {FileState::pending, FileState::claimed}) {
    const auto found = counts.find(state);
    if (found != counts.end()) left += found->second;
  }
  return left;
}

/// One import, from the search to the summary.
class Import {
 public:
  Import(const Session& session, const Options& options, const Models& models)
      : options_(options),
        report_(session, options.json, named_paths(options.paths)),
        store_(options.seat.database, models, StoreMode::create,
               {options.seat.patience_seconds,
                [this](const std::string& message) { report_.note(message); },
                [this] { return stop_.heard(); }}),
        pool_(pool_settings(session, options.seat), models),
        entering_{options.seat.database, pool_.versions(), options.retry(), options.seat.jobs} {
    for (const std::string& note : pool_.notes()) session.say(Severity::warning, note);
  }

  int once();
  int watch();

 private:
  void enter();
  void read();
  void take_events(FolderWatch& folders);
  void enter_what_is_whole(FolderWatch& folders);
  void wait_for_files(FolderWatch& folders) const;
  int finish();

  const Options& options_;
  StopSignal stop_;
  ImportReport report_;
  LastingStore store_;
  WorkerPool pool_;
  Entering entering_;
  FolderWatch* watched_ = nullptr;
  bool search_again_ = false;
};

void Import::enter() {
  const std::int64_t before = files_left(store_);
  enter_paths(store_, report_, options_.paths, entering_, [this] { return stop_.heard(); });
  report_.left_from_before(std::min(before, files_left(store_) - report_.to_read()));
}

/// Reads until nothing is left.
void Import::read() {
  SeatEvents events;
  events.done = [this](const SeatResult& result) { report_.read(result); };
  events.note = [this](const std::string& message) { report_.note(message); };
  events.tick = [this] {
    report_.tick();
    if (watched_ != nullptr) take_events(*watched_);
  };
  events.stopped = [this] { return stop_.heard(); };
  events.wake = {stop_.descriptor()};
  const SeatEnd end = SeatWork(store_, pool_, own_seat(options_.seat.lease_seconds), events)
                          .run(options_.seat.password);
  if (end == SeatEnd::other_versions) {
    report_.note(
        "files wait that were entered by a program with other plugins, layouts or models: "
        "import them again to read them with these");
  }
}

int Import::finish() {
  const std::int64_t left = files_left(store_);
  report_.summary(left);
  if (options_.watch) return report_.all_well() ? kAllWell : kSomeFailed;
  return report_.all_well() && (left == 0 || options_.queue) ? kAllWell : kSomeFailed;
}

int Import::once() {
  enter();
  if (!options_.queue && !stop_.heard()) read();
  return finish();
}

void Import::take_events(FolderWatch& folders) {
  if (!folders.take_events()) search_again_ = true;
}

/// Enters the files that have arrived; those that are still being written stay expected.
void Import::enter_what_is_whole(FolderWatch& folders) {
  std::vector<FoundPath> arrived;
  const auto keep = [&](FoundPath path) {
    if (!is_database_file(path.path, entering_.database)) arrived.push_back(std::move(path));
    return true;
  };
  for (const std::string& file : folders.whole()) {
    find_files({file}, [&](FoundPath path) {
      path.named = false;
      return keep(std::move(path));
    });
  }
  if (search_again_) {
    search_again_ = false;
    find_files(options_.paths, [&](FoundPath path) {
      if (FolderWatch::is_whole(path.path)) return keep(std::move(path));
      folders.expect(path.path);
      return true;
    });
  }
  enter_found(store_, report_, arrived, entering_);
}

void Import::wait_for_files(FolderWatch& folders) const {
  constexpr int soon_ms = 250;
  std::array<pollfd, 2> watched{pollfd{folders.descriptor(), POLLIN, 0},
                                pollfd{stop_.descriptor(), POLLIN, 0}};
  ::poll(watched.data(), watched.size(), folders.expects_any() ? soon_ms : -1);
}

int Import::watch() {
  FolderWatch folders(options_.paths);
  watched_ = &folders;
  search_again_ = true;  // for what is there already
  while (!stop_.heard()) {
    enter_what_is_whole(folders);
    if (files_left(store_) > 0) read();
    if (!stop_.heard()) wait_for_files(folders);
    take_events(folders);
  }
  return finish();
}

int import_paths(const Session& session, const Options& options) {
  if (options.dry_run) {
    const StopSignal stop;
    return dry_run(session, options.seat, options.paths, options.retry(), stop);
  }
  const Models models = session.load_models();
  Import import(session, options, models);
  return options.watch ? import.watch() : import.once();
}

}  // namespace

Command add_import(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("import", "Bring the forms of files and folders into a database");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "Files and folders")->required();
  add_seat_options(*command, options->seat);
  command->add_flag("--dry-run", options->dry_run, "Say what would change, and write nothing");
  command->add_flag("--json", options->json, "Events on standard output, one JSON object a line");
  auto* watch = command->add_flag(
      "--watch", options->watch,
      "Go on with what arrives in the folders, when it is whole, until interrupted");
  command->add_flag("--queue", options->queue, "Only enter the files: seats (`work`) read them")
      ->excludes(watch);
  command->add_flag("--retry-failed", options->retry_failed,
                    "Read failed files again though they did not change");
  return {command, [options](const Session& session) { return import_paths(session, *options); }};
}

}  // namespace tabularium::tool
