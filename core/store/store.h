#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"
#include "tabularium/store/ledger.h"
#include "tabularium/store/overview.h"

namespace tabularium {

/// A record as it is stored.
struct StoredRecord {
  std::int64_t id = 0;  ///< `files.id` times 100,000 plus the ordinal
  std::string file;     ///< the path, as the ledger writes it
  int ordinal = 1;      ///< among the records of its file, from 1
  Record record;        ///< of `issues` first what reading found, then what checks found
};

/// What a person put in the place of a value that was read.
struct Correction {
  std::int64_t id = 0;
  std::string file;     ///< the path, as the ledger writes it
  std::string sha256;   ///< of the bytes that the corrected value was read from
  int ordinal = 1;      ///< of the record in its file
  std::string pointer;  ///< JSON Pointer of the value
  std::string before;   ///< the value as JSON; so is `after`
  std::string after;
  std::string by;
  std::string at;   ///< UTC, ISO 8601: "2025-01-31T08:15:00Z"
  std::string why;  ///< may be empty
};

/// What a person asks for: see `Store::correct`.
struct CorrectionRequest {
  std::int64_t record = 0;  ///< `StoredRecord::id`
  std::string pointer;      ///< "/year", "/title", "/fields/x", "/tables/t/3/x"
  std::string value;        ///< as a form would print it; empty: the form leaves it empty
  std::string by;           ///< not empty
  std::string why;
  std::string at;  ///< see `Correction::at`
};

/// What came of a correction.
struct Corrected {
  std::string before;  ///< JSON
  std::string after;
  std::vector<Issue> issues;  ///< what the checks find in the corrected record
  FileState state = FileState::done;
};

/// Which files and records are wanted. Values of one member: any of them; empty: all. A file is
/// wanted where its state is and, where a member looks at records, one of its records is.
struct StoreFilter {
  std::vector<FileState> states;
  std::vector<int> years;
  std::vector<std::string> layouts;
  std::vector<std::string> units;  ///< the field that the model calls `unit`; folded to compare

  bool looks_at_records() const { return !years.empty() || !layouts.empty() || !units.empty(); }
};

/// A file with all that belongs to it.
struct StoredFile {
  FileRow row;
  std::string original;                 ///< path that `row.duplicate_of` means; else empty
  std::vector<StoredRecord> records;    ///< the wanted ones, by ordinal
  std::vector<Issue> issues;            ///< of the file itself
  std::vector<Correction> corrections;  ///< of the wanted records, oldest first
};

enum class StoreMode : std::uint8_t {
  create,    ///< made where it does not exist
  existing,  ///< refused where it does not exist
};

/// The ledger of files and the records that were read from them: docs/schema.md. SQLite and
/// PostgreSQL hold the same tables and rows.
///
/// One object per thread and process; several processes may work at one database. All members throw
/// `Error::Code::store_failed` where the database refuses, and `store_unavailable` where it cannot
/// be reached or is locked: what was going on is undone then, and a store that is opened anew goes
/// on. Each member that changes something is one transaction.
class TABULARIUM_API Store {
 public:
  /// Opens `address`: "postgresql://user@host/database" (or "postgres://"), else a file of SQLite.
  /// A database of an older schema is brought forward, tables of records follow `models`, which
  /// must outlive the store: a field that is new gets its column. Throws `store_failed` where it is
  /// no database of ours or one of a newer program, `bad_model` where two models want one column
  /// with two types.
  static std::unique_ptr<Store> open(const std::string& address, const Models& models,
                                     StoreMode mode);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // The ledger.

  /// Brings files in, all in one transaction: what is new or changed (other bytes, or another
  /// version) is `pending` afterwards, or a `duplicate`, or `failed` where it could not be read.
  /// What is known with these bytes and versions stays untouched, failed files too where not
  /// `Retry::failed`. Nothing to change: nothing is written.
  ///
  /// Of equal bytes the original is the file that the ledger had before, else the one whose path is
  /// the smallest (bytewise). Records of a file whose bytes changed pass to a duplicate, if any.
  Enqueued enqueue(const std::vector<FoundFile>& found, const Versions& versions,
                   Retry retry = Retry::none);
  /// What `enqueue` would do with each, in the order of `found`. Changes nothing.
  std::vector<LedgerChange> plan(const std::vector<FoundFile>& found, const Versions& versions,
                                 Retry retry = Retry::none);

  /// Takes up to `count` files that wait to be read with these versions, by id (the order of paths
  /// in one `enqueue`); also those whose lease has ended, unless it was the third: these are
  /// `failed` then, reason "attempts". Empty: nothing waits (others may still hold leases).
  std::vector<ClaimedFile> claim(int count, const Seat& seat, const Versions& versions);
  /// Begins the leases of the seat anew; gives how many it still holds.
  int heartbeat(const Seat& seat);
  /// Gives back what the seat holds, as if it had never been claimed (no attempt is counted).
  void release(const Seat& seat);
  /// The seats that hold leases, by name.
  std::vector<SeatRow> seats();

  /// Stores what came of a claimed file in the place of what was known of it. A reading with a
  /// `reason` is `failed`; else the file is `review` or `done` (see
  /// `kReviewConfidence`). Values that a person corrected are put in again, and the checks of the
  /// model applied anew, where a correction fits the bytes or the path, the ordinal and the
  /// pointer. Gives the state of the file now; nothing, and nothing changed, where the claim is no
  /// longer the seat's.
  std::optional<FileState> put(const ClaimedFile& claimed, const FileReading& reading);
  /// The same for many, all in one transaction, which costs far less; gives their states in the
  /// order of `all`.
  std::vector<std::optional<FileState>> put_all(const std::vector<ClaimedReading>& all);

  std::map<FileState, std::int64_t> counts();  ///< of all states, also those without files
  std::optional<FileRow> find_path(const std::string& path);

  // Records.

  /// Every wanted file in the order of paths, with what belongs to it. Memory does not grow with
  /// the number of files. All of it is of one moment; the store must not be changed meanwhile.
  void each_file(const StoreFilter& filter, const std::function<void(const StoredFile&)>& visit);
  /// The records of a path, by ordinal; empty where there are none.
  std::vector<StoredRecord> records_of(const std::string& path);
  std::optional<StoredRecord> find_record(std::int64_t id);
  /// What people corrected in the records of a path, oldest first.
  std::vector<Correction> corrections_of(const std::string& path);

  /// Checks every record anew, in the order of path and ordinal, in one transaction; `visit` gets
  /// the record and what the checks find now.
  void check_anew(const std::function<void(const StoredRecord&, const std::vector<Issue>&)>& visit);

  /// Puts a person's value in the place of what was read, keeps who, when, before and after, and
  /// checks the record anew. Throws `bad_usage` where there is no such record or pointer, or the
  /// value is none of its type.
  Corrected correct(const CorrectionRequest& request);

  /// What `status` shows; `slowest`: how many of the slowest files.
  Overview overview(int slowest);
  /// What `report` shows besides.
  Distributions distributions();

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tabularium
