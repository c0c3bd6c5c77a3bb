#pragma once

#include <string>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// What a field of tick boxes shows.
struct TickBoxes {
  bool any = false;                 // there are boxes at all, or all options are printed
  std::vector<std::string> ticked;  // texts of the ticked ones, in order
};

/// Reads the boxes of a cell. Whether a box stands before or after its text is inferred from the
/// cell: from what begins it, what ends it, and the distances. `options` are the texts that the
/// layout knows; others are taken as they stand.
TickBoxes read_tick_boxes(const std::vector<TextLine>& lines, const Labels& options);

}  // namespace tabularium
