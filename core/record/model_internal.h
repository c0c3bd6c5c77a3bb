#pragma once

#include "tabularium/page/strict_toml_internal.h"
#include "tabularium/record/model.h"

namespace tabularium {

/// Reads `[[check]]` tables; names are looked up in `model`, whose fields and tables are complete.
std::vector<Check> read_checks(strict_toml::TomlTable& file, const RecordModel& model);

/// The values that `key` names as checks do ("funding[source=total].score"); nothing without it.
std::optional<ValuePath> read_path(strict_toml::TomlTable& table, std::string_view key,
                                   const RecordModel& model);

/// Reads a vocabulary file.
Vocabulary read_vocabulary(strict_toml::TomlTable& file);

}  // namespace tabularium
