#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/page/issue.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// How a store stands.
struct Overview {
  struct Reason {
    std::string reason;
    std::int64_t files = 0;
  };
  struct SlowFile {
    std::string path;
    std::int64_t milliseconds = 0;
  };

  std::map<FileState, std::int64_t> files;  ///< of all states, also those without files
  std::int64_t records = 0;
  std::int64_t unread_pages = 0;
  std::int64_t errors = 0;  ///< issues of that severity
  std::int64_t warnings = 0;
  std::int64_t corrections = 0;
  std::vector<Reason> reasons;    ///< of failed files, most frequent first
  std::vector<SlowFile> slowest;  ///< slowest first
  std::vector<SeatRow> seats;     ///< that hold leases, by name
};

/// How the records of a store are spread. `year` is empty for records without one, which come
/// first.
struct Distributions {
  struct Records {
    std::string layout;
    std::optional<int> year;
    std::int64_t records = 0;
  };
  struct Amount {
    std::string record;  ///< type of the records; `RecordModel::amount` says which value it is
    std::optional<int> year;
    std::int64_t records = 0;  ///< that have an amount
    std::int64_t fen = 0;      ///< their sum
  };
  struct Score {
    std::string record;
    double score = 0.0;
    std::int64_t records = 0;
  };
  struct Found {
    std::string check;
    Severity severity = Severity::warning;
    std::int64_t issues = 0;
  };

  std::vector<Records> records;  ///< by layout, then year
  std::vector<Amount> amounts;   ///< by record type, then year
  std::vector<Score> scores;     ///< by record type, then score
  std::vector<Found> issues;     ///< worst first, then most frequent
};

}  // namespace tabularium
