// How many wrong values does the validator notice? Takes records that are right, breaks one value
// at a time the way a misread digit breaks it, and counts the breaks that a new issue of severity
// warning or error names. The figures are printed; the test holds the line where arithmetic
// reaches.
#include <gmock/gmock.h>

#include <cstdio>
#include <map>
#include <random>
#include <set>

#include "support.h"
#include "tabularium/record/parse.h"
#include "tabularium/record/validate.h"

namespace tabularium {
namespace {

/// One way to break a number as printed: "147.52" to "147.53".
struct Break {
  const char* name;
  std::string (*apply)(std::string digits, std::mt19937& random);
};

std::string scaled(const std::string& digits, int percent) {
  const Decimal number = Decimal::parse(digits).value();
  const auto product = multiply(number, Decimal(percent, 2));
  return divide_truncated(*product, Decimal(1, 0), number.scale()).value_or(number).to_string();
}

std::size_t any_digit(const std::string& digits, std::mt19937& random) {
  std::size_t at = 0;
  do {
    at = random() % digits.size();
  } while (digits[at] < '0' || digits[at] > '9');
  return at;
}

std::string one_digit_wrong(std::string digits, std::mt19937& random) {
  const std::size_t at = any_digit(digits, random);
  digits[at] =
      static_cast<char>('0' + (digits[at] - '0' + 1 + static_cast<int>(random() % 9)) % 10);
  return digits;
}

std::string one_digit_lost(std::string digits, std::mt19937& random) {
  if (digits.find_first_of("123456789") == std::string::npos || digits.size() < 2) return digits;
  std::string shorter = digits;
  shorter.erase(any_digit(digits, random), 1);
  return Decimal::parse(shorter) ? shorter : digits;
}

const Break kBreaks[] = {
    {"-10 %", [](std::string digits, std::mt19937&) { return scaled(digits, 90); }},
    {"+10 %", [](std::string digits, std::mt19937&) { return scaled(digits, 110); }},
    {"one digit wrong", one_digit_wrong},
    {"one digit lost", one_digit_lost},
};

/// The value broken, or nothing where it has no number or the break changes nothing.
std::optional<Value> broken(const Value& value, const Break& how, std::mt19937& random) {
  if (const auto* number = std::get_if<Decimal>(&value)) {
    const auto other = Decimal::parse(how.apply(number->to_string(), random));
    return other && *other != *number ? std::optional<Value>(*other) : std::nullopt;
  }
  if (const auto* amount = std::get_if<Money>(&value)) {
    const auto other = Decimal::parse(how.apply(to_string(*amount), random));
    const auto fen = other ? money(*other) : std::nullopt;
    return fen && *fen != *amount ? std::optional<Value>(*fen) : std::nullopt;
  }
  if (const auto* date = std::get_if<Date>(&value)) {
    std::string text = to_string(*date);
    text[any_digit(text, random)] = static_cast<char>('0' + random() % 10);
    const auto other = parse_date(text);
    return other && *other != *date ? std::optional<Value>(*other) : std::nullopt;
  }
  const auto* quantity = std::get_if<Quantity>(&value);
  if (!quantity || !quantity->value) return std::nullopt;
  const std::string digits = quantity->value->to_string();
  Quantity other = *quantity;
  other.value = Decimal::parse(how.apply(digits, random));
  if (!other.value || *other.value == *quantity->value) return std::nullopt;
  return other;
}

using Told = std::set<std::string>;

/// What issues of severity warning and above name, with the message: an issue that was there
/// before tells nothing about the break.
Told told(const Record& record, const RecordModel& model) {
  Told all;
  for (const Issue& issue : validate(record, model)) {
    if (issue.severity == Severity::info) continue;
    all.insert(issue.pointer + '\n' + issue.message);
    for (const std::string& pointer : issue.related) all.insert(pointer + '\n' + issue.message);
  }
  return all;
}

bool names(const Told& after, const Told& before, const std::string& pointer) {
  for (const std::string& one : after) {
    if (one.starts_with(pointer + '\n') && !before.contains(one)) return true;
  }
  return false;
}

struct Count {
  int noticed = 0;
  int all = 0;
};
using Table = std::map<std::string, std::map<std::string, Count>>;  // by path, then by break

void try_breaks(Record& record, const RecordModel& model, Value& value, const std::string& pointer,
                const std::string& path, const Told& before, std::mt19937& random, Table& table) {
  for (const Break& how : kBreaks) {
    const auto wrong = broken(value, how, random);
    if (!wrong) continue;
    const Value right = std::exchange(value, *wrong);
    Count& count = table[path][how.name];
    ++count.all;
    count.noticed += names(told(record, model), before, pointer);
    value = right;
  }
}

Table measure(const std::vector<Record>& records) {
  Table table;
  std::mt19937 random(1);
  for (Record record : records) {
    const RecordModel& model = *testing::shipped_models().find(record.record);
    const Told before = told(record, model);
    for (Field& field : record.fields)
      try_breaks(record, model, field.value, field_pointer(field.name), field.name, before, random,
                 table);
    for (RecordTable& rows : record.tables) {
      for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        for (Field& cell : rows.rows[row].cells) {
          std::string path = rows.name + '.' + cell.name;
          const Value* source = rows.rows[row].find("source");
          if (source && rows.name == "funding")
            path = rows.name + '.' + std::get<std::string>(*source) + '.' + cell.name;
          if (record.record == "performance_declaration" && rows.name == "indicators")
            path += " (declaration)";
          try_breaks(record, model, cell.value, cell_pointer(rows.name, row, cell.name), path,
                     before, random, table);
        }
      }
    }
  }
  return table;
}

void print(const Table& table) {
  std::printf("%-42s", "share of single wrong values noticed");
  for (const Break& how : kBreaks) std::printf("%22s", how.name);
  std::printf("\n");
  for (const auto& [path, counts] : table) {
    std::printf("%-42s", path.c_str());
    for (const Break& how : kBreaks) {
      const auto found = counts.find(how.name);
      const Count count = found == counts.end() ? Count() : found->second;
      if (count.all == 0)
        std::printf("%22s", "-");
      else
        std::printf("%6d /%5d  %5.1f %%", count.noticed, count.all,
                    100.0 * count.noticed / count.all);
    }
    std::printf("\n");
  }
}

std::vector<Record> gold_records() {
  std::vector<Record> records;
  for (const auto& file : testing::gold_files()) {
    for (Record& record : records_from_json(testing::read_file(file), testing::shipped_models()))
      records.push_back(std::move(record));
  }
  return records;
}

/// Where no arithmetic reaches: dates within the right year, last year's budget, and targets and
/// actuals that are wrong in the harmless direction.
bool is_out_of_reach(const std::string& path) {
  return path.ends_with("_date") || path.starts_with("previous_") ||
         path.starts_with("indicators.target") || path == "indicators.actual";
}

TEST(Mutation, EveryWrongValueIsNoticedWhereArithmeticReaches) {
  TABULARIUM_NEEDS_SHARED_DATA();
  const Table table = measure(gold_records());
  print(table);
  for (const auto& [path, counts] : table) {
    if (is_out_of_reach(path)) continue;
    for (const auto& [how, count] : counts)
      EXPECT_EQ(count.noticed, count.all) << path << ' ' << how;
  }
}

}  // namespace
}  // namespace tabularium
