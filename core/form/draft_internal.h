#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/form/lexicon.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Name of the layout of a form that is read by the lexicon.
inline constexpr const char* kLexiconName = "lexicon";

/// A layout with every word of the lexicon: what labels may be misread as, and which words a page
/// break may cut.
LayoutSpec whole_lexicon(const Lexicon& lexicon);

/// A layout for the form on `pages`, of those words of the lexicon that stand on it.
struct Draft {
  LayoutSpec spec;
  std::size_t found = 0;  ///< fields and columns whose label is there
  std::size_t known = 0;  ///< fields and columns of the lexicon
};

Draft draft_layout(const Lexicon& lexicon, const LayoutSpec& whole, const std::string& title,
                   const std::vector<TabulatedPage>& pages);

}  // namespace tabularium
