#include "render.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cstddef>

namespace tabularium::pdf_text {

PageImage draw_page(PDFDoc& document, int page_number, double dpi) {
  SplashColor paper = {255, 255, 255};
  SplashOutputDev output(splashModeRGB8, 4, false, paper);
  output.setFontAntialias(true);
  output.setVectorAntialias(true);
  output.startDoc(&document);
  document.displayPage(&output, page_number, dpi, dpi, 0, false, true, false);
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
