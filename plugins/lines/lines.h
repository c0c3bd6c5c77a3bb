#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "network.h"
#include "tabularium/plugin/recognizer.h"

namespace tabularium::lines {

/// Reads printed Chinese with Latin, digits and signs: a small network of our own.
///
/// A line gives a word, or several where Latin words or wide gaps part them. Text as printed (`（`
/// stays `（`). A character that the network does not know is U+FFFD, with confidence 0: somebody
/// else must read it.
///
/// A glyph's confidence is the probability that the network gives to it, a word's that of the whole
/// reading; `alternatives` holds the other readings, down to one in a thousand.
class Lines final : public Recognizer {
 public:
  /// Reads the network from the folder of the models. Throws `Error`: `not_found`, `bad_model`.
  Lines();
  explicit Lines(const std::filesystem::path& models);

  std::string_view name() const noexcept override { return "lines"; }

  /// Throws `Error`: `damaged_input` (samples that do not fit the size, a resolution of 0 or less),
  /// `bad_model`.
  std::vector<std::vector<Word>> recognize(const PageImage& image, const std::vector<Box>& lines,
                                           double text_height) override;

 private:
  Network network_;
};

}  // namespace tabularium::lines
