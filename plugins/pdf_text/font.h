#pragma once

#include <GfxFont.h>

#include "symbols.h"

namespace tabularium::pdf_text {

/// What we need of a font, read once.
struct FontInfo {
  double em = 1.0;        ///< height of a line in units of the file's font size
  double ascent = 0.88;   ///< of `em`
  double descent = 0.22;  ///< of `em`, downward
  bool bold = false;
  bool vertical = false;
  SymbolFont symbols = SymbolFont::none;
  bool glyphs_alone =
      false;  ///< its codes are numbers of glyphs, and nothing says of which letters
};

FontInfo font_info(const GfxFont& font);

}  // namespace tabularium::pdf_text
