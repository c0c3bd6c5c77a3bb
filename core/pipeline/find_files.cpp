#include "tabularium/pipeline/find_files.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

namespace tabularium {
namespace {

/// A name in a folder, or a name of the user's, with what orders it: a folder's files come where
/// their whole paths belong.
struct Entry {
  std::string path;
  std::string order;
  bool folder = false;  ///< to be searched
  FoundPath found;
};

FoundPath refused(const std::string& path, const char* reason, std::string_view what) {
  return {path, reason, fmt::format("{}: {}", ledger_path(path), what), false};
}

std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "a pipe, no file";
  if (S_ISSOCK(mode)) return "a socket, no file";
  return "a device, no file";
}

FoundPath unreachable(const std::string& path, int reason) {
  if (reason == ELOOP) return refused(path, "unreadable", "links that go in a circle");
  const bool absent = reason == ENOENT || reason == ENOTDIR;
  return refused(path, absent ? "not_found" : "unreadable",
                 absent ? "no such file" : std::strerror(reason));
}

/// Looks at `path` without opening it. `named`: a link to a folder is followed.
Entry entry_at(const std::string& path, bool named) {
  Entry entry{path, ledger_path(path), false, {path, "", "", named}};
  struct stat itself {};
  struct stat target {};
  const auto refuse = [&](FoundPath found) {
    found.named = named;
    entry.found = std::move(found);
  };
  if (::lstat(path.c_str(), &itself) != 0 || ::stat(path.c_str(), &target) != 0) {
    refuse(unreachable(path, errno));
  } else if (S_ISDIR(target.st_mode)) {
    if (S_ISLNK(itself.st_mode) && !named) {
      refuse(refused(path, "linked_folder", "a link to a folder, which is not followed"));
    } else {
      entry.folder = true;
      entry.order += '/';
    }
  } else if (!S_ISREG(target.st_mode)) {
    refuse(refused(path, "not_a_file", kind_of(target.st_mode)));
  }
  return entry;
}

void sort_entries(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.order < b.order; });
}

std::string normal(const std::string& path) {
  std::string text = std::filesystem::path(path).lexically_normal().string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text.empty() ? "." : text;
}

class Search {
 public:
  Search(const std::vector<std::string>& roots, const std::function<bool(FoundPath)>& visit)
      : visit_(visit) {
    for (const std::string& root : roots) named_.insert(normal(root));
  }

  void go() {
    std::vector<Entry> entries;
    for (const std::string& root : named_) {
      if (!is_met_from_above(root)) entries.push_back(entry_at(root, true));
    }
    sort_entries(entries);
    visit_all(entries);
  }

 private:
  bool is_met_from_above(const std::string& root) const;
  bool visit_all(std::vector<Entry>& entries);
  bool search(const std::string& folder);

  std::set<std::string> named_;
  const std::function<bool(FoundPath)>& visit_;
};

/// Whether the search of another root comes to this one: it is there, and between the two are
/// nothing but real folders.
bool Search::is_met_from_above(const std::string& root) const {
  struct stat facts {};
  if (root == "." || root.starts_with("..") || ::lstat(root.c_str(), &facts) != 0) return false;
  for (std::filesystem::path at = root; at != at.parent_path();) {
    at = at.parent_path();
    const std::string above = at.empty() ? "." : at.string();
    if (named_.contains(above)) return std::filesystem::is_directory(above);
    if (at.empty() || ::lstat(above.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) return false;
  }
  return false;
}

bool Search::visit_all(std::vector<Entry>& entries) {
  for (Entry& entry : entries) {
    if (!(entry.folder ? search(entry.path) : visit_(std::move(entry.found)))) return false;
  }
  return true;
}

bool Search::search(const std::string& folder) {
  std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), &::closedir);
  if (!open) {
    FoundPath found = unreachable(folder, errno);
    found.named = named_.contains(folder);
    return visit_(std::move(found));
  }
  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* item = ::readdir(open.get())) {
    const std::string name = item->d_name;
    if (name == "." || name == "..") continue;
    const std::string path =
        folder == "." ? name : (folder.ends_with('/') ? folder : folder + "/") + name;
    entries.push_back(entry_at(path, named_.contains(path)));
    errno = 0;
  }
  if (errno != 0)
    entries.push_back({folder, ledger_path(folder), false, unreachable(folder, errno)});
  open.reset();  // before the folders below: a deep tree would take all descriptors
  sort_entries(entries);
  return visit_all(entries);
}

}  // namespace

void find_files(const std::vector<std::string>& roots,
                const std::function<bool(FoundPath)>& visit) {
  Search(roots, visit).go();
}

}  // namespace tabularium
