#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "export_tables_internal.h"
#include "schema_internal.h"
#include "tabularium/store/csv.h"

namespace tabularium {
namespace {

// The first table and the last three; those of values stand between.
constexpr std::size_t kFiles = 0;

Value whole(std::int64_t number) { return Decimal(number, 0); }
Value line_or_null(int line) { return line > 0 ? whole(line) : Value(); }
Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

/// `value` with `digits` after the point at most.
Value real(double value, int digits) {
  return Decimal(std::llround(value * std::pow(10.0, digits)), digits).reduced();
}

/// The columns of a value in an export: one, or the five parts of a quantity.
std::vector<std::string> columns_of_value(const FieldModel& field) {
  std::vector<std::string> names;
  if (field.type != ValueType::quantity) return {field.name};
  for (const StoreColumn& column : columns_of(field)) names.push_back(column.name);
  return names;
}

template <typename Text>
Value optional_text(const std::optional<Text>& text) {
  return text ? Value(*text) : Value();
}

void add_cells(const FieldModel& field, const Value* value, ExportRow& row) {
  if (field.type == ValueType::quantity) {
    const auto* quantity = value == nullptr ? nullptr : std::get_if<Quantity>(value);
    if (quantity == nullptr) {
      row.resize(row.size() + columns_of_value(field).size());
      return;
    }
    row.emplace_back(quantity->text);
    row.push_back(optional_text(quantity->op));
    row.push_back(optional_text(quantity->value));
    row.push_back(optional_text(quantity->unit));
    row.push_back(optional_text(quantity->note));
    return;
  }
  if (value == nullptr) {
    row.emplace_back();
  } else if (std::holds_alternative<std::vector<std::string>>(*value)) {
    row.emplace_back(plain_text(*value));
  } else {
    row.push_back(*value);
  }
}

const Value* find(const std::vector<Field>& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &found->value;
}

std::int64_t count_of(const Record& record, Severity severity) {
  return std::count_if(record.issues.begin(), record.issues.end(),
                       [&](const Issue& issue) { return issue.severity == severity; });
}

ExportRow file_row(const StoredFile& file) {
  const FileRow& row = file.row;
  return {row.path,
          std::string(to_string(row.state)),
          text_or_null(row.reason),
          text_or_null(row.message),
          whole(row.pages),
          whole(row.unread_pages),
          whole(row.records),
          text_or_null(file.original),
          text_or_null(row.sha256),
          whole(row.size)};
}

ExportRow issue_row(const std::string& file, Value ordinal, const Issue& issue) {
  return {file,
          std::move(ordinal),
          std::string(to_string(issue.severity)),
          issue.check,
          text_or_null(issue.pointer),
          issue.message,
          text_or_null(fmt::format("{}", fmt::join(issue.related, "; ")))};
}

ExportRow correction_row(const Correction& correction) {
  return {correction.file,    whole(correction.ordinal),
          correction.pointer, correction.before,
          correction.after,   correction.by,
          correction.at,      text_or_null(correction.why)};
}

Value page_of(const Record& record) {
  return record.source.pages.empty() ? Value() : whole(record.source.pages.front());
}

}  // namespace

TableSink::~TableSink() = default;

ExportRows::ExportRows(const Models& models) {
  for (const std::string& name : models.names()) {
    merge(name, false, models.find(name)->fields);
  }
  for (const std::string& name : models.names()) {
    for (const TableModel& table : models.find(name)->tables)
      merge(table.name, true, table.columns);
  }
  tables_.push_back({"files",
                     {"path", "state", "reason", "message", "pages", "unread_pages", "records",
                      "duplicate_of", "sha256", "size"}});
  for (const ValueTable& table : values_) add_columns(table);
  tables_.push_back({"evidence",
                     {"file", "record", "pointer", "page", "x0", "y0", "x1", "y1", "text",
                      "confidence", "extractor", "unit", "first_line", "last_line"}});
  tables_.push_back(
      {"issues", {"file", "record", "severity", "check", "pointer", "message", "related"}});
  tables_.push_back(
      {"corrections", {"file", "record", "pointer", "before", "after", "who", "made_at", "why"}});
}

/// Tables that several record types have are one table with the columns of all.
void ExportRows::merge(const std::string& name, bool rows, const std::vector<FieldModel>& fields) {
  auto table = std::find_if(values_.begin(), values_.end(),
                            [&](const ValueTable& known) { return known.name == name; });
  if (table == values_.end()) table = values_.insert(values_.end(), {name, rows, {}});
  for (const FieldModel& field : fields) {
    const bool known =
        std::any_of(table->fields.begin(), table->fields.end(),
                    [&](const FieldModel& present) { return present.name == field.name; });
    if (!known) table->fields.push_back(field);
  }
}

void ExportRows::add_columns(const ValueTable& table) {
  ExportTable columns{table.name, {"file", "record"}};
  if (table.rows) {
    columns.columns.insert(columns.columns.end(), {"layout", "year", "row"});
  } else {
    columns.columns.insert(columns.columns.end(), {"first_page", "layout", "title", "year", "state",
                                                   "errors", "warnings"});
  }
  for (const FieldModel& field : table.fields) {
    for (std::string& name : columns_of_value(field)) columns.columns.push_back(std::move(name));
  }
  tables_.push_back(std::move(columns));
}

std::size_t ExportRows::index_of(const std::string& name) const {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (tables_[i].name == name) return i;
  }
  return tables_.size();
}

void ExportRows::add_evidence(const StoredRecord& stored, TableSink& sink) const {
  constexpr int box_digits = 2;
  constexpr int confidence_digits = 4;
  const std::size_t table = tables_.size() - 3;
  for (const auto& [pointer, evidence] : stored.record.evidence) {
    const Box& box = evidence.box;
    sink.add(table,
             {stored.file, whole(stored.ordinal), pointer, whole(evidence.page),
              real(box.x0, box_digits), real(box.y0, box_digits), real(box.x1, box_digits),
              real(box.y1, box_digits), evidence.text, real(evidence.confidence, confidence_digits),
              evidence.extractor, text_or_null(evidence.unit), line_or_null(evidence.first_line),
              line_or_null(evidence.last_line)});
  }
}

void ExportRows::add_record(const StoredFile& file, const StoredRecord& stored,
                            TableSink& sink) const {
  const Record& record = stored.record;
  const Value year = record.year ? whole(*record.year) : Value();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const ValueTable& table = values_[i];
    const std::size_t index = kFiles + 1 + i;
    if (!table.rows) {
      if (table.name != record.record) continue;
      ExportRow row{stored.file,
                    whole(stored.ordinal),
                    page_of(record),
                    record.layout,
                    record.title,
                    year,
                    std::string(to_string(file.row.state)),
                    whole(count_of(record, Severity::error)),
                    whole(count_of(record, Severity::warning))};
      for (const FieldModel& field : table.fields) {
        add_cells(field, find(record.fields, field.name), row);
      }
      sink.add(index, row);
      continue;
    }
    const RecordTable* present = record.table(table.name);
    for (std::size_t n = 0; present != nullptr && n < present->rows.size(); ++n) {
      ExportRow row{stored.file, whole(stored.ordinal), record.layout, year,
                    whole(static_cast<std::int64_t>(n))};
      for (const FieldModel& field : table.fields) {
        add_cells(field, find(present->rows[n].cells, field.name), row);
      }
      sink.add(index, row);
    }
  }
  add_evidence(stored, sink);
  for (const Issue& issue : record.issues) {
    sink.add(tables_.size() - 2, issue_row(stored.file, whole(stored.ordinal), issue));
  }
}

void ExportRows::add(const StoredFile& file, TableSink& sink) const {
  sink.add(kFiles, file_row(file));
  for (const StoredRecord& stored : file.records) add_record(file, stored, sink);
  for (const Issue& issue : file.issues) {
    sink.add(tables_.size() - 2, issue_row(file.row.path, Value(), issue));
  }
  for (const Correction& correction : file.corrections) {
    sink.add(tables_.size() - 1, correction_row(correction));
  }
}

}  // namespace tabularium
