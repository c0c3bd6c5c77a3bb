#pragma once

#include <cstdint>

namespace tabularium {

/// What a document may ask for before it is refused with `Error::Code::limit_exceeded`.
/// The defaults are far beyond any real form and well below what would harm a machine.
struct Limits {
  std::int64_t max_file_bytes = std::int64_t{2} << 30;
  int max_pages = 100'000;
  double max_page_points = 200.0 * 72.0;  ///< 200 inches, the limit of ISO 32000-1, annex C
  std::int64_t max_image_pixels = 100'000'000;
  std::int64_t max_page_glyphs = 2'000'000;
  std::int64_t max_page_rules = 500'000;
  std::int64_t max_page_operators = 20'000'000;  ///< drawing operations of one page
  int max_form_pages = 500;                      ///< pages of one form
  std::int64_t max_table_cells = 200'000;
  double max_page_seconds = 5.0;     ///< CPU time of one page; what is read until then is dropped
  double max_wasted_seconds = 10.0;  ///< CPU time of pages of one file that were given up; its
                                     ///< other pages are not tried then
};

}  // namespace tabularium
