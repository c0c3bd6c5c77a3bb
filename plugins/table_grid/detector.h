#pragma once

#include "tabularium/plugin/grid_detector.h"

namespace tabularium::table_grid {

/// Sets scans, faxes, copies and photographs upright and finds their rules. Keeps no state between
/// pages; the same pixels give the same page.
class Detector final : public GridDetector {
 public:
  std::string_view name() const noexcept override { return "table_grid"; }
  UprightPage detect(const PageImage& image, const Limits& limits) override;
};

}  // namespace tabularium::table_grid
