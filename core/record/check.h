#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tabularium/page/issue.h"
#include "tabularium/record/value.h"

namespace tabularium {

/// Values of a record that a check speaks of, as a model writes it:
/// "start_date" is a field, "indicators.weight" the cells of a column, one per row,
/// "funding[source=total].score" those of the rows where column `source` is `total`.
struct ValuePath {
  std::string table;   ///< empty: a field of the record
  std::string name;    ///< of the field or column
  std::string column;  ///< condition on the row; empty: every row
  std::string equals;

  bool operator==(const ValuePath&) const = default;
};

/// A side of a comparison: values of the record, or a number that the model gives.
struct Operand {
  ValuePath path;
  std::optional<Decimal> number;  ///< then `path` is empty
};

enum class CheckKind : std::uint8_t {
  required,     ///< no value is null
  filled,       ///< the tables have rows
  order,        ///< values rise (dates, numbers)
  in_year,      ///< dates lie in the record's year
  sum,          ///< parts add up to the total
  at_most,      ///< value <= limit
  range,        ///< min <= value <= max
  equals,       ///< value = limit
  product,      ///< value = factors multiplied, divided by `divisor`; rounded or cut
  ratio,        ///< value = numerator / denominator * `times`; rounded or cut
  target_met,   ///< an actual that misses its target has not full score
  explained,    ///< where the score is below the weight there is a reason, and the other way round
  bands,        ///< the label fits the band of the value
  taxonomy,     ///< pairs of levels are known ones
  known,        ///< a value is one of its field's options
  parsed,       ///< what begins like a quantity is one
  same_unit,    ///< two quantities of a row have one unit
  unique,       ///< no two rows are alike
  contiguous,   ///< equal labels stand in rows that follow each other
  note_agrees,  ///< a number that a quantity's note repeats is the quantity's own
  digits,       ///< a text such as a telephone number has a likely number of digits
};

/// A rule of a model that the validator applies. Which members a kind uses stands in
/// models/README.md.
struct Check {
  struct Band {
    std::string label;
    Decimal from;  ///< the lowest value of the band; bands are in falling order
  };
  struct Branch {
    std::string parent;
    std::vector<std::string> children;
  };

  std::string id;  ///< `Issue::check`
  CheckKind kind = CheckKind::required;
  Severity severity = Severity::warning;
  std::string hint;               ///< a sentence for the reader of the issue; may be empty
  std::vector<ValuePath> values;  ///< what is checked; several: each, or all in order
  std::optional<Operand> limit;   ///< total, limit, or what must be equal
  std::vector<Operand> parts;     ///< parts of a sum, factors, numerator and denominator
  std::optional<Decimal> least, most;
  std::vector<ValuePath> when_same_year;  ///< only where these dates are of one year
  std::string unit;                       ///< range: only quantities of this unit
  std::vector<std::string> unless;        ///< note_agrees: notes with these words speak of parts
  Decimal scale = Decimal(1, 0);          ///< divisor of a product, multiplier of a ratio
  std::vector<Band> bands;
  std::vector<Branch> branches;
  std::string table;                 ///< of checks that look at whole rows
  std::vector<std::string> columns;  ///< likewise
};

}  // namespace tabularium
