#pragma once

#include <map>
#include <string>
#include <vector>

#include "sqlite_internal.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// A column that holds (a part of) a value.
struct StoreColumn {
  std::string name;
  std::string type;       ///< "TEXT", "INTEGER", "NUMERIC"
  std::string generated;  ///< SQL expression of a column that is computed; empty: it is stored
};

/// A table of record values: the fields of one record type, or a table that records have.
struct StoreTable {
  std::string name;
  bool rows = false;                 ///< has a column `row`: several rows for one record
  std::vector<StoreColumn> columns;  ///< after `record_id` and `row`
};

/// The columns of a value of this kind: money is stored in fen and shown in yuan too, a quantity
/// has its five parts.
std::vector<StoreColumn> columns_of(const FieldModel& field);

/// `value` for the stored columns of `columns_of(field)`.
std::vector<SqlValue> stored_values(const FieldModel& field, const Value* value);

/// The table of a record type's fields.
std::string fields_table(std::string_view record);

/// All tables that the models want; columns that tables of one name share must agree.
/// Throws `Error::Code::bad_model`.
std::vector<StoreTable> model_tables(const Models& models);

/// Makes the fixed tables in an empty database; refuses what is no database of ours.
/// Throws `Error::Code::store_failed`.
void prepare_schema(const Database& database, const std::string& file);

/// Brings the tables of record values up to `models`: new tables, new columns, views made anew.
/// Changes nothing where nothing is new.
void follow_models(const Database& database, const Models& models);

}  // namespace tabularium
