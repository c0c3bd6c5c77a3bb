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

  /// The words inside each of `boxes` (page coordinates), in the order of the boxes.
  /// Throws `Error`: `damaged_input`, `limit_exceeded`.
  virtual std::vector<std::vector<Word>> recognize(const PageImage& image,
                                                   const std::vector<Box>& boxes) = 0;

 protected:
  Recognizer() = default;
};

}  // namespace tabularium
