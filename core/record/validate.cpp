#include "tabularium/record/validate.h"

#include <algorithm>

#include "checks_internal.h"

namespace tabularium {
namespace {

void run(checks::Inspector& inspector) {
  switch (inspector.check().kind) {
    case CheckKind::required:
      return checks::required(inspector);
    case CheckKind::filled:
      return checks::filled(inspector);
    case CheckKind::order:
      return checks::order(inspector);
    case CheckKind::in_year:
      return checks::in_year(inspector);
    case CheckKind::sum:
      return checks::sum(inspector);
    case CheckKind::at_most:
      return checks::at_most(inspector);
    case CheckKind::range:
      return checks::range(inspector);
    case CheckKind::equals:
      return checks::equals(inspector);
    case CheckKind::product:
      return checks::product(inspector);
    case CheckKind::ratio:
      return checks::ratio(inspector);
    case CheckKind::target_met:
      return checks::target_met(inspector);
    case CheckKind::explained:
      return checks::explained(inspector);
    case CheckKind::bands:
      return checks::bands(inspector);
    case CheckKind::taxonomy:
      return checks::taxonomy(inspector);
    case CheckKind::known:
      return checks::known(inspector);
    case CheckKind::parsed:
      return checks::parsed(inspector);
    case CheckKind::same_unit:
      return checks::same_unit(inspector);
    case CheckKind::unique:
      return checks::unique(inspector);
    case CheckKind::contiguous:
      return checks::contiguous(inspector);
    case CheckKind::note_agrees:
      return checks::note_agrees(inspector);
    case CheckKind::digits:
      return checks::digits(inspector);
  }
}

/// "/tables/x/10/y" after "/tables/x/9/y": digits compare as numbers.
bool pointer_less(const Issue& a, const Issue& b) {
  const auto natural = [](const std::string& text) {
    std::string key;
    std::string digits;
    const auto flush = [&] {
      if (!digits.empty()) key += std::string(12 - std::min<std::size_t>(digits.size(), 12), '0');
      key += digits;
      digits.clear();
    };
    for (const char c : text) {
      if (c >= '0' && c <= '9') {
        digits += c;
        continue;
      }
      flush();
      key += c;
    }
    flush();
    return key;
  };
  return natural(a.pointer) < natural(b.pointer);
}

}  // namespace

std::vector<Issue> checks::find_issues(const Record& record, const RecordModel& model,
                                       const Check& check) {
  Inspector inspector(record, model, check);
  if (!inspector.applies()) return {};
  run(inspector);
  return inspector.take();
}

std::vector<Issue> validate(const Record& record, const RecordModel& model) {
  std::vector<Issue> issues;
  for (const Check& check : model.checks) {
    std::vector<Issue> found = checks::find_issues(record, model, check);
    std::stable_sort(found.begin(), found.end(), pointer_less);
    issues.insert(issues.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
  }
  return issues;
}

}  // namespace tabularium
