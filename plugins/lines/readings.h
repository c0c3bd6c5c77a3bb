#pragma once

#include <string>
#include <vector>

#include "network.h"

namespace tabularium::lines {

/// What may stand at one place: the characters, the likeliest first, and how likely there is
/// anything at all.
struct Place {
  std::vector<Name> names;
  double presence = 1.0;

  /// Of the likeliest character being there.
  double probability() const { return names.empty() ? 0.0 : presence * names.front().probability; }
};

/// One way to read a row of places.
struct Reading {
  std::u32string text;
  double probability = 0.0;

  bool operator==(const Reading&) const = default;
};

/// `names` without those that are another shape of a likelier one: `(` and `（` are one, printed as
/// the likelier. Their probabilities are added.
std::vector<Name> merged_shapes(std::vector<Name> names);

/// The likeliest readings of `places` that differ, best first: at most `most`, none below `least`
/// but the first. A place that is likelier empty than not is left out of the first.
std::vector<Reading> best_readings(const std::vector<Place>& places, std::size_t most,
                                   double least);

}  // namespace tabularium::lines
