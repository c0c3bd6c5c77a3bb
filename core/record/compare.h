#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// How many of some values are right.
struct Score {
  std::int64_t right = 0;
  std::int64_t total = 0;

  void count(bool is_right) {
    ++total;
    right += is_right ? 1 : 0;
  }
  Score& operator+=(const Score& more) {
    right += more.right;
    total += more.total;
    return *this;
  }
};

/// How right the values of one field or column are.
struct ValueScore {
  Score values;                 ///< of every key that gold records have, empty values too
  Score filled;                 ///< of those that gold records do not leave empty
  Score meanings;               ///< of quantities: operator, value and unit
  std::int64_t edits = 0;       ///< of narrative texts: how many edits make the gold text of it
  std::int64_t characters = 0;  ///< of the gold texts of narratives
  std::int64_t extra = 0;       ///< values that gold records have no key for
};

struct TableScore {
  std::int64_t gold_rows = 0;
  std::int64_t read_rows = 0;
  std::int64_t same_rows = 0;
  std::map<std::string, ValueScore> columns;

  /// Of the rows, 0 to 1: 1 where neither side has any.
  TABULARIUM_API double f1() const;
};

/// How right records of one type are, over any number of files.
struct RecordScore {
  std::int64_t gold_records = 0;
  std::int64_t read_records = 0;
  std::int64_t matched = 0;  ///< pairs of both
  Score titles;
  Score years;
  std::map<std::string, ValueScore> fields;
  std::map<std::string, TableScore> tables;
};

/// The same by kind of value.
struct ScoreTotals {
  Score short_fields;  ///< texts, choices, lists, yes or no
  Score money;
  Score dates;
  Score numbers;
  Score quantities;  ///< operator, value and unit, in tables
  std::int64_t edits = 0;
  std::int64_t characters = 0;
};
TABULARIUM_API ScoreTotals totals(const RecordScore& score, const RecordModel& model);

/// Columns, as (table, column), that do not make a row another one: remarks.
using RemarkColumns = std::set<std::pair<std::string, std::string>>;

/// Compares the records of one file with its gold records, all of the type of `model`, and adds to
/// `score`. Records are paired by their first text (a project's name), the likest first, what is
/// left in order; a gold record without a counterpart is wrong in every value. Texts are compared
/// after NFKC without white space, numbers by value, lists in any order. A row counts where all its
/// columns but `remarks` match; rows of a table with a key are paired by it, others in order.
TABULARIUM_API void compare_records(const std::vector<Record>& gold,
                                    const std::vector<Record>& read, const RecordModel& model,
                                    const RemarkColumns& remarks, RecordScore& score);

}  // namespace tabularium
