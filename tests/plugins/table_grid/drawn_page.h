#pragma once

#include <opencv2/imgproc.hpp>

#include "tabularium/page/upright.h"
#include "tabularium/table/tabulate.h"

namespace tabularium::table_grid {

inline constexpr double kDpi = 150.0;

// A page of A4 with a table of 6 rows and 4 columns; each cell holds glyphs of a kind: frames with
// a cross, as large as 10 point text. The first column of rows 2 and 3 is one cell.
inline cv::Mat1b drawn_page() {
  cv::Mat1b page(1754, 1240, std::uint8_t{250});
  const int x[] = {100, 300, 600, 900, 1140};
  const int y[] = {200, 260, 320, 380, 440, 500, 560};
  for (int row = 0; row <= 6; ++row) {
    const int from = row == 3 ? x[1] : x[0];
    cv::line(page, {from, y[row]}, {x[4], y[row]}, 20, 2);
  }
  for (const int at : x) cv::line(page, {at, y[0]}, {at, y[6]}, 20, 2);
  for (int row = 0; row < 6; ++row) {
    for (int col = 0; col < 4; ++col) {
      for (int i = 0; i < 5; ++i) {
        const cv::Point at(x[col] + 15 + 24 * i, y[row] + 20);
        cv::rectangle(page, {at.x, at.y, 19, 19}, 30, 2);
        cv::line(page, {at.x + 9, at.y + 3}, {at.x + 9, at.y + 16}, 30, 2);
        // The comma after it: low in the line.
        if (i == 4) cv::rectangle(page, {at.x + 24, at.y + 15, 4, 5}, 30, -1);
      }
    }
  }
  return page;
}

inline PageImage image_of(const cv::Mat& mat, double dpi = kDpi) {
  PageImage image{mat.cols, mat.rows, mat.channels(), dpi, {}};
  image.samples.assign(mat.datastart, mat.dataend);
  return image;
}

inline cv::Mat1b turned(const cv::Mat1b& page, double degrees) {
  cv::Mat1b out;
  const cv::Mat turn = cv::getRotationMatrix2D({page.cols / 2.0F, page.rows / 2.0F}, degrees, 1.0);
  cv::warpAffine(page, out, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 250);
  return out;
}

inline std::size_t cells(const UprightPage& page) {
  const TabulatedPage tabulated = tabulate(page.page, {.aligned_tables = false});
  return tabulated.tables.size() == 1 ? tabulated.tables.front().cells.size() : 0;
}

inline constexpr std::size_t kCells = 23;

}  // namespace tabularium::table_grid
