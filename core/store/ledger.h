#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/issue.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// How a file stands. docs/schema.md tells what a person sees of it.
enum class FileState : std::uint8_t {
  pending,    ///< waits to be read; records of an earlier reading stay until then
  claimed,    ///< a seat reads it at present
  done,       ///< its records are stored
  review,     ///< its records are stored, and a person should look: `kReviewConfidence`
  failed,     ///< `reason` says why
  duplicate,  ///< another file has the same bytes and the records: `duplicate_of`
};

inline constexpr FileState kFileStates[] = {FileState::pending, FileState::claimed,
                                            FileState::done,    FileState::review,
                                            FileState::failed,  FileState::duplicate};

/// "pending", "claimed", ...
TABULARIUM_API std::string_view to_string(FileState state) noexcept;

/// A row of the table `files`.
struct FileRow {
  std::int64_t id = 0;    ///< given by the store; 0 before
  std::string path;       ///< unique in the store; see `ledger_path`
  std::string sha256;     ///< empty where the bytes could not be read
  std::int64_t size = 0;  ///< bytes
  FileState state = FileState::pending;
  std::string reason;   ///< of a failed file: "encrypted", "no_form", ...; else empty
  std::string message;  ///< for a person; empty where there is nothing to say
  int pages = 0;
  int unread_pages = 0;
  int records = 0;
  std::int64_t duplicate_of = 0;  ///< id of the file that holds the records; 0: none
  std::string versions;           ///< `Versions::fingerprint` of what it was or is to be read with

  bool operator==(const FileRow&) const = default;
};

/// What records were made with: the same file read with the same versions gives the same records.
struct Versions {
  std::string fingerprint;  ///< SHA-256 over all of it
  std::string program;      ///< "0.1.0"
  std::string plugins;      ///< "pdf_text 0.1.0", one per line, sorted
  std::string layouts;      ///< the same, with the beginning of the SHA-256 of a `layout.toml`
  std::string models;       ///< one file of the models' folder per line
};

/// `path`, any bytes, as the text that stands in `files.path`: UTF-8, where a byte that is none, a
/// control character and a backslash are written `\xHH`. Two paths never give one text.
TABULARIUM_API std::string ledger_path(std::string_view path);
/// The bytes again. Text that `ledger_path` never gives comes back as it is.
TABULARIUM_API std::string path_of_ledger(std::string_view text);

/// A file that an import came upon.
struct FoundFile {
  std::string path;    ///< as `ledger_path` gives it
  std::string sha256;  ///< empty where it could not be read
  std::int64_t size = 0;
  std::string reason;   ///< why it cannot be read ("not_found", ...): it goes straight to `failed`
  std::string message;  ///< the same for a person
};

/// What `Store::enqueue` does with a file.
enum class LedgerChange : std::uint8_t {
  added,      ///< new, waits
  changed,    ///< known; its bytes or the versions are others, or it is tried again; waits
  unchanged,  ///< read before, from these bytes with these versions
  waiting,    ///< waited before, or is being read
  duplicate,  ///< from now on a duplicate
  failed,     ///< from now on failed
};

/// How many files there were of each `LedgerChange`.
struct Enqueued {
  int added = 0;
  int changed = 0;
  int unchanged = 0;
  int unchanged_failed = 0;  ///< how many of `unchanged` are failed files
  int waiting = 0;
  int duplicates = 0;
  int failed = 0;
};

/// Which files are read again though neither their bytes nor the versions changed.
enum class Retry : std::uint8_t {
  none,
  failed,  ///< the failed ones
};

/// Who reads files: one process of an import, or one of many seats at a shared database.
struct Seat {
  std::string name;  ///< unique among all at the database, "host:pid:start"
  int lease_seconds = 60;
};

/// A seat that holds leases.
struct SeatRow {
  std::string name;
  int files = 0;
  std::int64_t ends_in_ms = 0;  ///< until its first lease ends; negative: it has ended
};

/// A file that is a seat's to read.
struct ClaimedFile {
  std::int64_t id = 0;
  std::string path;  ///< as `ledger_path` gives it
  std::string sha256;
  std::int64_t size = 0;
  int attempt = 1;  ///< how many times it has been claimed
  std::string seat;
};

/// What came of reading a file.
struct FileReading {
  std::vector<Record> records;  ///< in the order of their forms; each with issues and evidence
  std::vector<Issue> issues;    ///< of what belongs to no record
  int pages = 0;
  int unread_pages = 0;
  /// Of the bytes that were read, empty where not known. Where they are not those that were
  /// enqueued the file is `failed`, reason "changed", and the next import reads it anew.
  std::string sha256;
  std::string reason;  ///< why it failed; empty: it was read
  std::string message;
  std::int64_t milliseconds = 0;  ///< how long it took
};

/// A claimed file and what came of it.
struct ClaimedReading {
  ClaimedFile file;
  FileReading reading;
};

/// A file is in `review` where an issue of severity error was found in it, or a value of its
/// records has a confidence below this one.
inline constexpr double kReviewConfidence = 0.5;

}  // namespace tabularium
