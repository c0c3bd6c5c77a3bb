#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// A cell of a scan, and what stands in it.
struct KnownCell {
  Box box;           ///< points of its page, y down
  std::string text;  ///< after NFKC, without white space
};

/// A scanned page with the cells that are known of it.
struct KnownPage {
  std::string file;  ///< name within the folder
  double dpi = 0.0;
  std::vector<KnownCell> cells;  ///< in the order of the table
};

/// The pages of `FOLDER/cells.tsv`, as `tools/train_numbers/cells.py` writes it, by name. A line
/// that lacks a field ends the program's trust in the file: throws `Error`, `damaged_input`, with
/// its number; `not_found` where there is no such file.
std::vector<KnownPage> read_known_pages(const std::filesystem::path& folder);

/// The picture of a page: a binary PGM or PPM file of 8 bits, without comments. Throws `Error`:
/// `not_found`, `damaged_input`.
PageImage read_pnm(const std::filesystem::path& file, double dpi);

}  // namespace tabularium
