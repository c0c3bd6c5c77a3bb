#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/evidence.h"
#include "tabularium/page/issue.h"
#include "tabularium/record/value.h"

namespace tabularium {

struct Field {
  std::string name;
  Value value;
};

struct Row {
  std::vector<Field> cells;                                       ///< in the model's order
  TABULARIUM_API const Value* find(std::string_view name) const;  ///< null where the key is absent
};

struct RecordTable {
  std::string name;
  std::vector<Row> rows;
};

/// The file a record came from.
struct Source {
  std::string file;
  std::string sha256;
  std::vector<int> pages;  ///< rising, from 1
};

/// One form, normalized: docs/record.md gives its shape field by field.
struct Record {
  std::string record;  ///< "performance_declaration"
  std::string layout;  ///< "declaration-2025"
  std::string title;
  std::optional<int> year;
  std::vector<Field>
      fields;  ///< in the model's order; absent keys are those that the layout does not have
  std::vector<RecordTable> tables;
  Source source;
  std::map<std::string, Evidence> evidence;  ///< by JSON Pointer
  std::vector<Issue> issues;

  TABULARIUM_API const Value* field(std::string_view name) const;  ///< null where the key is absent
  TABULARIUM_API const RecordTable* table(std::string_view name) const;
};

/// JSON Pointers of a record's values (RFC 6901, where `~` and `/` in names are escaped):
/// "/fields/project_name", "/tables/indicators/3/target".
TABULARIUM_API std::string field_pointer(std::string_view name);
TABULARIUM_API std::string cell_pointer(std::string_view table, std::size_t row,
                                        std::string_view column);

}  // namespace tabularium
