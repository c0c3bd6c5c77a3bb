#include "child_process_internal.h"
#include "process_space_internal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "tabularium/page/error.h"
#include "tabularium/pipeline/worker.h"

extern char** environ;

namespace tabularium {
namespace {

constexpr std::size_t kSaidBytes = 400;
const std::string kFolderPrefix =
    "tabularium-";  // of temporary folders: namespace, process, six letters

[[noreturn]] void refuse(std::string_view what, int reason) {
  throw Error(Error::Code::plugin_failed,
              fmt::format("no worker process: {}: {}", what, std::strerror(reason)));
}

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse("no pipe", errno);
  return {ends[0], ends[1]};
}

std::filesystem::path make_folder() {
  const std::string prefix = kFolderPrefix + process_space() + "-" + std::to_string(::getpid());
  std::string name = (std::filesystem::temp_directory_path() / (prefix + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) refuse(name, errno);
  return name;
}

/// Whether `folder` belongs to a process that we would see if it still ran.
bool is_left_behind(const std::filesystem::path& folder) {
  const std::string prefix = kFolderPrefix + process_space() + "-";
  const std::string name = folder.filename().string();
  if (!name.starts_with(prefix)) return false;
  const int process = std::atoi(name.c_str() + prefix.size());
  struct stat facts {};
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH &&
         ::lstat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) &&
         facts.st_uid == ::geteuid();
}

void close_if_open(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

/// The environment of a worker: a folder of its own, one thread for each library, no secrets.
std::vector<std::string> environment(const std::filesystem::path& temporary) {
  constexpr std::array<std::string_view, 5> replaced{
      "TMPDIR=", "OMP_THREAD_LIMIT=", "OMP_NUM_THREADS=", "PGPASSWORD=", "TABULARIUM_PASSWORD="};
  std::vector<std::string> all{"TMPDIR=" + temporary.string(), "OMP_THREAD_LIMIT=1",
                               "OMP_NUM_THREADS=1"};
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const bool other = std::none_of(replaced.begin(), replaced.end(),
                                    [&](std::string_view name) { return text.starts_with(name); });
    if (other) all.emplace_back(text);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

void fill_in(std::string& word, std::string_view mark, const std::string& value) {
  const std::size_t at = word.find(mark);
  if (at != std::string::npos) word.replace(at, mark.size(), value);
}

/// Signals as a fresh program has them, and a process group of its own.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    ::posix_spawnattr_init(&value_);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&value_, &none);
    ::posix_spawnattr_setsigdefault(&value_, &all);
    ::posix_spawnattr_setpgroup(&value_, 0);
    ::posix_spawnattr_setflags(
        &value_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&value_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &value_; }

 private:
  posix_spawnattr_t value_{};
};

/// What stands at which descriptor of the child. The sources lie above all targets, so that no
/// copy overwrites one that is still to be made.
class SpawnFiles {
 public:
  SpawnFiles() { ::posix_spawn_file_actions_init(&value_); }
  ~SpawnFiles() {
    ::posix_spawn_file_actions_destroy(&value_);
    for (const int copy : copies_) ::close(copy);
  }
  SpawnFiles(const SpawnFiles&) = delete;
  SpawnFiles& operator=(const SpawnFiles&) = delete;

  void place(int source, int target) {
    const int copy = ::fcntl(source, F_DUPFD_CLOEXEC, kFirstCopy);
    if (copy < 0) refuse("no descriptor", errno);
    copies_.push_back(copy);
    ::posix_spawn_file_actions_adddup2(&value_, copy, target);
  }
  void open_null(int target) {
    ::posix_spawn_file_actions_addopen(&value_, target, "/dev/null", O_RDONLY, 0);
  }
  const posix_spawn_file_actions_t* get() const { return &value_; }

 private:
  static constexpr int kFirstCopy = 10;
  posix_spawn_file_actions_t value_{};
  std::vector<int> copies_;
};

}  // namespace

void remove_left_folders() {
  std::error_code failure;
  std::filesystem::directory_iterator entry(std::filesystem::temp_directory_path(), failure);
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
    std::error_code ignored;
    if (is_left_behind(entry->path())) std::filesystem::remove_all(entry->path(), ignored);
  }
}

ChildProcess::ChildProcess(const std::vector<std::string>& command) : temporary_(make_folder()) {
  try {
    spawn(command);
  } catch (...) {
    close_if_open(requests_);
    close_if_open(answers_);
    close_if_open(said_);
    std::error_code ignored;
    std::filesystem::remove_all(temporary_, ignored);
    throw;
  }
}

void ChildProcess::spawn(const std::vector<std::string>& command) {
  said_ = ::memfd_create("tabularium-worker", MFD_CLOEXEC);
  if (said_ < 0) refuse("no file in memory", errno);
  ::fcntl(said_, F_SETFL, O_APPEND);
  Pipe in = make_pipe();
  requests_ = in.write;
  Pipe out;
  try {
    out = make_pipe();
  } catch (...) {
    ::close(in.read);
    throw;
  }
  answers_ = out.read;
  int failure = 0;
  {
    SpawnFiles files;
    files.open_null(STDIN_FILENO);
    files.place(said_, STDOUT_FILENO);
    files.place(said_, STDERR_FILENO);
    files.place(in.read, kWorkerRequests);
    files.place(out.write, kWorkerAnswers);
    const SpawnAttributes attributes;
    std::vector<std::string> words = command;
    for (std::string& word : words) {
      fill_in(word, "{parent}", std::to_string(::getpid()));
      fill_in(word, "{temporary}", temporary_.string());
    }
    std::vector<std::string> variables = environment(temporary_);
    failure = ::posix_spawn(&pid_, words[0].c_str(), files.get(), attributes.get(),
                            pointers(words).data(), pointers(variables).data());
  }
  ::close(in.read);
  ::close(out.write);
  if (failure != 0) {
    pid_ = -1;
    refuse(command[0], failure);
  }
}

ChildProcess::~ChildProcess() {
  close_if_open(requests_);
  kill();
  wait();
  close_if_open(answers_);
  close_if_open(said_);
  std::error_code ignored;
  std::filesystem::remove_all(temporary_, ignored);
}

void ChildProcess::close_requests() { close_if_open(requests_); }

void ChildProcess::kill() {
  if (pid_ > 0 && !ended_) ::kill(pid_, SIGKILL);
}

ChildEnd ChildProcess::wait() {
  // A process that waits for a disk that does not answer cannot even be killed: it is left alone
  // then, and init takes it over one day.
  constexpr std::chrono::seconds patience(10);
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!ended_ && pid_ > 0) {
    int status = 0;
    rusage usage{};
    const pid_t ended = ::wait4(pid_, &status, WNOHANG, &usage);
    if (ended == pid_) {
      end_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
      end_.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
      end_.peak_bytes = static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
    } else if ((ended == 0 || errno == EINTR) && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      continue;
    } else {
      end_.signal = SIGKILL;
    }
    ended_ = true;
  }
  return end_;
}

std::string ChildProcess::said() const {
  std::array<char, kSaidBytes> bytes{};
  const off_t size = ::lseek(said_, 0, SEEK_END);
  const off_t from = std::max<off_t>(0, size - static_cast<off_t>(bytes.size()));
  const ssize_t got = ::pread(said_, bytes.data(), bytes.size(), from);
  std::string text(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

void ChildProcess::forget_said() {
  if (::ftruncate(said_, 0) != 0) return;  // it only saves memory
}

}  // namespace tabularium
