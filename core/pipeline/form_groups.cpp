#include "tabularium/pipeline/form_groups.h"

#include <algorithm>

namespace tabularium {
namespace {

constexpr std::size_t kMostGroups = 1000;  // what comes then and is like none goes with the likest
constexpr std::size_t kMostSamples = 4;
constexpr std::size_t kMostTexts = 600;  // that are counted of a group
constexpr std::size_t kShownLabels = 40;

using Counts = std::map<std::string, std::int64_t>;

/// Forgets the rarest texts: values, which are new on every form.
void forget_rare(Counts& counts) {
  for (std::int64_t rare = 1; counts.size() > kMostTexts; ++rare) {
    std::erase_if(counts, [&](const auto& one) { return one.second <= rare; });
  }
}

/// What at least half of the forms have, sorted.
std::vector<std::string> common(const Counts& counts, std::int64_t forms) {
  std::vector<std::string> texts;
  for (const auto& [text, count] : counts) {
    if (2 * count >= forms) texts.push_back(text);
  }
  return texts;
}

std::string commonest(const Counts& counts) {
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? "" : most->first;
}

}  // namespace

struct FormGroups::Group {
  FormGroup told;
  Counts titles, labels, texts, grid;
  bool recognized = true;  ///< all of them were read from pixels
  FormLook kind;           ///< what most of the forms have
  std::string last_file;

  void add(const std::string& file, const FormLook& look);
};

void FormGroups::Group::add(const std::string& file, const FormLook& look) {
  const bool other_file = told.samples.empty() || last_file != file;
  last_file = file;
  ++told.forms;
  told.files += other_file ? 1 : 0;
  if (told.samples.size() < kMostSamples && other_file) {
    told.samples.push_back({file, look.ordinal, look.pages.empty() ? 1 : look.pages.front()});
  }
  if (look.year) ++told.years[*look.year];
  if (told.record.empty()) told.record = look.record;
  if (told.nearest.empty()) told.nearest = look.nearest, told.nearness = look.nearness;
  const auto count = [](Counts& counts, const std::vector<std::string>& more) {
    for (const std::string& text : more) ++counts[text];
    forget_rare(counts);
  };
  count(titles, {look.title});
  count(labels, look.labels);
  count(texts, look.texts);
  count(grid, look.grid);
  recognized = recognized && look.recognized;
  kind.title = commonest(titles);
  kind.recognized = recognized;
  kind.labels = common(labels, told.forms);
  kind.texts = common(texts, told.forms);
  kind.grid = common(grid, told.forms);
}

FormGroups::FormGroups() = default;
FormGroups::~FormGroups() = default;

std::size_t FormGroups::add(const std::string& file, const FormLook& look) {
  std::size_t best = groups_.size();
  double most = 0.0;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i].told.layout != look.layout) continue;
    const double like = look.layout.empty() ? likeness(groups_[i].kind, look) : 1.0;
    if (like > most) most = like, best = i;
  }
  const bool full = groups_.size() >= kMostGroups;
  if (best == groups_.size() || (most < kSameKind && !full)) {
    best = groups_.size();
    groups_.emplace_back();
    groups_.back().told.layout = look.layout;
  }
  groups_[best].add(file, look);
  return best;
}

std::vector<FormGroup> FormGroups::groups() const {
  std::vector<FormGroup> all;
  for (const Group& group : groups_) {
    FormGroup one = group.told;
    one.title = group.kind.title;
    // Words that record models know come first: others may be values that many forms share.
    for (const Counts* counts : {&group.labels, &group.texts}) {
      std::vector<std::pair<std::int64_t, std::string>> ranked;
      for (const auto& [text, count] : *counts) {
        if (2 * count >= one.forms) ranked.emplace_back(-count, text);
      }
      std::sort(ranked.begin(), ranked.end());
      for (const auto& [rank, text] : ranked) {
        if (one.labels.size() < kShownLabels) one.labels.push_back(text);
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace tabularium
