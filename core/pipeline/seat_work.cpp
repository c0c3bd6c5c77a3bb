#include "tabularium/pipeline/seat_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace tabularium {
namespace {

constexpr int kTickMs = 500;
constexpr int kLookAgainMs = 1000;  // at what other seats hold
constexpr std::chrono::seconds kLastWords(10);

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
  // As few as keep the workers busy: what one seat holds at the end the others cannot help with.
  const int count = 2 * pool_.jobs();
  queue_ = store_.call([&](Store& store) { return store.claim(count, seat_, pool_.versions()); });
  std::reverse(queue_.begin(), queue_.end());
  drained_ = queue_.empty();
  if (!drained_ && !heartbeat_) heartbeat_.emplace(store_.address(), store_.models(), seat_);
  return !drained_;
}

bool SeatWork::take_one(int wait_ms) {
  auto result = pool_.next(wait_ms, events_.wake);
  if (events_.tick) events_.tick();
  if (!result) return false;
  store_result(std::move(*result));
  return true;
}

void SeatWork::store_result(PoolResult result) {
  const auto same = [&](const ClaimedFile& file) { return file.id == result.id; };
  const auto found = std::find_if(begun_.begin(), begun_.end(), same);
  const ClaimedFile claimed = std::move(*found);
  begun_.erase(found);
  const int losses = store_.losses();
  const auto state = store_.call([&](Store& store) { return store.put(claimed, result.reading); });
  FileReading& reading = result.reading;
  FileRow row;
  if (state && *state != FileState::failed) {
    row.path = claimed.path;
    row.state = *state;
    row.pages = reading.pages;
    row.unread_pages = reading.unread_pages;
    row.records = static_cast<int>(reading.records.size());
  } else {
    const auto stored = store_.call([&](Store& store) { return store.find_path(claimed.path); });
    // Not stored, and yet in its end state: our own commit, of which the answer was lost.
    const bool own = state || store_.losses() > losses;
    const bool settled =
        stored && stored->state != FileState::pending && stored->state != FileState::claimed;
    if (!own || !settled) {
      if (events_.note) {
        events_.note(fmt::format("{}: read too late: its lease had ended", claimed.path));
      }
      return;
    }
    row = *stored;
  }
  if (events_.done) {
    events_.done({std::move(row), std::move(reading.issues), reading.milliseconds, result.said});
  }
}

/// Whether other seats hold files. Those of this machine that have died are relieved of theirs, and
/// so are we of what we do not know to be ours.
bool SeatWork::others_hold_files() {
  auto seats = store_.call([](Store& store) { return store.seats(); });
  const auto own = std::erase_if(seats, [&](const SeatRow& row) { return row.name == seat_.name; });
  if (own > 0 && queue_.empty() && begun_.empty()) {
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
  give_back();
}

void SeatWork::give_back() {
  store_.call([&](Store& store) { store.release(seat_); });
  queue_.clear();
  begun_.clear();
}

}  // namespace tabularium
