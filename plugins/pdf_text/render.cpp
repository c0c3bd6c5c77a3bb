#include "render.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "cpu_clock.h"

namespace tabularium::pdf_text {
namespace {

bool too_late(void* deadline) { return cpu_seconds() > *static_cast<const double*>(deadline); }

/// Leaves out pictures of more pixels than allowed: Splash scales them in one go, for minutes, with
/// no look at the clock.
class GuardedSplash : public SplashOutputDev {
 public:
  GuardedSplash(SplashColor& paper, std::int64_t max_pixels)
      : SplashOutputDev(splashModeRGB8, 4, false, paper), max_pixels_(max_pixels) {}

  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                 bool is_inline) override {
    if (too_large(width, height)) return;
    SplashOutputDev::drawImage(state, ref, stream, width, height, colours, interpolate,
                               mask_colours, is_inline);
  }

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                     bool invert, bool interpolate, bool is_inline) override {
    if (too_large(width, height)) return;
    SplashOutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate,
                                   is_inline);
  }

 private:
  bool too_large(int width, int height) const { return std::int64_t{width} * height > max_pixels_; }

  std::int64_t max_pixels_;
};

}  // namespace

PageImage draw_page(PDFDoc& document, int page_number, double dpi, int turn, double max_seconds,
                    std::int64_t max_pixels) {
  double deadline = cpu_seconds() + max_seconds;
  SplashColor paper = {255, 255, 255};
  GuardedSplash output(paper, max_pixels);
  output.setFontAntialias(true);
  output.setVectorAntialias(true);
  output.startDoc(&document);
  document.displayPage(&output, page_number, dpi, dpi, turn, false, true, false, &too_late,
                       &deadline);
  SplashBitmap& bitmap = *output.getBitmap();

  PageImage image;
  image.width = bitmap.getWidth();
  image.height = bitmap.getHeight();
  image.channels = 3;
  image.dpi = dpi;
  const std::size_t row_bytes = 3 * static_cast<std::size_t>(image.width);
  image.samples.resize(row_bytes * static_cast<std::size_t>(image.height));
  const unsigned char* row = bitmap.getDataPtr();
  for (int y = 0; y < image.height; ++y, row += bitmap.getRowSize()) {
    std::copy_n(row, row_bytes, image.samples.begin() + static_cast<std::ptrdiff_t>(y * row_bytes));
  }
  return image;
}

}  // namespace tabularium::pdf_text
