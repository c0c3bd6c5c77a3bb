#pragma once

#include <string_view>
#include <vector>

#include "crop.h"
#include "network.h"
#include "tabularium/plugin/recognizer.h"

namespace tabularium::numbers {

/// Reads cells that hold a number, date, operator or unit: a small network of our own.
///
/// Takes lines, and cells too: a box that is clearly higher than a line is searched for lines, and
/// may hold the rules around it. Where `text_height` is 0 every box is taken for a cell, and the
/// height is estimated from them all.
///
/// Each line of a box gives one word: its text after NFKC (`（` is `(`), without spaces. A line
/// that holds other text has U+FFFD for each character that the network does not know, and
/// confidence 0: somebody else must read it. A box without ink gives no word.
///
/// Confidence is the probability of the reading, calibrated on real scans (see models/numbers.md).
/// `alternatives` holds the other readings, down to one in a thousand.
class Numbers final : public Recognizer {
 public:
  /// Reads the network from the folder of the models. Throws `Error`: `not_found`, `bad_model`.
  Numbers();
  explicit Numbers(const std::filesystem::path& models);

  std::string_view name() const noexcept override { return "numbers"; }

  /// Throws `Error`: `damaged_input` (samples that do not fit the size, a resolution of 0 or less),
  /// `bad_model`.
  std::vector<std::vector<Word>> recognize(const PageImage& image, const std::vector<Box>& boxes,
                                           double text_height) override;

 private:
  Network network_;
};

}  // namespace tabularium::numbers
