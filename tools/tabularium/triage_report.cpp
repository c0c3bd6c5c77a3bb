#include "triage_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "session.h"
#include "text_table.h"

namespace tabularium::tool {
namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;

constexpr std::size_t kShownFailures = 20;  // of each kind; JSON has them all
constexpr std::size_t kShownLabels = 12;

std::size_t size_of(std::int64_t count) { return static_cast<std::size_t>(count); }

std::string nearest_of(const FormGroup& group) {
  if (group.nearest.empty()) return "like no known layout";
  return fmt::format("nearest {} ({:.0f} %)", group.nearest, 100.0 * group.nearness);
}

std::vector<int> years_of(const FormGroup& group) {
  std::vector<int> years;
  for (const auto& [year, count] : group.years) years.push_back(year);
  return years;
}

std::string title_of(const FormGroup& group) {
  std::string text = group.title.empty() ? "(tables without a title)" : group.title;
  if (!group.years.empty()) text += fmt::format(" {}", fmt::join(years_of(group), ", "));
  return text;
}

std::string sample_of(const FormGroup& group) {
  if (group.samples.empty()) return "";
  return fmt::format("{}, page {}", group.samples.front().file, group.samples.front().page);
}

/// "212 files, 540 forms; one new layout, nearest declaration-2020 (71 %)"
std::string headline(const Triage& triage) {
  std::string text = fmt::format("{}, {}; ", counted(size_of(triage.files), "file"),
                                 counted(size_of(triage.forms), "form"));
  std::vector<const FormGroup*> fresh;
  for (const FormGroup& group : triage.groups) {
    if (is_new(group)) fresh.push_back(&group);
  }
  if (triage.groups.empty()) return text + "nothing to sort";
  if (fresh.empty()) return text + "all of known layouts";
  text += fresh.size() == 1 ? "one new layout" : fmt::format("{} new layouts", fresh.size());
  return text + fmt::format(", {}{}", fresh.size() == 1 ? "" : "the commonest ",
                            nearest_of(*fresh.front()));
}

std::string known_in_words(const Triage& triage) {
  TextTable table({Align::right, Align::right, Align::left, Align::left, Align::left});
  table.add({"forms", "files", "layout", "title", "a sample"});
  for (const FormGroup& group : triage.groups) {
    if (is_new(group)) continue;
    table.add({std::to_string(group.forms), std::to_string(group.files), group.layout,
               title_of(group), sample_of(group)});
  }
  return "\nKnown layouts:\n" + table.text("  ");
}

std::string new_in_words(const Triage& triage) {
  std::string text = "\nForms that no layout knows:\n";
  std::size_t number = 0;
  for (const FormGroup& group : triage.groups) {
    if (!is_new(group)) continue;
    text += fmt::format("  {}. {}: {} in {}, {}\n     a sample: {}\n", number + 1, title_of(group),
                        counted(size_of(group.forms), "form"),
                        counted(size_of(group.files), "file"), nearest_of(group), sample_of(group));
    std::vector<std::string> shown = group.labels;
    if (shown.size() > kShownLabels) shown.resize(kShownLabels), shown.emplace_back("...");
    if (!shown.empty()) text += fmt::format("     on most: {}\n", fmt::join(shown, " "));
    if (number < triage.drafts.size()) {
      const TriageDraft& draft = triage.drafts[number];
      text += draft.failure.empty() ? fmt::format("     draft: {}\n", draft.file)
                                    : fmt::format("     no draft: {}\n", draft.failure);
    }
    ++number;
  }
  return text;
}

std::string failures_in_words(const std::vector<TriageFailure>& failures, const char* what) {
  if (failures.empty()) return "";
  std::string text = fmt::format("\n{} {}:\n", counted(failures.size(), "file"), what);
  std::map<std::string, std::size_t> reasons;
  for (const TriageFailure& failure : failures) ++reasons[failure.reason];
  for (std::size_t i = 0; i < std::min(failures.size(), kShownFailures); ++i) {
    const TriageFailure& failure = failures[i];
    const bool named = failure.message.starts_with(failure.file);
    text += fmt::format("  {}: {}{}\n", failure.reason, named ? "" : failure.file + ": ",
                        failure.message);
  }
  if (failures.size() <= kShownFailures) return text;
  std::vector<std::string> counts;
  for (const auto& [reason, count] : reasons) counts.push_back(fmt::format("{} {}", count, reason));
  return text + fmt::format("  ... in all {}; --json names each\n", fmt::join(counts, ", "));
}

Json json_of(const std::vector<TriageFailure>& failures) {
  Json json = Json::array();
  for (const TriageFailure& one : failures) {
    json.push_back({{"file", one.file}, {"reason", one.reason}, {"message", one.message}});
  }
  return json;
}

Json json_of(const FormGroup& group) {
  Json json = {{"layout", is_new(group) ? Json(nullptr) : Json(group.layout)},
               {"title", group.title},
               {"years", years_of(group)},
               {"record", group.record},
               {"forms", group.forms},
               {"files", group.files}};
  if (is_new(group)) {
    json["nearest"] = group.nearest;
    json["nearness"] = group.nearness;
  }
  json["labels"] = group.labels;
  json["samples"] = Json::array();
  for (const GroupSample& sample : group.samples) {
    json["samples"].push_back({{"file", sample.file}, {"page", sample.page}});
  }
  return json;
}

}  // namespace

void sort_groups(std::vector<FormGroup>& groups) {
  std::stable_sort(groups.begin(), groups.end(), [](const FormGroup& a, const FormGroup& b) {
    return std::tuple(is_new(a), -a.forms) < std::tuple(is_new(b), -b.forms);
  });
}

std::string triage_in_words(const Triage& triage) {
  std::string text = headline(triage) + '\n';
  const auto fresh = std::count_if(triage.groups.begin(), triage.groups.end(), is_new);
  if (static_cast<std::size_t>(fresh) < triage.groups.size()) text += known_in_words(triage);
  if (fresh > 0) text += new_in_words(triage);
  return text + failures_in_words(triage.formless, "without a form") +
         failures_in_words(triage.failures, "not read, or not as a whole");
}

std::string triage_as_json(const Triage& triage) {
  Json json = {{"files", triage.files}, {"forms", triage.forms}, {"groups", Json::array()}};
  std::size_t number = 0;
  for (const FormGroup& group : triage.groups) {
    Json one = json_of(group);
    if (is_new(group) && number < triage.drafts.size()) {
      const TriageDraft& draft = triage.drafts[number++];
      one["draft"] = {{"name", draft.name}, {"file", draft.file}, {"failure", draft.failure}};
    }
    json["groups"].push_back(std::move(one));
  }
  json["formless"] = json_of(triage.formless);
  json["failures"] = json_of(triage.failures);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace tabularium::tool
