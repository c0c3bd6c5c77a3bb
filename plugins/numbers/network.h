#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "beam.h"

namespace tabularium::numbers {

/// What the class "no number here" is printed as: U+FFFD, the replacement character.
inline constexpr char32_t kForeign = 0xFFFD;

/// The trained network of `models/numbers.onnx` and its alphabet, `models/numbers.txt`.
///
/// One object per thread. Runs on one thread whatever OpenCV's settings are.
class Network {
 public:
  /// Throws `Error`: `not_found`, `bad_model` (a file that is damaged, or two that do not belong
  /// together).
  explicit Network(const std::filesystem::path& folder);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// What the network says of each of `images` (see `normalized`), in their order. What it says of
  /// one does not depend on the others.
  std::vector<Scores> read(const std::vector<cv::Mat>& images);

  char32_t character(int label) const { return alphabet_[static_cast<std::size_t>(label) - 1]; }

  /// Columns of the input for one time step.
  static constexpr int kColumnsPerStep = 2;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::u32string alphabet_;
};

}  // namespace tabularium::numbers
