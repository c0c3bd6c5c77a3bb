#include "tabularium/page/word.h"

#include "tabularium/page/text.h"

namespace tabularium {

std::string Word::text() const {
  std::string text;
  for (const Glyph& glyph : glyphs) text += to_utf8(glyph.code);
  return text;
}

}  // namespace tabularium
