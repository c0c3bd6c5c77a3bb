#pragma once

#include <string>
#include <string_view>

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// The record as docs/record.md defines it: UTF-8 (broken sequences become U+FFFD), numbers exact
/// with the digits that the form prints (money with two), keys in a fixed order, boxes rounded to
/// 0.01 point, indented by `indent` spaces (0: one line). No line end after it.
TABULARIUM_API std::string to_json(const Record& record, int indent = 2);

/// The same in one line, with `evidence`, `issues` and `source.file` left empty: for a store that
/// has places of their own for these.
TABULARIUM_API std::string values_to_json(const Record& record);

/// Reads one record, as `to_json` writes it or as gold data are written (without source, evidence
/// and issues; members of the record that it does not know are passed over). Numbers stay exact.
/// `model` is the one that `record` names; it gives the types of the values.
/// Throws `Error::Code::damaged_input` where it is no record of that model, with the JSON Pointer
/// of what does not fit.
TABULARIUM_API Record record_from_json(std::string_view json, const RecordModel& model);

/// Likewise for an array of records, or one record alone, of any type that `models` knows.
TABULARIUM_API std::vector<Record> records_from_json(std::string_view json, const Models& models);

/// One value as a record's JSON has it, in one line.
TABULARIUM_API std::string to_json(const Value& value);
/// The value again. `field` gives its type. Throws `Error::Code::damaged_input`.
TABULARIUM_API Value value_from_json(std::string_view json, const FieldModel& field);

}  // namespace tabularium
