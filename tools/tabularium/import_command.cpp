#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>

#include "commands.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/import.h"

namespace tabularium::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp = R"(
Example:
  $ tabularium import 2025/ more.pdf --to forms.db
  error: 2025/b.pdf: encrypted: give the user password with --password
  24 files: 21 done (25 records), 1 failed, 0 unchanged, 2 duplicates
  $ sqlite3 forms.db "SELECT file, project_name, annual_funding_total FROM performance_declaration"

Folders are searched with all their subfolders for PDF files, in the order of their names. One
transaction for each file: an import that was stopped goes on where it was. The same file again
changes nothing; a changed file replaces its old records; a file that could not be read gets a row
with the reason in the table `files`, and the exit status is 1. docs/schema.md explains the tables.)";

struct Options {
  std::vector<std::string> paths;
  std::string database;
  std::optional<std::string> password;
};

/// The files to import, and how many others lie in the folders.
struct Found {
  std::vector<fs::path> files;
  int passed_over = 0;
};

bool is_pdf(const fs::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".pdf";
}

/// Whether a reader would take the file. What cannot even be opened counts as wanted where its name
/// says so: then it gets its row.
bool is_wanted(Extractor& extractor, const fs::path& file) {
  if (is_pdf(file)) return true;
  try {
    return extractor.accepts(open_document(file));
  } catch (const Error&) {
    return false;
  }
}

void search_folder(const Session& session, Extractor& extractor, const fs::path& folder,
                   Found& found) {
  std::vector<fs::path> files;
  std::error_code failure;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         failure);
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    std::error_code ignored;
    if (!entry->is_directory(ignored)) files.push_back(entry->path());
  }
  if (failure) {
    session.say(Severity::error, fmt::format("{}: {}", folder.string(), failure.message()));
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    if (is_wanted(extractor, file)) {
      found.files.push_back(file);
    } else {
      ++found.passed_over;
    }
  }
}

Found find_files(const Session& session, Extractor& extractor,
                 const std::vector<std::string>& paths) {
  Found found;
  for (const fs::path path : paths) {
    if (fs::is_directory(path)) {
      search_folder(session, extractor, path, found);
    } else {
      found.files.push_back(path);  // named by the user: whatever it is, it gets its row
    }
  }
  // A file that is named twice, or stands in a named folder too, is one file.
  std::set<fs::path> known;
  for (fs::path& file : found.files) file = file.lexically_normal();
  std::erase_if(found.files, [&](const fs::path& file) { return !known.insert(file).second; });
  return found;
}

/// One line that is written over and over, on a terminal only.
class Progress {
 public:
  explicit Progress(const Session& session)
      : shown_(!session.quiet && isatty(STDERR_FILENO) != 0) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done, std::size_t total, const fs::path& file) const {
    if (!shown_) return;
    fmt::print(stderr, "\r\x1b[K[{}/{}] {}", done, total, file.filename().string());
    std::fflush(stderr);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  bool shown_;
};

struct Tally {
  std::array<int, 4> outcomes{};  ///< by `ImportOutcome`
  int records = 0;
  int unread_pages = 0;

  int of(ImportOutcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
};

void say_outcome(const Session& session, const fs::path& file, const Imported& imported) {
  say_issues(session, file.string(), imported.unread);
  if (imported.outcome == ImportOutcome::failed && imported.unread.empty()) {
    session.say(Severity::error, imported.message);
  }
  std::vector<Issue> others = imported.issues;
  std::erase_if(others, [&](const Issue& issue) {
    const auto& said = imported.unread;
    return issue.severity == Severity::info ||
           std::find(said.begin(), said.end(), issue) != said.end();
  });
  say_issues(session, file.string(), others);
}

void say_summary(const Session& session, const Found& found, const Tally& tally) {
  if (session.quiet) return;
  fmt::print(stderr, "{}: {} done ({}), {} failed, {} unchanged, {}\n",
             counted(found.files.size(), "file"), tally.of(ImportOutcome::done),
             counted(static_cast<std::size_t>(tally.records), "record"),
             tally.of(ImportOutcome::failed), tally.of(ImportOutcome::unchanged),
             counted(static_cast<std::size_t>(tally.of(ImportOutcome::duplicate)), "duplicate"));
  if (tally.unread_pages > 0) {
    fmt::print(stderr, "{} could not be read\n",
               counted(static_cast<std::size_t>(tally.unread_pages), "page"));
  }
  if (found.passed_over > 0) {
    fmt::print(stderr, "{} in the folders passed over: no reader knows such files\n",
               counted(static_cast<std::size_t>(found.passed_over), "other file"));
  }
}

int import_paths(const Session& session, const Options& options) {
  const auto host = session.load_plugins();
  const Models models = Models::load(models_folder());
  Extractor extractor(*host, models);
  const auto store = Store::open(options.database, models, StoreMode::create);
  Importer importer(extractor, *store, current_versions(*host, models_folder()));
  const Found found = find_files(session, extractor, options.paths);
  const Progress progress(session);
  Tally tally;
  std::size_t done = 0;
  for (const fs::path& file : found.files) {
    progress.show(++done, found.files.size(), file);
    const Imported imported = importer.import_file(file, options.password);
    ++tally.outcomes[static_cast<std::size_t>(imported.outcome)];
    tally.records += imported.records;
    tally.unread_pages += static_cast<int>(imported.unread.size());
    progress.clear();
    say_outcome(session, file, imported);
  }
  progress.clear();
  say_summary(session, found, tally);
  const bool well = tally.of(ImportOutcome::failed) == 0 && tally.unread_pages == 0;
  return well ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_import(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("import", "Bring the forms of files and folders into an SQLite database");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "PDF files and folders")->required();
  command->add_option("--to", options->database, "Database; made where it does not exist")
      ->required()
      ->type_name("DB");
  command->add_option("--password", options->password, "User password of encrypted files");
  return {command, [options](const Session& session) { return import_paths(session, *options); }};
}

}  // namespace tabularium::tool
