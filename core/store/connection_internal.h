#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tabularium/page/error.h"

namespace tabularium {

/// A value on its way into a column; `monostate` is NULL. Texts are stored as `storable` has them.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;
using SqlValues = std::vector<SqlValue>;

/// Kinds of columns.
enum class ColumnType : std::uint8_t { text, integer, real, numeric };

/// The current row of a query. Columns count from 0; NULL is 0 and empty.
class SqlRow {
 public:
  virtual ~SqlRow();
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

/// Where the two databases do not speak alike.
struct Dialect {
  std::string_view text, integer, real, numeric;  ///< types of columns; texts compare bytewise
  std::string_view yuan_before, yuan_after;       ///< around the column of fen: a computed column
  std::string_view table_end;                     ///< of a table whose primary key is its order
  std::string_view now_ms;                        ///< expression: milliseconds since 1970
  std::string_view lock_file;                     ///< ends a query that locks the rows of `f`
  std::string_view lock_file_or_skip;             ///< the same, passing over rows that are locked
  std::string_view lock_ledger;                   ///< statement: nobody else changes `files`

  std::string_view type(ColumnType column) const;
};

/// What stands in a database that is opened.
struct SchemaMark {
  enum class Kind : std::uint8_t { empty, ours, foreign };
  Kind kind = Kind::empty;
  std::int64_t version = 0;
};

/// What a transaction is for.
enum class Access : std::uint8_t {
  read,   ///< all reads see the same moment
  write,  ///< SQLite: nobody else writes meanwhile
};

/// An open database. SQL is the common dialect: numbered parameters (`$1`), `ON CONFLICT`,
/// `UPDATE ... FROM`. No call of `each` within another. All calls throw `store_failed` or
/// `store_unavailable`.
class Connection {
 public:
  using Read = std::function<void(const SqlRow&)>;

  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virtual const Dialect& dialect() const = 0;

  /// Calls `read` for each row.
  virtual void each(const std::string& sql, const SqlValues& values, const Read& read) = 0;
  /// Runs a statement without rows; gives how many rows it changed.
  virtual std::int64_t run(const std::string& sql, const SqlValues& values = {}) = 0;
  /// Runs several statements without parameters and rows.
  virtual void execute(const std::string& script) = 0;
  /// Many rows at once into `columns` of `table`.
  virtual void insert(const std::string& table, const std::vector<std::string>& columns,
                      const std::vector<SqlValues>& rows) = 0;

  virtual void begin(Access access) = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  // The schema.
  virtual SchemaMark mark() = 0;
  virtual void set_mark(std::int64_t version) = 0;
  /// Within a transaction: nobody else changes the schema meanwhile.
  virtual void lock_schema() = 0;
  /// The columns that a table has now; empty where there is no such table.
  virtual std::map<std::string, ColumnType> columns(const std::string& table) = 0;
  /// The text that a view was made with; empty where there is none.
  virtual std::string view(const std::string& name) = 0;
  virtual void make_view(const std::string& name, const std::string& sql) = 0;

  /// The first column of the first row; nothing where there is no row.
  std::optional<std::int64_t> integer(const std::string& sql, const SqlValues& values = {});

 protected:
  Connection() = default;
};

/// Opens an SQLite file. Throws `store_failed` where it is none.
std::unique_ptr<Connection> connect_sqlite(const std::filesystem::path& file, bool create);
/// Connects to a server; `url` is what libpq takes.
std::unique_ptr<Connection> connect_postgres(const std::string& url);

/// A transaction that is rolled back where it is not committed.
class Transaction {
 public:
  Transaction(Connection& connection, Access access) : connection_(connection) {
    connection_.begin(access);
  }
  ~Transaction() {
    if (open_) connection_.roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    open_ = false;
    // Where the commit fails the connection has ended the transaction or is lost.
    connection_.commit();
  }

 private:
  Connection& connection_;
  bool open_ = true;
};

/// `name` as an SQL identifier in quotes.
std::string sql_name(std::string_view name);
/// NULL for an empty text.
SqlValue nullable(const std::string& text);

}  // namespace tabularium
