#pragma once

#include <string>
#include <vector>

#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// Where text may stand on a page: the cells of its ruled tables, then what lies beside the tables.
struct TextRegion {
  Box box;  ///< points, on the page
  bool is_cell = false;
};

/// The regions of `page` by its rules; all of it where there is no table.
std::vector<TextRegion> text_regions(Page page, const Limits& limits);

/// What a page shows that its words do not say.
struct MissingText {
  bool whole = false;        ///< the page is to be read from its pixels, around its own words
  std::vector<Box> regions;  ///< else these places of it, none of which holds a word
  std::string why;           ///< for a person; empty where nothing is missing, and for a plain scan

  bool any() const { return whole || !regions.empty(); }
};

/// Looks for text that is missing: a page of pictures alone, somebody's recognition under a
/// picture, glyphs without Unicode values, pictures where a cell has no words.
MissingText missing_text(const Page& page, const Limits& limits);

}  // namespace tabularium
