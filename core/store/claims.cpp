#include <fmt/format.h>

#include "store_internal.h"

namespace tabularium {
namespace {

/// A file is given out this often; then it is taken for what ends its readers.
constexpr std::int64_t kAttempts = 3;

struct Candidate {
  ClaimedFile file;
  std::int64_t attempts = 0;  ///< so far
};

/// Files that wait for a reader; in PostgreSQL locked, and those passed over that another seat is
/// looking at. `work` is asked for each file by itself: a join would walk over all that is done.
std::vector<Candidate> candidates(Connection& connection, std::int64_t version, int count) {
  const Dialect& dialect = connection.dialect();
  const auto of_work = [](const char* column) {
    return fmt::format("(SELECT w.{} FROM work w WHERE w.file_id = f.id)", column);
  };
  std::vector<Candidate> all;
  connection.each(
      fmt::format(
          "SELECT f.id, f.path, f.sha256, f.size, {} FROM files f WHERE f.state IN "
          "('pending', 'claimed') AND {} = $1 AND (f.state = 'pending' OR {} < {}) ORDER BY "
          "f.id LIMIT $2{}",
          of_work("attempts"), of_work("version_id"), of_work("lease_end_ms"), dialect.now_ms,
          dialect.lock_file_or_skip),
      {version, std::int64_t{count}}, [&](const SqlRow& row) {
        all.push_back(
            {{row.integer(0), row.text(1), row.text(2), row.integer(3), 0, ""}, row.integer(4)});
      });
  return all;
}

void give_up(Connection& connection, const Candidate& candidate) {
  clear_file(connection, candidate.file.id);
  connection.run(
      "UPDATE files SET state = 'failed', reason = 'attempts', message = $2 WHERE id = $1",
      {candidate.file.id, fmt::format("{}: {} readers ended while they read it, without an answer",
                                      candidate.file.path, candidate.attempts)});
  connection.run("UPDATE work SET seat = NULL, lease_end_ms = NULL WHERE file_id = $1",
                 {candidate.file.id});
}

/// False where another seat was faster: it had the row before this one's lock.
bool take(Connection& connection, Candidate& candidate, const Seat& seat) {
  candidate.file.attempt = static_cast<int>(candidate.attempts + 1);
  candidate.file.seat = seat.name;
  const std::int64_t taken = connection.run(
      fmt::format("UPDATE work SET seat = $2, attempts = attempts + 1, lease_end_ms "
                  "= {} + $3 WHERE file_id = $1 AND attempts = $4",
                  connection.dialect().now_ms),
      {candidate.file.id, seat.name, std::int64_t{seat.lease_seconds} * 1000, candidate.attempts});
  if (taken == 0) return false;
  connection.run("UPDATE files SET state = 'claimed' WHERE id = $1", {candidate.file.id});
  return true;
}

}  // namespace

std::vector<ClaimedFile> Store::claim(int count, const Seat& seat, const Versions& versions) {
  Connection& connection = *impl_->connection;
  std::vector<ClaimedFile> claimed;
  Transaction transaction(connection, Access::write);
  const auto version = find_version(connection, versions);
  if (!version) return claimed;
  while (static_cast<int>(claimed.size()) < count) {
    auto found = candidates(connection, *version, count - static_cast<int>(claimed.size()));
    if (found.empty()) break;
    for (Candidate& candidate : found) {
      if (candidate.attempts >= kAttempts) {
        give_up(connection, candidate);
      } else if (take(connection, candidate, seat)) {
        claimed.push_back(std::move(candidate.file));
      }
    }
  }
  transaction.commit();
  return claimed;
}

int Store::heartbeat(const Seat& seat) {
  Connection& connection = *impl_->connection;
  Transaction transaction(connection, Access::write);
  const std::int64_t held =
      connection.run(fmt::format("UPDATE work SET lease_end_ms = {} + $2 WHERE seat = $1",
                                 connection.dialect().now_ms),
                     {seat.name, std::int64_t{seat.lease_seconds} * 1000});
  transaction.commit();
  return static_cast<int>(held);
}

void Store::release(const Seat& seat) {
  Connection& connection = *impl_->connection;
  Transaction transaction(connection, Access::write);
  connection.run(
      "UPDATE files SET state = 'pending' WHERE state = 'claimed' AND id IN (SELECT file_id FROM "
      "work WHERE seat = $1)",
      {seat.name});
  connection.run(
      "UPDATE work SET seat = NULL, lease_end_ms = NULL, attempts = attempts - 1 WHERE seat = $1",
      {seat.name});
  transaction.commit();
}

std::vector<SeatRow> Store::seats() {
  std::vector<SeatRow> seats;
  impl_->connection->each(
      fmt::format("SELECT w.seat, count(*), min(w.lease_end_ms) - {} FROM work w JOIN files f ON "
                  "f.id = w.file_id WHERE f.state = 'claimed' GROUP BY w.seat ORDER BY w.seat",
                  impl_->connection->dialect().now_ms),
      {}, [&](const SqlRow& row) {
        seats.push_back({row.text(0), static_cast<int>(row.integer(1)), row.integer(2)});
      });
  return seats;
}

}  // namespace tabularium
