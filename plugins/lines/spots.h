#pragma once

#include <vector>

namespace tabularium::lines {

/// A run of time steps in which the network found one character.
struct Spot {
  int first = 0;
  int last = 0;  ///< the last step itself
  /// That it is there, 0.0 to 1.0: the sum of its steps. The middle of a narrow character falls on
  /// one step or the next, and the network shares what it is sure of between them.
  double presence = 0.0;

  double middle() const { return (first + last) / 2.0; }
};

/// The characters of a line, left to right, given where the network says that one is. Steps belong
/// to one character until the presence falls and rises again. Those below one half are kept down to
/// `kFaint`, so that whoever reads them can say how likely there is nothing.
std::vector<Spot> find_spots(const std::vector<float>& presence);

inline constexpr double kFaint = 0.15;

}  // namespace tabularium::lines
