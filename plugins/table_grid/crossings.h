#pragma once

#include <vector>

#include "trace.h"

namespace tabularium::table_grid {

/// Where a trace meets another one of the other direction.
struct Crossing {
  double along = 0.0;     ///< place on this trace, pixels
  double across = 0.0;    ///< of this trace there
  std::size_t other = 0;  ///< index of the crossing trace
};

/// Where `trace` meets `others`, rising along it; ends that fall short of each other by up to
/// `reach` pixels meet too.
std::vector<Crossing> crossings(const Trace& trace, const std::vector<Trace>& others, double reach);

}  // namespace tabularium::table_grid
