#include <algorithm>
#include <utility>

#include "tabularium/form/label_guess_internal.h"
#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/nearest_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr std::size_t kGuesses = 3;
constexpr std::size_t kLongestLabel = 18;  // characters; longer texts are values
constexpr double kLeastLikeness = 0.45;

/// The part of the longer text's characters that both have, in order.
double likeness(std::u32string_view a, std::u32string_view b) {
  const auto longer = static_cast<double>(std::max<std::size_t>(1, std::max(a.size(), b.size())));
  return static_cast<double>(in_common(a, b)) / longer;
}

}  // namespace

bool looks_like_label(std::u32string_view text) {
  if (text.empty() || text.size() > kLongestLabel) return false;
  static constexpr std::u32string_view kOfSentences = U"。，；！？";
  const bool sentence = std::any_of(text.begin(), text.end(), [](char32_t c) {
    return kOfSentences.find(c) != kOfSentences.npos;
  });
  return !sentence && std::any_of(text.begin(), text.end(), is_cjk);
}

std::vector<std::string> guess_label(std::u32string_view text, const Lexicon& lexicon) {
  std::vector<std::pair<double, std::string>> all;
  const auto consider = [&](const std::string& name, const std::vector<std::string>& labels) {
    double best = 0.0;
    for (const std::string& label : labels) {
      best = std::max(best, likeness(text, make_label(label).folded));
    }
    if (best >= kLeastLikeness) all.emplace_back(-best, name);
  };
  for (const Lexicon::Field& field : lexicon.fields) consider(field.name, field.labels);
  for (const Lexicon::Table& table : lexicon.tables) {
    for (const Lexicon::Column& column : table.columns) {
      consider(table.name + "." + column.name, column.labels);
    }
  }
  std::stable_sort(all.begin(), all.end());
  std::vector<std::string> names;
  for (const auto& [rank, name] : all) {
    if (names.size() < kGuesses) names.push_back(name);
  }
  return names;
}

}  // namespace tabularium
