#include "tabularium/pipeline/seat.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <thread>

#include "process_space_internal.h"

namespace tabularium {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string label() {
  const std::string task = environment("SLURM_ARRAY_TASK_ID");
  if (!task.empty()) {
    const std::string job = environment("SLURM_ARRAY_JOB_ID");
    return job.empty() ? "slurm-" + task : fmt::format("slurm-{}_{}", job, task);
  }
  const std::string index = environment("JOB_COMPLETION_INDEX");
  return index.empty() ? "import" : "index-" + index;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

/// When the process started, in ticks since the machine did; empty where there is none.
std::string start_of(const std::string& process) {
  std::ifstream in("/proc/" + process + "/stat");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t after_name = text.rfind(')');  // the name itself may hold anything
  if (after_name == std::string::npos) return "";
  std::istringstream fields(text.substr(after_name + 1));
  constexpr int start_field = 20;  // proc(5): field 22, of which two stand before
  std::string field;
  std::string state;
  for (int i = 1; i <= start_field && fields >> field; ++i) {
    if (i == 1) state = field;
  }
  // One that has ended and waits for its parent to notice is as good as gone.
  return state == "Z" || state == "X" ? "" : field;
}

std::string place() { return host_name() + ":" + process_space() + ":"; }

}  // namespace

std::string process_space() {
  std::error_code failure;
  // "pid:[4026531836]"
  const std::string link = std::filesystem::read_symlink("/proc/self/ns/pid", failure).string();
  std::string digits;
  for (const char c : link) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits.empty() ? "0" : digits;
}

Seat own_seat(int lease_seconds) {
  const std::string process = std::to_string(::getpid());
  return {fmt::format("{}@{}{}:{}", label(), place(), process, start_of(process)), lease_seconds};
}

std::vector<std::string> dead_seats(const std::vector<SeatRow>& seats) {
  const std::string here = "@" + place();
  std::vector<std::string> dead;
  for (const SeatRow& seat : seats) {
    const std::size_t at = seat.name.rfind(here);
    if (at == std::string::npos) continue;
    const std::string rest = seat.name.substr(at + here.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string::npos) continue;
    if (start_of(rest.substr(0, colon)) != rest.substr(colon + 1)) dead.push_back(seat.name);
  }
  return dead;
}

struct Heartbeat::State {
  std::string address;
  const Models& models;
  Seat seat;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::jthread thread;

  void beat(const std::stop_token& stopped);
};

void Heartbeat::State::beat(const std::stop_token& stopped) {
  std::unique_ptr<Store> store;
  const std::chrono::milliseconds pause(1000 * seat.lease_seconds / 3);
  std::unique_lock lock(mutex);
  while (!changed.wait_for(lock, stopped, pause, [&] { return stopped.stop_requested(); })) {
    if (stopped.stop_requested()) return;
    try {
      if (!store) store = Store::open(address, models, StoreMode::existing);
      store->heartbeat(seat);
    } catch (const Error&) {
      // The seat's own calls meet the same database and say what is wrong with it.
      store.reset();
    }
  }
}

Heartbeat::Heartbeat(std::string address, const Models& models, Seat seat)
    : state_(new State{std::move(address), models, std::move(seat), {}, {}, {}}) {
  state_->thread = std::jthread(
      [state = state_.get()](const std::stop_token& stopped) { state->beat(stopped); });
}

Heartbeat::~Heartbeat() = default;

}  // namespace tabularium
