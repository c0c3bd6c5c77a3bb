#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cassert>
#include <utility>

#include "connection_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr int kBusyTimeoutMs = 10'000;
constexpr std::int64_t kApplicationId = 0x5442554C;  // "TBUL": how `file` may know our databases

/// A connection is used by one thread (see `Store`), so SQLite need not lock its own state.
constexpr int kOpenFlags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

constexpr Dialect kDialect{
    "TEXT",
    "INTEGER",
    "REAL",
    "NUMERIC",
    "REAL GENERATED ALWAYS AS (",
    " / 100.0) VIRTUAL",
    " WITHOUT ROWID",
    "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "",
    "",
    "",
};

Error failure(sqlite3* database, int status, std::string_view doing) {
  const char* file = database == nullptr ? nullptr : sqlite3_db_filename(database, "main");
  const std::string name = file == nullptr ? "database" : file;
  const int primary = status & 0xFF;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    return {Error::Code::store_unavailable,
            fmt::format("{}: locked by another program for more than {} seconds", name,
                        kBusyTimeoutMs / 1000)};
  }
  if (primary == SQLITE_FULL) {
    return {Error::Code::store_failed,
            fmt::format("{}: the disk is full; what was going on is undone", name)};
  }
  if (primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN) {
    return {Error::Code::store_failed,
            fmt::format("{}: cannot be written: {}; the file and its folder must be writable", name,
                        sqlite3_errmsg(database))};
  }
  return {Error::Code::store_failed,
          fmt::format("{}: {} ({})", name,
                      database == nullptr ? "out of memory" : sqlite3_errmsg(database), doing)};
}

using Handle = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Handle opened(const std::string& name, const std::filesystem::path& file, int flags) {
  sqlite3* database = nullptr;
  const int status = sqlite3_open_v2(name.c_str(), &database, kOpenFlags | flags, nullptr);
  // SQLite gives a handle even where it fails, and wants it closed.
  Handle handle(database, &sqlite3_close_v2);
  if (status != SQLITE_OK) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: cannot be opened as a database: {}", file.string(),
                            database == nullptr ? "out of memory" : sqlite3_errmsg(database)));
  }
  sqlite3_busy_timeout(database, kBusyTimeoutMs);
  return handle;
}

/// `file` as a URI; what has a meaning in one is written as %HH.
std::string uri_of(const std::filesystem::path& file, std::string_view query) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri += query;
}

/// A database in WAL mode makes two files beside it even for reading. In a folder that cannot be
/// written it is read as a file that nobody changes, which is true there unless a WAL is left.
bool stands_still(const std::filesystem::path& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  return ::access(folder.c_str(), W_OK) != 0 && !std::filesystem::exists(file.string() + "-wal");
}

Handle opened(const std::filesystem::path& file, bool create) {
  if (!create && stands_still(file)) {
    return opened(uri_of(file, "?immutable=1"), file, SQLITE_OPEN_READONLY);
  }
  const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
  return opened(uri_of(file, ""), file, flags);
}

/// A prepared statement that is reset after each use, so that it holds no lock.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql);

  /// Calls `read` for each row.
  void each(const SqlValues& values, const Connection::Read& read);

 private:
  void bind(const SqlValues& values);
  void bind(int position, const SqlValue& value);
  int bind_text(int position, const std::string& text);

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> handle_;
  /// Where SQLite has `$1`, `$2`, ...: it numbers parameters as they appear.
  std::vector<int> positions_;
};

class SqliteRow final : public SqlRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const override;
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }

 private:
  sqlite3_stmt* statement_;
};

std::string SqliteRow::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Statement::Statement(sqlite3* database, const std::string& sql)
    : database_(database), handle_(nullptr, &sqlite3_finalize) {
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  handle_.reset(statement);
  if (status != SQLITE_OK) throw failure(database, status, sql);
  for (int number = 1; number <= sqlite3_bind_parameter_count(statement); ++number) {
    positions_.push_back(
        sqlite3_bind_parameter_index(statement, fmt::format("${}", number).c_str()));
  }
}

void Statement::bind(const SqlValues& values) {
  assert(values.size() == positions_.size());
  for (std::size_t i = 0; i < values.size(); ++i) bind(positions_[i], values[i]);
}

void Statement::bind(int position, const SqlValue& value) {
  int status = SQLITE_OK;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    status = sqlite3_bind_int64(handle_.get(), position, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    status = sqlite3_bind_double(handle_.get(), position, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    status = bind_text(position, *text);
  } else {
    status = sqlite3_bind_null(handle_.get(), position);
  }
  if (status != SQLITE_OK) throw failure(database_, status, sqlite3_sql(handle_.get()));
}

/// The values outlive the step, so that most texts need not be copied.
int Statement::bind_text(int position, const std::string& text) {
  if (is_storable(text)) {
    return sqlite3_bind_text64(handle_.get(), position, text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  const std::string valid = storable(text);
  return sqlite3_bind_text64(handle_.get(), position, valid.data(), valid.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

void Statement::each(const SqlValues& values, const Connection::Read& read) {
  struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
      sqlite3_reset(statement);
      sqlite3_clear_bindings(statement);
    }
  } const reset{handle_.get()};
  bind(values);
  int status = sqlite3_step(handle_.get());
  for (; status == SQLITE_ROW; status = sqlite3_step(handle_.get())) {
    if (read) read(SqliteRow(handle_.get()));
  }
  if (status != SQLITE_DONE) throw failure(database_, status, sqlite3_sql(handle_.get()));
}

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, bool create);

  const Dialect& dialect() const override { return kDialect; }
  void each(const std::string& sql, const SqlValues& values, const Read& read) override {
    prepared(sql).each(values, read);
  }
  std::int64_t run(const std::string& sql, const SqlValues& values) override {
    prepared(sql).each(values, nullptr);
    return sqlite3_changes64(handle_.get());
  }
  void execute(const std::string& script) override;
  void insert(const std::string& table, const std::vector<std::string>& columns,
              const std::vector<SqlValues>& rows) override;

  void begin(Access access) override;
  void commit() override;
  void roll_back() noexcept override;

  SchemaMark mark() override;
  void set_mark(std::int64_t version) override;
  void lock_schema() override {}
  std::map<std::string, ColumnType> columns(const std::string& table) override;
  std::string view(const std::string& name) override;
  void make_view(const std::string& name, const std::string& sql) override;

 private:
  Statement& prepared(const std::string& sql);

  Handle handle_;
  bool logged_ = false;  ///< WAL mode is asked for
  std::map<std::string, std::unique_ptr<Statement>> statements_;
};

SqliteConnection::SqliteConnection(const std::filesystem::path& file, bool create)
    : handle_(opened(file, create)) {
  // With a write-ahead log (see `begin`) NORMAL never breaks the database: a stop of the machine
  // may cost the last transactions, whose files are then still `pending` and are read again. With
  // the log a reader (`status`, `export`) never waits for an import, nor an import for a reader.
  // The log is brought back every 16 MiB: pages that many files change are then written once.
  execute(
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096");
}

void SqliteConnection::execute(const std::string& script) {
  const int status = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) throw failure(handle_.get(), status, script);
}

Statement& SqliteConnection::prepared(const std::string& sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<Statement>(handle_.get(), sql);
  return *statement;
}

void SqliteConnection::insert(const std::string& table, const std::vector<std::string>& columns,
                              const std::vector<SqlValues>& rows) {
  std::string names;
  std::string marks;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names += fmt::format("{}{}", i == 0 ? "" : ", ", sql_name(columns[i]));
    marks += fmt::format("{}${}", i == 0 ? "" : ", ", i + 1);
  }
  Statement& statement =
      prepared(fmt::format("INSERT INTO {} ({}) VALUES ({})", sql_name(table), names, marks));
  for (const SqlValues& row : rows) statement.each(row, nullptr);
}

void SqliteConnection::begin(Access access) {
  if (access == Access::write && !std::exchange(logged_, true)) {
    // Where there can be no such log (a file system without shared memory) the old journal stays.
    execute("PRAGMA journal_mode = WAL");
  }
  execute(access == Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

void SqliteConnection::commit() {
  try {
    execute("COMMIT");
  } catch (...) {
    roll_back();
    throw;
  }
}

void SqliteConnection::roll_back() noexcept {
  // After some failures SQLite has rolled back itself.
  if (sqlite3_get_autocommit(handle_.get()) != 0) return;
  sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

SchemaMark SqliteConnection::mark() {
  const std::int64_t application = integer("PRAGMA application_id").value_or(0);
  const std::int64_t version = integer("PRAGMA user_version").value_or(0);
  const bool empty = integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (application == kApplicationId) return {SchemaMark::Kind::ours, version};
  return {application == 0 && empty ? SchemaMark::Kind::empty : SchemaMark::Kind::foreign, 0};
}

void SqliteConnection::set_mark(std::int64_t version) {
  execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, version));
}

std::map<std::string, ColumnType> SqliteConnection::columns(const std::string& table) {
  std::map<std::string, ColumnType> found;
  // table_xinfo, unlike table_info, also lists generated columns.
  each("SELECT name, type FROM pragma_table_xinfo($1)", {table}, [&](const SqlRow& row) {
    const std::string type = row.text(1);
    found[row.text(0)] = type.starts_with("INTEGER")   ? ColumnType::integer
                         : type.starts_with("REAL")    ? ColumnType::real
                         : type.starts_with("NUMERIC") ? ColumnType::numeric
                                                       : ColumnType::text;
  });
  return found;
}

std::string SqliteConnection::view(const std::string& name) {
  std::string sql;
  each("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = $1", {name},
       [&](const SqlRow& row) { sql = row.text(0); });
  const std::string begin = fmt::format("CREATE VIEW {} AS\n", sql_name(name));
  return sql.starts_with(begin) ? sql.substr(begin.size()) : sql;
}

void SqliteConnection::make_view(const std::string& name, const std::string& sql) {
  execute(fmt::format("DROP VIEW IF EXISTS {}", sql_name(name)));
  execute(fmt::format("CREATE VIEW {} AS\n{}", sql_name(name), sql));
}

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const std::filesystem::path& file, bool create) {
  return std::make_unique<SqliteConnection>(file, create);
}

}  // namespace tabularium
