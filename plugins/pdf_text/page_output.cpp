#include "page_output.h"

#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <XRef.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "cpu_clock.h"
#include "state_geometry.h"
#include "watermarks.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kInvisible = 0.02;            // opacity below which nothing is seen
constexpr std::int64_t kTimeCheckEvery = 256;  // operators or glyphs
constexpr int kOperatorsPerCallback = 10;      // Poppler asks about that often
constexpr double kSampleReach = 0.35;          // points beside a rule, to see what it lies on
constexpr double kCoveringShare = 0.5;         // of the page, for a picture that hides text
constexpr std::int64_t kMaxFigures = 20'000;   // small shapes; more are a drawing
constexpr int kMaxSavedStates = 50'000;
constexpr std::int64_t kMinTurnedGlyphs = 20;  // fewer are a stamp or a note in the margin

Rgb to_rgb(const GfxRGB& colour) {
  return {colToByte(colour.r), colToByte(colour.g), colToByte(colour.b)};
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
  const double largest = largest_text(words);
  std::vector<Word> left_out = take_faint_words(words, largest);
  const std::vector<TickBox> boxes = take_tick_boxes(figures_, rules_, words);
  gaps_.collect(rules_);
  page.rules = rules_.joined();
  words = with_tick_boxes(std::move(words), boxes);
  std::vector<Word> crossed = take_crossed_words(words, page.rules, largest);
  left_out.insert(left_out.end(), crossed.begin(), crossed.end());
  if (!left_out.empty()) page.issues.push_back(watermark_issue(left_out));
  page.words = cut_by_rules(std::move(words), page.rules);
  page.hidden_words = cut_by_rules(hidden_words_.take().words, page.rules);
  page.hidden_words.insert(page.hidden_words.end(), covered_words_.begin(), covered_words_.end());
  page.images = std::move(images_);
  page.unmapped_glyphs = std::move(unmapped_);
  const auto unmapped = static_cast<std::int64_t>(page.unmapped_glyphs.size());
  if (10 * unmapped > visible_glyphs_ + unmapped) {
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
  const bool may_be_box = outline || figure.kind == Figure::Kind::area;
  if (may_be_box) words_.interrupt();
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

// The data of an inline picture stand between the operators. The base class reads as many bytes as
// the picture declares, hours after the end of a short stream.
void PageOutput::skip_inline(Stream* stream, std::int64_t row_bits, int height) {
  constexpr std::int64_t kMost = std::int64_t{1} << 31;
  std::int64_t left = std::min((row_bits + 7) / 8, kMost) * height;
  stream->reset();
  for (; left > 0 && exceeded_.empty() && stream->getChar() != EOF; --left) check_time();
  stream->close();
}

void PageOutput::drawImageMask(GfxState* state, Object*, Stream* stream, int width, int height,
                               bool, bool, bool is_inline) {
  add_image(state, false);
  if (is_inline) skip_inline(stream, width, height);
}

void PageOutput::setSoftMaskFromImageMask(GfxState* state, Object* ref, Stream* stream, int width,
                                          int height, bool invert, bool is_inline, double*) {
  drawImageMask(state, ref, stream, width, height, invert, false, is_inline);
}

void PageOutput::drawImage(GfxState* state, Object*, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool, const int* mask_colours,
                           bool is_inline) {
  add_image(state, mask_colours == nullptr);
  if (!is_inline) return;
  const std::int64_t depth = std::int64_t{colours->getNumPixelComps()} * colours->getBits();
  skip_inline(stream, width * depth, height);
}

void PageOutput::drawMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*,
                                 bool, Stream*, int, int, bool, bool) {
  add_image(state, false);
}

void PageOutput::drawSoftMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*,
                                     bool, Stream*, int, int, GfxImageColorMap*, bool) {
  add_image(state, false);
}

}  // namespace tabularium::pdf_text
