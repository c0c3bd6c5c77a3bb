#include "page_output.h"

#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <UTF.h>
#include <XRef.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <utility>

#include "tabularium/page/text.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kInvisible = 0.02;            // opacity below which nothing is seen
constexpr std::int64_t kTimeCheckEvery = 256;  // operators or glyphs
constexpr int kOperatorsPerCallback = 10;      // Poppler asks about that often
constexpr double kSampleReach = 0.35;          // points beside a rule, to see what it lies on
constexpr double kMaxSlant = 0.17;             // sine of 10 degrees; scans are askew by less
constexpr double kFaintOpacity = 0.5;
constexpr double kFaintLightness = 0.6;       // of 1, white
constexpr double kFaintContrast = 0.3;        // of 1; grey text on forms has 0.4 and more
constexpr double kWatermarkSize = 2.2;        // of the usual text size
constexpr std::size_t kMaxQuoted = 60;        // bytes
constexpr double kCoveringShare = 0.5;        // of the page, for a picture that hides text
constexpr std::int64_t kMaxFigures = 20'000;  // small shapes; more are a drawing
constexpr int kMaxSavedStates = 50'000;
constexpr std::int64_t kMinTurnedGlyphs = 20;  // fewer are a stamp or a note in the margin
constexpr double kMaxCoordinate = 1e6;         // points; beyond it numbers are nonsense

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Box clip_box(const GfxState& state) {
  Box box;
  state.getClipBBox(&box.x0, &box.y0, &box.x1, &box.y1);
  return box;
}

Rgb to_rgb(const GfxRGB& colour) {
  return {colToByte(colour.r), colToByte(colour.g), colToByte(colour.b)};
}

// Of 0, black, to 1, white. Source: ITU-R BT.601, luma.
double lightness(Rgb colour) {
  return (0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue) / 255.0;
}

bool sane(double value) { return std::isfinite(value) && std::abs(value) <= kMaxCoordinate; }

// How many quarter turns clockwise bring the top of a glyph to the top.
std::size_t quarters_to_level(Vector up) {
  if (std::abs(up.y) >= std::abs(up.x)) return up.y <= 0 ? 0 : 2;
  return up.x < 0 ? 1 : 3;
}

// A path of Poppler's in page coordinates. Parts with absurd numbers are left out.
std::vector<Subpath> convert(const GfxState& state) {
  const GfxPath& path = *state.getPath();
  std::vector<Subpath> parts;
  parts.reserve(static_cast<std::size_t>(path.getNumSubpaths()));
  for (int i = 0; i < path.getNumSubpaths(); ++i) {
    const GfxSubpath& from = *path.getSubpath(i);
    Subpath part;
    part.points.reserve(static_cast<std::size_t>(from.getNumPoints()));
    part.straight.reserve(static_cast<std::size_t>(from.getNumPoints()));
    bool good = from.getNumPoints() > 0;
    for (int k = 0; k < from.getNumPoints() && good; ++k) {
      Point p;
      state.transform(from.getX(k), from.getY(k), &p.x, &p.y);
      good = sane(p.x) && sane(p.y);
      part.points.push_back(p);
      part.straight.push_back(!from.getCurve(k) && (k == 0 || !from.getCurve(k - 1)));
    }
    part.closed = from.isClosed();
    if (good) parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

PageOutput::PageOutput(double width, double height, const Limits& limits)
    : page_{0, 0, width, height}, limits_(limits), start_seconds_(cpu_seconds()), ground_(page_) {}

PageOutput::~PageOutput() = default;

Page PageOutput::finish() {
  Page page;
  page.width = page_.width();
  page.height = page_.height();
  auto [words, positions] = words_.take();
  for (PaintedFigure& figure : figures_) figure.word_index = positions[figure.word_index];
  for (auto& cover : covers_) cover.second = positions[cover.second];
  hide_covered(words);
  take_faint_words(page, words);
  const std::vector<TickBox> boxes = take_tick_boxes(std::move(figures_), rules_, words);
  gaps_.collect(rules_);
  page.rules = rules_.joined();
  page.words = cut_by_rules(with_tick_boxes(std::move(words), boxes), page.rules);
  page.hidden_words = cut_by_rules(hidden_words_.take().words, page.rules);
  page.hidden_words.insert(page.hidden_words.end(), covered_words_.begin(), covered_words_.end());
  page.images = std::move(images_);
  page.unmapped_glyphs = unmapped_;
  if (10 * std::int64_t{unmapped_} > visible_glyphs_ + unmapped_) {
    page.trust = TextTrust::unmapped;
  } else if (page.words.empty()) {
    page.trust = page.hidden_words.empty() ? TextTrust::no_text : TextTrust::hidden;
  }
  return page;
}

// A scan painted over recognized text hides it just as render mode 3 does.
void PageOutput::hide_covered(std::vector<Word>& words) {
  if (covers_.empty()) return;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool covered = std::any_of(covers_.begin(), covers_.end(), [&](const auto& cover) {
      return i < cover.second && cover.first.contains(words[i].box.centre());
    });
    if (covered) {
      covered_words_.push_back(words[i]);
      words[i].glyphs.clear();
    }
  }
}

int PageOutput::turn_of_text() const {
  std::int64_t all = 0;
  for (const std::int64_t glyphs : turned_glyphs_) all += glyphs;
  if (all < kMinTurnedGlyphs) return 0;
  for (int quarter = 1; quarter < 4; ++quarter) {
    if (10 * turned_glyphs_[static_cast<std::size_t>(quarter)] >= 9 * all) return 90 * quarter;
  }
  return 0;
}

// ---- limits

bool PageOutput::should_stop(void* data) {
  auto& output = *static_cast<PageOutput*>(data);
  output.operators_ += kOperatorsPerCallback;
  output.check_time();
  return !output.exceeded_.empty();
}

bool PageOutput::count_operator() {
  ++operators_;
  check_time();
  return painting();
}

void PageOutput::check_time() {
  if (--until_time_check_ > 0 || !exceeded_.empty()) return;
  until_time_check_ = kTimeCheckEvery;
  if (operators_ > limits_.max_page_operators) {
    exceeded_ = fmt::format("more than {} drawing operations (Limits::max_page_operators)",
                            limits_.max_page_operators);
  } else if (rules_.size() > limits_.max_page_rules) {
    exceeded_ = fmt::format("more than {} rules (Limits::max_page_rules)", limits_.max_page_rules);
  } else if (glyphs_ > limits_.max_page_glyphs) {
    exceeded_ =
        fmt::format("more than {} glyphs (Limits::max_page_glyphs)", limits_.max_page_glyphs);
  } else if (cpu_seconds() - start_seconds_ > limits_.max_page_seconds) {
    exceeded_ = fmt::format("more than {:g} seconds of processor time (Limits::max_page_seconds)",
                            limits_.max_page_seconds);
  }
}

// ---- paint

void PageOutput::startPage(int, GfxState*, XRef* xref) { xref_ = xref; }

// Each saved state costs Poppler about a kilobyte.
void PageOutput::saveState(GfxState*) {
  if (++saved_states_ > kMaxSavedStates && exceeded_.empty()) {
    exceeded_ = fmt::format("more than {} graphics states are saved at once", kMaxSavedStates);
  }
}

void PageOutput::restoreState(GfxState* state) {
  --saved_states_;
  fill_paint_.reset();
  fill_opacity_ = state->getFillOpacity();
}

void PageOutput::updateFillColorSpace(GfxState*) { fill_paint_.reset(); }

void PageOutput::updateFillColor(GfxState*) { fill_paint_.reset(); }

void PageOutput::updateFillOpacity(GfxState* state) {
  fill_paint_.reset();
  fill_opacity_ = state->getFillOpacity();
}

PageOutput::Paint PageOutput::fill_paint(GfxState* state) {
  if (fill_paint_) return *fill_paint_;
  Paint paint;
  GfxColorSpace& space = *state->getFillColorSpace();
  const bool faint = std::any_of(form_opacity_.begin(), form_opacity_.end(),
                                 [](double opacity) { return opacity < kInvisible; });
  paint.seen = state->getFillOpacity() >= kInvisible && !space.isNonMarking() && !faint;
  if (paint.seen && space.getMode() != csPattern) {
    GfxRGB rgb;
    state->getFillRGB(&rgb);
    paint.colour = to_rgb(rgb);
  }
  fill_paint_ = paint;
  return paint;
}

PageOutput::Paint PageOutput::stroke_paint(GfxState* state) const {
  Paint paint;
  GfxColorSpace& space = *state->getStrokeColorSpace();
  const bool faint = std::any_of(form_opacity_.begin(), form_opacity_.end(),
                                 [](double opacity) { return opacity < kInvisible; });
  paint.seen = state->getStrokeOpacity() >= kInvisible && !space.isNonMarking() && !faint;
  if (paint.seen && space.getMode() != csPattern) {
    GfxRGB rgb;
    state->getStrokeRGB(&rgb);
    paint.colour = to_rgb(rgb);
  }
  return paint;
}

void PageOutput::beginForm(Ref id) {
  count_operator();
  // Poppler asks whether to stop only after several operators of one stream, so that forms that
  // draw one another go on and on. Without its object a form ends at once; the document must be
  // opened anew after that.
  if (!exceeded_.empty() && xref_ != nullptr && id != Ref::INVALID()) {
    const Object nothing(0);
    xref_->setModifiedObject(&nothing, id);
  }
  form_opacity_.push_back(fill_opacity_);
  fill_paint_.reset();
}

void PageOutput::endForm(Ref) {
  if (!form_opacity_.empty()) form_opacity_.pop_back();
  fill_paint_.reset();
}

void PageOutput::beginTransparencyGroup(GfxState*, const double*, GfxColorSpace*, bool, bool,
                                        bool for_soft_mask) {
  groups_.push_back(for_soft_mask);
  if (for_soft_mask) ++mask_depth_;
}

void PageOutput::endTransparencyGroup(GfxState*) {
  if (groups_.empty()) return;
  if (groups_.back()) --mask_depth_;
  groups_.pop_back();
}

// ---- lines and areas

void PageOutput::stroke(GfxState* state) {
  if (!count_operator()) return;
  const Paint paint = stroke_paint(state);
  if (!paint.seen) return;
  Stroke stroke;
  stroke.thickness = state->getTransformedLineWidth();
  if (!sane(stroke.thickness)) return;
  stroke.extends = state->getLineCap() != 0;
  add_shapes(shapes_of_stroke(convert(*state), stroke, clip_box(*state)), paint);
}

void PageOutput::fill(GfxState* state) { fill_path(state, false); }

void PageOutput::eoFill(GfxState* state) { fill_path(state, true); }

void PageOutput::fill_path(GfxState* state, bool even_odd) {
  if (!count_operator()) return;
  const Paint paint = fill_paint(state);
  if (!paint.seen) return;
  add_shapes(shapes_of_fill(convert(*state), even_odd, clip_box(*state)), paint);
}

bool PageOutput::rule_shows(const Rule& rule, Rgb colour) const {
  const double beside = rule.thickness / 2 + kSampleReach;
  for (const double share : {0.5, 0.15, 0.85}) {
    const double along = rule.from + share * rule.length();
    for (const double offset : {0.0, -beside, beside}) {
      const double across = rule.position + offset;
      const Point point = rule.horizontal() ? Point{along, across} : Point{across, along};
      if (ground_.shows(colour, point)) return true;
    }
  }
  return false;
}

void PageOutput::add_shapes(const Shapes& shapes, const Paint& paint) {
  const int first_shape = shapes_ + 1;
  shapes_ += static_cast<int>(shapes.figures.size());
  for (const Shapes::Piece& piece : shapes.pieces) {
    if (paint.colour && !rule_shows(piece.rule, *paint.colour)) continue;
    rules_.add(piece.rule, piece.figure < 0 ? 0 : first_shape + piece.figure);
  }
  for (std::size_t i = 0; i < shapes.figures.size(); ++i) {
    add_figure(shapes.figures[i], paint, first_shape + static_cast<int>(i));
  }
  for (const Box& dot : shapes.dots) {
    if (!paint.colour || ground_.shows(*paint.colour, dot.centre())) rules_.add_dot(dot);
  }
  for (const Shapes::Area& area : shapes.areas) {
    if (area.exact && paint.colour) {
      gaps_.add(area.box, *paint.colour, ground_);
      ground_.paint(area.box, *paint.colour);
    } else {
      ground_.paint_unknown(area.box);
    }
  }
}

void PageOutput::add_figure(const Figure& figure, const Paint& paint, int shape) {
  const bool outline = figure.kind == Figure::Kind::outline;
  const Point at = outline ? Point{figure.box.centre().x, figure.box.y0} : figure.box.centre();
  if (paint.colour && !ground_.shows(*paint.colour, at)) {
    // White paint shows nothing, but a white area is the ground of the box drawn next.
    if (figure.kind != Figure::Kind::area) return;
  }
  if (static_cast<std::int64_t>(figures_.size()) >= kMaxFigures) return;
  if (figure.kind != Figure::Kind::mark) words_.interrupt();
  figures_.push_back({figure, paint.colour, shape, words_.size()});
}

// Poppler has cut the clip to what the pattern fills.
bool PageOutput::tilingPatternFill(GfxState* state, Gfx*, Catalog*, GfxTilingPattern*,
                                   const double*, int, int, int, int, double, double) {
  return shaded(state);
}

bool PageOutput::functionShadedFill(GfxState* state, GfxFunctionShading*) { return shaded(state); }

bool PageOutput::axialShadedFill(GfxState* state, GfxAxialShading*, double, double) {
  return shaded(state);
}

bool PageOutput::radialShadedFill(GfxState* state, GfxRadialShading*, double, double) {
  return shaded(state);
}

bool PageOutput::gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading*) {
  return shaded(state);
}

bool PageOutput::patchMeshShadedFill(GfxState* state, GfxPatchMeshShading*) {
  return shaded(state);
}

bool PageOutput::shaded(GfxState* state) {
  if (!count_operator() || state->getFillOpacity() < kInvisible) return true;
  const Box box = clip_box(*state);
  if (box.x0 >= box.x1 || box.y0 >= box.y1) return true;
  Subpath part;
  part.points = {{box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}};
  part.straight = {true, true, true, true};
  part.closed = true;
  add_shapes(shapes_of_fill({part}, false, page_), Paint{});
  return true;
}

// ---- pictures

void PageOutput::add_image(GfxState* state, bool opaque) {
  if (!count_operator() || state->getFillOpacity() < kInvisible) return;
  Box box{kMaxCoordinate, kMaxCoordinate, -kMaxCoordinate, -kMaxCoordinate};
  for (const Point corner : {Point{0, 0}, Point{1, 0}, Point{0, 1}, Point{1, 1}}) {
    Point p;
    state->transform(corner.x, corner.y, &p.x, &p.y);
    if (!sane(p.x) || !sane(p.y)) return;
    box = united(box, {p.x, p.y, p.x, p.y});
  }
  const auto seen = intersection(box, clip_box(*state));
  if (!seen || seen->area() <= 0) return;
  images_.push_back(*seen);
  if (opaque && state->getBlendMode() == gfxBlendNormal && state->getFillOpacity() > 0.99 &&
      seen->area() >= kCoveringShare * page_.area()) {
    covers_.emplace_back(*seen, words_.size());
    words_.interrupt();
  }
  ground_.paint_unknown(*seen);
}

// The data of an inline picture stand between the operators: the base class skips them.
void PageOutput::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                               bool invert, bool interpolate, bool is_inline) {
  add_image(state, false);
  if (is_inline) {
    OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, is_inline);
  }
}

void PageOutput::setSoftMaskFromImageMask(GfxState* state, Object* ref, Stream* stream, int width,
                                          int height, bool invert, bool is_inline, double*) {
  drawImageMask(state, ref, stream, width, height, invert, false, is_inline);
}

void PageOutput::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                           bool is_inline) {
  add_image(state, mask_colours == nullptr);
  if (is_inline) {
    OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask_colours,
                         is_inline);
  }
}

void PageOutput::drawMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*,
                                 bool, Stream*, int, int, bool, bool) {
  add_image(state, false);
}

void PageOutput::drawSoftMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*,
                                     bool, Stream*, int, int, GfxImageColorMap*, bool) {
  add_image(state, false);
}

// ---- text

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
  const Point middle = glyph.box.centre();
  const Box clip = clip_box(*state);
  if (!clip.contains(middle) || glyph.size <= 0) return;
  const Layer layer = layer_of(state, glyph);
  const std::vector<char32_t>& codes = decode(*font_, font, code, unicode, length);
  const bool space = !codes.empty() && codes.front() == U' ' && codes.size() == 1;
  if (layer != Layer::hidden && !space && !glyph_seen(state, glyph)) return;
  if (layer == Layer::text && !space) ++turned_glyphs_[quarters_to_level(glyph.up)];
  if (actual_text_depth_ > 0) {
    pending_.push_back({glyph, layer});
    return;
  }
  if (codes.empty()) {
    if (layer != Layer::hidden) ++unmapped_;
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

// Faint words belong to the text unless they are much larger than it. What is left out, the page
// says.
void PageOutput::take_faint_words(Page& page, std::vector<Word>& words) {
  std::vector<double> sizes;
  for (const Word& word : words) sizes.push_back(word.font_size);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  const double largest = sizes.empty() ? 1e9 : kWatermarkSize * *middle;
  std::string left_out;
  const auto leave_out = [&left_out](const Word& word) {
    if (left_out.size() >= kMaxQuoted) return;
    if (!left_out.empty()) left_out += ' ';
    left_out += word.text();
  };
  for (const Word& word : turned_words_.take().words) leave_out(word);
  for (Word& word : faint_words_.take().words) {
    if (word.font_size > largest) {
      leave_out(word);
    } else {
      words.push_back(std::move(word));
    }
  }
  if (left_out.empty()) return;
  page.issues.push_back(
      {"watermark",
       Severity::info,
       "",
       {},
       fmt::format("text that is turned, or large and faint, is no text of the form: \"{}\"",
                   left_out)});
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
