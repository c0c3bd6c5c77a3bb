#include "stop_signal.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace tabularium::tool {
namespace {

// What a signal handler may touch stands outside all objects.
std::atomic<bool> signal_heard = false;
std::array<int, 2> signal_pipe{-1, -1};

extern "C" void hear(int) {
  const int before = errno;
  signal_heard = true;
  const char any = 0;
  // A full pipe can be read already.
  if (::write(signal_pipe[1], &any, 1) < 0) errno = before;
  errno = before;
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = handler == &hear ? SA_RESETHAND : 0;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

StopSignal::StopSignal() {
  signal_heard = false;
  if (::pipe2(signal_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) signal_pipe = {-1, -1};
  set_handler(SIGINT, &hear);
  set_handler(SIGTERM, &hear);
}

StopSignal::~StopSignal() {
  set_handler(SIGINT, SIG_DFL);
  set_handler(SIGTERM, SIG_DFL);
  ::close(signal_pipe[0]);
  ::close(signal_pipe[1]);
}

bool StopSignal::heard() const { return signal_heard; }
int StopSignal::descriptor() const { return signal_pipe[0]; }

}  // namespace tabularium::tool
