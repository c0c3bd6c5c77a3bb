#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tabularium/page/issue.h"
#include "tabularium/page/rule.h"
#include "tabularium/page/word.h"

namespace tabularium {

/// Whether the words of a page can be taken for what the page shows.
enum class TextTrust : std::uint8_t {
  trusted,   ///< the file stores the text that it shows
  no_text,   ///< nothing to read: blank, or an image alone
  hidden,    ///< the only text is invisible: somebody's OCR under a picture
  unmapped,  ///< too many glyphs have no Unicode value
};

/// What the places of words on a page are worth.
enum class Arrangement : std::uint8_t {
  drawn,  ///< where the page shows them
  told,   ///< the file is text; its tables tell rows, columns and spans, sizes are made up
  loose,  ///< the file is text that some converter left: only the order is sure, cells may have
          ///< slipped to another column, rows may be cut
};

/// One side, as shown: upright by the page's own Rotate (by its text, where nearly all of that runs
/// another way), cut to its CropBox.
struct Page {
  int number = 1;      ///< counted from 1
  double width = 0.0;  ///< points, of the page as shown; greater than 0
  double height = 0.0;
  int turned = 0;  ///< degrees clockwise by which it is shown turned so that its text runs level:
                   ///< 0, 90, 180 or 270
  std::vector<Word> words;         ///< visible text, in the file's order, not reading order
  std::vector<Word> hidden_words;  ///< invisible text (render mode 3): an OCR layer, kept apart
  std::vector<Rule> rules;         ///< visible rules, joined; sorted by direction, position, from
  std::vector<Box> images;         ///< where pictures are drawn, cut to the page
  TextTrust trust = TextTrust::trusted;
  Arrangement arrangement = Arrangement::drawn;
  std::vector<Box> unmapped_glyphs;  ///< drawn glyphs without a Unicode value, not among the words
  std::vector<Issue> issues;         ///< what went wrong on this page and did not stop it
};

/// A page as pixels: 8 bits a sample, rows from the top, no padding.
struct PageImage {
  int width = 0;  ///< pixels
  int height = 0;
  int channels = 3;                   ///< 1 grey, 3 red green blue
  double dpi = 0.0;                   ///< pixels per 72 points
  std::vector<std::uint8_t> samples;  ///< width * height * channels
};

}  // namespace tabularium
