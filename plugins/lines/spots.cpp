#include "spots.h"

#include <algorithm>
#include <numeric>

namespace tabularium::lines {

namespace {

/// Two tops are two characters where the presence between them falls below this share of the lower.
constexpr double kValley = 0.6;

/// Steps of a run with less than this share of its top are its edges.
constexpr double kEdge = 0.5;

/// The part of `first` to `last` that stands out, and how sure it is that all of it shows one.
Spot trimmed(const std::vector<float>& presence, int first, int last) {
  const double sum = std::accumulate(presence.begin() + first, presence.begin() + last + 1, 0.0);
  const double top = *std::max_element(presence.begin() + first, presence.begin() + last + 1);
  while (presence[static_cast<std::size_t>(first)] < kEdge * top) ++first;
  while (presence[static_cast<std::size_t>(last)] < kEdge * top) --last;
  return {first, last, std::min(sum, 1.0)};
}

/// Cuts a run without a faint step at its valleys.
void cut_run(const std::vector<float>& presence, int first, int last, std::vector<Spot>& spots) {
  int begin = first;
  float top = presence[static_cast<std::size_t>(first)];
  int lowest = first;
  for (int step = first + 1; step <= last; ++step) {
    const float now = presence[static_cast<std::size_t>(step)];
    const float low = presence[static_cast<std::size_t>(lowest)];
    if (now < low) lowest = step;
    const bool rises = now > presence[static_cast<std::size_t>(lowest)];
    if (rises && lowest > begin &&
        presence[static_cast<std::size_t>(lowest)] < kValley * std::min(top, now)) {
      spots.push_back(trimmed(presence, begin, lowest - 1));
      begin = lowest + 1;
      top = now;
      lowest = step;
    } else if (now > top) {
      top = now;
      lowest = step;
    }
  }
  if (begin <= last) spots.push_back(trimmed(presence, begin, last));
}

}  // namespace

std::vector<Spot> find_spots(const std::vector<float>& presence) {
  std::vector<Spot> spots;
  const int count = static_cast<int>(presence.size());
  for (int step = 0; step < count; ++step) {
    if (presence[static_cast<std::size_t>(step)] < kFaint) continue;
    int last = step;
    while (last + 1 < count && presence[static_cast<std::size_t>(last + 1)] >= kFaint) ++last;
    cut_run(presence, step, last, spots);
    step = last;
  }
  return spots;
}

}  // namespace tabularium::lines
