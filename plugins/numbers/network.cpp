#include "network.h"

#include <algorithm>
#include <cmath>

#include "crop.h"
#include "line_network.h"
#include "model_files.h"
#include "tabularium/page/error.h"

namespace tabularium::numbers {

namespace {

/// Widths are rounded up to this many columns, as in training.
constexpr int kWidthStep = 32;

/// Paper that follows each line, as in training: the last character has room.
constexpr int kTail = 16;

int padded_width(int columns) {
  return (columns + kTail + kWidthStep - 1) / kWidthStep * kWidthStep;
}

/// The scores of one line become logarithms of probabilities. A row of `output` holds the classes
/// of an even time step, then those of the odd one.
Scores log_probabilities(const cv::Mat& output, int classes, int steps) {
  Scores scores{steps, classes, {}};
  scores.logs.resize(static_cast<std::size_t>(steps) * static_cast<std::size_t>(classes));
  for (int step = 0; step < steps; ++step) {
    const float* from = output.ptr<float>(step / 2) + step % 2 * classes;
    float* to = scores.logs.data() + static_cast<std::ptrdiff_t>(step) * classes;
    const float highest = *std::max_element(from, from + classes);
    double sum = 0.0;
    for (int label = 0; label < classes; ++label) sum += std::exp(from[label] - highest);
    const float shift = highest + static_cast<float>(std::log(sum));
    for (int label = 0; label < classes; ++label) to[label] = from[label] - shift;
  }
  return scores;
}

}  // namespace

struct Network::State {
  LineNetwork net;
};

Network::Network(const std::filesystem::path& folder)
    : alphabet_(read_alphabet(folder / "numbers.txt")) {
  // OpenCV would split loops over threads of its own; a plugin keeps to its caller's. The setting
  // is the process's, and the same for everybody.
  cv::setNumThreads(1);
  state_ =
      std::make_unique<State>(State{LineNetwork(read_onnx(folder / "numbers.onnx"), kInputRows)});
  const int classes = static_cast<int>(alphabet_.size()) + 1;
  if (state_->net.outputs() != 2 * classes) {
    throw Error(Error::Code::bad_model,
                "numbers.onnx and numbers.txt do not belong together: the network gives " +
                    std::to_string(state_->net.outputs() / 2) + " classes, the alphabet " +
                    std::to_string(classes));
  }
}

Network::~Network() = default;

std::vector<Scores> Network::read(const std::vector<cv::Mat>& images) {
  const int classes = static_cast<int>(alphabet_.size()) + 1;
  std::vector<int> widths;
  for (const cv::Mat& image : images) widths.push_back(padded_width(image.cols));
  const std::vector<cv::Mat> outputs = state_->net.look(images, widths);
  std::vector<Scores> result;
  for (std::size_t at = 0; at < images.size(); ++at) {
    const int steps = std::min(2 * outputs[at].rows, (images[at].cols + kTail) / kColumnsPerStep);
    result.push_back(log_probabilities(outputs[at], classes, steps));
  }
  return result;
}

}  // namespace tabularium::numbers
