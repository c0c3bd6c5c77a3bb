#pragma once

#include <string>
#include <string_view>

#include "tabularium/record/record.h"

namespace tabularium {

/// One field of a CSV line as RFC 4180 has it: in quotes where it holds a comma, a quote, a line
/// break or white space at an end; quotes inside are doubled.
TABULARIUM_API std::string csv_field(std::string_view text);

/// "file,record,layout,pointer,value,page,confidence" and a line feed.
TABULARIUM_API std::string csv_header();

/// The values of a record in long form, one line for each, in the record's order. `ordinal` counts
/// the records of the file from 1; `pointer` is the JSON Pointer of the value in the record. Money
/// is in yuan with two decimals, numbers are as printed, dates ISO 8601, yes/no is true/false; what
/// the form leaves empty has an empty value. The parts of a quantity and the items of a list have
/// lines of their own (`/tables/indicators/0/target/value`). Lines end with a line feed.
TABULARIUM_API std::string to_csv(const Record& record, int ordinal);

/// `value` as text, the way the CSV has it. Lists: joined by "; ". Quantities: their text.
TABULARIUM_API std::string plain_text(const Value& value);

}  // namespace tabularium
