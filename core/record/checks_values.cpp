// Checks of single values, and of values against each other.
#include <algorithm>

#include "checks_internal.h"
#include "scan_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium::checks {
namespace {

std::vector<Found> find_all(const Inspector& inspector) {
  std::vector<Found> all;
  for (const ValuePath& path : inspector.check().values) {
    for (Found& one : inspector.find(path)) all.push_back(std::move(one));
  }
  return all;
}

/// Whether `a` stands after `b`; nothing where they cannot be compared.
std::optional<bool> is_after(const Found& a, const Found& b) {
  const auto* left = std::get_if<Date>(a.value);
  const auto* right = std::get_if<Date>(b.value);
  if (left && right) return *left > *right;
  if (a.number && b.number) return *a.number > *b.number;
  return std::nullopt;
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool begins_with_sign(std::string_view text) {
  const std::u32string code = plain(to_utf32(text));
  return !code.empty() && std::u32string_view(U"≥≤=<>").find(code[0]) != std::u32string_view::npos;
}

/// Whether `printed` is the label, or another word for it that the field's options give.
bool is_label(const FieldModel& model, const std::string& printed, const std::string& label) {
  if (fold(printed) == fold(label)) return true;
  return std::any_of(model.options.begin(), model.options.end(), [&](const Option& option) {
    return option.name == label && is_option(option, printed);
  });
}

bool same_text(const Found& a, const Found& b) {
  const auto* left = std::get_if<std::string>(a.value);
  const auto* right = std::get_if<std::string>(b.value);
  return left && right && fold(*left) == fold(*right);
}

}  // namespace

void required(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    if (one.is_null())
      inspector.report(one.pointer, {}, inspector.label(one) + " is empty on the form");
  }
}

void filled(Inspector& inspector) {
  const std::string& name = inspector.check().table;
  const RecordTable* table = inspector.record().table(name);
  if (table && table->rows.empty())
    inspector.report("/tables/" + name, {}, "the table " + name + " has no rows");
}

void order(Inspector& inspector) {
  const auto all = find_all(inspector);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Found& first = all[i - 1];
    const Found& second = all[i];
    if (!is_after(first, second).value_or(false)) continue;
    inspector.report(second.pointer, {first.pointer},
                     inspector.label(first) + ' ' + inspector.show(first) + " is after " +
                         inspector.label(second) + ' ' + inspector.show(second));
  }
}

void in_year(Inspector& inspector) {
  const auto year = inspector.record().year;
  if (!year) return;
  for (const Found& one : find_all(inspector)) {
    const auto* date = std::get_if<Date>(one.value);
    if (!date || date->year == *year) continue;
    inspector.report(one.pointer, {"/year"},
                     inspector.label(one) + ' ' + to_string(*date) + " is not in the form's year " +
                         std::to_string(*year));
  }
}

void at_most(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    const auto limit = inspector.partner(*inspector.check().limit, one);
    if (!limit || !one.number || !limit->number || *one.number <= *limit->number) continue;
    const std::string name = limit->pointer.empty() ? "the limit" : label_of(*limit->model);
    inspector.report(one.pointer, {limit->pointer},
                     inspector.label(one) + ' ' + inspector.show(*one.number, one) +
                         " is more than " + name + ' ' + inspector.show(*limit->number, *limit));
  }
}

void range(Inspector& inspector) {
  const Check& check = inspector.check();
  for (const Found& one : find_all(inspector)) {
    if (!one.number || (!check.unit.empty() && one.unit != check.unit)) continue;
    const bool low = check.least && *one.number < *check.least;
    const bool high = check.most && *one.number > *check.most;
    if (!low && !high) continue;
    inspector.report(
        one.pointer, {},
        inspector.label(one) + ' ' + inspector.show(*one.number, one) + " is " +
            (low ? "below " + check.least->to_string() : "above " + check.most->to_string()));
  }
}

void equals(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    const auto other = inspector.partner(*inspector.check().limit, one);
    if (!other || one.is_null()) continue;
    const bool comparable = one.number && other->number;
    if (comparable ? *one.number == *other->number : same_text(one, *other)) continue;
    const std::string expected =
        other->pointer.empty() ? inspector.show(*other->number, *other) : inspector.show(*other);
    inspector.report(
        one.pointer, {other->pointer},
        inspector.label(one) + " is " + inspector.show(one) + ", expected " + expected);
  }
}

void bands(Inspector& inspector) {
  const Check& check = inspector.check();
  for (const Found& one : find_all(inspector)) {
    const auto label = inspector.partner(*check.limit, one);
    const auto* printed = label ? std::get_if<std::string>(label->value) : nullptr;
    if (!printed || !one.number) continue;
    const auto band = std::find_if(check.bands.begin(), check.bands.end(),
                                   [&](const auto& each) { return *one.number >= each.from; });
    if (band == check.bands.end() || is_label(*label->model, *printed, band->label)) continue;
    inspector.report(label->pointer, {one.pointer},
                     inspector.label(one) + ' ' + inspector.show(one) + " is " + band->label +
                         ", the form says " + *printed);
  }
}

void known(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    std::vector<std::string> values;
    if (const auto* text = std::get_if<std::string>(one.value)) values = {*text};
    if (const auto* texts = std::get_if<std::vector<std::string>>(one.value)) values = *texts;
    for (const std::string& value : values) {
      const auto& options = one.model->options;
      const bool is_known = std::any_of(options.begin(), options.end(), [&](const Option& option) {
        return is_option(option, value);
      });
      if (is_known || options.empty()) continue;
      inspector.report(one.pointer, {},
                       inspector.label(one) + ": `" + value + "` is none of the known ones");
    }
  }
}

void parsed(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    const auto* quantity = std::get_if<Quantity>(one.value);
    if (!quantity || quantity->value) continue;
    if (!begins_like_quantity(quantity->text, *inspector.model().vocabulary)) continue;
    // Words may follow a number by intent; after a sign a number is meant, and was not readable.
    const bool sign = begins_with_sign(quantity->text);
    inspector.report(sign ? Severity::warning : inspector.check().severity, one.pointer, {},
                     inspector.label(one) + ": `" + quantity->text +
                         "` begins like a quantity, but more follows than a unit or a note");
  }
}

namespace {

bool holds_any(const std::string& text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

/// The numbers in `text` that stand directly before `unit`.
std::vector<Decimal> numbers_with_unit(std::string_view text, std::string_view unit) {
  std::vector<Decimal> numbers;
  const std::u32string code = plain(to_utf32(squeeze(text)));
  const std::u32string word = plain(to_utf32(unit));
  Scanner scanner(code);
  while (!scanner.done()) {
    const auto number = is_digit(scanner.next()) ? scanner.take_number() : std::nullopt;
    if (number && scanner.take(word)) numbers.push_back(*number);
    if (!number) scanner.skip(1);
  }
  return numbers;
}

}  // namespace

void note_agrees(Inspector& inspector) {
  for (const Found& one : find_all(inspector)) {
    const auto* quantity = std::get_if<Quantity>(one.value);
    if (!quantity || !quantity->value || !quantity->unit || !quantity->note) continue;
    if (holds_any(*quantity->note, inspector.check().unless)) continue;
    const auto repeated = numbers_with_unit(*quantity->note, *quantity->unit);
    if (repeated.empty() ||
        std::find(repeated.begin(), repeated.end(), *quantity->value) != repeated.end())
      continue;
    inspector.report(one.pointer, {},
                     inspector.label(one) + ": " + inspector.show(*quantity->value, one) +
                         ", its note says " + inspector.show(repeated.front(), one) + ": `" +
                         quantity->text + '`');
  }
}

void digits(Inspector& inspector) {
  const Check& check = inspector.check();
  for (const Found& one : find_all(inspector)) {
    const auto* text = std::get_if<std::string>(one.value);
    if (!text) continue;
    const Decimal count(static_cast<std::int64_t>(count_digits(nfkc(*text))), 0);
    if ((!check.least || count >= *check.least) && (!check.most || count <= *check.most)) continue;
    inspector.report(
        one.pointer, {},
        inspector.label(one) + ": `" + *text + "` has " + count.to_string() + " digits");
  }
}

}  // namespace tabularium::checks
