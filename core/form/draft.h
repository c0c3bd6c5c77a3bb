#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tabularium/form/layout.h"
#include "tabularium/form/lexicon.h"

namespace tabularium {

/// A text of a sample that nothing took and that may be a label.
struct UnknownLabel {
  std::string text;                  ///< as printed, white space removed
  std::string value;                 ///< what stands right of it; empty: nothing
  std::vector<std::string> guesses;  ///< keys of the record whose labels are like it, best first
};

/// A first layout, for a person to correct.
struct LayoutDraft {
  std::string toml;                     ///< a whole `layout.toml`, with comments
  std::string record;                   ///< the record type it yields
  std::string title;                    ///< of the forms
  std::vector<UnknownLabel> unknown;    ///< labels that the lexicon does not know
  std::vector<std::string> collisions;  ///< known layouts that would read the samples too
};

/// Writes a layout named `name` from samples. `forms` holds the pages of each, at least one form;
/// all must be of one arrangement. `known` are the layouts that the new one must be told from.
/// Throws `Error::Code::bad_usage` where the forms hold no word of the lexicon.
TABULARIUM_API LayoutDraft draft_layout_file(const Lexicon& lexicon, const std::string& name,
                                             const std::vector<std::vector<TabulatedPage>>& forms,
                                             const std::vector<const Layout*>& known);

}  // namespace tabularium
