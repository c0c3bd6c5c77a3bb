#include "calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tabularium/page/text.h"
#include "tabularium/record/json.h"
#include "tabularium/record/model.h"

namespace tabularium::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kBins = 10;
constexpr double kSure = 0.9;

/// A value that was read from pixels, beside what is right.
struct Seen {
  std::string pointer;
  std::string told;  ///< checks of the issues of severity warning or error that name it, by commas
  std::string_view kind;  ///< "number" (or date or quantity), "text", "narrative"
  double confidence = 0.0;
  bool right = false;
};

/// Values of one span of confidence.
struct Bin {
  int values = 0;
  int right = 0;
  int told = 0;
  int silent = 0;
  double confidence = 0.0;  ///< sum
};

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

bool same_text(const std::string& a, const std::string& b) { return fold(a) == fold(b); }

bool is_right(const Value& value, const Value& gold) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* gold_text = std::get_if<std::string>(&gold);
  if (text && gold_text) return same_text(*text, *gold_text);
  const auto* quantity = std::get_if<Quantity>(&value);
  const auto* gold_quantity = std::get_if<Quantity>(&gold);
  if (!quantity || !gold_quantity) return value == gold;
  if (!gold_quantity->value && !quantity->value) {
    return same_text(quantity->text, gold_quantity->text);
  }
  return quantity->value == gold_quantity->value && quantity->op == gold_quantity->op &&
         quantity->unit == gold_quantity->unit;
}

bool is_number(const Value& value) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return quantity->value.has_value();
  return std::holds_alternative<Decimal>(value) || std::holds_alternative<Money>(value) ||
         std::holds_alternative<Date>(value);
}

/// The row of gold that a row stands for: the one with the same first text, or of the same place.
const Row* partner(const Row& row, const RecordTable& gold, std::size_t index, bool same_size) {
  if (same_size) return &gold.rows[index];
  for (const char* key : {"level3", "name", "source"}) {
    const Value* own = row.find(key);
    if (own == nullptr) continue;
    for (const Row& other : gold.rows) {
      const Value* found = other.find(key);
      if (found != nullptr && is_right(*own, *found)) return &other;
    }
  }
  return nullptr;
}

class Tally {
 public:
  void add(const Record& record, const Record& gold, const RecordModel& model) {
    told_.clear();
    for (const Issue& issue : record.issues) {
      if (issue.severity == Severity::info) continue;
      tell(issue.pointer, issue.check);
      for (const std::string& other : issue.related) tell(other, issue.check);
    }
    for (const Field& field : record.fields) {
      if (const Value* right = gold.field(field.name)) {
        add(record, field_pointer(field.name), model.field(field.name), field.value, *right);
      }
    }
    for (const RecordTable& table : record.tables) {
      const RecordTable* other = gold.table(table.name);
      if (other == nullptr) continue;
      const bool same_size = table.rows.size() == other->rows.size();
      for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const Row* row = partner(table.rows[i], *other, i, same_size);
        for (const Field& cell : table.rows[i].cells) {
          const Value* right = row ? row->find(cell.name) : nullptr;
          if (right) {
            add(record, cell_pointer(table.name, i, cell.name), nullptr, cell.value, *right);
          }
        }
      }
    }
  }

  const std::vector<Seen>& all() const { return all_; }

 private:
  void tell(const std::string& pointer, const std::string& check) {
    std::string& checks = told_[pointer];
    if (checks.find(check) == std::string::npos) checks += (checks.empty() ? "" : ",") + check;
  }

  void add(const Record& record, const std::string& pointer, const FieldModel* type,
           const Value& value, const Value& gold) {
    const auto evidence = record.evidence.find(pointer);
    if (evidence == record.evidence.end() || std::holds_alternative<std::monostate>(value)) return;
    const auto told = told_.find(pointer);
    const bool narrative = type != nullptr && type->type == ValueType::narrative;
    all_.push_back({pointer, told == told_.end() ? std::string() : told->second,
                    is_number(value) || is_number(gold) ? "number"
                    : narrative                         ? "narrative"
                                                        : "text",
                    evidence->second.confidence, is_right(value, gold)});
  }

  std::vector<Seen> all_;
  std::map<std::string, std::string> told_;
};

/// The span in which the true share lies in 95 of 100 cases: Wilson's interval, for small counts.
std::pair<double, double> likely_share(int right, int values) {
  constexpr double z = 1.96;
  const double n = values;
  const double share = right / n;
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half =
      z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {middle - half, middle + half};
}

void print_curve(const char* title, const std::vector<Seen>& all, std::string_view kind) {
  std::array<Bin, kBins> curve{};
  for (const Seen& seen : all) {
    if (!kind.empty() && seen.kind != kind) continue;
    Bin& bin = curve[static_cast<std::size_t>(
        std::clamp(static_cast<int>(seen.confidence * kBins), 0, kBins - 1))];
    ++bin.values;
    bin.right += seen.right;
    bin.told += !seen.told.empty();
    bin.silent += !seen.right && seen.told.empty() && seen.confidence >= kSure;
    bin.confidence += seen.confidence;
  }
  fmt::print("{}\n{:>10} {:>7} {:>7} {:>7} {:>7} {:>15} {:>6} {:>7}\n", title, "confidence",
             "values", "right", "mean", "share", "likely", "told", "silent");
  for (int i = 0; i < kBins; ++i) {
    const Bin& bin = curve[static_cast<std::size_t>(i)];
    if (bin.values == 0) continue;
    const auto [low, high] = likely_share(bin.right, bin.values);
    fmt::print("{:>4.1f} - {:<3.1f} {:7} {:7} {:7.3f} {:7.3f} {:>7.3f} - {:.3f} {:6} {:7}\n",
               1.0 * i / kBins, 1.0 * (i + 1) / kBins, bin.values, bin.right,
               bin.confidence / bin.values, static_cast<double>(bin.right) / bin.values, low, high,
               bin.told, bin.silent);
  }
}

void write_values(const std::vector<Seen>& all, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  for (const Seen& seen : all) {
    out << fmt::format("{}\t{}\t{:.4f}\t{}\t{}\n", seen.pointer, seen.kind, seen.confidence,
                       seen.right ? "right" : "wrong", seen.told);
  }
  out.close();
  if (!out) throw std::runtime_error(file + ": cannot be written");
}

}  // namespace

void calibrate(const CalibrateOptions& options) {
  const Models models = Models::load({options.models});
  Tally tally;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(options.extracted)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const fs::path gold = fs::path(options.gold) / (file.stem().string() + ".gold.json");
    const std::string printed = content_of(file);
    if (!fs::exists(gold) || printed.empty()) continue;
    const auto records = records_from_json(printed, models);
    const auto right = records_from_json(content_of(gold), models);
    for (std::size_t i = 0; i < std::min(records.size(), right.size()); ++i) {
      const RecordModel* model = models.find(records[i].record);
      if (model == nullptr || records[i].record != right[i].record) continue;
      tally.add(records[i], right[i], *model);
    }
  }
  print_curve("numbers, dates, quantities", tally.all(), "number");
  print_curve("texts", tally.all(), "text");
  print_curve("narratives", tally.all(), "narrative");
  print_curve("all", tally.all(), "");
  if (!options.values.empty()) write_values(tally.all(), options.values);
}

}  // namespace tabularium::bench
