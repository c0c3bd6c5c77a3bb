#include "tabularium/table/scale_internal.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tabularium {
namespace {

/// The value in the middle when each value counts as often as its weight says.
double weighted_median(std::vector<std::pair<double, double>> values, double fallback) {
  double total = 0.0;
  for (const auto& [value, weight] : values) total += weight;
  if (total <= 0.0) return fallback;
  std::sort(values.begin(), values.end());
  double sum = 0.0;
  for (const auto& [value, weight] : values) {
    sum += weight;
    if (sum * 2 >= total) return value;
  }
  return values.back().first;
}

}  // namespace

double Scale::touch() const {
  return std::clamp(std::max(0.15 * text, 1.5 * line), 1.0, 0.3 * std::max(text, 4.0));
}

double Scale::snap() const { return std::clamp(0.3 * text, touch(), 6.0); }

Scale measure(const Page& page) {
  std::vector<std::pair<double, double>> sizes;
  sizes.reserve(page.words.size());
  for (const Word& word : page.words) {
    sizes.emplace_back(word.font_size, static_cast<double>(word.glyphs.size()));
  }
  std::vector<std::pair<double, double>> lines;
  lines.reserve(page.rules.size());
  for (const Rule& rule : page.rules) lines.emplace_back(rule.thickness, rule.length());
  const Scale standard;
  Scale scale;
  scale.text = std::clamp(weighted_median(std::move(sizes), standard.text), 2.0, 72.0);
  scale.line = std::clamp(weighted_median(std::move(lines), standard.line), 0.0, 6.0);
  return scale;
}

}  // namespace tabularium
