#include "folder_watch.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <memory>

#include "tabularium/page/error.h"

namespace tabularium::tool {
namespace {

constexpr std::chrono::seconds kQuiet(2);
constexpr std::uint32_t kEvents = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO |
                                  IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;

/// Whether a process has the file open for writing: only then is a lease for reading refused with
/// EAGAIN. Where leases cannot be had (another owner's file, some file systems) the answer is no.
bool has_writer(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  const bool leased = ::fcntl(file, F_SETLEASE, F_RDLCK) == 0;
  const bool written = !leased && errno == EAGAIN;
  if (leased) ::fcntl(file, F_SETLEASE, F_UNLCK);
  ::close(file);
  return written;
}

std::string joined(const std::string& folder, const char* name) {
  if (folder == ".") return name;
  return folder + (folder.ends_with('/') ? "" : "/") + name;
}

}  // namespace

FolderWatch::FolderWatch(const std::vector<std::string>& folders)
    : inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  // Who opens a file while we hold a lease for a moment makes the kernel tell us, which would end
  // us.
  std::signal(SIGIO, SIG_IGN);
  if (inotify_ < 0) {
    throw Error(Error::Code::unreadable, fmt::format("no inotify: {}", std::strerror(errno)));
  }
  for (const std::string& folder : folders) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) {
      throw Error(Error::Code::not_found, fmt::format("{}: no folder to watch", folder));
    }
    // A link that the user names is followed; inotify is told what it leads to.
    watch(folder);
  }
  arriving_.clear();  // a search tells about what was there before
}

FolderWatch::~FolderWatch() {
  if (inotify_ >= 0) ::close(inotify_);
}

/// Watches `folder` and those below; files that are there already are expected.
void FolderWatch::watch(const std::string& folder) {
  const int id = ::inotify_add_watch(inotify_, folder.c_str(), kEvents);
  if (id < 0) {
    if (errno != ENOSPC) return;  // gone again, or not ours to read, which a search says
    throw Error(
        Error::Code::unreadable,
        fmt::format("{}: no more folders can be watched (fs.inotify.max_user_watches)", folder));
  }
  folders_[id] = folder;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), &::closedir);
  if (!open) return;
  while (const dirent* item = ::readdir(open.get())) {
    const std::string_view name = item->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = joined(folder, item->d_name);
    struct stat facts {};
    if (::lstat(path.c_str(), &facts) != 0) continue;
    if (S_ISDIR(facts.st_mode)) {
      watch(path);
    } else {
      expect(path);
    }
  }
}

void FolderWatch::expect(const std::string& path) { arriving_[path] = Clock::now(); }

bool FolderWatch::take_events() {
  bool all = true;
  alignas(inotify_event) std::array<char, 1 << 16> bytes;
  for (;;) {
    const ssize_t got = ::read(inotify_, bytes.data(), bytes.size());
    if (got <= 0) return all;
    for (const char* at = bytes.data(); at < bytes.data() + got;) {
      const auto* event = reinterpret_cast<const inotify_event*>(at);
      at += sizeof(inotify_event) + event->len;
      if ((event->mask & IN_Q_OVERFLOW) != 0) all = false;
      if ((event->mask & IN_IGNORED) != 0) folders_.erase(event->wd);
      const auto folder = folders_.find(event->wd);
      if (folder == folders_.end() || event->len == 0) continue;
      const std::string path = joined(folder->second, event->name);
      if ((event->mask & IN_ISDIR) == 0) {
        expect(path);
      } else if ((event->mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
        watch(path);
      }
    }
  }
}

std::vector<std::string> FolderWatch::whole() {
  std::vector<std::string> files;
  const auto now = Clock::now();
  for (auto at = arriving_.begin(); at != arriving_.end();) {
    struct stat facts {};
    const bool gone = ::lstat(at->first.c_str(), &facts) != 0;
    if (!gone && (now - at->second < kQuiet || has_writer(at->first))) {
      ++at;
      continue;
    }
    if (!gone) files.push_back(at->first);
    at = arriving_.erase(at);
  }
  return files;
}

bool FolderWatch::is_whole(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return true;
  return std::time(nullptr) - facts.st_ctime > kQuiet.count() && !has_writer(path);
}

}  // namespace tabularium::tool
