#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace tabularium::lines {

/// What a character that the network does not know is printed as.
inline constexpr char32_t kUnknown = 0xFFFD;

/// What the trunk of the network says of a line, for every `kColumnsPerStep` columns from the left.
struct LineView {
  std::vector<float> presence;  ///< 0.0 to 1.0: that the middle of a character is here
  cv::Mat features;             ///< a row of 32-bit floats for each step, for `Network::name`
};

/// A character that may stand at a place.
struct Name {
  char32_t code = kUnknown;
  float probability = 0.0F;
};

/// The trained network: the trunk, `models/lines.onnx`, finds the characters of a line; the head,
/// `models/lines.weights`, names those that were found; `models/lines.txt` is the alphabet.
///
/// One object per thread. Runs on one thread whatever OpenCV's settings are.
class Network {
 public:
  /// Throws `Error`: `not_found`, `bad_model` (a file that is damaged, or files that do not belong
  /// together).
  explicit Network(const std::filesystem::path& folder);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// What it sees in each of `images` (see `normalized_line`), in their order. What it says of one
  /// does not depend on the others.
  std::vector<LineView> look(const std::vector<cv::Mat>& images);

  /// For each row of `features` the likeliest characters, best first, at most `most`.
  std::vector<std::vector<Name>> name(const cv::Mat& features, std::size_t most);

  static constexpr int kRows = 32;           ///< of a picture
  static constexpr int kColumnsPerStep = 4;  ///< of a picture

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::u32string alphabet_;
};

}  // namespace tabularium::lines
