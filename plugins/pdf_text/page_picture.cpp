#include "page_picture.h"

#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Stream.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace tabularium::pdf_text {
namespace {

/// Where the picture's unit square stands on the page: its corner and its two sides, in points.
struct Placement {
  double x = 0.0;
  double y = 0.0;
  double across_x = 0.0;  // along a row of pixels, from left to right
  double across_y = 0.0;
  double down_x = 0.0;  // along a column of pixels, from top to bottom
  double down_y = 0.0;
};

Placement placement_of(const GfxState& state) {
  // The unit square's y runs up, the rows of the picture run down from its top.
  const auto* m = state.getCTM();
  return {m[4] + m[2], m[5] + m[3], m[0], m[1], -m[2], -m[3]};
}

bool fills_page(const Placement& p, double width, double height) {
  const double slack_x = 0.015 * width;
  const double slack_y = 0.015 * height;
  const double x0 = p.x + std::min(0.0, p.across_x) + std::min(0.0, p.down_x);
  const double x1 = p.x + std::max(0.0, p.across_x) + std::max(0.0, p.down_x);
  const double y0 = p.y + std::min(0.0, p.across_y) + std::min(0.0, p.down_y);
  const double y1 = p.y + std::max(0.0, p.across_y) + std::max(0.0, p.down_y);
  return std::abs(x0) < slack_x && std::abs(x1 - width) < slack_x && std::abs(y0) < slack_y &&
         std::abs(y1 - height) < slack_y;
}

bool is_skewed(const Placement& p) {
  const double upright = std::abs(p.across_x) + std::abs(p.down_y);
  const double turned = std::abs(p.across_y) + std::abs(p.down_x);
  return std::min(upright, turned) > 0.002 * std::max(upright, turned);
}

/// `image` as the page shows it: turned by quarters, mirrored where the file says so.
PageImage placed(PageImage image, const Placement& p) {
  const bool turned = std::abs(p.across_y) > std::abs(p.across_x);
  const bool mirror_x = (turned ? p.down_x : p.across_x) < 0.0;
  const bool mirror_y = (turned ? p.across_y : p.down_y) < 0.0;
  if (!turned && !mirror_x && !mirror_y) return image;
  PageImage out = image;
  if (turned) std::swap(out.width, out.height);
  const auto channels = static_cast<std::size_t>(image.channels);
  for (int y = 0; y < out.height; ++y) {
    const int v = mirror_y ? out.height - 1 - y : y;
    for (int x = 0; x < out.width; ++x) {
      const int u = mirror_x ? out.width - 1 - x : x;
      const int from_x = turned ? v : u;
      const int from_y = turned ? u : v;
      const std::size_t from = (static_cast<std::size_t>(from_y) * image.width + from_x) * channels;
      const std::size_t to = (static_cast<std::size_t>(y) * out.width + x) * channels;
      for (std::size_t c = 0; c < channels; ++c) out.samples[to + c] = image.samples[from + c];
    }
  }
  return out;
}

/// Three equal channels to one.
void drop_false_colours(PageImage& image) {
  if (image.channels != 3) return;
  for (std::size_t i = 0; i + 2 < image.samples.size(); i += 3) {
    if (image.samples[i] != image.samples[i + 1] || image.samples[i] != image.samples[i + 2])
      return;
  }
  for (std::size_t i = 0; 3 * i < image.samples.size(); ++i)
    image.samples[i] = image.samples[3 * i];
  image.samples.resize(image.samples.size() / 3);
  image.channels = 1;
}

class PictureOutput final : public OutputDev {
 public:
  PictureOutput(double width, double height, const Limits& limits)
      : width_(width), height_(height), limits_(limits) {}

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }

  void stroke(GfxState* /*state*/) override { picture_.reset(); }
  void fill(GfxState* /*state*/) override { picture_.reset(); }
  void eoFill(GfxState* /*state*/) override { picture_.reset(); }
  void drawChar(GfxState* state, double /*x*/, double /*y*/, double /*dx*/, double /*dy*/,
                double /*origin_x*/, double /*origin_y*/, CharCode /*code*/, int /*bytes*/,
                const Unicode* /*unicode*/, int /*length*/) override {
    constexpr int kInvisible = 3;
    if ((state->getRender() & 3) != kInvisible) picture_.reset();
  }

  void drawImage(GfxState* state, Object* /*ref*/, Stream* stream, int width, int height,
                 GfxImageColorMap* colours, bool /*interpolate*/, const int* mask_colours,
                 bool /*is_inline*/) override {
    picture_.reset();
    const Placement place = placement_of(*state);
    if (mask_colours != nullptr || !usable(place, width, height)) return;
    keep(place, read_colours(stream, width, height, *colours));
  }

  void drawImageMask(GfxState* state, Object* /*ref*/, Stream* stream, int width, int height,
                     bool invert, bool /*interpolate*/, bool /*is_inline*/) override {
    picture_.reset();
    const Placement place = placement_of(*state);
    GfxGray grey = 0;
    state->getFillGray(&grey);
    // A fax drawn as a stencil of black ink on the bare page.
    if (!usable(place, width, height) || colToDbl(grey) > 0.3) return;
    keep(place, read_stencil(stream, width, height, invert));
  }

  void drawMaskedImage(GfxState* /*state*/, Object* /*ref*/, Stream* /*stream*/, int /*width*/,
                       int /*height*/, GfxImageColorMap* /*colours*/, bool /*interpolate*/,
                       Stream* /*mask*/, int /*mask_width*/, int /*mask_height*/, bool /*invert*/,
                       bool /*mask_interpolate*/) override {
    picture_.reset();
  }

  void drawSoftMaskedImage(GfxState* /*state*/, Object* /*ref*/, Stream* /*stream*/, int /*width*/,
                           int /*height*/, GfxImageColorMap* /*colours*/, bool /*interpolate*/,
                           Stream* /*mask*/, int /*mask_width*/, int /*mask_height*/,
                           GfxImageColorMap* /*mask_colours*/, bool /*mask_interpolate*/) override {
    picture_.reset();
  }

  std::optional<PageImage> take() { return std::move(picture_); }

 private:
  bool usable(const Placement& place, int width, int height) const {
    return width > 0 && height > 0 &&
           static_cast<std::int64_t>(width) * height <= limits_.max_image_pixels &&
           fills_page(place, width_, height_) && !is_skewed(place);
  }

  void keep(const Placement& place, PageImage image) {
    drop_false_colours(image);
    image = placed(std::move(image), place);
    image.dpi = 72.0 * image.width / width_;
    picture_ = std::move(image);
  }

  static PageImage read_colours(Stream* stream, int width, int height, GfxImageColorMap& colours) {
    const bool grey =
        colours.getNumPixelComps() == 1 && colours.getColorSpace()->getMode() != csIndexed;
    PageImage image;
    image.width = width;
    image.height = height;
    image.channels = grey ? 1 : 3;
    const std::size_t row_bytes = static_cast<std::size_t>(width) * image.channels;
    image.samples.resize(row_bytes * static_cast<std::size_t>(height), 255);
    ImageStream rows(stream, width, colours.getNumPixelComps(), colours.getBits());
    rows.reset();
    for (int y = 0; y < height; ++y) {
      unsigned char* row = rows.getLine();
      if (row == nullptr) break;  // a cut file: the rest stays white
      unsigned char* out = image.samples.data() + static_cast<std::size_t>(y) * row_bytes;
      if (grey) {
        colours.getGrayLine(row, out, width);
      } else {
        colours.getRGBLine(row, out, width);
      }
    }
    rows.close();
    return image;
  }

  static PageImage read_stencil(Stream* stream, int width, int height, bool invert) {
    PageImage image;
    image.width = width;
    image.height = height;
    image.channels = 1;
    image.samples.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
    ImageStream rows(stream, width, 1, 1);
    rows.reset();
    const unsigned char inked = invert ? 1 : 0;
    for (int y = 0; y < height; ++y) {
      const unsigned char* row = rows.getLine();
      if (row == nullptr) break;
      unsigned char* out = image.samples.data() + static_cast<std::size_t>(y) * width;
      for (int x = 0; x < width; ++x) out[x] = row[x] == inked ? 0 : 255;
    }
    rows.close();
    return image;
  }

  double width_;
  double height_;
  const Limits& limits_;
  std::optional<PageImage> picture_;
};

}  // namespace

std::optional<PageImage> page_picture(PDFDoc& document, int page_number, int turn, double width,
                                      double height, const Limits& limits) {
  PictureOutput output(width, height, limits);
  document.displayPage(&output, page_number, 72, 72, turn, false, true, false);
  return output.take();
}

}  // namespace tabularium::pdf_text
