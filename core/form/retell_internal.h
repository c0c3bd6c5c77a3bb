#pragma once

#include <optional>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/issue.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// A form of a text conversion, set again as the form that the layout describes.
struct Retold {
  /// The form on its first page; the further pages are empty. Each label stands in a table with
  /// its value beside it, or below it; each table of the layout has its cells in their columns.
  /// What no label took stands in lines. Words keep the places and lines of the file.
  std::vector<TabulatedPage> pages;
  std::vector<Issue> issues;  ///< where a text had to be dealt out by guess
};

/// Puts the text of loose pages where `spec` expects it: the order of a conversion is sure, columns
/// and line ends are not. A value is what follows its label up to the next label, whatever lines
/// and cells it stands in; rows of tables are put together by `parse_rows`.
Retold retold(const std::vector<TabulatedPage>& pages, const LayoutSpec& spec);

/// Where on a loose page a form of the layout begins: the top of the line that holds a title, if
/// labels of the layout follow.
std::optional<double> find_loose_title(const TabulatedPage& page, const LayoutSpec& spec);

/// The title of a form that no layout knows: a short line that ends as titles do, below which
/// labels of `spec` follow. The text is without its year.
std::optional<Title> find_loose_unknown_title(const TabulatedPage& page, const LayoutSpec& spec);

}  // namespace tabularium
