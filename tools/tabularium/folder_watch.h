#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace tabularium::tool {

/// Watches folders and all below them (inotify) and gives the files that arrive once they are
/// whole: nothing has happened to them for two seconds and no process has them open for writing.
/// Links to folders are not followed. Local folders only: what another machine writes to a network
/// folder is not told to this one.
class FolderWatch {
 public:
  /// Files that are there already are not told about. Throws `Error::Code::not_found` and
  /// `unreadable`.
  explicit FolderWatch(const std::vector<std::string>& folders);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  int descriptor() const { return inotify_; }  ///< can be read when something has happened
  /// Takes in what has happened. It may be called at any time, and must be now and then: the kernel
  /// keeps some thousand events only. False: it has lost some, so the folders have to be searched.
  bool take_events();
  /// A file that a search came upon, which may not be whole.
  void expect(const std::string& path);
  bool expects_any() const { return !arriving_.empty(); }
  /// The files that are whole now, in the order of their names; they are not told again.
  std::vector<std::string> whole();
  /// Whether a file that was not watched before seems to be whole.
  static bool is_whole(const std::string& path);

 private:
  using Clock = std::chrono::steady_clock;
  void watch(const std::string& folder);

  int inotify_;
  std::map<int, std::string> folders_;                 ///< by watch
  std::map<std::string, Clock::time_point> arriving_;  ///< when something happened last
};

}  // namespace tabularium::tool
