#include "enter_files.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace tabularium::tool {
namespace {

constexpr std::size_t kBatch = 512;

/// Of the files just entered, those that stand as failed.
std::vector<FileRow> failed_rows(Store& store, const std::vector<FoundFile>& found) {
  std::vector<FileRow> rows;
  for (const FoundFile& file : found) {
    auto row = store.find_path(file.path);
    if (!row || row->state != FileState::failed) continue;
    // What reading it gave has been told by the import that read it.
    if (file.reason.empty()) row->message.clear();
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace

bool is_database_file(const std::string& path, const std::string& database) {
  const std::filesystem::path file(path);
  const std::filesystem::path own(database);
  const std::string name = file.filename().string();
  const std::string own_name = own.filename().string();
  if (!name.starts_with(own_name)) return false;
  constexpr std::array<std::string_view, 4> endings{"", "-wal", "-shm", "-journal"};
  const std::string_view rest = std::string_view(name).substr(own_name.size());
  if (std::find(endings.begin(), endings.end(), rest) == endings.end()) return false;
  const auto folder = [](const std::filesystem::path& of) {
    return of.has_parent_path() ? of.parent_path() : std::filesystem::path(".");
  };
  std::error_code failure;
  return std::filesystem::equivalent(folder(file), folder(own), failure) && !failure;
}

void enter_found(LastingStore& store, ImportReport& report, const std::vector<FoundPath>& paths,
                 const Entering& how) {
  if (paths.empty()) return;
  const std::vector<FoundFile> found = look_at(paths, how.threads);
  const Enqueued entered =
      store.call([&](Store& database) { return database.enqueue(found, how.versions, how.retry); });
  std::vector<FileRow> failed;
  if (entered.failed + entered.unchanged_failed > 0) {
    failed = store.call([&](Store& database) { return failed_rows(database, found); });
  }
  report.entered(entered, failed);
}

void enter_paths(LastingStore& store, ImportReport& report, const std::vector<std::string>& paths,
                 const Entering& how, const std::function<bool()>& stopped) {
  std::vector<FoundPath> batch;
  find_files(paths, [&](FoundPath path) {
    if (!is_database_file(path.path, how.database)) batch.push_back(std::move(path));
    if (batch.size() == kBatch) {
      enter_found(store, report, batch, how);
      batch.clear();
    }
    return !stopped();
  });
  if (!stopped()) enter_found(store, report, batch, how);
}

}  // namespace tabularium::tool
