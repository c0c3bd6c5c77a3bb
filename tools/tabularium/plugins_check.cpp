#include "plugins_check.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "tabularium/page/error.h"
#include "tabularium/plugin/conformance.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium plugins check mine/build/mine.so --sample form.mine
  mine/build/mine.so: reader mine, form.mine: memory grows by 4096 bytes with each run
  $ tabularium plugins check receipt.so
  receipt.so: nothing to complain of (4 trials)

Tries what docs/plugins.md asks of a plugin: that it loads, throws nothing but Error, gives well formed
pages and words, the same each time and from two threads, refuses pages that do not exist, bears
damaged input, and gives back its memory. It runs in a process of its own, so that a crash or an endless
loop is told like anything else. A reader needs a --sample of its format to be tried in earnest.
Exit status: 0 nothing found, 1 something found, 2 wrong usage.)";

constexpr unsigned kSeconds = 300;
constexpr char kBegan = '+';  // a line of the child: what it tries now
constexpr char kFound = '!';  // a line of the child: subject, tab, what

struct Options {
  std::string file;
  std::vector<std::string> samples;
};

/// What the process that tries the plugin has said, and how it ended.
struct Heard {
  std::string at;  ///< what it tried last
  int trials = 0;
  std::vector<std::string> found;
  int status = 0;  ///< of wait(2)
};

void tell(int to, char kind, std::string line) {
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  line = kind + line + "\n";
  const char* at = line.data();
  for (std::size_t left = line.size(); left > 0;) {
    const ssize_t written = ::write(to, at, left);
    if (written <= 0) ::_exit(1);
    at += written;
    left -= static_cast<std::size_t>(written);
  }
}

[[noreturn]] void try_plugin(const Options& options, int to) {
  ::alarm(kSeconds);
  ConformanceOptions conformance;
  conformance.samples.assign(options.samples.begin(), options.samples.end());
  conformance.began = [to](const std::string& subject) { tell(to, kBegan, subject); };
  try {
    for (const Nonconformance& found : check_plugin(options.file, conformance)) {
      tell(to, kFound, fmt::format("{}: {}", found.subject, found.what));
    }
  } catch (const Error& error) {
    tell(to, kFound, error.what());
  }
  // Not `exit`: what the plugin left behind at the end of the process is not what is tried here.
  ::_exit(0);
}

void take_line(Heard& heard, std::string line) {
  if (line.empty()) return;
  const char kind = line.front();
  line.erase(0, 1);
  if (kind == kFound) heard.found.push_back(std::move(line));
  if (kind == kBegan) {
    heard.at = std::move(line);
    ++heard.trials;
  }
}

/// Runs the trials in a child. Nothing of this process has begun a thread yet, so that it may fork.
Heard heard_from(const Options& options) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw Error(Error::Code::unreadable, std::strerror(errno));
  const pid_t child = ::fork();
  if (child < 0) throw Error(Error::Code::unreadable, std::strerror(errno));
  if (child == 0) {
    ::close(ends[0]);
    try_plugin(options, ends[1]);
  }
  ::close(ends[1]);
  Heard heard;
  std::string rest;
  std::array<char, 4096> bytes{};
  for (;;) {
    const ssize_t got = ::read(ends[0], bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    rest.append(bytes.data(), static_cast<std::size_t>(got));
    for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
      take_line(heard, rest.substr(0, end));
      rest.erase(0, end + 1);
    }
  }
  ::close(ends[0]);
  ::waitpid(child, &heard.status, 0);
  return heard;
}

std::string how_it_ended(const Heard& heard) {
  if (WIFSIGNALED(heard.status) && WTERMSIG(heard.status) == SIGALRM) {
    return fmt::format("{}: did not come to an end within {} seconds", heard.at, kSeconds);
  }
  if (WIFSIGNALED(heard.status)) {
    return fmt::format("{}: it ended the process with signal {} ({})", heard.at,
                       WTERMSIG(heard.status), ::strsignal(WTERMSIG(heard.status)));
  }
  const int status = WEXITSTATUS(heard.status);
  return status == 0 ? ""
                     : fmt::format("{}: it ended the process with status {}", heard.at, status);
}

int check(const Options& options) {
  Heard heard = heard_from(options);
  if (const std::string end = how_it_ended(heard); !end.empty()) heard.found.push_back(end);
  Output output({});
  for (const std::string& found : heard.found) output.write(options.file + ": " + found + "\n");
  if (heard.found.empty()) {
    output.write(fmt::format("{}: nothing to complain of ({})\n", options.file,
                             counted(static_cast<std::size_t>(heard.trials - 1), "trial")));
  }
  output.close();
  return heard.found.empty() ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_plugins_check(CLI::App& plugins) {
  CLI::App* command = plugins.add_subcommand("check", "Try a plugin: does it keep its promises?");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plugin, a .so file")
      ->required()
      ->check(CLI::ExistingFile);
  command
      ->add_option("--sample", options->samples,
                   "A file for its readers; may be given several times")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  return {command, [options](const Session&) { return check(*options); }};
}

}  // namespace tabularium::tool
