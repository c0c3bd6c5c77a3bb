#include "tabularium/store/overview.h"

#include <fmt/format.h>

#include "store_internal.h"

namespace tabularium {
namespace {

std::int64_t number(Connection& connection, const std::string& sql) {
  return connection.integer(sql).value_or(0);
}

std::optional<int> optional_integer(const SqlRow& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<int>(row.integer(column));
}

/// "FROM ... WHERE ..." of the values that `path` names in records of the model; $1 is the model's
/// name and $2, where there is a condition, its value.
struct PathQuery {
  std::string sql;
  SqlValues values;
};

PathQuery query_of(const RecordModel& model, const ValuePath& path) {
  const std::string table = path.table.empty() ? fields_table(model.name) : path.table;
  PathQuery query{fmt::format("FROM {} t JOIN records r ON r.id = t.record_id WHERE r.record = $1",
                              sql_name(table)),
                  {model.name}};
  if (path.column.empty()) return query;
  query.sql += fmt::format(" AND t.{} = $2", sql_name(path.column));
  query.values.emplace_back(path.equals);
  return query;
}

void add_amounts(Connection& connection, const RecordModel& model, Distributions& all) {
  if (!model.amount) return;
  const PathQuery query = query_of(model, *model.amount);
  const std::string fen = "t." + sql_name(model.amount->name + "_fen");
  // A person's sum is exact: no binary numbers, no average.
  connection.each(
      fmt::format("SELECT r.year, count({0}), sum({0}) {1} AND {0} IS NOT NULL GROUP BY r.year "
                  "ORDER BY r.year IS NOT NULL, r.year",
                  fen, query.sql),
      query.values, [&](const SqlRow& row) {
        all.amounts.push_back(
            {model.name, optional_integer(row, 0), row.integer(1), row.integer(2)});
      });
}

void add_scores(Connection& connection, const RecordModel& model, Distributions& all) {
  if (!model.score) return;
  const PathQuery query = query_of(model, *model.score);
  const std::string score = "t." + sql_name(model.score->name);
  connection.each(
      fmt::format("SELECT {0}, count(*) {1} AND {0} IS NOT NULL GROUP BY {0} ORDER BY {0}", score,
                  query.sql),
      query.values, [&](const SqlRow& row) {
        all.scores.push_back({model.name, row.real(0), row.integer(1)});
      });
}

Severity severity_named(const std::string& name) {
  for (const Severity severity : {Severity::warning, Severity::error}) {
    if (to_string(severity) == name) return severity;
  }
  return Severity::info;
}

}  // namespace

Overview Store::overview(int slowest) {
  Connection& connection = *impl_->connection;
  const Transaction snapshot(connection, Access::read);
  Overview all;
  all.files = counts();
  all.records = number(connection, "SELECT count(*) FROM records");
  all.unread_pages = number(connection, "SELECT sum(unread_pages) FROM files");
  all.errors = number(connection, "SELECT count(*) FROM issues WHERE severity = 'error'");
  all.warnings = number(connection, "SELECT count(*) FROM issues WHERE severity = 'warning'");
  all.corrections = number(connection, "SELECT count(*) FROM corrections");
  connection.each(
      "SELECT reason, count(*) FROM files WHERE state = 'failed' GROUP BY reason ORDER BY 2 DESC, "
      "1",
      {}, [&](const SqlRow& row) {
        all.reasons.push_back({row.text(0), row.integer(1)});
      });
  connection.each(
      "SELECT f.path, w.milliseconds FROM work w JOIN files f ON f.id = w.file_id WHERE "
      "w.milliseconds IS NOT NULL ORDER BY w.milliseconds DESC, f.path LIMIT $1",
      {std::int64_t{slowest}}, [&](const SqlRow& row) {
        all.slowest.push_back({row.text(0), row.integer(1)});
      });
  all.seats = seats();
  return all;
}

Distributions Store::distributions() {
  Connection& connection = *impl_->connection;
  const Transaction snapshot(connection, Access::read);
  Distributions all;
  connection.each(
      "SELECT layout, year, count(*) FROM records GROUP BY layout, year ORDER BY layout, year IS "
      "NOT NULL, year",
      {}, [&](const SqlRow& row) {
        all.records.push_back({row.text(0), optional_integer(row, 1), row.integer(2)});
      });
  for (const std::string& name : impl_->models.names()) {
    add_amounts(connection, *impl_->models.find(name), all);
    add_scores(connection, *impl_->models.find(name), all);
  }
  connection.each(
      "SELECT check_id, severity, count(*) FROM issues GROUP BY check_id, severity ORDER BY CASE "
      "severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, 3 DESC, check_id",
      {}, [&](const SqlRow& row) {
        all.issues.push_back({row.text(0), severity_named(row.text(1)), row.integer(2)});
      });
  return all;
}

}  // namespace tabularium
