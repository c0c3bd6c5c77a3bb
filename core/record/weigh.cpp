#include "tabularium/record/weigh.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "checks_internal.h"
#include "readings_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

// A sum that holds by chance is rare: of ten wrong readings nine break it.
constexpr double kDoubtAfterCheck = 0.1;
// Of values that an issue names so many are right.
constexpr double kNumberInDoubt = 0.7;
constexpr double kTextInDoubt = 0.44;
// Authors break the rules of their own forms: of a hundred sums three, and of targets that were
// missed or shares above the whole nearly all stand so on the paper.
constexpr double kSumWrong = 0.03;
constexpr double kRuleWrong = 0.3;
// Nobody is surer than this of what was read from pixels.
constexpr double kLeastDoubt = 0.002;
// Of texts that were read just so surely one in fifteen is wrong.
constexpr double kSureText = 0.87;
constexpr std::size_t kMostQuoted = 40;

/// What the recognizers say of a value, and how often it is right then, measured with
/// `tabularium_bench calibrate` on scans of many kinds (docs/calibration.md). Between two knots it
/// is taken to rise in a straight line.
struct Knot {
  double said = 0.0;
  double right = 0.0;
};
constexpr std::array<Knot, 10> kNumbers = {{{0.0, 0.0},
                                            {0.4, 0.3},
                                            {0.52, 0.5},
                                            {0.6, 0.7},
                                            {0.7, 0.85},
                                            {0.77, 0.94},
                                            {0.85, 0.985},
                                            {0.9, 0.993},
                                            {0.96, 0.998},
                                            {1.0, 1.0}}};
constexpr std::array<Knot, 12> kTexts = {{{0.0, 0.3},
                                          {0.45, 0.46},
                                          {0.6, 0.54},
                                          {0.68, 0.6},
                                          {0.73, 0.71},
                                          {0.775, 0.82},
                                          {0.82, 0.86},
                                          {0.85, 0.92},
                                          {0.89, 0.96},
                                          {0.95, 0.985},
                                          {0.98, 0.994},
                                          {1.0, 0.999}}};

/// Long texts have many characters to err in, and the least sure of their lines speaks for all.
constexpr std::array<Knot, 12> kNarratives = {{{0.0, 0.0},
                                               {0.3, 0.06},
                                               {0.36, 0.25},
                                               {0.45, 0.28},
                                               {0.53, 0.31},
                                               {0.6, 0.5},
                                               {0.66, 0.58},
                                               {0.72, 0.66},
                                               {0.78, 0.77},
                                               {0.85, 0.81},
                                               {0.92, 0.9},
                                               {1.0, 1.0}}};

template <std::size_t count>
double calibrated(double said, const std::array<Knot, count>& knots) {
  for (std::size_t i = 1; i < count; ++i) {
    const Knot& low = knots[i - 1];
    const Knot& high = knots[i];
    if (said > high.said) continue;
    return low.right + (high.right - low.right) * (said - low.said) / (high.said - low.said);
  }
  return 1.0;
}

using Pointers = std::set<std::string>;

bool compares_numbers(CheckKind kind) {
  return kind == CheckKind::sum || kind == CheckKind::product || kind == CheckKind::ratio;
}

/// The values that a check compares in one go: each with those of its partners.
std::vector<Pointers> compared(const checks::Inspector& inspector) {
  const Check& check = inspector.check();
  std::vector<Pointers> groups;
  const auto add = [](Pointers& group, const checks::Found& one) {
    if (one.number && !one.pointer.empty()) group.insert(one.pointer);
  };
  if (check.kind == CheckKind::sum) {
    Pointers group;
    for (const Operand& part : check.parts) {
      if (part.number) continue;
      for (const checks::Found& one : inspector.find(part.path)) add(group, one);
    }
    const std::size_t parts = group.size();
    if (check.limit && !check.limit->number) {
      for (const checks::Found& one : inspector.find(check.limit->path)) add(group, one);
      // A total without parts, or parts without their total, say nothing.
      if (group.size() == parts) return groups;
    }
    if (parts > 0) groups.push_back(std::move(group));
    return groups;
  }
  for (const checks::Found& one : inspector.find(check.values.front())) {
    Pointers group;
    add(group, one);
    for (const Operand& part : check.parts) {
      const auto other = inspector.partner(part, one);
      if (!other || !other->number) {
        group.clear();
        break;
      }
      add(group, *other);
    }
    if (group.size() > 1) groups.push_back(std::move(group));
  }
  return groups;
}

/// Whether a rule of this kind fails where one of its numbers was misread, and else only where the
/// paper itself is wrong.
bool tries_numbers(CheckKind kind) {
  switch (kind) {
    case CheckKind::sum:
    case CheckKind::product:
    case CheckKind::ratio:
    case CheckKind::equals:
    case CheckKind::at_most:
    case CheckKind::range:
    case CheckKind::order:
    case CheckKind::bands:
    case CheckKind::target_met:
      return true;
    default:
      return false;
  }
}

/// How sure of their values those of a rule that failed still are: one of them was misread, or the
/// paper is wrong, by Bayes' rule. A value that was read surely hardly loses.
std::map<std::string, double> after_failure(const Record& record, const Pointers& group,
                                            CheckKind kind) {
  std::map<std::string, double> doubts;
  double sum = compares_numbers(kind) || kind == CheckKind::equals ? kSumWrong : kRuleWrong;
  for (const std::string& pointer : group) {
    const auto found = record.evidence.find(pointer);
    if (found == record.evidence.end() || !found->second.recognized) continue;
    const double doubt = std::max(kLeastDoubt, 1.0 - found->second.confidence);
    doubts[pointer] = doubt;
    sum += doubt;
  }
  std::map<std::string, double> left;
  for (const auto& [pointer, doubt] : doubts) {
    left[pointer] = 1.0 - std::clamp(doubt / sum, doubt, 1.0);
  }
  return left;
}

/// What issues of severity warning or error say against a value.
struct Doubt {
  double most = 1.0;   ///< how sure of it those are that a failed rule weighed
  bool named = false;  ///< another issue names it
};

std::map<std::string, Doubt> in_doubt(const Record& record, const RecordModel& model) {
  std::map<std::string, Doubt> doubts;
  for (const Issue& issue : record.issues) {
    if (issue.severity == Severity::info) continue;
    Pointers group(issue.related.begin(), issue.related.end());
    group.insert(issue.pointer);
    const auto check = std::find_if(model.checks.begin(), model.checks.end(),
                                    [&](const Check& one) { return one.id == issue.check; });
    const bool tried = check != model.checks.end() && tries_numbers(check->kind);
    const auto left =
        tried ? after_failure(record, group, check->kind) : std::map<std::string, double>();
    for (const std::string& pointer : group) {
      Doubt& doubt = doubts[pointer];
      const auto found = left.find(pointer);
      if (found == left.end()) {
        doubt.named = true;
      } else {
        doubt.most = std::min(doubt.most, found->second);
      }
    }
  }
  return doubts;
}

/// Numbers that a check confirms.
Pointers confirmed(const Record& record, const RecordModel& model,
                   const std::map<std::string, Doubt>& doubtful) {
  Pointers all;
  for (const Check& check : model.checks) {
    if (!compares_numbers(check.kind)) continue;
    const checks::Inspector inspector(record, model, check);
    if (!inspector.applies()) continue;
    for (const Pointers& group : compared(inspector)) {
      const bool clean = std::none_of(group.begin(), group.end(), [&](const std::string& one) {
        return doubtful.contains(one);
      });
      if (clean) all.insert(group.begin(), group.end());
    }
  }
  return all;
}

/// Calls `visit(pointer, value, model)` for every value of the record that the model knows.
template <typename Visit>
void for_each_value(const Record& record, const RecordModel& model, Visit visit) {
  for (const Field& field : record.fields) {
    if (const FieldModel* type = model.field(field.name)) {
      visit(field_pointer(field.name), field.value, *type);
    }
  }
  for (const RecordTable& table : record.tables) {
    const TableModel* columns = model.table(table.name);
    for (std::size_t row = 0; columns != nullptr && row < table.rows.size(); ++row) {
      for (const Field& cell : table.rows[row].cells) {
        if (const FieldModel* type = columns->column(cell.name)) {
          visit(cell_pointer(table.name, row, cell.name), cell.value, *type);
        }
      }
    }
  }
}

bool is_exact(const Value& value, const FieldModel& model) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return quantity->value.has_value();
  return is_number(model.type) || model.type == ValueType::date;
}

/// How often such a value is right of which the recognizers say that.
double right_at(double said, const Value& value, const FieldModel& model) {
  if (model.type == ValueType::narrative) return calibrated(said, kNarratives);
  return is_exact(value, model) ? calibrated(said, kNumbers) : calibrated(said, kTexts);
}

/// How sure the recognizers are of a value, as far as it can be what was printed.
double believable(double said, const Value& value, const Evidence& evidence) {
  constexpr double kHalfLost = 0.6;
  const bool torn = std::holds_alternative<Quantity>(value) && has_lone_bracket(evidence.text);
  return torn ? std::min(said, kHalfLost) : said;
}

std::string shortened(const std::string& text) {
  const std::u32string codes = to_utf32(text);
  if (codes.size() <= kMostQuoted) return text;
  return to_utf8(std::u32string_view(codes).substr(0, kMostQuoted)) + "…";
}

}  // namespace

void weigh(Record& record, const RecordModel& model) {
  const std::map<std::string, Doubt> doubtful = in_doubt(record, model);
  const Pointers sure = confirmed(record, model, doubtful);
  std::vector<Issue> unsure;
  for_each_value(
      record, model, [&](const std::string& pointer, const Value& value, const FieldModel& type) {
        const auto found = record.evidence.find(pointer);
        if (found == record.evidence.end() || !found->second.recognized) return;
        if (std::holds_alternative<std::monostate>(value)) return;
        Evidence& evidence = found->second;
        const double said = believable(evidence.confidence, value, evidence);
        evidence.confidence = right_at(said, value, type);
        if (type.type == ValueType::narrative) return;
        if (const auto doubt = doubtful.find(pointer); doubt != doubtful.end()) {
          const double named = is_exact(value, type) ? kNumberInDoubt : kTextInDoubt;
          evidence.confidence = std::min(
              {evidence.confidence, doubt->second.most, doubt->second.named ? named : 1.0});
          return;
        }
        const double left = sure.contains(pointer) ? kDoubtAfterCheck : 1.0;
        evidence.confidence = 1.0 - (1.0 - evidence.confidence) * left;
        // The recognizers' own word counts: what is likely right is still to be looked
        // at.
        const bool is_sure =
            is_exact(value, type) ? 1.0 - (1.0 - said) * left >= kSureReading : said >= kSureText;
        if (is_sure) return;
        unsure.push_back({"unsure",
                          Severity::warning,
                          pointer,
                          {},
                          fmt::format("read with confidence {:.2f}: `{}`", evidence.confidence,
                                      shortened(evidence.text))});
      });
  record.issues.insert(record.issues.end(), unsure.begin(), unsure.end());
}

}  // namespace tabularium
