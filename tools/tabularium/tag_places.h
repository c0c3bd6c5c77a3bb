#pragma once

#include <string>
#include <vector>

#include "picture.h"

namespace tabularium::tool {

/// A label beside the box that it names; points of the page.
struct Tag {
  std::string text;
  Box box;           ///< where the label stands
  Box target;        ///< what it names
  bool led = false;  ///< too far from its target: a line leads there
  Mark::Kind kind = Mark::Kind::field;
  bool doubtful = false;
};

/// A label that looks for its place.
struct TagWish {
  std::string text;
  Box target;
  double width = 0.0;
  double height = 0.0;
  Mark::Kind kind = Mark::Kind::field;
  bool doubtful = false;
};

/// Gives each label a place near its target where it covers no other label, and as little text as
/// can be. `fixed` are places that are taken already.
std::vector<Tag> place_tags(const std::vector<TagWish>& wishes, const Page& page,
                            const std::vector<Box>& fixed);

}  // namespace tabularium::tool
