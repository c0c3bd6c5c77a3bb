#include <fmt/format.h>

#include "store_internal.h"

namespace tabularium {
namespace {

// What was found goes into a table of the session, and statements over whole tables do the rest:
// 100,000 files cost one COPY and a dozen statements, not as many questions to a server.
constexpr const char* kFoundTable = R"(
CREATE TEMP TABLE IF NOT EXISTS found (
  position {integer} PRIMARY KEY,
  path {text} NOT NULL,
  sha256 {text},
  size {integer} NOT NULL,
  reason {text},
  message {text},
  file_id {integer},
  is_new {integer},
  had_records {integer},
  change {text},
  original_id {integer},
  leader {integer}
);
CREATE INDEX IF NOT EXISTS found_by_path ON found(path);
CREATE INDEX IF NOT EXISTS found_by_file ON found(file_id);
CREATE INDEX IF NOT EXISTS found_by_content ON found(sha256);
DELETE FROM found;
)";

// A path that was found twice is one file.
constexpr const char* kDropRepeated =
    "DELETE FROM found WHERE position NOT IN (SELECT min(position) FROM found GROUP BY path)";

constexpr const char* kMatch =
    "UPDATE found SET file_id = f.id, had_records = CASE WHEN f.records > 0 THEN 1 ELSE 0 END "
    "FROM files f WHERE f.path = found.path";

// Bytes that changed under a path, unless a seat reads the file at this moment: what was read from
// the old ones goes, or passes to a duplicate.
constexpr const char* kOutdated =
    "SELECT f.id, (SELECT d.id FROM files d WHERE d.duplicate_of = f.id ORDER BY d.path LIMIT 1) "
    "FROM found t JOIN files f ON f.id = t.file_id LEFT JOIN work w ON w.file_id = f.id "
    "WHERE t.reason IS NULL AND f.state <> 'duplicate' AND t.sha256 IS DISTINCT FROM f.sha256 "
    "AND NOT (f.state = 'claimed' AND w.lease_end_ms > {now}) ORDER BY f.path";

// $1: the versions, $2: whether failed files are tried again.
constexpr const char* kClassify = R"(
UPDATE found SET change = CASE
  WHEN found.reason IS NOT NULL THEN CASE
    WHEN f.state = 'failed' AND f.reason IS NOT DISTINCT FROM found.reason
      AND f.message IS NOT DISTINCT FROM found.message THEN 'unchanged'
    WHEN f.state = 'failed' THEN 'failed'
    WHEN f.state IN ('pending', 'claimed') THEN 'waiting'
    ELSE 'unchanged' END
  WHEN f.state = 'claimed' AND f.lease_end_ms > {now} THEN 'waiting'
  WHEN f.sha256 IS DISTINCT FROM found.sha256 THEN 'changed'
  WHEN f.state IN ('pending', 'claimed') THEN
    CASE WHEN f.target_id = $1 THEN 'waiting' ELSE 'changed' END
  WHEN f.state = 'duplicate' THEN NULL
  WHEN f.version_id IS DISTINCT FROM $1 THEN 'changed'
  WHEN f.state = 'failed' AND $2 = 1 THEN 'changed'
  ELSE 'unchanged' END
FROM (SELECT f.*, w.version_id AS target_id, w.lease_end_ms FROM files f
      LEFT JOIN work w ON w.file_id = f.id) f
WHERE f.id = found.file_id)";

constexpr const char* kClassifyNew =
    "UPDATE found SET is_new = 1, had_records = 0, change = CASE WHEN reason IS NULL THEN 'added' "
    "ELSE 'failed' END WHERE file_id IS NULL";

// A duplicate stays one as long as its original is read with these versions, or will be.
constexpr const char* kClassifyDuplicates = R"(
UPDATE found SET change = CASE WHEN EXISTS (
  SELECT 1 FROM files d JOIN files o ON o.id = d.duplicate_of
  LEFT JOIN work w ON w.file_id = o.id LEFT JOIN found t ON t.file_id = o.id
  WHERE d.id = found.file_id AND o.sha256 = found.sha256 AND (t.change = 'changed' OR
    CASE WHEN o.state IN ('pending', 'claimed') THEN w.version_id ELSE o.version_id END = $1))
  THEN 'unchanged' ELSE 'changed' END
WHERE change IS NULL)";

// The original of equal bytes: a file that the ledger has and that stays as it is ...
constexpr const char* kFindOriginals = R"(
UPDATE found SET original_id = (
  SELECT f.id FROM files f LEFT JOIN work w ON w.file_id = f.id
  WHERE f.sha256 = found.sha256 AND f.id IS DISTINCT FROM found.file_id AND f.state <> 'duplicate'
    AND CASE WHEN f.state IN ('pending', 'claimed') THEN w.version_id ELSE f.version_id END = $1
    AND NOT EXISTS (SELECT 1 FROM found t WHERE t.file_id = f.id AND t.change = 'changed')
  ORDER BY f.path LIMIT 1)
WHERE change IN ('added', 'changed'))";

// ... else the one among those found that has records already, else the smallest path.
constexpr const char* kFindLeaders = R"(
UPDATE found SET leader = r.leader FROM (
  SELECT position, first_value(position) OVER (PARTITION BY sha256 ORDER BY had_records DESC, path)
    AS leader FROM found WHERE change IN ('added', 'changed') AND original_id IS NULL) r
WHERE r.position = found.position)";

constexpr const char* kMarkDuplicates =
    "UPDATE found SET change = 'duplicate' WHERE change IN ('added', 'changed') AND (original_id "
    "IS NOT NULL OR leader <> position)";

// New files get ids in the order of their paths.
constexpr const char* kNumberNew = R"(
UPDATE found SET file_id = r.id FROM (
  SELECT position, row_number() OVER (ORDER BY path) +
    (SELECT coalesce(max(id), 0) FROM files) AS id FROM found WHERE is_new = 1) r
WHERE r.position = found.position)";

constexpr const char* kNameOriginals =
    "UPDATE found SET original_id = (SELECT t.file_id FROM found t WHERE t.position = "
    "found.leader) WHERE change = 'duplicate' AND original_id IS NULL";

constexpr const char* kInsertNew = R"(
INSERT INTO files (id, path, sha256, size, state, reason, message, pages, unread_pages, records,
  duplicate_of, version_id)
SELECT file_id, path, sha256, size, CASE change WHEN 'added' THEN 'pending' ELSE change END, reason,
  message, 0, 0, 0, original_id, NULL FROM found WHERE is_new = 1 ORDER BY file_id)";

// Records of an earlier reading stay until the new one is there.
constexpr const char* kUpdateKnown = R"(
UPDATE files SET sha256 = t.sha256, size = t.size,
  state = CASE t.change WHEN 'changed' THEN 'pending' ELSE t.change END,
  reason = t.reason, message = t.message, duplicate_of = t.original_id
FROM found t WHERE t.file_id = files.id AND t.is_new IS NULL
  AND t.change IN ('changed', 'duplicate', 'failed'))";

// What was a duplicate of a file that is one itself now.
constexpr const char* kRepoint =
    "UPDATE files SET duplicate_of = t.original_id FROM found t WHERE t.change = 'duplicate' AND "
    "t.is_new IS NULL AND files.duplicate_of = t.file_id";

constexpr const char* kQueue = R"(
INSERT INTO work (file_id, version_id, attempts)
SELECT file_id, CAST($1 AS {integer}), 0 FROM found WHERE change IN ('added', 'changed')
ON CONFLICT (file_id) DO UPDATE SET version_id = excluded.version_id, attempts = 0, seat = NULL,
  lease_end_ms = NULL, milliseconds = NULL)";

LedgerChange change_named(const std::string& name) {
  if (name == "added") return LedgerChange::added;
  if (name == "changed") return LedgerChange::changed;
  if (name == "waiting") return LedgerChange::waiting;
  if (name == "duplicate") return LedgerChange::duplicate;
  if (name == "failed") return LedgerChange::failed;
  return LedgerChange::unchanged;
}

/// One `enqueue` within a transaction.
class Queueing {
 public:
  Queueing(Connection& connection, const Models& models)
      : connection_(connection), models_(models) {}

  void load(const std::vector<FoundFile>& found);
  /// Settles what becomes of each file; `version`: the id of the versions.
  void classify(std::int64_t version, Retry retry);
  bool changes_nothing();
  void apply(std::int64_t version);
  std::vector<LedgerChange> changes(std::size_t count);
  Enqueued tally();

 private:
  std::string in_dialect(const char* sql) const;
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const std::string& sql);
  void drop_outdated();

  Connection& connection_;
  const Models& models_;
};

std::string Queueing::in_dialect(const char* sql) const {
  const Dialect& dialect = connection_.dialect();
  return fmt::format(fmt::runtime(sql), fmt::arg("text", dialect.text),
                     fmt::arg("integer", dialect.integer), fmt::arg("now", dialect.now_ms));
}

void Queueing::load(const std::vector<FoundFile>& found) {
  if (!connection_.dialect().lock_ledger.empty()) {
    connection_.execute(std::string(connection_.dialect().lock_ledger));
  }
  connection_.execute(in_dialect(kFoundTable));
  constexpr std::size_t piece = 10'000;
  std::vector<SqlValues> rows;
  const auto flush = [&] {
    connection_.insert("found", {"position", "path", "sha256", "size", "reason", "message"}, rows);
    rows.clear();
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    const FoundFile& file = found[i];
    rows.push_back({static_cast<std::int64_t>(i), file.path, nullable(file.sha256), file.size,
                    nullable(file.reason), nullable(file.message)});
    if (rows.size() == piece) flush();
  }
  flush();
  connection_.run(kDropRepeated);
}

std::vector<std::pair<std::int64_t, std::int64_t>> Queueing::pairs(const std::string& sql) {
  std::vector<std::pair<std::int64_t, std::int64_t>> all;
  connection_.each(sql, {},
                   [&](const SqlRow& row) { all.emplace_back(row.integer(0), row.integer(1)); });
  return all;
}

void Queueing::drop_outdated() {
  for (const auto& [file, heir] : pairs(in_dialect(kOutdated))) {
    if (heir != 0) {
      hand_over(connection_, models_, file, heir);
      connection_.run("UPDATE found SET had_records = 1 WHERE file_id = $1", {heir});
    } else {
      clear_file(connection_, file);
    }
    connection_.run("UPDATE found SET had_records = 0 WHERE file_id = $1", {file});
  }
}

void Queueing::classify(std::int64_t version, Retry retry) {
  connection_.run(kMatch);
  drop_outdated();
  connection_.run(kClassifyNew);
  connection_.run(in_dialect(kClassify), {version, std::int64_t{retry == Retry::failed ? 1 : 0}});
  connection_.run(kClassifyDuplicates, {version});
  connection_.run(kFindOriginals, {version});
  connection_.run(kFindLeaders);
  connection_.run(kMarkDuplicates);
}

bool Queueing::changes_nothing() {
  return connection_.integer(
             "SELECT count(*) FROM found WHERE change NOT IN ('unchanged', 'waiting')") == 0;
}

void Queueing::apply(std::int64_t version) {
  connection_.run(kNumberNew);
  connection_.run(kNameOriginals);
  for (const auto& [file, unused] :
       pairs("SELECT file_id, 0 FROM found WHERE change = 'duplicate' AND had_records = 1")) {
    clear_file(connection_, file);
  }
  connection_.run(kInsertNew);
  connection_.run(kUpdateKnown);
  connection_.run(kRepoint);
  connection_.run(in_dialect(kQueue), {version});
}

std::vector<LedgerChange> Queueing::changes(std::size_t count) {
  std::vector<LedgerChange> all(count, LedgerChange::unchanged);
  connection_.each("SELECT position, change FROM found", {}, [&](const SqlRow& row) {
    all[static_cast<std::size_t>(row.integer(0))] = change_named(row.text(1));
  });
  return all;
}

Enqueued Queueing::tally() {
  Enqueued tally;
  connection_.each(
      "SELECT t.change, count(*), sum(CASE WHEN f.state = 'failed' THEN 1 ELSE 0 END) FROM found t "
      "LEFT JOIN files f ON f.id = t.file_id GROUP BY t.change",
      {}, [&](const SqlRow& row) {
        const LedgerChange change = change_named(row.text(0));
        int* const counts[] = {&tally.added,   &tally.changed,    &tally.unchanged,
                               &tally.waiting, &tally.duplicates, &tally.failed};
        *counts[static_cast<std::size_t>(change)] = static_cast<int>(row.integer(1));
        if (change == LedgerChange::unchanged) {
          tally.unchanged_failed = static_cast<int>(row.integer(2));
        }
      });
  return tally;
}

constexpr std::int64_t kNoVersion = -1;

}  // namespace

Enqueued Store::enqueue(const std::vector<FoundFile>& found, const Versions& versions,
                        Retry retry) {
  Connection& connection = *impl_->connection;
  Transaction transaction(connection, Access::write);
  Queueing queueing(connection, impl_->models);
  queueing.load(found);
  queueing.classify(find_version(connection, versions).value_or(kNoVersion), retry);
  const Enqueued tally = queueing.tally();
  if (queueing.changes_nothing()) return tally;
  queueing.apply(version_id(connection, versions));
  transaction.commit();
  return tally;
}

std::vector<LedgerChange> Store::plan(const std::vector<FoundFile>& found, const Versions& versions,
                                      Retry retry) {
  Connection& connection = *impl_->connection;
  const Transaction undone(connection, Access::write);
  Queueing queueing(connection, impl_->models);
  queueing.load(found);
  queueing.classify(find_version(connection, versions).value_or(kNoVersion), retry);
  return queueing.changes(found.size());
}

}  // namespace tabularium
