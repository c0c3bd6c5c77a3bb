#include "tabularium/pipeline/worker_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>

#include "child_process_internal.h"
#include "message_internal.h"
#include "packing_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/worker.h"

namespace tabularium {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTries = 3;         // of a file whose worker somebody else kills
constexpr int kFailedStarts = 5;  // in a row, then something is wrong with the machine
constexpr std::size_t kReadBytes = std::size_t{1} << 18;
constexpr std::size_t kMaxAnswerBytes = std::size_t{512} << 20;  // of one file

Clock::time_point after(double seconds) {
  return Clock::now() +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

struct Task {
  PoolTask wanted;
  int tries = 0;
};

/// What a worker has answered to the task that it works at.
struct Answer {
  std::vector<std::string> records;
  std::vector<std::string> looks;
  std::size_t bytes = 0;
  std::optional<std::string> end;
};

/// An answer that is whole, or what became of a task without one.
struct Finished {
  std::int64_t id = 0;
  Answer answer;
  FileReading failure;  ///< counts where `answer` has no end
  std::int64_t milliseconds = 0;
  std::string said;
};

struct Worker {
  explicit Worker(const std::vector<std::string>& command, double seconds)
      : process(command), deadline(after(seconds)) {}

  bool idle() const { return ready && !task; }

  ChildProcess process;
  FrameReader frames;
  bool ready = false;  ///< it has said hello
  int files = 0;       ///< that it has read
  std::optional<Task> task;
  Answer answer;
  Clock::time_point began;
  Clock::time_point deadline;
};

FileReading failed(std::string_view reason, std::string message) {
  FileReading reading;
  reading.reason = reason;
  reading.message = std::move(message);
  return reading;
}

}  // namespace

struct WorkerPool::State {
  State(PoolSettings given, const Models& known) : settings(std::move(given)), models(known) {}

  void start_missing();
  void hand_out();
  void wait_for_answers(int wait_ms, const std::vector<int>& wake);
  void forgive_absence();
  void read_answers(Worker& worker);
  void take_frame(Worker& worker, Frame frame);
  void finish(Worker& worker, Finished finished);
  void worker_ended(Worker& worker);
  void end_late_ones();
  void retire(Worker& worker);
  int milliseconds_to_deadline(int wait_ms) const;
  FileReading reading_of(const Finished& finished) const;
  std::optional<FileReading> why_ended(const ChildEnd& end, Task& task) const;

  PoolSettings settings;
  const Models& models;
  std::optional<WorkerHello> hello;
  std::vector<std::string> notes;
  std::vector<std::unique_ptr<Worker>> workers;
  std::deque<Task> waiting;
  std::deque<Finished> finished;
  int failed_starts = 0;
  Clock::time_point looked = Clock::now();  ///< at the workers' answers
};

/// As many workers as there is work for, and one to begin with.
void WorkerPool::State::start_missing() {
  const auto busy = std::count_if(workers.begin(), workers.end(),
                                  [](const auto& worker) { return bool(worker->task); });
  const std::size_t wanted =
      std::max<std::size_t>(1, waiting.size() + static_cast<std::size_t>(busy));
  while (workers.size() < std::min(wanted, static_cast<std::size_t>(settings.jobs))) {
    try {
      workers.push_back(std::make_unique<Worker>(settings.command, settings.start_seconds));
    } catch (const Error&) {
      // The machine is short of something for the moment: those that run go on.
      if (workers.empty()) throw;
      return;
    }
  }
}

void WorkerPool::State::hand_out() {
  for (const auto& worker : workers) {
    if (waiting.empty()) return;
    if (!worker->idle()) continue;
    Task task = std::move(waiting.front());
    waiting.pop_front();
    worker->answer = {};
    worker->process.forget_said();
    worker->began = Clock::now();
    worker->deadline = after(settings.file_seconds);
    const ReadRequest request{task.wanted.path, task.wanted.password, task.wanted.look};
    worker->task = std::move(task);
    // A worker that has just died shows when its answers are read.
    write_frame(worker->process.requests(), {FrameKind::request, to_text(request)});
  }
}

void WorkerPool::State::take_frame(Worker& worker, Frame frame) {
  if (frame.kind == FrameKind::hello) {
    WorkerHello said = hello_from(frame.text);
    worker.ready = true;
    failed_starts = 0;
    if (!hello) {
      notes = said.open;
      for (const std::string& reason : said.refused) notes.push_back("plugin refused: " + reason);
      hello = std::move(said);
    } else if (hello->versions.fingerprint != said.versions.fingerprint) {
      throw Error(Error::Code::plugin_failed,
                  "plugins, layouts or models changed while the import ran: start it again");
    }
    return;
  }
  if (!worker.task) throw Error(Error::Code::damaged_input, "an answer that nobody asked for");
  worker.answer.bytes += frame.text.size();
  if (worker.answer.bytes > kMaxAnswerBytes) {
    throw Error(Error::Code::damaged_input, "an answer that does not end");
  }
  if (frame.kind == FrameKind::pages) {
    const double pages = std::strtod(frame.text.c_str(), nullptr);
    worker.deadline += std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(settings.page_seconds * pages));
  }
  if (frame.kind == FrameKind::record) worker.answer.records.push_back(std::move(frame.text));
  if (frame.kind == FrameKind::look) worker.answer.looks.push_back(std::move(frame.text));
  if (frame.kind != FrameKind::end) return;
  worker.answer.end = std::move(frame.text);
  finish(worker, {worker.task->wanted.id, std::move(worker.answer), {}, 0, ""});
}

/// Ends the worker's task; the worker itself stays.
void WorkerPool::State::finish(Worker& worker, Finished done) {
  const auto took = Clock::now() - worker.began;
  done.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  finished.push_back(std::move(done));
  worker.task.reset();
  worker.answer = {};
  if (++worker.files >= settings.files_per_worker) retire(worker);
}

/// A worker that has read its share ends by itself when nobody asks any more.
void WorkerPool::State::retire(Worker& worker) {
  worker.ready = false;
  worker.deadline = after(settings.start_seconds);
  worker.process.close_requests();
}

void WorkerPool::State::read_answers(Worker& worker) {
  static thread_local std::array<char, kReadBytes> bytes;
  const ssize_t got = ::read(worker.process.answers(), bytes.data(), bytes.size());
  if (got < 0 && errno == EINTR) return;
  if (got <= 0) {
    worker_ended(worker);
    return;
  }
  try {
    worker.frames.add({bytes.data(), static_cast<std::size_t>(got)});
    while (auto frame = worker.frames.next()) take_frame(worker, std::move(*frame));
  } catch (const Error& error) {
    if (error.code() != Error::Code::damaged_input || !worker.task) throw;
    Finished done{worker.task->wanted.id, {}, {}, 0, worker.process.said()};
    done.failure = failed("plugin_failed", fmt::format("{}: its worker answered {}",
                                                       worker.task->wanted.path, error.what()));
    finish(worker, std::move(done));
    worker.process.kill();
    worker_ended(worker);
  }
}

/// Why a task is over, now that its worker has gone; nothing: it is to be tried again.
std::optional<FileReading> WorkerPool::State::why_ended(const ChildEnd& end, Task& task) const {
  const std::string& path = task.wanted.path;
  const bool full = settings.memory_bytes > 0 && end.peak_bytes > settings.memory_bytes / 10 * 8;
  if (end.status == kWorkerOutOfMemory || (full && end.signal != SIGKILL)) {
    return failed("memory", fmt::format("{}: reading it takes more than the {} MiB of memory that "
                                        "a worker may have (--memory)",
                                        path, settings.memory_bytes >> 20));
  }
  if (end.signal == SIGKILL) {
    if (++task.tries < kTries) return std::nullopt;
    return failed("killed", fmt::format("{}: its worker was killed from outside {} times; perhaps "
                                        "the machine is short of memory",
                                        path, kTries));
  }
  const std::string how = end.signal != 0
                              ? fmt::format("signal {} ({})", end.signal, ::strsignal(end.signal))
                              : fmt::format("exit status {}", end.status);
  return failed("crashed", fmt::format("{}: its worker ended with {}", path, how));
}

/// The answers of the worker are over: it has ended or is about to.
void WorkerPool::State::worker_ended(Worker& worker) {
  const bool retired = worker.files >= settings.files_per_worker;
  const ChildEnd end = worker.process.wait();
  if (worker.task) {
    Task task = std::move(*worker.task);
    if (auto reason = why_ended(end, task)) {
      worker.task.reset();
      Finished done{task.wanted.id, {}, std::move(*reason), 0, worker.process.said()};
      finish(worker, std::move(done));
    } else {
      waiting.push_front(std::move(task));
    }
  } else if (!worker.ready && !retired && ++failed_starts >= kFailedStarts) {
    throw Error(Error::Code::plugin_failed,
                fmt::format("workers end before they read a file: {}", worker.process.said()));
  }
  const auto same = [&](const auto& other) { return other.get() == &worker; };
  workers.erase(std::find_if(workers.begin(), workers.end(), same));
}

void WorkerPool::State::end_late_ones() {
  const auto now = Clock::now();
  std::vector<Worker*> late;
  for (const auto& worker : workers) {
    if (!worker->idle() && worker->deadline <= now) late.push_back(worker.get());
  }
  for (Worker* worker : late) {
    worker->process.kill();
    if (worker->task) {
      const auto took =
          std::chrono::duration_cast<std::chrono::seconds>(worker->deadline - worker->began);
      Finished done{worker->task->wanted.id, {}, {}, 0, worker->process.said()};
      done.failure = failed("timeout", fmt::format("{}: not read within {} seconds (--timeout)",
                                                   worker->task->wanted.path, took.count()));
      finish(*worker, std::move(done));
      worker->files = settings.files_per_worker;  // it ends because it is told to
    }
    worker_ended(*worker);
  }
}

int WorkerPool::State::milliseconds_to_deadline(int wait_ms) const {
  const auto now = Clock::now();
  std::int64_t least = wait_ms;
  for (const auto& worker : workers) {
    if (worker->idle()) continue;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(worker->deadline - now);
    least = std::min<std::int64_t>(least, std::max<std::int64_t>(left.count() + 1, 0));
  }
  return static_cast<int>(least);
}

/// While nobody took its answers, because a database was away, a worker could not go on.
void WorkerPool::State::forgive_absence() {
  const auto absent = Clock::now() - looked;
  if (absent < std::chrono::seconds(1)) return;
  for (const auto& worker : workers) worker->deadline += absent;
}

void WorkerPool::State::wait_for_answers(int wait_ms, const std::vector<int>& wake) {
  std::vector<pollfd> watched;
  for (const auto& worker : workers) watched.push_back({worker->process.answers(), POLLIN, 0});
  for (const int descriptor : wake) watched.push_back({descriptor, POLLIN, 0});
  forgive_absence();
  const int ready = ::poll(watched.data(), watched.size(), milliseconds_to_deadline(wait_ms));
  looked = Clock::now();
  if (ready <= 0) return;
  std::vector<Worker*> readable;
  for (std::size_t i = 0; i < workers.size(); ++i) {
    if (watched[i].revents != 0) readable.push_back(workers[i].get());
  }
  for (Worker* worker : readable) read_answers(*worker);
}

/// The records are read here, not before: their worker has its next file meanwhile.
FileReading WorkerPool::State::reading_of(const Finished& done) const {
  if (!done.answer.end) return done.failure;
  FileReading reading = reading_from(*done.answer.end);
  for (const std::string& bytes : done.answer.records) {
    Record record = unpacked(bytes);
    if (models.find(record.record) == nullptr) {
      throw Error(Error::Code::damaged_input, "a record of a type that no model describes");
    }
    reading.records.push_back(std::move(record));
  }
  return reading;
}

WorkerPool::WorkerPool(PoolSettings settings, const Models& models)
    : state_(std::make_unique<State>(std::move(settings), models)) {
  std::signal(SIGPIPE, SIG_IGN);
  remove_left_folders();
  while (!state_->hello) {
    state_->start_missing();
    state_->wait_for_answers(1000, {});
    state_->end_late_ones();
  }
}

WorkerPool::~WorkerPool() = default;

const Versions& WorkerPool::versions() const { return state_->hello->versions; }
const std::vector<std::string>& WorkerPool::notes() const { return state_->notes; }

int WorkerPool::jobs() const { return state_->settings.jobs; }

bool WorkerPool::has_room() const { return in_hand() < 2 * state_->settings.jobs; }

void WorkerPool::submit(PoolTask task) {
  state_->waiting.push_back({std::move(task), 0});
  state_->hand_out();
}

int WorkerPool::running() const {
  const auto& workers = state_->workers;
  return static_cast<int>(std::count_if(workers.begin(), workers.end(),
                                        [](const auto& worker) { return bool(worker->task); }));
}

int WorkerPool::in_hand() const {
  return static_cast<int>(state_->waiting.size() + state_->finished.size()) + running();
}

std::vector<PoolTask> WorkerPool::take_back() {
  std::vector<PoolTask> tasks;
  for (Task& task : state_->waiting) tasks.push_back(std::move(task.wanted));
  state_->waiting.clear();
  return tasks;
}

std::optional<PoolResult> WorkerPool::next(int wait_ms, const std::vector<int>& wake) {
  State& state = *state_;
  if (state.finished.empty()) {
    state.start_missing();
    state.hand_out();
    state.wait_for_answers(wait_ms, wake);
    state.end_late_ones();
    state.start_missing();
    state.hand_out();
  }
  if (state.finished.empty()) return std::nullopt;
  Finished done = std::move(state.finished.front());
  state.finished.pop_front();
  PoolResult result{done.id, {}, std::move(done.said), {}};
  try {
    result.reading = state.reading_of(done);
    for (const std::string& look : done.answer.looks) result.looks.push_back(look_from(look));
  } catch (const Error& error) {
    result.reading = failed("plugin_failed", fmt::format("its worker's answer: {}", error.what()));
    result.looks.clear();
  }
  result.reading.milliseconds = done.milliseconds;
  return result;
}

}  // namespace tabularium
