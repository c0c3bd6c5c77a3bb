#pragma once

#include <string>
#include <vector>

namespace tabularium::bench {

/// Prints CPU time per page of `program extract` for each of `files`, PDFs of scanned pages, beside
/// that of `tesseract PAGE - -l chi_sim --psm 6` with one thread on the same pages at 300 dpi, one
/// process a page. Needs pdftoppm (poppler-utils) and tesseract (tesseract-ocr). Throws
/// `std::runtime_error` where one cannot be started or fails.
void bench_scans(const std::string& program, int rounds, const std::vector<std::string>& files);

}  // namespace tabularium::bench
