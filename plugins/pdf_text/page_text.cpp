// The text of a page: where glyphs stand, what they stand for, which of them a reader reads.
#include <GfxFont.h>
#include <GfxState.h>
#include <UTF.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "page_output.h"
#include "state_geometry.h"
#include "tabularium/page/text.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kMaxSlant = 0.17;  // sine of 10 degrees; scans are askew by less
constexpr double kFaintOpacity = 0.5;
constexpr double kFaintLightness = 0.6;  // of 1, white
constexpr double kFaintContrast = 0.3;   // of 1; grey text on forms has 0.4 and more

// Of 0, black, to 1, white. Source: ITU-R BT.601, luma.
double lightness(Rgb colour) {
  return (0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue) / 255.0;
}

// How many quarter turns clockwise bring the top of a glyph to the top.
std::size_t quarters_to_level(Vector up) {
  if (std::abs(up.y) >= std::abs(up.x)) return up.y <= 0 ? 0 : 2;
  return up.x < 0 ? 1 : 3;
}

}  // namespace

const FontInfo& PageOutput::font_of(GfxState* state) {
  const std::shared_ptr<GfxFont>& font = state->getFont();
  if (font.get() != font_) {
    auto [entry, is_new] = fonts_.try_emplace(font.get());
    if (is_new) entry->second = {font, font_info(*font)};
    font_ = font.get();
    font_info_ = &entry->second.second;
  }
  return *font_info_;
}

DrawnGlyph PageOutput::geometry(GfxState* state, const FontInfo& font, Point at, Vector step,
                                Vector origin) const {
  DrawnGlyph glyph;
  double m11 = 0;
  double m12 = 0;
  double m21 = 0;
  double m22 = 0;
  state->getFontTransMat(&m11, &m12, &m21, &m22);
  const double up_length = std::hypot(m21, m22);
  const Vector up = up_length > 0 ? Vector{m21 / up_length, m22 / up_length} : Vector{0, -1};
  glyph.up = up;
  glyph.size = font.em * up_length;
  glyph.bold = font.bold;
  glyph.vertical = font.vertical;

  // The step holds the spacing that the file adds; a glyph is as wide as its font says.
  const double spacing = state->getCharSpace();
  Vector extra;
  if (font.vertical) {
    state->textTransformDelta(0, spacing, &extra.x, &extra.y);
  } else {
    state->textTransformDelta(spacing * state->getHorizScaling(), 0, &extra.x, &extra.y);
  }
  state->transformDelta(step.x - extra.x, step.y - extra.y, &glyph.advance.x, &glyph.advance.y);
  state->transformDelta(extra.x, extra.y, &extra.x, &extra.y);
  const double length = std::hypot(glyph.advance.x, glyph.advance.y);
  const double base = std::hypot(m11, m12);
  if (length > 1e-6) {
    glyph.along = {glyph.advance.x / length, glyph.advance.y / length};
  } else if (font.vertical) {
    glyph.along = {-up.x, -up.y};
  } else {
    glyph.along = base > 0 ? Vector{m11 / base, m12 / base} : Vector{1, 0};
  }
  glyph.tracking = extra.x * glyph.along.x + extra.y * glyph.along.y;

  state->transform(at.x, at.y, &glyph.origin.x, &glyph.origin.y);
  Vector rise{up.x * font.ascent * glyph.size, up.y * font.ascent * glyph.size};
  Vector drop{-up.x * font.descent * glyph.size, -up.y * font.descent * glyph.size};
  if (font.vertical) {
    // The origin is the top centre; the glyph stands half a character to either side.
    const Vector side{-up.y, up.x};
    rise = {side.x * glyph.size / 2, side.y * glyph.size / 2};
    drop = {-rise.x, -rise.y};
  } else {
    Vector shift;
    state->transformDelta(origin.x, origin.y, &shift.x, &shift.y);
    glyph.origin = {glyph.origin.x - shift.x, glyph.origin.y - shift.y};
  }
  const Point o = glyph.origin;
  const Vector& a = glyph.advance;
  const Point corners[] = {{o.x + rise.x, o.y + rise.y},
                           {o.x + drop.x, o.y + drop.y},
                           {o.x + a.x + rise.x, o.y + a.y + rise.y},
                           {o.x + a.x + drop.x, o.y + a.y + drop.y}};
  glyph.box = {corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const Point& c : corners) glyph.box = united(glyph.box, {c.x, c.y, c.x, c.y});
  return glyph;
}

// Full-width punctuation has its ink in one half of its width, and programs clip to the ink.
Point PageOutput::middle_of_ink(const DrawnGlyph& glyph, const std::vector<char32_t>& codes) {
  constexpr std::u32string_view kInFirstHalf = U"，。、；：！？）》」』】〕”’";
  constexpr std::u32string_view kInSecondHalf = U"（《「『【〔“‘";
  const Point middle = glyph.box.centre();
  const Vector& along = glyph.advance;
  const bool wide = std::hypot(along.x, along.y) > 0.75 * glyph.size;
  if (!wide || codes.size() != 1) return middle;
  const bool first = kInFirstHalf.find(codes.front()) != kInFirstHalf.npos;
  const bool second = kInSecondHalf.find(codes.front()) != kInSecondHalf.npos;
  const double share = first ? -0.25 : second ? 0.25 : 0.0;
  return {middle.x + share * along.x, middle.y + share * along.y};
}

// Whether the eye sees the glyph: inside the clip, painted, in a colour that stands out.
bool PageOutput::glyph_seen(GfxState* state, const DrawnGlyph& glyph) {
  const int mode = state->getRender() & 3;
  const Point middle = glyph.box.centre();
  const auto stands_out = [&](const Paint& paint) {
    return paint.seen && (!paint.colour || ground_.shows(*paint.colour, middle));
  };
  if (mode == 1) return stands_out(stroke_paint(state));
  if (stands_out(fill_paint(state))) return true;
  return mode == 2 && stands_out(stroke_paint(state));
}

std::vector<char32_t>& PageOutput::decode(const GfxFont& font, const FontInfo& info, CharCode code,
                                          const Unicode* unicode, int length) {
  codes_.clear();
  if (info.glyphs_alone) return codes_;
  if (info.symbols != SymbolFont::none && length <= 1) {
    const char32_t mapped = length == 1 ? symbol_code(info.symbols, unicode[0]) : 0;
    const bool by_code = mapped == 0 && !font.isCIDFont() && !font.hasToUnicodeCMap();
    const char32_t symbol = by_code ? symbol_code(info.symbols, code) : mapped;
    if (symbol != 0) {
      codes_.push_back(symbol);
      return codes_;
    }
  }
  for (int i = 0; i < length; ++i) {
    // A soft hyphen that is drawn is a hyphen.
    const char32_t value = unicode[i] == 0xAD ? U'-' : static_cast<char32_t>(unicode[i]);
    if (is_space(value)) {
      codes_.push_back(U' ');
    } else if (!unmapped(value)) {
      append_letters(value, codes_);
    }
  }
  return codes_;
}

void PageOutput::drawChar(GfxState* state, double x, double y, double dx, double dy,
                          double origin_x, double origin_y, CharCode code, int,
                          const Unicode* unicode, int length) {
  ++glyphs_;
  check_time();
  if (!painting()) return;
  const FontInfo& font = font_of(state);
  const DrawnGlyph glyph = geometry(state, font, {x, y}, {dx, dy}, {origin_x, origin_y});
  if (!sane(glyph.box.x0) || !sane(glyph.box.x1) || !sane(glyph.box.y0) || !sane(glyph.box.y1)) {
    return;
  }
  const std::vector<char32_t>& codes = decode(*font_, font, code, unicode, length);
  const Box clip = clip_box(*state);
  const bool within =
      clip.contains(glyph.box.centre()) || clip.contains(middle_of_ink(glyph, codes));
  if (!within || glyph.size <= 0) return;
  const Layer layer = layer_of(state, glyph);
  const bool space = !codes.empty() && codes.front() == U' ' && codes.size() == 1;
  if (layer != Layer::hidden && !space && !glyph_seen(state, glyph)) return;
  if (layer == Layer::text && !space) ++turned_glyphs_[quarters_to_level(glyph.up)];
  if (actual_text_depth_ > 0) {
    pending_.push_back({glyph, layer});
    return;
  }
  if (codes.empty()) {
    if (layer != Layer::hidden) unmapped_.push_back(glyph.box);
    return;
  }
  place(glyph, codes, layer);
}

PageOutput::Layer PageOutput::layer_of(GfxState* state, const DrawnGlyph& glyph) {
  if (state->getRender() == 3) return Layer::hidden;
  if (std::min(std::abs(glyph.along.x), std::abs(glyph.along.y)) > kMaxSlant) return Layer::turned;
  return is_faint(state, glyph) ? Layer::faint : Layer::text;
}

bool PageOutput::is_faint(GfxState* state, const DrawnGlyph& glyph) {
  const Paint paint = fill_paint(state);
  if (!paint.seen || !paint.colour) return false;
  double opacity = state->getFillOpacity();
  for (const double around : form_opacity_) opacity *= around;
  // Dark paint is what most text has, and the ground under it needs no look.
  if (opacity > kFaintOpacity && lightness(*paint.colour) < kFaintLightness) return false;
  const auto ground = ground_.colour_at(glyph.box.centre());
  if (!ground) return false;
  const double contrast = std::abs(lightness(*ground) - lightness(*paint.colour));
  return opacity * contrast < kFaintContrast;
}

WordBuilder& PageOutput::words_of(Layer layer) {
  switch (layer) {
    case Layer::hidden:
      return hidden_words_;
    case Layer::turned:
      return turned_words_;
    case Layer::faint:
      return faint_words_;
    case Layer::text:
      break;
  }
  return words_;
}

// Faint words belong to the text unless they are larger than `largest`. Gives what is left out.
std::vector<Word> PageOutput::take_faint_words(std::vector<Word>& words, double largest) {
  std::vector<Word> left_out = turned_words_.take().words;
  for (Word& word : faint_words_.take().words) {
    (word.font_size > largest ? left_out : words).push_back(std::move(word));
  }
  return left_out;
}

void PageOutput::place(const DrawnGlyph& glyph, const std::vector<char32_t>& codes, Layer layer) {
  WordBuilder& words = words_of(layer);
  const auto is_blank = [](char32_t c) { return c == U' '; };
  if (std::all_of(codes.begin(), codes.end(), is_blank)) {
    words.add_space(glyph);
    return;
  }
  if (layer != Layer::hidden) ++visible_glyphs_;
  if (std::none_of(codes.begin(), codes.end(), is_blank)) {
    words.add(glyph, codes);
    return;
  }
  // A glyph that stands for letters and spaces at once: rare, so the letters share its box.
  std::vector<char32_t> letters = codes;
  std::erase_if(letters, is_blank);
  if (is_blank(codes.front())) words.add_space(glyph);
  words.add(glyph, letters);
  if (is_blank(codes.back())) words.add_space(glyph);
}

// ---- text that the file says a run of glyphs stands for

void PageOutput::beginActualText(GfxState*, const GooString* text) {
  if (++actual_text_depth_ > 1) return;
  Unicode* codes = nullptr;
  const int length = TextStringToUCS4(text->toStr(), &codes);
  actual_text_.assign(codes, codes + length);
  gfree(codes);
  pending_.clear();
}

void PageOutput::endActualText(GfxState*) {
  if (actual_text_depth_ == 0 || --actual_text_depth_ > 0) return;
  place_actual_text();
  pending_.clear();
}

// Spreads the text over the glyphs: the same number gives one to each, fewer glyphs share.
void PageOutput::place_actual_text() {
  if (pending_.empty() || actual_text_.empty()) return;
  const std::size_t glyphs = pending_.size();
  const std::size_t letters = actual_text_.size();
  for (std::size_t g = 0; g < glyphs; ++g) {
    std::size_t first = g * letters / glyphs;
    std::size_t last = (g + 1) * letters / glyphs;
    if (letters < glyphs) {
      // More glyphs than letters: each letter stands at the first glyph of its share.
      first = (g * letters + glyphs - 1) / glyphs;
      last = ((g + 1) * letters + glyphs - 1) / glyphs;
    }
    codes_.clear();
    for (std::size_t i = first; i < last; ++i) {
      const char32_t code = actual_text_[i];
      if (is_space(code)) {
        codes_.push_back(U' ');
      } else if (!unmapped(code)) {
        codes_.push_back(code);
      }
    }
    if (!codes_.empty()) place(pending_[g].glyph, codes_, pending_[g].layer);
  }
}

}  // namespace tabularium::pdf_text
