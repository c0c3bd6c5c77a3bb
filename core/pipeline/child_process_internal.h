#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tabularium {

/// How a child process ended.
struct ChildEnd {
  int signal = 0;               ///< that ended it; 0: it ended itself, with `status`
  int status = 0;               ///< exit status
  std::int64_t peak_bytes = 0;  ///< most memory that it held at a time
};

/// A worker process with two pipes, descriptors 3 and 4 of the child. Its standard input is empty;
/// what it prints goes to a file in memory (`said`). It has a temporary folder of its own, named by
/// TMPDIR, and a process group of its own, so that Ctrl-C in a terminal reaches the parent alone.
class ChildProcess {
 public:
  /// Throws `Error::Code::plugin_failed` where it cannot be started. `command[0]` is a path;
  /// `{parent}` and `{temporary}` in its words are filled in.
  explicit ChildProcess(const std::vector<std::string>& command);
  /// Kills what still runs and removes the temporary folder.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int requests() const { return requests_; }  ///< to write to
  int answers() const { return answers_; }    ///< to read from
  pid_t id() const { return pid_; }

  void close_requests();  ///< the worker ends by itself then
  void kill();
  /// Waits for the end, ten seconds at most; the same answer when asked again.
  ChildEnd wait();
  /// The end of what it printed since `forget_said`, one line.
  std::string said() const;
  void forget_said();

 private:
  void spawn(const std::vector<std::string>& command);

  std::filesystem::path temporary_;
  int requests_ = -1;
  int answers_ = -1;
  int said_ = -1;
  pid_t pid_ = -1;
  bool ended_ = false;
  ChildEnd end_;
};

/// Removes the temporary folders of workers whose program was killed and could not do it.
void remove_left_folders();

}  // namespace tabularium
