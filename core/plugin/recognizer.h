#pragma once

#include <string_view>
#include <vector>

#include "tabularium/page/page.h"

namespace tabularium {

/// Reads the text of parts of a page that is pixels. Plugins of kind recognizer derive from it. One
/// object per thread, as for `Reader`.
class TABULARIUM_API Recognizer {
 public:
  virtual ~Recognizer();
  Recognizer(const Recognizer&) = delete;
  Recognizer& operator=(const Recognizer&) = delete;

  virtual std::string_view name() const noexcept = 0;

  /// The words of each of `lines`, in their order. A line is a box that hugs the ink of one line of
  /// text (`find_ink_lines`), in points, on a grey page without rules (`UprightPage::text`).
  /// `text_height` is the height of a typical glyph of the page in points. A line that cannot be
  /// read has no words. Throws `Error`: `damaged_input`, `limit_exceeded`, `bad_model`.
  virtual std::vector<std::vector<Word>> recognize(const PageImage& image,
                                                   const std::vector<Box>& lines,
                                                   double text_height) = 0;

 protected:
  Recognizer() = default;
};

}  // namespace tabularium
