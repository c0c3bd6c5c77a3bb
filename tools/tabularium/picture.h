#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tabularium/page/page.h"
#include "tabularium/table/table.h"

namespace tabularium::tool {

/// A value of a record on the page.
struct Mark {
  enum class Kind : std::uint8_t {
    field,  ///< a field of the record
    cell,   ///< a value in a row of one of its tables
  };
  Kind kind = Kind::field;
  Box box;                ///< points
  std::string table;      ///< of a cell: "indicators"
  int row = 0;            ///< of a cell, from 0
  std::string name;       ///< of the field or column
  bool empty = false;     ///< the form leaves the value empty
  bool doubtful = false;  ///< an issue of severity warning or error names the value
};

/// What `inspect` draws over a page.
struct Picture {
  PageImage image;
  Page page;
  std::vector<Table> tables;
  std::vector<Mark> marks;
  bool from_pixels = false;  ///< readings of a recognizer, upright: coloured by confidence
  std::string heading;       ///< ASCII, one line
};

/// Draws the picture to a PNG file. Lives in a module of its own, so that Cairo and its libraries
/// are loaded by `inspect` alone.
/// Throws `Error::Code::unwritable`.
using DrawPicture = void(const Picture& picture, const std::filesystem::path& file);

/// The symbol that the module exports.
inline constexpr const char* kDrawPictureSymbol = "tabularium_draw_picture";

}  // namespace tabularium::tool
