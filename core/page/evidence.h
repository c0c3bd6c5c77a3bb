#pragma once

#include <string>
#include <vector>

#include "tabularium/page/geometry.h"
#include "tabularium/page/word.h"

namespace tabularium {

/// Where a value came from.
struct Evidence {
  int page = 1;             ///< counted from 1; the page where the value begins
  Box box;                  ///< on that page, in the coordinates of `Point`
  std::string text;         ///< raw text, before any normalization
  double confidence = 1.0;  ///< 0.0 to 1.0: the least of the words it was read from
  std::string extractor;    ///< for example "pdf_text"
  /// Unit of money that the form prints the value in, "万元"; the record itself is in yuan. Empty
  /// for all other values.
  std::string unit = {};
  /// Lines of a text file that the value stands in, counted from 1; 0 where pages are drawn.
  int first_line = 0;
  int last_line = 0;
  bool recognized = false;  ///< read from pixels, at least in part
  /// Other readings of the whole text, the likeliest first; not part of a record's JSON.
  std::vector<Alternative> alternatives = {};

  bool operator==(const Evidence&) const = default;
};

}  // namespace tabularium
