#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

// Values of a record by their JSON Pointer: "/title", "/year", "/fields/x", "/tables/t/3/x".

/// How the value at `pointer` is read; null where a record of that model never has it.
TABULARIUM_API const FieldModel* model_at(const RecordModel& model, std::string_view pointer);

/// The value; nothing where the record does not have it (a null value is one).
TABULARIUM_API std::optional<Value> value_at(const Record& record, std::string_view pointer);

/// Puts `value`, which is of the type that `model_at` says, in the place of what stands there.
/// False, and nothing changed, where the record does not have it.
TABULARIUM_API bool set_value(Record& record, std::string_view pointer, Value value);

/// The value that a person types, as a form would print it: amounts of money in yuan where they
/// name no unit, dates, numbers, yes or no (also `true` and `false`), items of a list parted by
/// `;` or `、`. Empty text is null. Nothing where `text` is none of the type.
TABULARIUM_API std::optional<Value> typed_value(std::string_view text, const FieldModel& field,
                                                const Vocabulary& words);

}  // namespace tabularium
