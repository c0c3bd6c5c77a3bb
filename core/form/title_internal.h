#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// The title of a form on a page.
struct Title {
  int page = 1;
  double top = 0.0;
  double bottom = 0.0;
  std::string text;       // as printed, white space removed, without a year before or behind it
  bool exact = true;      // nothing stands before or behind it
  double likeness = 1.0;  // below 1 where a recognizer read it otherwise: down to 0.5
};

/// Whether what stands beside a title that a recognizer read may be a year, specks or the edge of
/// the paper. `text` is folded.
bool may_stand_beside_title(std::u32string_view text);

/// `folded` without a year before or behind it, where it ends as titles of forms do.
std::optional<std::u32string> title_text(std::u32string_view folded);

/// A large centred heading above the first table, or in its first row, that ends as titles of forms
/// do: what may be the title of a form that no layout knows. The text is without its year.
std::optional<Title> find_unknown_title(const TabulatedPage& page);

/// The first title of the layout on the page: a line (or two lines that belong together), or a
/// cell, that holds a title and perhaps a year. Running heads are no titles.
std::optional<Title> find_title(const TabulatedPage& page, const LayoutSpec& spec);

}  // namespace tabularium
