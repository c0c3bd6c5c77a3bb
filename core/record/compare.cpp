#include "tabularium/record/compare.h"

#include <algorithm>
#include <optional>

#include "tabularium/page/nearest_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr double kSameRecord = 0.5;  // likeness of the first text from which on two are paired

using Pairs = std::vector<std::optional<std::size_t>>;  // for each of gold, the one read

const std::string* text_of(const Value& value) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return &quantity->text;
  return std::get_if<std::string>(&value);
}

bool is_empty(const Value* value) {
  if (value == nullptr || std::holds_alternative<std::monostate>(*value)) return true;
  if (const auto* list = std::get_if<std::vector<std::string>>(value)) return list->empty();
  const std::string* text = text_of(*value);
  return text != nullptr && fold(*text).empty();
}

std::vector<std::string> folded_list(const Value& value) {
  std::vector<std::string> folded;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& one : *list) folded.push_back(fold(one));
  } else if (const std::string* text = text_of(value)) {
    folded.push_back(fold(*text));
  }
  std::sort(folded.begin(), folded.end());
  return folded;
}

/// Of a quantity only the text counts here.
bool same(const Value* gold, const Value* read) {
  if (is_empty(gold) || is_empty(read)) return is_empty(gold) && is_empty(read);
  const bool lists = std::holds_alternative<std::vector<std::string>>(*gold) ||
                     std::holds_alternative<std::vector<std::string>>(*read);
  if (lists) return folded_list(*gold) == folded_list(*read);
  const std::string* a = text_of(*gold);
  const std::string* b = text_of(*read);
  if (a != nullptr && b != nullptr) return fold(*a) == fold(*b);
  return *gold == *read;
}

bool same_meaning(const Quantity& gold, const Value* read) {
  const auto* other = read == nullptr ? nullptr : std::get_if<Quantity>(read);
  return other != nullptr && gold.op == other->op && gold.value == other->value &&
         gold.unit == other->unit;
}

std::u32string folded_text(const Value* value) {
  const std::string* text = value == nullptr ? nullptr : text_of(*value);
  return text == nullptr ? std::u32string() : to_utf32(fold(*text));
}

/// The share of both texts' characters that the other has, too, in the same order.
double text_likeness(std::u32string_view a, std::u32string_view b) {
  if (a.empty() && b.empty()) return 1.0;
  return 2.0 * static_cast<double>(in_common(a, b)) / static_cast<double>(a.size() + b.size());
}

/// Fewest insertions, deletions and changes that make one of the other.
std::int64_t edit_distance(std::u32string_view a, std::u32string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  a.remove_prefix(static_cast<std::size_t>(x - a.begin()));
  b.remove_prefix(static_cast<std::size_t>(y - b.begin()));
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  std::vector<std::int64_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::int64_t>(j);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::int64_t before = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::int64_t change = before + (a[i] == b[j - 1] ? 0 : 1);
      before = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

/// `read`: null where the record or row has no counterpart, or no such value.
void count_value(const Value& gold, const Value* read, bool has_counterpart, ValueType type,
                 ValueScore& score) {
  const bool right = has_counterpart && same(&gold, read);
  score.values.count(right);
  if (!is_empty(&gold)) score.filled.count(right);
  if (const auto* quantity = std::get_if<Quantity>(&gold)) {
    score.meanings.count(has_counterpart && same_meaning(*quantity, read));
  }
  if (type != ValueType::narrative) return;
  const std::u32string wanted = folded_text(&gold);
  score.characters += static_cast<std::int64_t>(wanted.size());
  score.edits += edit_distance(wanted, folded_text(read));
}

// ---- rows

bool same_row(const Row& gold, const Row& read, const std::string& table,
              const RemarkColumns& remarks) {
  return std::all_of(gold.cells.begin(), gold.cells.end(), [&](const Field& cell) {
    return remarks.contains({table, cell.name}) || same(&cell.value, read.find(cell.name));
  });
}

/// The share of equal cells, and how like the texts are.
double row_likeness(const Row& gold, const Row& read) {
  double sum = 0.0;
  for (const Field& cell : gold.cells) {
    const Value* other = read.find(cell.name);
    if (same(&cell.value, other)) {
      sum += is_empty(other) ? 0.5 : 2.0;
    } else {
      sum += text_likeness(folded_text(&cell.value), folded_text(other));
    }
  }
  const double size = static_cast<double>(std::max<std::size_t>(1, gold.cells.size()));
  constexpr double least = 0.35;  // rows less like each other are no pair
  return std::max(0.0, sum / size - least);
}

/// The pairs of rows, in order on both sides, that are the likest in sum.
Pairs aligned(const std::vector<Row>& gold, const std::vector<Row>& read) {
  const std::size_t n = gold.size();
  const std::size_t m = read.size();
  std::vector<std::vector<double>> alike(n, std::vector<double>(m));
  std::vector<std::vector<double>> best(n + 1, std::vector<double>(m + 1));
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      alike[i][j] = row_likeness(gold[i], read[j]);
      best[i][j] = std::max({best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j]});
    }
  }
  Pairs pairs(n);
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    if (alike[i][j] > 0.0 && best[i][j] == best[i + 1][j + 1] + alike[i][j]) {
      pairs[i++] = j++;
    } else {
      best[i][j] == best[i + 1][j] ? ++i : ++j;
    }
  }
  return pairs;
}

Pairs by_key(const std::vector<Row>& gold, const std::vector<Row>& read, const std::string& key) {
  Pairs pairs(gold.size());
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < read.size() && !pairs[i]; ++j) {
      if (same(gold[i].find(key), read[j].find(key))) pairs[i] = j;
    }
  }
  return pairs;
}

/// Of rows that are alike each counts once.
std::int64_t count_same_rows(const std::vector<Row>& gold, const std::vector<Row>& read,
                             const std::string& table, const RemarkColumns& remarks) {
  std::vector<bool> used(read.size(), false);
  std::int64_t count = 0;
  for (const Row& row : gold) {
    for (std::size_t j = 0; j < read.size(); ++j) {
      if (used[j] || !same_row(row, read[j], table, remarks)) continue;
      used[j] = true;
      ++count;
      break;
    }
  }
  return count;
}

const std::vector<Row>& rows_of(const Record* record, const std::string& name) {
  static const std::vector<Row> none;
  const RecordTable* table = record == nullptr ? nullptr : record->table(name);
  return table == nullptr ? none : table->rows;
}

void compare_tables(const Record& gold, const Record* read, const RecordModel& model,
                    const RemarkColumns& remarks, RecordScore& score) {
  for (const TableModel& table : model.tables) {
    const std::vector<Row>& wanted = rows_of(&gold, table.name);
    const std::vector<Row>& found = rows_of(read, table.name);
    if (wanted.empty() && found.empty()) continue;
    TableScore& tally = score.tables[table.name];
    tally.gold_rows += static_cast<std::int64_t>(wanted.size());
    tally.read_rows += static_cast<std::int64_t>(found.size());
    tally.same_rows += count_same_rows(wanted, found, table.name, remarks);
    const auto key =
        std::find_if(table.columns.begin(), table.columns.end(),
                     [](const FieldModel& column) { return column.type == ValueType::key; });
    const Pairs pairs =
        key == table.columns.end() ? aligned(wanted, found) : by_key(wanted, found, key->name);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      for (const Field& cell : wanted[i].cells) {
        const Value* other = pairs[i] ? found[*pairs[i]].find(cell.name) : nullptr;
        const FieldModel* column = table.column(cell.name);
        count_value(cell.value, other, pairs[i].has_value(),
                    column == nullptr ? ValueType::text : column->type, tally.columns[cell.name]);
      }
    }
  }
}

// ---- records

std::u32string name_of(const Record& record, const RecordModel& model) {
  for (const FieldModel& field : model.fields) {
    if (field.type == ValueType::text) return folded_text(record.field(field.name));
  }
  return {};
}

Pairs paired(const std::vector<Record>& gold, const std::vector<Record>& read,
             const RecordModel& model) {
  struct Candidate {
    double unlike;
    std::size_t apart, gold, read;
    auto operator<=>(const Candidate&) const = default;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const std::u32string name = name_of(gold[i], model);
    for (std::size_t j = 0; j < read.size(); ++j) {
      const double likeness = name.empty() ? 0.0 : text_likeness(name, name_of(read[j], model));
      if (likeness >= kSameRecord) candidates.push_back({-likeness, i > j ? i - j : j - i, i, j});
    }
  }
  std::sort(candidates.begin(), candidates.end());
  Pairs pairs(gold.size());
  std::vector<bool> used(read.size(), false);
  for (const Candidate& one : candidates) {
    if (pairs[one.gold] || used[one.read]) continue;
    pairs[one.gold] = one.read;
    used[one.read] = true;
  }
  std::size_t free = 0;
  for (auto& pair : pairs) {
    while (free < read.size() && used[free]) ++free;
    if (pair || free == read.size()) continue;
    pair = free;
    used[free] = true;
  }
  return pairs;
}

void compare_fields(const Record& gold, const Record* read, const RecordModel& model,
                    RecordScore& score) {
  for (const Field& field : gold.fields) {
    const FieldModel* known = model.field(field.name);
    count_value(field.value, read == nullptr ? nullptr : read->field(field.name), read != nullptr,
                known == nullptr ? ValueType::text : known->type, score.fields[field.name]);
  }
  if (read == nullptr) return;
  for (const Field& field : read->fields) {
    if (gold.field(field.name) == nullptr && !is_empty(&field.value)) {
      ++score.fields[field.name].extra;
    }
  }
}

}  // namespace

double TableScore::f1() const {
  if (gold_rows + read_rows == 0) return 1.0;
  return 2.0 * static_cast<double>(same_rows) / static_cast<double>(gold_rows + read_rows);
}

ScoreTotals totals(const RecordScore& score, const RecordModel& model) {
  ScoreTotals sums;
  for (const auto& [name, field] : score.fields) {
    const FieldModel* known = model.field(name);
    const ValueType type = known == nullptr ? ValueType::text : known->type;
    sums.edits += field.edits;
    sums.characters += field.characters;
    if (type == ValueType::narrative) continue;
    Score& sum = type == ValueType::money                                  ? sums.money
                 : type == ValueType::date                                 ? sums.dates
                 : type == ValueType::number || type == ValueType::percent ? sums.numbers
                                                                           : sums.short_fields;
    sum += field.values;
  }
  for (const auto& [name, table] : score.tables) {
    for (const auto& [column, value] : table.columns) sums.quantities += value.meanings;
  }
  return sums;
}

void compare_records(const std::vector<Record>& gold, const std::vector<Record>& read,
                     const RecordModel& model, const RemarkColumns& remarks, RecordScore& score) {
  score.gold_records += static_cast<std::int64_t>(gold.size());
  score.read_records += static_cast<std::int64_t>(read.size());
  const Pairs pairs = paired(gold, read, model);
  std::vector<bool> used(read.size(), false);
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const Record* other = pairs[i] ? &read[*pairs[i]] : nullptr;
    if (other != nullptr) used[*pairs[i]] = true;
    score.matched += other != nullptr ? 1 : 0;
    score.titles.count(other != nullptr && fold(gold[i].title) == fold(other->title));
    score.years.count(other != nullptr && gold[i].year == other->year);
    compare_fields(gold[i], other, model, score);
    compare_tables(gold[i], other, model, remarks, score);
  }
  for (std::size_t j = 0; j < read.size(); ++j) {
    if (used[j]) continue;
    for (const RecordTable& table : read[j].tables) {
      score.tables[table.name].read_rows += static_cast<std::int64_t>(table.rows.size());
    }
  }
}

}  // namespace tabularium
