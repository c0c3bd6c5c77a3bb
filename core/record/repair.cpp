#include "tabularium/record/repair.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <set>
#include <utility>

#include "checks_internal.h"
#include "readings_internal.h"

namespace tabularium {
namespace {

// Costs are tenths of the natural logarithm of how much less likely a choice is.
constexpr int kMostCost = 75;
constexpr int kMargin = 7;  // half as likely
constexpr std::size_t kMostChanges = 3;
constexpr int kMostTrials = 1500;

bool is_arithmetic(CheckKind kind) {
  switch (kind) {
    case CheckKind::sum:
    case CheckKind::product:
    case CheckKind::ratio:
    case CheckKind::at_most:
    case CheckKind::equals:
    case CheckKind::range:
      return true;
    default:
      return false;
  }
}

/// Another value that a cell may have.
struct Choice {
  Value value;
  std::string text;
  int cost = 0;
};

/// A value of the record that may be changed.
struct Cell {
  std::string pointer;
  Value* value = nullptr;
  std::vector<Choice> choices;  // the cheapest first
};

/// Which choice some cells take.
struct Assignment {
  int cost = 0;
  std::vector<std::pair<std::size_t, std::size_t>> changes;  // cell, choice; cells rise

  // The cheapest comes first out of a heap, of equals the one with the first cells.
  bool operator<(const Assignment& other) const {
    return std::pair(cost, changes) > std::pair(other.cost, other.changes);
  }
};

/// A failed check, told from others by what it is about.
using Failure = std::pair<std::string, std::string>;  // check, pointer

class Repairer {
 public:
  Repairer(Record& record, const RecordModel& model) : record_(record), model_(model) {}

  void run() {
    std::vector<Issue> open = failed();
    while (!open.empty()) {
      const std::vector<Issue> group = take_group(open);
      if (solve(group)) continue;
    }
  }

 private:
  std::vector<Issue> failed() const;
  static std::vector<Issue> take_group(std::vector<Issue>& open);
  std::vector<Cell> suspects(const std::vector<Issue>& group);
  bool solve(const std::vector<Issue>& group);
  bool settles(const std::vector<Issue>& group, const std::set<Failure>& before) const;
  void commit(const std::vector<Cell>& cells, const Assignment& best,
              const std::vector<Issue>& group);

  Record& record_;
  const RecordModel& model_;
};

std::set<Failure> failures(const std::vector<Issue>& issues) {
  std::set<Failure> all;
  for (const Issue& issue : issues) all.emplace(issue.check, issue.pointer);
  return all;
}

std::vector<Issue> Repairer::failed() const {
  std::vector<Issue> issues;
  for (const Check& check : model_.checks) {
    if (!is_arithmetic(check.kind)) continue;
    std::vector<Issue> found = checks::find_issues(record_, model_, check);
    issues.insert(issues.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
  }
  return issues;
}

/// Takes issues that speak of the same values, over others of them perhaps, out of `open`.
std::vector<Issue> Repairer::take_group(std::vector<Issue>& open) {
  std::vector<Issue> group = {open.front()};
  open.erase(open.begin());
  std::set<std::string> pointers(group[0].related.begin(), group[0].related.end());
  pointers.insert(group[0].pointer);
  for (bool more = true; more;) {
    more = false;
    for (auto it = open.begin(); it != open.end();) {
      const bool shares = pointers.contains(it->pointer) ||
                          std::any_of(it->related.begin(), it->related.end(),
                                      [&](const auto& one) { return pointers.contains(one); });
      if (!shares) {
        ++it;
        continue;
      }
      pointers.insert(it->pointer);
      pointers.insert(it->related.begin(), it->related.end());
      group.push_back(std::move(*it));
      it = open.erase(it);
      more = true;
    }
  }
  return group;
}

/// How much less likely than its reading another one of a value is.
int cost_of(double read, double other) {
  constexpr double kLeast = 0.0005;
  const double ratio = std::max(read, 0.05) / std::max(other, kLeast);
  return std::max(1, static_cast<int>(std::lround(10.0 * std::log(ratio))));
}

/// The cost of a reading that no recognizer gave: how sure it was of its own comes first.
int cost_of_guess(double read) {
  const double doubt = std::clamp(1.0 - read, 0.005, 0.95);
  return 20 + std::max(0, static_cast<int>(std::lround(10.0 * std::log(1.0 / doubt))));
}

void add_choice(std::vector<Choice>& choices, const Value& now, Choice choice) {
  if (std::holds_alternative<std::monostate>(choice.value) || choice.value == now) return;
  const bool known = std::any_of(choices.begin(), choices.end(),
                                 [&](const Choice& one) { return one.value == choice.value; });
  if (!known && choice.cost <= kMostCost) choices.push_back(std::move(choice));
}

std::vector<Choice> choices_of(const Evidence& evidence, const Value& now, const FieldModel& model,
                               const Vocabulary& words) {
  std::vector<Choice> choices;
  for (const Alternative& other : evidence.alternatives) {
    add_choice(choices, now,
               {read_number(other.text, evidence.unit, model, words), other.text,
                cost_of(evidence.confidence, other.confidence)});
  }
  const int guess = cost_of_guess(evidence.confidence);
  for (const Guess& other : likely_numbers(evidence.text)) {
    add_choice(
        choices, now,
        {read_number(other.text, evidence.unit, model, words), other.text, guess + other.cost});
  }
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
  return choices;
}

std::vector<Cell> Repairer::suspects(const std::vector<Issue>& group) {
  std::set<std::string> named;
  for (const Issue& issue : group) {
    named.insert(issue.pointer);
    named.insert(issue.related.begin(), issue.related.end());
  }
  std::vector<Cell> cells;
  const auto look = [&](std::string pointer, Value& value, const FieldModel* model) {
    if (model == nullptr || !is_number(model->type) || !named.contains(pointer)) return;
    const auto evidence = record_.evidence.find(pointer);
    if (evidence == record_.evidence.end() || !evidence->second.recognized) return;
    auto choices = choices_of(evidence->second, value, *model, *model_.vocabulary);
    if (!choices.empty()) cells.push_back({std::move(pointer), &value, std::move(choices)});
  };
  for (Field& field : record_.fields) {
    look(field_pointer(field.name), field.value, model_.field(field.name));
  }
  for (RecordTable& table : record_.tables) {
    const TableModel* model = model_.table(table.name);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (Field& cell : table.rows[row].cells) {
        look(cell_pointer(table.name, row, cell.name), cell.value, model->column(cell.name));
      }
    }
  }
  return cells;
}

/// Whether no check of the group fails now, and no other that held before.
bool Repairer::settles(const std::vector<Issue>& group, const std::set<Failure>& before) const {
  const std::set<Failure> to_settle = failures(group);
  std::set<std::string> ids;
  for (const Issue& issue : group) ids.insert(issue.check);
  const auto bad = [&](const Issue& issue) {
    const Failure failure{issue.check, issue.pointer};
    return to_settle.contains(failure) || !before.contains(failure);
  };
  for (const bool own : {true, false}) {  // the checks of the group first: most trials end there
    for (const Check& check : model_.checks) {
      if (!is_arithmetic(check.kind) || ids.contains(check.id) != own) continue;
      const std::vector<Issue> found = checks::find_issues(record_, model_, check);
      if (std::any_of(found.begin(), found.end(), bad)) return false;
    }
  }
  return true;
}

bool Repairer::solve(const std::vector<Issue>& group) {
  const std::vector<Cell> cells = suspects(group);
  const std::set<Failure> before = failures(failed());
  std::priority_queue<Assignment> open;
  const auto push_after = [&](const Assignment& base, std::size_t first) {
    if (base.changes.size() >= kMostChanges) return;
    for (std::size_t c = first; c < cells.size(); ++c) {
      for (std::size_t i = 0; i < cells[c].choices.size(); ++i) {
        Assignment next = base;
        next.cost += cells[c].choices[i].cost;
        if (next.cost > kMostCost) break;
        next.changes.emplace_back(c, i);
        open.push(std::move(next));
      }
    }
  };
  push_after({}, 0);
  std::optional<Assignment> best;
  for (int trial = 0; trial < kMostTrials && !open.empty(); ++trial) {
    const Assignment next = open.top();
    open.pop();
    if (best && next.cost >= best->cost + kMargin) break;
    std::vector<Value> kept;
    for (const auto& [c, i] : next.changes) {
      kept.push_back(std::exchange(*cells[c].value, cells[c].choices[i].value));
    }
    const bool settled = settles(group, before);
    for (std::size_t i = 0; i < next.changes.size(); ++i) {
      *cells[next.changes[i].first].value = std::move(kept[i]);
    }
    if (settled && best) return false;  // two choices are about as likely
    if (settled) best = next;
    push_after(next, next.changes.back().first + 1);
  }
  if (!best) return false;
  commit(cells, *best, group);
  return true;
}

void Repairer::commit(const std::vector<Cell>& cells, const Assignment& best,
                      const std::vector<Issue>& group) {
  constexpr double kRepaired = 0.85;
  for (const auto& [c, i] : best.changes) {
    const Cell& cell = cells[c];
    *cell.value = cell.choices[i].value;
    Evidence& evidence = record_.evidence.at(cell.pointer);
    evidence.confidence = std::min(evidence.confidence, kRepaired);
    record_.issues.push_back({"repaired",
                              Severity::warning,
                              cell.pointer,
                              {},
                              "read as `" + evidence.text + "`, taken as `" + cell.choices[i].text +
                                  "`: only so the check " + group.front().check + " holds"});
    // It is explained now.
    std::erase_if(record_.issues, [&](const Issue& issue) {
      return issue.check == "unparsed" && issue.pointer == cell.pointer;
    });
  }
}

}  // namespace

void repair(Record& record, const RecordModel& model) {
  const bool from_pixels = std::any_of(record.evidence.begin(), record.evidence.end(),
                                       [](const auto& one) { return one.second.recognized; });
  if (from_pixels) Repairer(record, model).run();
}

}  // namespace tabularium
