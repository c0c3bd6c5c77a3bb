// Checks of rows: what a row's cells say to each other, and rows to rows.
#include <algorithm>
#include <map>

#include "checks_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium::checks {
namespace {

std::size_t row_count(const Inspector& inspector) {
  const RecordTable* table = inspector.record().table(inspector.check().table);
  return table ? table->rows.size() : 0;
}

std::optional<Found> column(const Inspector& inspector, std::size_t row, std::size_t index) {
  return inspector.cell(inspector.check().table, row, inspector.check().columns[index]);
}

std::string row_pointer(const Inspector& inspector, std::size_t row) {
  return "/tables/" + inspector.check().table + '/' + std::to_string(row);
}

const Quantity* quantity_of(const std::optional<Found>& found) {
  return found ? std::get_if<Quantity>(found->value) : nullptr;
}

/// Both values in one unit: equal units, or units of money.
std::optional<std::pair<Decimal, Decimal>> comparable(const Quantity& a, const Quantity& b,
                                                      const Vocabulary& words) {
  if (!a.value || !b.value) return std::nullopt;
  const std::string left = fold(a.unit.value_or(""));
  const std::string right = fold(b.unit.value_or(""));
  if (left == right) return std::pair(*a.value, *b.value);
  const auto left_exponent = money_exponent(left, words);
  const auto right_exponent = money_exponent(right, words);
  if (!left_exponent || !right_exponent) return std::nullopt;
  const auto in_yuan = shifted(*a.value, *left_exponent);
  const auto other = shifted(*b.value, *right_exponent);
  if (!in_yuan || !other) return std::nullopt;
  return std::pair(*in_yuan, *other);
}

enum class Outcome { met, missed, exceeded };

Outcome outcome(const Quantity& target, const Decimal& wanted, const Decimal& reached) {
  const std::string op = target.op.value_or("=");
  const auto when = [](bool met) { return met ? Outcome::met : Outcome::missed; };
  if (op == ">=") return when(reached >= wanted);
  if (op == "<=") return when(reached <= wanted);
  if (op == ">") return when(reached > wanted);
  if (op == "<") return when(reached < wanted);
  if (op == "~" || reached == wanted) return Outcome::met;
  // A number alone is often meant as "at least"; with a sign before it, it is meant as it stands.
  const bool bare = !target.text.empty() && target.text[0] >= '0' && target.text[0] <= '9';
  return bare && reached > wanted ? Outcome::exceeded : Outcome::missed;
}

bool is_empty(const std::optional<Found>& text) {
  const auto* words = text ? std::get_if<std::string>(text->value) : nullptr;
  return !words || fold(*words).empty();
}

std::string text_of(const std::optional<Found>& found) {
  const auto* text = found ? std::get_if<std::string>(found->value) : nullptr;
  if (text) return *text;
  const Quantity* quantity = quantity_of(found);
  return quantity ? quantity->text : "";
}

}  // namespace

void target_met(Inspector& inspector) {
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    const auto target = column(inspector, row, 0);
    const auto actual = column(inspector, row, 1);
    const auto weight = column(inspector, row, 2);
    const auto score = column(inspector, row, 3);
    const Quantity* wanted = quantity_of(target);
    const Quantity* reached = quantity_of(actual);
    if (!wanted || !reached || !weight || !score || !weight->number || !score->number) continue;
    const auto values = comparable(*wanted, *reached, *inspector.model().vocabulary);
    if (!values || *score->number < *weight->number) continue;
    const Outcome result = outcome(*wanted, values->first, values->second);
    if (result == Outcome::met) continue;
    const bool missed = result == Outcome::missed;
    inspector.report(missed ? inspector.check().severity : Severity::info, actual->pointer,
                     {target->pointer, score->pointer},
                     inspector.label(*actual) + ' ' + reached->text +
                         (missed ? " misses" : " is more than") + " the target " + wanted->text +
                         ", yet the score is full: " + inspector.show(*score) + " of " +
                         inspector.show(*weight));
  }
}

void explained(Inspector& inspector) {
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    const auto weight = column(inspector, row, 0);
    const auto score = column(inspector, row, 1);
    const auto reason = column(inspector, row, 2);
    if (!weight || !score || !reason || !weight->number || !score->number) continue;
    if (*score->number >= *weight->number || !is_empty(reason)) continue;
    inspector.report(score->pointer, {weight->pointer, reason->pointer},
                     inspector.label(*score) + ' ' + inspector.show(*score) + " of " +
                         inspector.show(*weight) + ", and " + label_of(*reason->model) +
                         " gives no reason");
  }
}

void same_unit(Inspector& inspector) {
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    const auto first = column(inspector, row, 0);
    const auto second = column(inspector, row, 1);
    const Quantity* a = quantity_of(first);
    const Quantity* b = quantity_of(second);
    if (!a || !b || !a->value || !b->value) continue;
    // Where the first has no unit its name often says it: 满意度(%).
    if (!a->unit || comparable(*a, *b, *inspector.model().vocabulary)) continue;
    inspector.report(second->pointer, {first->pointer},
                     inspector.label(*second) + ' ' + b->text + " is not in the unit of " +
                         label_of(*first->model) + ' ' + a->text);
  }
}

namespace {

/// One issue for all rows with the same finding: a label that spans ten rows is one mistake.
struct Finding {
  std::string message;
  std::vector<std::string> pointers;
};

const Check::Branch* branch_of(const Check& check, const std::string& parent) {
  for (const Check::Branch& branch : check.branches) {
    if (fold(branch.parent) == parent) return &branch;
  }
  return nullptr;
}

bool has_child(const Check::Branch& branch, const std::string& child) {
  return std::any_of(branch.children.begin(), branch.children.end(),
                     [&](const std::string& one) { return fold(one) == child; });
}

void note(std::vector<Finding>& findings, const std::string& message, const std::string& pointer) {
  for (Finding& one : findings) {
    if (one.message == message) return one.pointers.push_back(pointer);
  }
  findings.push_back({message, {pointer}});
}

}  // namespace

void taxonomy(Inspector& inspector) {
  std::vector<Finding> findings;
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    const auto parent = column(inspector, row, 0);
    const auto child = column(inspector, row, 1);
    if (!parent || parent->is_null()) continue;
    const std::string name = text_of(parent);
    const Check::Branch* branch = branch_of(inspector.check(), fold(name));
    if (!branch) {
      note(findings, label_of(*parent->model) + " `" + name + "` is none of the known ones",
           parent->pointer);
      continue;
    }
    if (!child || child->is_null() || has_child(*branch, fold(text_of(child)))) continue;
    note(findings,
         label_of(*child->model) + " `" + text_of(child) + "` is none of the known ones of " + name,
         child->pointer);
  }
  for (Finding& one : findings) {
    const std::string first = one.pointers.front();
    one.pointers.erase(one.pointers.begin());
    inspector.report(first, std::move(one.pointers), one.message);
  }
}

void unique(Inspector& inspector) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    std::string key;
    std::string shown;
    for (std::size_t i = 0; i < inspector.check().columns.size(); ++i) {
      const std::string text = text_of(column(inspector, row, i));
      key += fold(text) + '\n';
      if (!text.empty()) shown += (shown.empty() ? "" : ", ") + text;
    }
    if (shown.empty()) continue;
    const auto [first, fresh] = seen.emplace(key, row);
    if (fresh) continue;
    inspector.report(row_pointer(inspector, row), {row_pointer(inspector, first->second)},
                     "row " + std::to_string(row + 1) + " repeats row " +
                         std::to_string(first->second + 1) + ": " + shown);
  }
}

void contiguous(Inspector& inspector) {
  std::map<std::string, std::size_t> last;  // the row where each label stood last
  for (std::size_t row = 0; row < row_count(inspector); ++row) {
    std::string key;
    std::string shown;
    for (std::size_t i = 0; i < inspector.check().columns.size(); ++i) {
      const std::string text = text_of(column(inspector, row, i));
      key += fold(text) + '\n';
      shown += (shown.empty() ? "" : ", ") + text;
    }
    const auto [before, fresh] = last.emplace(key, row);
    const bool follows = fresh || before->second + 1 == row;
    const std::size_t earlier = before->second;
    before->second = row;
    if (follows) continue;
    inspector.report(row_pointer(inspector, row), {row_pointer(inspector, earlier)},
                     shown + " stands in row " + std::to_string(earlier + 1) +
                         " and, with others between, in row " + std::to_string(row + 1));
  }
}

}  // namespace tabularium::checks
