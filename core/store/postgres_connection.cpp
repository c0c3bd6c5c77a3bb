#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <charconv>

#include "connection_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr Dialect kDialect{
    // As SQLite compares texts: by their bytes, whatever the server's language.
    "TEXT COLLATE \"C\"",
    "BIGINT",
    "DOUBLE PRECISION",
    "NUMERIC",
    "NUMERIC(20, 2) GENERATED ALWAYS AS (round(",
    " / 100.0, 2)) STORED",
    "",
    // The clock of the server: those of the seats may differ.
    "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)",
    " FOR UPDATE OF f",
    " FOR UPDATE OF f SKIP LOCKED",
    "LOCK TABLE files IN SHARE ROW EXCLUSIVE MODE",
};

/// Our advisory lock for changes of the schema: "TBUL".
constexpr std::int64_t kSchemaLock = 0x5442554C;

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
Result held(PGresult* result) { return {result, &PQclear}; }

/// First line of a message of libpq.
std::string first_line(const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  return std::string(text.substr(0, text.find('\n')));
}

/// States (SQLSTATE classes) that pass: the connection, resources, a shutdown, a deadlock.
bool passes(std::string_view state) {
  return state.starts_with("08") || state.starts_with("57P") || state.starts_with("40") ||
         state == "55P03" || state == "53300";
}

class PostgresRow final : public SqlRow {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
  std::int64_t integer(int column) const override { return number<std::int64_t>(column); }
  double real(int column) const override { return number<double>(column); }
  std::string text(int column) const override {
    return {PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }

 private:
  template <typename Number>
  Number number(int column) const {
    Number value = 0;
    const char* digits = PQgetvalue(result_, row_, column);
    std::from_chars(digits, digits + PQgetlength(result_, row_, column), value);
    return value;
  }

  const PGresult* result_;
  int row_;
};

std::string text_of(const SqlValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&value)) return storable(*text);
  return {};
}

/// `value` as COPY reads it (text format).
void add_copy_text(std::string& line, const SqlValue& value) {
  if (std::holds_alternative<std::monostate>(value)) {
    line += "\\N";
    return;
  }
  for (const char c : text_of(value)) {
    switch (c) {
      case '\\':
        line += "\\\\";
        break;
      case '\t':
        line += "\\t";
        break;
      case '\n':
        line += "\\n";
        break;
      case '\r':
        line += "\\r";
        break;
      default:
        line += c;
    }
  }
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const std::string& url);

  const Dialect& dialect() const override { return kDialect; }
  void each(const std::string& sql, const SqlValues& values, const Read& read) override;
  std::int64_t run(const std::string& sql, const SqlValues& values) override;
  void execute(const std::string& script) override;
  void insert(const std::string& table, const std::vector<std::string>& columns,
              const std::vector<SqlValues>& rows) override;

  void begin(Access access) override;
  void commit() override;
  void roll_back() noexcept override;

  SchemaMark mark() override;
  void set_mark(std::int64_t version) override;
  void lock_schema() override;
  std::map<std::string, ColumnType> columns(const std::string& table) override;
  std::string view(const std::string& name) override;
  void make_view(const std::string& name, const std::string& sql) override;

 private:
  Error failure(const PGresult* result, std::string_view doing) const;
  Result executed(const std::string& sql, const SqlValues& values);
  const std::string& prepared(const std::string& sql);
  void send(std::string_view lines);

  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_{nullptr, &PQfinish};
  std::string name_;  ///< for messages; no password in it
  std::map<std::string, std::string> statements_;
};

std::unique_ptr<PGconn, void (*)(PGconn*)> connected(const std::string& url) {
  // What the URL says goes before these: a peer that has gone is known after half a minute.
  const std::array keys{"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                        "keepalives_count", "tcp_user_timeout", "application_name",
                        "dbname",           "client_encoding",  static_cast<const char*>(nullptr)};
  const std::array values{"10",        "10",    "5",
                          "3",         "30000", "tabularium",
                          url.c_str(), "UTF8",  static_cast<const char*>(nullptr)};
  return {PQconnectdbParams(keys.data(), values.data(), 1), &PQfinish};
}

PostgresConnection::PostgresConnection(const std::string& url) : connection_(connected(url)) {
  PGconn* connection = connection_.get();
  const char* host = PQhost(connection);
  const char* database = PQdb(connection);
  name_ = fmt::format("postgresql://{}/{}", host == nullptr ? "" : host,
                      database == nullptr ? "" : database);
  if (PQstatus(connection) != CONNECTION_OK) {
    throw Error(Error::Code::store_unavailable,
                fmt::format("{}: {}", name_, first_line(PQerrorMessage(connection))));
  }
  // "relation exists, skipping" is nothing to tell.
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  // Our statements are short; compiling them takes longer than running them.
  execute("SET jit = off");
  const std::string encoding = PQparameterStatus(connection, "server_encoding");
  if (encoding != "UTF8") {
    throw Error(Error::Code::store_failed,
                fmt::format("{}: the database is encoded in {}; make it with ENCODING 'UTF8'",
                            name_, encoding));
  }
}

Error PostgresConnection::failure(const PGresult* result, std::string_view doing) const {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  // What has no state does not come from the server: libpq says that it has lost it.
  const bool lost = PQstatus(connection_.get()) != CONNECTION_OK || state == nullptr;
  const std::string said = first_line(result == nullptr ? PQerrorMessage(connection_.get())
                                                        : PQresultErrorMessage(result));
  if (lost || passes(state)) {
    return {Error::Code::store_unavailable, fmt::format("{}: {}", name_, said)};
  }
  return {Error::Code::store_failed, fmt::format("{}: {} ({})", name_, said, doing)};
}

/// The name of the statement `sql` at the server.
const std::string& PostgresConnection::prepared(const std::string& sql) {
  std::string& name = statements_[sql];
  if (!name.empty()) return name;
  const std::string fresh = fmt::format("s{}", statements_.size());
  const Result result = held(PQprepare(connection_.get(), fresh.c_str(), sql.c_str(), 0, nullptr));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw failure(result.get(), sql);
  return name = fresh;
}

Result PostgresConnection::executed(const std::string& sql, const SqlValues& values) {
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  texts.reserve(values.size());
  for (const SqlValue& value : values) {
    texts.push_back(text_of(value));
    const bool null = std::holds_alternative<std::monostate>(value);
    pointers.push_back(null ? nullptr : texts.back().c_str());
  }
  const std::string& name = prepared(sql);
  Result result =
      held(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()),
                          pointers.data(), nullptr, nullptr, 0));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) throw failure(result.get(), sql);
  return result;
}

void PostgresConnection::each(const std::string& sql, const SqlValues& values, const Read& read) {
  const Result result = executed(sql, values);
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) read(PostgresRow(result.get(), row));
}

std::int64_t PostgresConnection::run(const std::string& sql, const SqlValues& values) {
  const Result result = executed(sql, values);
  const std::string_view count = PQcmdTuples(result.get());
  std::int64_t rows = 0;
  std::from_chars(count.data(), count.data() + count.size(), rows);
  return rows;
}

void PostgresConnection::execute(const std::string& script) {
  const Result result = held(PQexec(connection_.get(), script.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    throw failure(result.get(), script);
  }
}

void PostgresConnection::send(std::string_view lines) {
  const int size = static_cast<int>(lines.size());
  if (PQputCopyData(connection_.get(), lines.data(), size) != 1) throw failure(nullptr, "COPY");
}

void PostgresConnection::insert(const std::string& table, const std::vector<std::string>& columns,
                                const std::vector<SqlValues>& rows) {
  if (rows.empty()) return;
  std::string names;
  for (const std::string& column : columns) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", sql_name(column));
  }
  const std::string sql = fmt::format("COPY {} ({}) FROM STDIN", sql_name(table), names);
  const Result begun = held(PQexec(connection_.get(), sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) throw failure(begun.get(), sql);
  constexpr std::size_t piece = 1U << 16U;
  std::string lines;
  for (const SqlValues& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) lines += '\t';
      add_copy_text(lines, row[i]);
    }
    lines += '\n';
    if (lines.size() > piece) {
      send(lines);
      lines.clear();
    }
  }
  send(lines);
  if (PQputCopyEnd(connection_.get(), nullptr) != 1) throw failure(nullptr, sql);
  const Result ended = held(PQgetResult(connection_.get()));
  // The connection is free again only when no result is left.
  while (held(PQgetResult(connection_.get())) != nullptr) continue;
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) throw failure(ended.get(), sql);
}

void PostgresConnection::begin(Access access) {
  execute(access == Access::write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void PostgresConnection::commit() {
  const Result result = held(PQexec(connection_.get(), "COMMIT"));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw failure(result.get(), "COMMIT");
  // A transaction that had failed answers COMMIT with ROLLBACK.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw Error(Error::Code::store_failed, fmt::format("{}: nothing was committed", name_));
  }
}

void PostgresConnection::roll_back() noexcept { held(PQexec(connection_.get(), "ROLLBACK")); }

SchemaMark PostgresConnection::mark() {
  // One question: between two another program may have made its tables, and the mark with them.
  bool marked = false;
  bool filled = false;
  each(
      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename IN "
      "('tabularium_schema', 'files', 'records')",
      {},
      [&](const SqlRow& row) { (row.text(0) == "tabularium_schema" ? marked : filled) = true; });
  if (marked) {
    return {SchemaMark::Kind::ours, integer("SELECT version FROM tabularium_schema").value_or(0)};
  }
  return {filled ? SchemaMark::Kind::foreign : SchemaMark::Kind::empty, 0};
}

void PostgresConnection::set_mark(std::int64_t version) {
  execute(
      fmt::format("CREATE TABLE IF NOT EXISTS tabularium_schema (version BIGINT NOT NULL); "
                  "DELETE FROM tabularium_schema; INSERT INTO tabularium_schema VALUES ({})",
                  version));
}

void PostgresConnection::lock_schema() {
  execute(fmt::format("SELECT pg_advisory_xact_lock({})", kSchemaLock));
}

std::map<std::string, ColumnType> PostgresConnection::columns(const std::string& table) {
  std::map<std::string, ColumnType> found;
  each(
      "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = "
      "current_schema() AND table_name = $1",
      {table}, [&](const SqlRow& row) {
        const std::string type = row.text(1);
        found[row.text(0)] = type == "bigint"             ? ColumnType::integer
                             : type == "double precision" ? ColumnType::real
                             : type == "numeric"          ? ColumnType::numeric
                                                          : ColumnType::text;
      });
  return found;
}

std::string PostgresConnection::view(const std::string& name) {
  // The server keeps views in its own words; ours stand in the comment.
  std::string sql;
  each(
      "SELECT obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_namespace n ON n.oid = "
      "c.relnamespace WHERE c.relkind = 'v' AND n.nspname = current_schema() AND c.relname = $1",
      {name}, [&](const SqlRow& row) { sql = row.text(0); });
  return sql;
}

void PostgresConnection::make_view(const std::string& name, const std::string& sql) {
  execute(fmt::format("DROP VIEW IF EXISTS {}", sql_name(name)));
  execute(fmt::format("CREATE VIEW {} AS\n{}", sql_name(name), sql));
  std::unique_ptr<char, void (*)(void*)> quoted(
      PQescapeLiteral(connection_.get(), sql.data(), sql.size()), &PQfreemem);
  execute(fmt::format("COMMENT ON VIEW {} IS {}", sql_name(name), quoted.get()));
}

}  // namespace

std::unique_ptr<Connection> connect_postgres(const std::string& url) {
  return std::make_unique<PostgresConnection>(url);
}

}  // namespace tabularium
