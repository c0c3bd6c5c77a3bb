#include "tabularium/store/store.h"

#include <fmt/format.h>

#include "store_internal.h"

namespace tabularium {
namespace {

bool is_server(const std::string& address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::unique_ptr<Connection> connect(const std::string& address, StoreMode mode) {
  if (is_server(address)) return connect_postgres(address);
  if (mode == StoreMode::existing && !std::filesystem::exists(address)) {
    throw Error(Error::Code::store_failed, fmt::format("{}: no such database", address));
  }
  return connect_sqlite(address, mode == StoreMode::create);
}

/// What messages call the database: an address may hold a password.
std::string shown(const std::string& address) {
  const std::size_t at = address.rfind('@');
  if (!is_server(address) || at == std::string::npos) return address;
  return "postgresql://" + address.substr(at + 1);
}

}  // namespace

const char* const kFileColumns =
    "SELECT f.id, f.path, f.sha256, f.size, f.state, f.reason, f.message, f.pages, "
    "f.unread_pages, f.records, f.duplicate_of, v.fingerprint FROM files f LEFT JOIN versions v "
    "ON v.id = f.version_id ";

FileState state_named(std::string_view name) {
  for (const FileState state : kFileStates) {
    if (to_string(state) == name) return state;
  }
  throw Error(
      Error::Code::store_failed,
      fmt::format("the table files has the state \"{}\", which this program does not know", name));
}

FileRow file_row(const SqlRow& row) {
  FileRow file;
  file.id = row.integer(0);
  file.path = row.text(1);
  file.sha256 = row.text(2);
  file.size = row.integer(3);
  file.state = state_named(row.text(4));
  file.reason = row.text(5);
  file.message = row.text(6);
  file.pages = static_cast<int>(row.integer(7));
  file.unread_pages = static_cast<int>(row.integer(8));
  file.records = static_cast<int>(row.integer(9));
  file.duplicate_of = row.integer(10);
  file.versions = row.text(11);
  return file;
}

std::optional<std::int64_t> find_version(Connection& connection, const Versions& versions) {
  return connection.integer("SELECT id FROM versions WHERE fingerprint = $1",
                            {versions.fingerprint});
}

std::int64_t version_id(Connection& connection, const Versions& versions) {
  if (const auto known = find_version(connection, versions)) return *known;
  const std::int64_t id =
      connection.integer("SELECT coalesce(max(id), 0) + 1 FROM versions").value_or(1);
  connection.run(
      "INSERT INTO versions (id, fingerprint, program, plugins, layouts, models) VALUES ($1, $2, "
      "$3, $4, $5, $6)",
      {id, versions.fingerprint, versions.program, versions.plugins, versions.layouts,
       versions.models});
  return id;
}

std::unique_ptr<Store> Store::open(const std::string& address, const Models& models,
                                   StoreMode mode) {
  std::unique_ptr<Connection> connection = connect(address, mode);
  prepare_schema(*connection, models, mode, shown(address));
  return std::unique_ptr<Store>(
      new Store(std::make_unique<Impl>(Impl{models, std::move(connection)})));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

std::map<FileState, std::int64_t> Store::counts() {
  std::map<FileState, std::int64_t> counts;
  for (const FileState state : kFileStates) counts[state] = 0;
  impl_->connection->each(
      "SELECT state, count(*) FROM files GROUP BY state", {},
      [&](const SqlRow& row) { counts[state_named(row.text(0))] = row.integer(1); });
  return counts;
}

std::optional<FileRow> Store::find_path(const std::string& path) {
  std::optional<FileRow> found;
  impl_->connection->each(std::string(kFileColumns) + "WHERE f.path = $1", {path},
                          [&](const SqlRow& row) { found = file_row(row); });
  return found;
}

}  // namespace tabularium
