#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connection_internal.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"
#include "tabularium/store/store.h"

namespace tabularium {

/// The version of the schema that this program writes.
inline constexpr std::int64_t kSchemaVersion = 3;

/// Records are numbered within their file; this many at most.
inline constexpr std::int64_t kRecordsPerFile = 100'000;

/// The id of a record follows from its file's, so that it does not depend on the order of work.
constexpr std::int64_t record_id(std::int64_t file, int ordinal) {
  return file * kRecordsPerFile + ordinal;
}

/// A column that holds (a part of) a value.
struct StoreColumn {
  std::string name;
  ColumnType type = ColumnType::text;
  std::string fen;  ///< the column of fen that this one shows in yuan; empty: it is stored

  bool is_stored() const { return fen.empty(); }
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
SqlValues stored_values(const FieldModel& field, const Value* value);

/// The table of a record type's fields.
std::string fields_table(std::string_view record);

/// All tables that the models want; columns that tables of one name share must agree.
/// Throws `Error::Code::bad_model`.
std::vector<StoreTable> model_tables(const Models& models);

/// Makes or brings forward the tables of the schema, and the tables and views that follow `models`.
/// Changes nothing where nothing is new. `name` is what messages call the database.
/// Throws `store_failed` where it is no database of ours or one of a newer program, and where it is
/// empty and to be an `existing` one.
void prepare_schema(Connection& connection, const Models& models, StoreMode mode,
                    const std::string& name);

/// The fixed tables of `kSchemaVersion`, without indexes and views.
std::string fixed_tables(const Dialect& dialect);
std::string fixed_indexes();

/// Takes a database of schema 1, which is always SQLite, to the present one. Within a transaction,
/// with foreign keys off.
void migrate_from_1(Connection& connection);

/// Takes a database of schema 2 to the present one. Within a transaction.
void migrate_from_2(Connection& connection);

}  // namespace tabularium
