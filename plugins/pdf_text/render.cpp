#include "render.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cstddef>

#include "cpu_clock.h"

namespace tabularium::pdf_text {
namespace {

bool too_late(void* deadline) { return cpu_seconds() > *static_cast<const double*>(deadline); }

}  // namespace

PageImage draw_page(PDFDoc& document, int page_number, double dpi, int turn, double max_seconds) {
  double deadline = cpu_seconds() + max_seconds;
  SplashColor paper = {255, 255, 255};
  SplashOutputDev output(splashModeRGB8, 4, false, paper);
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
