#pragma once

#include <string>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/geometry.h"

namespace tabularium {

/// One drawn character. A ligature that stands for several characters gives as many glyphs, which
/// share its box from left to right.
struct Glyph {
  char32_t code = 0;  ///< Unicode scalar value as the file maps it; never white space
  Box box;            ///< advance width times the font's ascent and descent
  /// 0.0 to 1.0: how sure a recognizer was of this character; 1.0 where it did not say.
  double confidence = 1.0;

  bool operator==(const Glyph&) const = default;
};

/// Another way to read a word that is pixels.
struct Alternative {
  std::string text;         ///< UTF-8; a word that may be no word at all has an empty one
  double confidence = 0.0;  ///< 0.0 to 1.0; with the word's own they sum to 1.0 at most

  bool operator==(const Alternative&) const = default;
};

/// Glyphs set together: no white space, column gap or vertical rule between them. At least one
/// glyph.
struct Word {
  std::vector<Glyph> glyphs;  ///< in reading order
  Box box;                    ///< holds all glyphs
  double font_size = 0.0;     ///< points, after all transformations; greater than 0
  double confidence = 1.0;    ///< 0.0 to 1.0; text that the file itself stores has 1.0
  bool bold = false;          ///< a bold font, or a glyph drawn twice to look bold
  bool vertical = false;      ///< set from top to bottom
  bool after_space = false;   ///< the file has white space between the word before and this one
  std::string extractor;      ///< name of the reader or recognizer that gave it
  bool recognized = false;    ///< read from pixels by a recognizer, so that it may be misread
  /// What the recognizer read, where the glyphs were mended since: a label that the layout knows.
  std::string raw = {};
  /// Of a text file: the line that it stands in, counted from 1; 0 where pages are drawn.
  int source_line = 0;
  /// Of a text file: words of one number are one paragraph, or one line where lines are all that
  /// the file has. Rises through the file; 0 where pages are drawn.
  int paragraph = 0;
  /// Other readings, the likeliest first, when a recognizer gave the word; empty for text that the
  /// file itself stores.
  std::vector<Alternative> alternatives;

  /// The text in UTF-8, as drawn: no normalization.
  TABULARIUM_API std::string text() const;
};

}  // namespace tabularium
