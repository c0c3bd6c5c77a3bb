#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tabularium {

/// A value on its way into a column; `monostate` is NULL.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// A prepared statement. Between two calls it holds no cursor and no lock. All calls throw
/// `Error::Code::store_failed`.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  /// Runs to the end; rows are not looked at.
  void run(const std::vector<SqlValue>& values = {});

  /// Calls `read(*this)` for each row.
  template <typename Read>
  void each(const std::vector<SqlValue>& values, Read read) {
    const Resetter resetter{handle_.get()};
    bind(values);
    while (step()) read(std::as_const(*this));
  }

  /// What `read(*this)` makes of the first row; nothing where there is none.
  template <typename Read>
  auto one(const std::vector<SqlValue>& values, Read read)
      -> std::optional<decltype(read(std::declval<const Statement&>()))> {
    const Resetter resetter{handle_.get()};
    bind(values);
    if (!step()) return std::nullopt;
    return read(std::as_const(*this));
  }

  // Columns of the current row, from 0.
  std::int64_t integer(int column) const;  ///< 0 for NULL
  double real(int column) const;           ///< 0 for NULL
  std::string text(int column) const;      ///< empty for NULL

 private:
  struct Resetter {
    sqlite3_stmt* statement;
    ~Resetter();
  };
  void bind(const std::vector<SqlValue>& values);
  bool step();

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> handle_;
};

/// An open database.
class Database {
 public:
  /// Throws `Error::Code::store_failed`.
  Database(const std::filesystem::path& file, bool create);

  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  /// Runs statements that give no rows.
  void execute(const std::string& sql) const;
  std::int64_t integer(std::string_view sql) const;  ///< first column of the first row
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

 private:
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
};

/// `name` as an SQL identifier in quotes.
std::string sql_name(std::string_view name);

}  // namespace tabularium
