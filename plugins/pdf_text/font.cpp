#include "font.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace tabularium::pdf_text {
namespace {

// Fonts say odd things about their height; a box that is much too high or low would put a glyph's
// middle into the neighbouring row.
constexpr double kMinAscent = 0.72;
constexpr double kMaxAscent = 0.95;
constexpr double kMinDescent = 0.12;
constexpr double kMaxDescent = 0.28;

bool bold_name(const GfxFont& font) {
  if (!font.getName()) return false;
  const std::string& name = *font.getName();
  return name.find("Bold") != std::string::npos || name.find("bold") != std::string::npos ||
         name.find("Heavy") != std::string::npos || name.find("Black") != std::string::npos;
}

// A Type 3 font may be designed in any units. Most are made so that the font size is the line
// height; where its glyphs are all far smaller or larger than that, we go by the glyphs.
double type3_em(const Gfx8BitFont& font) {
  const double* box = font.getFontBBox();
  const double* matrix = font.getFontMatrix();
  double extent = std::abs(matrix[3]) * std::abs(box[3] - box[1]);
  for (int code = 0; code < 256; ++code) {
    extent = std::max(extent, std::abs(font.getWidth(static_cast<unsigned char>(code))));
  }
  if (!std::isfinite(extent) || extent <= 0) return 1.0;
  return extent < 0.2 || extent > 3.0 ? extent : 1.0;
}

// An embedded font of the collection Adobe-Identity has codes that number its own glyphs. Poppler
// takes them for Unicode where the file has no map: every letter is then another.
bool has_glyphs_alone(const GfxFont& font) {
  if (!font.isCIDFont() || font.hasToUnicodeCMap()) return false;
  Ref embedded = Ref::INVALID();
  if (!font.getEmbeddedFontID(&embedded)) return false;
  const GooString* collection = static_cast<const GfxCIDFont&>(font).getCollection();
  return collection != nullptr && collection->toStr() == "Adobe-Identity";
}

}  // namespace

FontInfo font_info(const GfxFont& font) {
  FontInfo info;
  if (font.getType() == fontType3) {
    info.em = type3_em(static_cast<const Gfx8BitFont&>(font));
  } else {
    info.ascent = std::clamp(font.getAscent(), kMinAscent, kMaxAscent);
    info.descent = std::clamp(-font.getDescent(), kMinDescent, kMaxDescent);
  }
  info.bold = font.isBold() || font.getWeight() >= GfxFont::W600 || bold_name(font);
  info.vertical = font.getWMode() != 0;
  info.glyphs_alone = has_glyphs_alone(font);
  if (font.getName()) info.symbols = symbol_font(*font.getName());
  return info;
}

}  // namespace tabularium::pdf_text
