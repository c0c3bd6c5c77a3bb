#include "calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

#include "tabularium/page/text.h"
#include "tabularium/record/json.h"
#include "tabularium/record/model.h"

namespace tabularium::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::array kBounds = {0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99};
constexpr double kSure = 0.9;

/// Values of one span of confidence.
struct Bin {
  int values = 0;
  int right = 0;
  int told = 0;  // an issue of severity warning or error names the value
  int silent = 0;
  double confidence = 0.0;  // sum
};

/// Bins of numbers, and of texts.
using Curve = std::array<Bin, kBounds.size()>;

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
  void add(const Record& record, const Record& gold) {
    told_.clear();
    for (const Issue& issue : record.issues) {
      if (issue.severity == Severity::info) continue;
      told_.insert(issue.pointer);
      told_.insert(issue.related.begin(), issue.related.end());
    }
    for (const Field& field : record.fields) {
      if (const Value* right = gold.field(field.name)) {
        add(record, field_pointer(field.name), field.value, *right);
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
          if (right) add(record, cell_pointer(table.name, i, cell.name), cell.value, *right);
        }
      }
    }
  }

  void print(const char* title, const Curve& curve) const {
    fmt::print("{}\n{:>14} {:>7} {:>7} {:>8} {:>8} {:>6} {:>7}\n", title, "confidence", "values",
               "right", "share", "mean", "told", "silent");
    for (std::size_t i = 0; i < curve.size(); ++i) {
      const Bin& bin = curve[i];
      if (bin.values == 0) continue;
      const double upper = i + 1 < kBounds.size() ? kBounds[i + 1] : 1.0;
      fmt::print("{:>6.2f} - {:<5.2f} {:7} {:7} {:8.3f} {:8.3f} {:6} {:7}\n", kBounds[i], upper,
                 bin.values, bin.right, static_cast<double>(bin.right) / bin.values,
                 bin.confidence / bin.values, bin.told, bin.silent);
    }
  }

  const Curve& numbers() const { return numbers_; }
  const Curve& texts() const { return texts_; }

 private:
  void add(const Record& record, const std::string& pointer, const Value& value,
           const Value& gold) {
    const auto evidence = record.evidence.find(pointer);
    if (evidence == record.evidence.end() || std::holds_alternative<std::monostate>(value)) return;
    const double confidence = evidence->second.confidence;
    std::size_t i = kBounds.size() - 1;
    while (i > 0 && confidence < kBounds[i]) --i;
    Bin& bin = (is_number(value) || is_number(gold) ? numbers_ : texts_)[i];
    const bool right = is_right(value, gold);
    ++bin.values;
    bin.right += right;
    bin.told += told_.contains(pointer);
    bin.silent += !right && !told_.contains(pointer) && confidence >= kSure;
    bin.confidence += confidence;
  }

  Curve numbers_{};
  Curve texts_{};
  std::set<std::string> told_;
};

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
      if (records[i].record == right[i].record) tally.add(records[i], right[i]);
    }
  }
  tally.print("numbers, dates, quantities", tally.numbers());
  tally.print("texts", tally.texts());
}

}  // namespace tabularium::bench
