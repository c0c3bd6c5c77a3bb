#pragma once

#include <OutputDev.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "font.h"
#include "gaps.h"
#include "ground.h"
#include "paths.h"
#include "rules.h"
#include "tabularium/page/limits.h"
#include "tabularium/page/page.h"
#include "tick_boxes.h"
#include "words.h"

namespace tabularium::pdf_text {

/// Takes what Poppler draws and keeps words, rules and the places of pictures. One object for one
/// page; Poppler's coordinates are ours (72 dpi, origin top left).
class PageOutput : public OutputDev {
 public:
  PageOutput(double width, double height, const Limits& limits);
  ~PageOutput() override;

  /// The page, without its number and issues. Call once, after the page was drawn.
  Page finish();

  /// Glyphs shown so far.
  std::int64_t glyphs_shown() const { return visible_glyphs_; }

  /// By how many degrees the page must be turned clockwise for nearly all of its text to be level:
  /// 0, 90, 180 or 270.
  int turn_of_text() const;

  /// Which limit the page exceeded, as the end of a message; empty where none.
  const std::string& exceeded() const { return exceeded_; }

  /// Poppler's callback between operators: true stops the page. `data` is the `PageOutput`.
  static bool should_stop(void* data);

  // What kind of device we are.
  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int type) override { return type >= 1 && type <= 7; }

  void startPage(int number, GfxState* state, XRef* xref) override;
  void saveState(GfxState* state) override;
  void restoreState(GfxState* state) override;
  void updateFillColorSpace(GfxState* state) override;
  void updateFillColor(GfxState* state) override;
  void updateFillOpacity(GfxState* state) override;

  void stroke(GfxState* state) override;
  void fill(GfxState* state) override;
  void eoFill(GfxState* state) override;
  bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog* catalog, GfxTilingPattern* pattern,
                         const double* matrix, int x0, int y0, int x1, int y1, double x_step,
                         double y_step) override;
  bool functionShadedFill(GfxState* state, GfxFunctionShading* shading) override;
  bool axialShadedFill(GfxState* state, GfxAxialShading* shading, double from, double to) override;
  bool radialShadedFill(GfxState* state, GfxRadialShading* shading, double from,
                        double to) override;
  bool gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading* shading) override;
  bool patchMeshShadedFill(GfxState* state, GfxPatchMeshShading* shading) override;

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x,
                double origin_y, CharCode code, int bytes, const Unicode* unicode,
                int length) override;
  void beginActualText(GfxState* state, const GooString* text) override;
  void endActualText(GfxState* state) override;

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                     bool invert, bool interpolate, bool is_inline) override;
  void setSoftMaskFromImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                                bool invert, bool is_inline, double* base_matrix) override;
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                 bool is_inline) override;
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                       GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width,
                       int mask_height, bool mask_invert, bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool interpolate, Stream* mask,
                           int mask_width, int mask_height, GfxImageColorMap* mask_colours,
                           bool mask_interpolate) override;

  void beginForm(Ref id) override;
  void endForm(Ref id) override;
  void beginTransparencyGroup(GfxState* state, const double* bbox, GfxColorSpace* blending_space,
                              bool isolated, bool knockout, bool for_soft_mask) override;
  void endTransparencyGroup(GfxState* state) override;

 private:
  /// What paint does: nothing, one colour, or something that has no single colour.
  struct Paint {
    bool seen = true;
    std::optional<Rgb> colour;
  };
  /// What a glyph belongs to.
  enum class Layer {
    text,    ///< what a reader reads
    hidden,  ///< drawn without paint: somebody's recognition
    turned,  ///< neither level nor upright: a watermark, a stamp, a diagram
    faint,   ///< hardly stands out: a watermark if it is large, else text
  };
  struct PendingGlyph {
    DrawnGlyph glyph;
    Layer layer = Layer::text;
  };

  Paint fill_paint(GfxState* state);
  Paint stroke_paint(GfxState* state) const;
  bool painting() const { return exceeded_.empty() && mask_depth_ == 0; }
  bool count_operator();
  void check_time();
  void fill_path(GfxState* state, bool even_odd);
  void add_shapes(const Shapes& shapes, const Paint& paint);
  void add_figure(const Figure& figure, const Paint& paint, int shape);
  bool rule_shows(const Rule& rule, Rgb colour) const;
  bool shaded(GfxState* state);
  void add_image(GfxState* state, bool opaque);
  void skip_inline(Stream* stream, std::int64_t row_bits, int height);

  const FontInfo& font_of(GfxState* state);
  DrawnGlyph geometry(GfxState* state, const FontInfo& font, Point at, Vector step,
                      Vector origin) const;
  static Point middle_of_ink(const DrawnGlyph& glyph, const std::vector<char32_t>& codes);
  bool glyph_seen(GfxState* state, const DrawnGlyph& glyph);
  std::vector<char32_t>& decode(const GfxFont& font, const FontInfo& info, CharCode code,
                                const Unicode* unicode, int length);
  Layer layer_of(GfxState* state, const DrawnGlyph& glyph);
  bool is_faint(GfxState* state, const DrawnGlyph& glyph);
  WordBuilder& words_of(Layer layer);
  void place(const DrawnGlyph& glyph, const std::vector<char32_t>& codes, Layer layer);
  std::vector<Word> take_faint_words(std::vector<Word>& words, double largest);
  void place_actual_text();
  void hide_covered(std::vector<Word>& words);

  Box page_;
  Limits limits_;
  std::string exceeded_;
  XRef* xref_ = nullptr;
  std::int64_t operators_ = 0;
  int saved_states_ = 0;
  std::int64_t glyphs_ = 0;
  std::int64_t until_time_check_ = 0;
  double start_seconds_ = 0.0;

  Ground ground_;
  RuleCollector rules_;
  GapFinder gaps_;
  WordBuilder words_;
  WordBuilder hidden_words_;
  WordBuilder turned_words_;
  WordBuilder faint_words_;
  std::vector<Word> covered_words_;
  std::vector<PaintedFigure> figures_;
  int shapes_ = 0;  // numbers given to figures
  std::vector<Box> images_;
  /// Pictures that hide what was painted before, with the number of words then.
  std::vector<std::pair<Box, std::size_t>> covers_;
  std::vector<Box> unmapped_;
  std::int64_t visible_glyphs_ = 0;
  std::array<std::int64_t, 4> turned_glyphs_{};  // by quarters that would make them level

  std::optional<Paint> fill_paint_;  // empty: to be found out
  double fill_opacity_ = 1.0;
  std::vector<double> form_opacity_;  // of the forms around, outermost first
  int mask_depth_ = 0;                // inside a form that is only a mask
  std::vector<bool> groups_;          // whether each transparency group around is a mask

  std::unordered_map<const GfxFont*, std::pair<std::shared_ptr<GfxFont>, FontInfo>> fonts_;
  const GfxFont* font_ = nullptr;
  const FontInfo* font_info_ = nullptr;

  std::vector<char32_t> codes_;  // of the glyph at hand; a member to save allocations
  int actual_text_depth_ = 0;
  std::u32string actual_text_;
  std::vector<PendingGlyph> pending_;
};

}  // namespace tabularium::pdf_text
