#include <fmt/format.h>

#include "sqlite_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

Error failure(sqlite3* database, std::string_view doing) {
  const char* file = database == nullptr ? nullptr : sqlite3_db_filename(database, "main");
  return Error(
      Error::Code::store_failed,
      fmt::format("{}: {} ({})", file == nullptr ? "database" : file,
                  database == nullptr ? "out of memory" : sqlite3_errmsg(database), doing));
}

std::unique_ptr<sqlite3, int (*)(sqlite3*)> opened(const std::filesystem::path& file, bool create) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
  const int status = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  // SQLite gives a handle even where it fails, and wants it closed.
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle(database, &sqlite3_close);
  if (status != SQLITE_OK) {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: cannot be opened as a database: {}", file.string(),
                            database == nullptr ? "out of memory" : sqlite3_errmsg(database)));
  }
  return handle;
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql)
    : database_(database), handle_(nullptr, &sqlite3_finalize) {
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  handle_.reset(statement);
  if (status != SQLITE_OK) throw failure(database, sql);
}

Statement::Resetter::~Resetter() {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

void Statement::bind(const std::vector<SqlValue>& values) {
  int position = 0;
  for (const SqlValue& value : values) {
    ++position;
    int status = SQLITE_OK;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      status = sqlite3_bind_int64(handle_.get(), position, *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      status = sqlite3_bind_double(handle_.get(), position, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      // Names of files may be any bytes; a database that is no UTF-8 cannot be read by many tools.
      const std::string valid = to_utf8(to_utf32(*text));
      status = sqlite3_bind_text64(handle_.get(), position, valid.data(), valid.size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
      status = sqlite3_bind_null(handle_.get(), position);
    }
    if (status != SQLITE_OK) throw failure(database_, sqlite3_sql(handle_.get()));
  }
}

bool Statement::step() {
  const int status = sqlite3_step(handle_.get());
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  throw failure(database_, sqlite3_sql(handle_.get()));
}

void Statement::run(const std::vector<SqlValue>& values) {
  each(values, [](const Statement&) {});
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

double Statement::real(int column) const { return sqlite3_column_double(handle_.get(), column); }

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(handle_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

Database::Database(const std::filesystem::path& file, bool create) : handle_(opened(file, create)) {
  sqlite3_busy_timeout(handle_.get(), kBusyTimeoutMs);
}

void Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw failure(handle_.get(), sql);
  }
}

std::int64_t Database::integer(std::string_view sql) const {
  return prepare(sql).one({}, [](const Statement& row) { return row.integer(0); }).value_or(0);
}

std::string sql_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text += '"';
}

}  // namespace tabularium
