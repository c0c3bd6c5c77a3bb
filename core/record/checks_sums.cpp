// Checks of arithmetic. All of it is exact; where a form may have rounded what it prints, the
// difference that rounding can make is known, and the finding is milder.
#include <algorithm>

#include "checks_internal.h"

namespace tabularium::checks {
namespace {

constexpr std::size_t kMaxShownParts = 40;

/// A part of a sum and what the form calls it.
struct Part {
  Found found;
  std::string label;
};

std::vector<Part> find_parts(const Inspector& inspector) {
  std::vector<Part> parts;
  for (const Operand& operand : inspector.check().parts) {
    if (operand.number) continue;
    const ValuePath& path = operand.path;
    for (Found& one : inspector.find(path)) {
      std::string label;
      if (!path.column.empty()) {
        label = inspector.condition_label(path);
      } else if (!one.row) {
        label = label_of(*one.model);
      }
      parts.push_back({std::move(one), std::move(label)});
    }
  }
  return parts;
}

std::string show_parts(const Inspector& inspector, const std::vector<Part>& parts) {
  std::string text;
  std::size_t shown = 0;
  for (const Part& part : parts) {
    if (!part.found.number) continue;
    if (++shown > kMaxShownParts) return text + " + ...";
    if (!text.empty()) text += " + ";
    if (!part.label.empty()) text += part.label + ' ';
    text += inspector.show_number(*part.found.number, part.found);
  }
  return text;
}

/// The milder severity: what rounding can explain may be right.
Severity milder(Severity severity) {
  return severity == Severity::error ? Severity::warning : severity;
}

/// Whether rounding of the printed amounts can make the difference: half a unit of the last digit
/// for each of them.
bool is_rounding(const Inspector& inspector, const Found& total, std::size_t parts,
                 const Decimal& difference) {
  if (!total.is_money()) return false;
  const Decimal halves(static_cast<std::int64_t>(parts) + 1, 0);
  const auto slack = multiply(inspector.last_digit(total), halves);
  const auto twice = multiply(absolute(difference), Decimal(2, 0));
  return slack && twice && *twice <= *slack;
}

std::string total_name(const Inspector& inspector, const Found& total) {
  const Operand& operand = *inspector.check().limit;
  if (operand.number) return "the total";
  return operand.path.column.empty() ? label_of(*total.model)
                                     : inspector.condition_label(operand.path);
}

/// The column that is added up, where it is one.
std::string head_of(const Found& total, const std::vector<Part>& parts) {
  const Found& one = total.row ? total : parts.front().found;
  return one.row ? label_of(*one.model) + ": " : "";
}

void check_sum(Inspector& inspector, const Found& total, const std::vector<Part>& parts) {
  Decimal sum;
  std::vector<std::string> pointers;
  for (const Part& part : parts) {
    if (!part.found.number) continue;
    const auto next = add(sum, *part.found.number);
    if (!next) return;
    sum = *next;
    pointers.push_back(part.found.pointer);
  }
  if (pointers.empty() || sum == *total.number) return;
  const auto difference = subtract(sum, *total.number);
  const bool rounding = difference && is_rounding(inspector, total, pointers.size(), *difference);
  const Severity severity =
      rounding ? milder(inspector.check().severity) : inspector.check().severity;
  // A total that the model gives stands nowhere on the form: then the first part carries the issue.
  const std::string pointer = total.pointer.empty() ? pointers.front() : total.pointer;
  const std::string head = head_of(total, parts);
  inspector.report(severity, pointer, std::move(pointers),
                   head + show_parts(inspector, parts) + " = " + inspector.show(sum, total) + ", " +
                       total_name(inspector, total) + " says " +
                       inspector.show(*total.number, total) +
                       (rounding ? " (rounding can make the difference)" : ""));
}

/// Expected value between `low` and `high`, cut or rounded to `scale` digits.
bool fits(const Decimal& printed, const Decimal& low, const Decimal& high, int scale) {
  return printed >= cut(low, scale) && printed <= rounded(high, scale);
}

/// Digits after the point that a form prints in a column: 99.7 beside 99.71 has lost one.
int printed_scale(const Inspector& inspector, const ValuePath& path) {
  int scale = 0;
  for (const Found& one : inspector.find({path.table, path.name, "", ""})) {
    if (one.number) scale = std::max(scale, one.number->scale());
  }
  return scale;
}

std::optional<Decimal> times(const std::optional<Decimal>& a, const Decimal& b) {
  return a ? multiply(a->reduced(), b.reduced()) : std::nullopt;
}

Decimal one_in_last_digit(const Decimal& number) { return {1, number.scale()}; }

}  // namespace

void sum(Inspector& inspector) {
  const std::vector<Part> parts = find_parts(inspector);
  const Operand& total = *inspector.check().limit;
  if (parts.empty()) return;
  if (total.number) {
    Found given = parts.front().found;
    given.pointer.clear();
    given.row.reset();
    given.number = total.number;
    return check_sum(inspector, given, parts);
  }
  for (const Found& one : inspector.find(total.path)) {
    if (one.number) check_sum(inspector, one, parts);
  }
}

void product(Inspector& inspector) {
  const Check& check = inspector.check();
  const int scale = printed_scale(inspector, check.values.front());
  for (const Found& one : inspector.find(check.values.front())) {
    if (!one.number) continue;
    std::optional<Decimal> low = Decimal(1, 0);
    std::optional<Decimal> high = low;
    std::vector<std::string> pointers;
    std::string text;
    for (const Operand& factor : check.parts) {
      const auto other = inspector.partner(factor, one);
      const auto number = other ? other->number : std::nullopt;
      low = number ? times(low, *number) : std::nullopt;
      // A rate is cut before it is printed: the true one may be almost a digit higher.
      const bool is_cut = number && other->model->type == ValueType::percent;
      high = !number  ? std::nullopt
             : is_cut ? times(high, add(*number, one_in_last_digit(*number)).value_or(*number))
                      : times(high, *number);
      if (!low || !high) break;
      pointers.push_back(other->pointer);
      text += (text.empty() ? "" : " × ") + label_of(*other->model) + ' ' + number->to_string();
    }
    if (low) low = divide_truncated(*low, check.scale, 8);
    if (high) high = divide_truncated(*high, check.scale, 8);
    if (!low || !high || fits(*one.number, *low, *high, scale)) continue;
    const auto cap = check.limit ? inspector.partner(*check.limit, one) : std::nullopt;
    if (cap && cap->number && *low > *cap->number && *one.number == *cap->number) continue;
    inspector.report(one.pointer, std::move(pointers),
                     inspector.label(one) + ": " + text + " / " + check.scale.to_string() + " = " +
                         cut(*low, 4).to_string() + ", the form says " + one.number->to_string());
  }
}

namespace {

/// numerator / denominator * times, with each amount off by half a unit of its last digit in the
/// way that makes the quotient smaller (`sign` -1) or greater (1).
std::optional<Decimal> shaken(const Inspector& inspector, const Found& numerator,
                              const Found& denominator, const Decimal& times_by, int sign) {
  const auto half = [&](const Found& amount, int direction) {
    const auto halved =
        multiply(inspector.last_digit(amount), Decimal(std::int64_t{5} * direction, 1));
    return add(*amount.number, halved.value_or(Decimal())).value_or(*amount.number);
  };
  const auto top = times(half(numerator, sign), times_by);
  const Decimal bottom = half(denominator, -sign);
  if (!top || bottom <= Decimal()) return std::nullopt;
  return divide_truncated(*top, bottom, 8);
}

void check_ratio(Inspector& inspector, const Found& one, const Found& numerator,
                 const Found& denominator) {
  const Check& check = inspector.check();
  const int scale = printed_scale(inspector, check.values.front());
  const auto top = times(*numerator.number, check.scale);
  if (!top) return;
  Severity severity = check.severity;
  std::string result = "no number";
  if (denominator.number->is_zero()) {
    // Nothing of nothing: forms print 0, some 100.
    const bool nothing = numerator.number->is_zero();
    if (nothing && (one.number->is_zero() || *one.number == check.scale)) return;
  } else {
    const auto exact = divide_truncated(*top, *denominator.number, 8);
    if (!exact || fits(*one.number, *exact, *exact, scale)) return;
    result = cut(*exact, 4).to_string();
    if (numerator.is_money() && denominator.is_money()) {
      const auto low = shaken(inspector, numerator, denominator, check.scale, -1);
      const auto high = shaken(inspector, numerator, denominator, check.scale, 1);
      if (low && high && fits(*one.number, *low, *high, scale)) severity = milder(severity);
    }
  }
  inspector.report(severity, one.pointer, {numerator.pointer, denominator.pointer},
                   inspector.label(one) + ": " + label_of(*numerator.model) + ' ' +
                       inspector.show(numerator) + " / " + label_of(*denominator.model) + ' ' +
                       inspector.show(denominator) + " × " + check.scale.to_string() + " = " +
                       result + ", the form says " + one.number->to_string());
}

}  // namespace

void ratio(Inspector& inspector) {
  const Check& check = inspector.check();
  for (const Found& one : inspector.find(check.values.front())) {
    const auto numerator = inspector.partner(check.parts[0], one);
    const auto denominator = inspector.partner(check.parts[1], one);
    if (!one.number || !numerator || !denominator) continue;
    if (numerator->number && denominator->number)
      check_ratio(inspector, one, *numerator, *denominator);
  }
}

}  // namespace tabularium::checks
