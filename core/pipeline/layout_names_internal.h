#pragma once

#include <filesystem>

#include "tabularium/record/model.h"

namespace tabularium {

/// Refuses fields, tables, columns and rows of a layout file that records of `model` do not have.
/// Of a variant only what its own file says is looked at. Throws `Error::Code::bad_layout` with
/// file, line, column and the name that was perhaps meant.
void require_names_of_record(const std::filesystem::path& layout, const RecordModel& model);

}  // namespace tabularium
