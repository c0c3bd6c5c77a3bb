#include "crossings.h"

#include <algorithm>

namespace tabularium::table_grid {

std::vector<Crossing> crossings(const Trace& trace, const std::vector<Trace>& others,
                                double reach) {
  std::vector<Crossing> all;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Trace& other = others[i];
    // Two steps of going to and fro settle the point: both run nearly straight.
    double along = other.at(trace.at((trace.from() + trace.to()) / 2));
    along = other.at(trace.at(along));
    const double across = trace.at(along);
    if (along < trace.from() - reach || along > trace.to() + reach) continue;
    if (across < other.from() - reach || across > other.to() + reach) continue;
    all.push_back({along, across, i});
  }
  std::sort(all.begin(), all.end(),
            [](const Crossing& a, const Crossing& b) { return a.along < b.along; });
  return all;
}

}  // namespace tabularium::table_grid
