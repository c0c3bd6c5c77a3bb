#pragma once

#include <span>
#include <vector>

#include "ground.h"
#include "rules.h"

namespace tabularium::pdf_text {

/// Finds the rules of tables that draw none: one area is painted, then each cell is painted on it
/// in another colour, and the strips that stay between the cells are what the eye takes for rules.
/// Web pages do so (`border-spacing` over a background).
class GapFinder {
 public:
  /// An area of `colour` that is about to be painted on `ground`.
  void add(const Box& area, Rgb colour, const Ground& ground);

  /// The strips between areas that lie on one common area, and between them and its edges.
  void collect(RuleCollector& rules) const;

 private:
  struct Area {
    Box box;
    Box under;  ///< the area that it lies on
  };
  static void collect_group(std::span<const Area> group, RuleCollector& rules);

  std::vector<Area> areas_;
};

}  // namespace tabularium::pdf_text
