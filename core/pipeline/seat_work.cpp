#include "tabularium/pipeline/seat_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tabularium {
namespace {

constexpr int kTickMs = 500;
constexpr int kLookAgainMs = 1000;  // at what other seats hold
constexpr std::chrono::seconds kLastWords(10);
// When readings are stored: after so many files, or records, or so long after the first of them.
// Workers that end meanwhile wait, so that larger transactions cost more than they save.
constexpr std::size_t kStoreFiles = 8;
constexpr std::size_t kStoreRecords = 256;
constexpr int kStoreMs = 250;

using std::chrono::milliseconds;

}  // namespace

SeatWork::SeatWork(LastingStore& store, WorkerPool& pool, Seat seat, SeatEvents events)
    : store_(store), pool_(pool), seat_(std::move(seat)), events_(std::move(events)) {}

SeatEnd SeatWork::run(const std::optional<std::string>& password) {
  try {
    const SeatEnd end = work(password);
    heartbeat_.reset();
    return end;
  } catch (...) {
    heartbeat_.reset();
    try {
      give_back();
    } catch (const Error&) {
      // Its leases end by themselves, and the first error is the one to tell.
    }
    throw;
  }
}

SeatEnd SeatWork::work(const std::optional<std::string>& password) {
  others_hold_files();  // those of dead seats are free then
  while (!stopped()) {
    top_up(password);
    if (pool_.in_hand() > 0) {
      take_one(kTickMs);
    } else if (others_hold_files()) {
      if (events_.tick) events_.tick();
      take_one(kLookAgainMs);
    } else if (!claim_more()) {  // what the last of them may have given back
      const auto counts = store_.call([](Store& store) { return store.counts(); });
      const auto left = counts.find(FileState::pending);
      const bool none = left == counts.end() || left->second == 0;
      return none ? SeatEnd::nothing_left : SeatEnd::other_versions;
    }
  }
  wind_up();
  return SeatEnd::stopped;
}

/// Gives the pool as much as it has room for.
void SeatWork::top_up(const std::optional<std::string>& password) {
  // With files in hand an empty ledger is not asked again: it has nothing, or too little to matter.
  if (queue_.empty() && pool_.has_room() && !(drained_ && pool_.in_hand() > 0)) claim_more();
  while (!queue_.empty() && pool_.has_room()) {
    begun_.push_back(std::move(queue_.back()));
    queue_.pop_back();
    pool_.submit({begun_.back().id, begun_.back().path, password});
  }
}

bool SeatWork::claim_more() {
  // As few as keep the workers busy for a moment: what one seat holds at the end the others cannot
  // help with.
  const int count = std::max(2 * pool_.jobs(), last_stored_);
  queue_ = store_.call([&](Store& store) { return store.claim(count, seat_, pool_.versions()); });
  std::reverse(queue_.begin(), queue_.end());
  drained_ = queue_.empty();
  if (!drained_ && !heartbeat_) heartbeat_.emplace(store_.address(), store_.models(), seat_);
  return !drained_;
}

bool SeatWork::take_one(int wait_ms) {
  const bool waits = !read_.empty();
  auto result = pool_.next(waits ? std::min(wait_ms, kStoreMs) : wait_ms, events_.wake);
  if (events_.tick) events_.tick();
  if (result) take_in(std::move(*result));
  const bool many = read_.size() >= kStoreFiles || read_records_ >= kStoreRecords;
  const bool late = std::chrono::steady_clock::now() - first_read_ > milliseconds(kStoreMs);
  if (!read_.empty() && (many || late || pool_.in_hand() == 0)) store_results();
  return result.has_value();
}

/// Keeps a reading until there are some, or some time has gone: a transaction for many costs little
/// more than a transaction for one.
void SeatWork::take_in(PoolResult result) {
  const auto same = [&](const ClaimedFile& file) { return file.id == result.id; };
  const auto found = std::find_if(begun_.begin(), begun_.end(), same);
  if (read_.empty()) first_read_ = std::chrono::steady_clock::now();
  read_records_ += result.reading.records.size();
  read_.push_back({std::move(*found), std::move(result.reading)});
  said_.push_back(std::move(result.said));
  begun_.erase(found);
}

void SeatWork::store_results() {
  const int losses = store_.losses();
  const auto states = store_.call([&](Store& store) { return store.put_all(read_); });
  const bool answer_lost = store_.losses() > losses;
  const auto read = std::exchange(read_, {});
  last_stored_ = static_cast<int>(read.size());
  const auto said = std::exchange(said_, {});
  read_records_ = 0;
  for (std::size_t i = 0; i < read.size(); ++i) tell(read[i], said[i], states[i], answer_lost);
}

/// Tells what became of a file.
void SeatWork::tell(const ClaimedReading& read, const std::string& said,
                    std::optional<FileState> state, bool answer_lost) {
  const FileReading& reading = read.reading;
  FileRow row;
  if (state && *state != FileState::failed) {
    row.path = read.file.path;
    row.state = *state;
    row.pages = reading.pages;
    row.unread_pages = reading.unread_pages;
    row.records = static_cast<int>(reading.records.size());
  } else {
    const auto stored = store_.call([&](Store& store) { return store.find_path(read.file.path); });
    // Not stored, and yet in its end state: our own commit, of which the answer was lost.
    const bool own = state || answer_lost;
    const bool settled =
        stored && stored->state != FileState::pending && stored->state != FileState::claimed;
    if (!own || !settled) {
      if (events_.note) {
        events_.note(fmt::format("{}: read too late: its lease had ended", read.file.path));
      }
      return;
    }
    row = *stored;
  }
  if (events_.done) {
    events_.done({std::move(row), reading.issues, reading.milliseconds, said});
  }
}

/// Whether other seats hold files. Those of this machine that have died are relieved of theirs, and
/// so are we of what we do not know to be ours.
bool SeatWork::others_hold_files() {
  auto seats = store_.call([](Store& store) { return store.seats(); });
  const auto own = std::erase_if(seats, [&](const SeatRow& row) { return row.name == seat_.name; });
  if (own > 0 && queue_.empty() && begun_.empty() && read_.empty()) {
    // Claimed by us, and the answer was lost with the connection: nobody reads these.
    store_.call([&](Store& store) { store.release(seat_); });
    drained_ = false;
  }
  const std::vector<std::string> dead = dead_seats(seats);
  for (const std::string& name : dead) {
    store_.call([&](Store& store) { store.release({name, 0}); });
    if (events_.note) events_.note(fmt::format("seat {} has died; its files are free again", name));
  }
  if (!dead.empty()) drained_ = false;
  return seats.size() > dead.size() || (own > 0 && !drained_);
}

/// What has been begun may end, within bounds; the rest is for the next run.
void SeatWork::wind_up() {
  pool_.take_back();
  const auto until = std::chrono::steady_clock::now() + kLastWords;
  // The descriptors of `wake` stay readable: waiting for them would not wait at all.
  events_.wake.clear();
  while (pool_.in_hand() > 0 && std::chrono::steady_clock::now() < until) take_one(kTickMs);
  if (!read_.empty()) store_results();
  give_back();
}

void SeatWork::give_back() {
  store_.call([&](Store& store) { store.release(seat_); });
  queue_.clear();
  begun_.clear();
}

}  // namespace tabularium
