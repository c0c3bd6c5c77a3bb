#include "network.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <opencv2/dnn.hpp>
#include <sstream>

#include "crop.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::numbers {

namespace {

/// Widths are rounded up to this many columns, so that the network is laid out anew for few sizes.
constexpr int kWidthStep = 32;

/// Paper that follows each line, as in training: the last character has room.
constexpr int kTail = 16;

constexpr int kMostInBatch = 16;

int padded_width(int columns) {
  return (columns + kTail + kWidthStep - 1) / kWidthStep * kWidthStep;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(Error::Code::not_found, file.string() + ": cannot be opened");
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The alphabet file: all characters in the order of their classes, in UTF-8; line ends do not
/// count.
std::u32string read_alphabet(const std::filesystem::path& file) {
  std::u32string alphabet;
  for (const char32_t code : to_utf32(text_of(file))) {
    if (code != U'\n' && code != U'\r') alphabet.push_back(code);
  }
  return alphabet;
}

/// The scores of one line become logarithms of probabilities. The channels hold the classes of the
/// even time steps, then those of the odd ones.
Scores log_probabilities(const cv::Mat& output, int line, int classes, int steps) {
  const int columns = output.size[3];
  const float* values = output.ptr<float>(line);
  Scores scores{steps, classes, {}};
  scores.logs.resize(static_cast<std::size_t>(steps) * static_cast<std::size_t>(classes));
  for (int step = 0; step < steps; ++step) {
    const float* from =
        values + static_cast<std::ptrdiff_t>(step % 2 * classes) * columns + step / 2;
    float* to = scores.logs.data() + static_cast<std::ptrdiff_t>(step) * classes;
    float highest = from[0];
    for (int label = 0; label < classes; ++label) {
      to[label] = from[static_cast<std::ptrdiff_t>(label) * columns];
      highest = std::max(highest, to[label]);
    }
    double sum = 0.0;
    for (int label = 0; label < classes; ++label) sum += std::exp(to[label] - highest);
    const float shift = highest + static_cast<float>(std::log(sum));
    for (int label = 0; label < classes; ++label) to[label] -= shift;
  }
  return scores;
}

}  // namespace

struct Network::State {
  cv::dnn::Net net;
};

Network::Network(const std::filesystem::path& folder) : state_(std::make_unique<State>()) {
  const std::filesystem::path file = folder / "numbers.onnx";
  alphabet_ = read_alphabet(folder / "numbers.txt");
  if (!std::filesystem::exists(file)) {
    throw Error(Error::Code::not_found, file.string() + ": does not exist");
  }
  // OpenCV would split loops over threads of its own; a plugin keeps to its caller's. The setting
  // is the process's, and the same for everybody.
  cv::setNumThreads(1);
  try {
    state_->net = cv::dnn::readNetFromONNX(file.string());
    state_->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    state_->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    const cv::Mat blank = cv::Mat::zeros(kInputRows, kWidthStep, CV_32F);
    static_cast<void>(read({blank}));
  } catch (const cv::Exception& failure) {
    throw Error(Error::Code::bad_model, file.string() + ": " + failure.what());
  }
}

Network::~Network() = default;

std::vector<Scores> Network::read(const std::vector<cv::Mat>& images) {
  std::map<int, std::vector<std::size_t>> by_width;
  for (std::size_t at = 0; at < images.size(); ++at) {
    by_width[padded_width(images[at].cols)].push_back(at);
  }
  const int classes = static_cast<int>(alphabet_.size()) + 1;
  std::vector<Scores> result(images.size());
  for (const auto& [width, members] : by_width) {
    for (std::size_t first = 0; first < members.size(); first += kMostInBatch) {
      const std::size_t count = std::min<std::size_t>(kMostInBatch, members.size() - first);
      const int sizes[] = {static_cast<int>(count), 1, kInputRows, width};
      cv::Mat batch(4, sizes, CV_32F, cv::Scalar(0));
      for (std::size_t line = 0; line < count; ++line) {
        const cv::Mat& image = images[members[first + line]];
        cv::Mat rows(kInputRows, width, CV_32F, batch.ptr<float>(static_cast<int>(line)));
        image.copyTo(rows.colRange(0, image.cols));
      }
      state_->net.setInput(batch);
      const cv::Mat output = state_->net.forward();
      if (output.dims != 4 || output.size[0] != static_cast<int>(count) ||
          output.size[1] != 2 * classes) {
        throw Error(Error::Code::bad_model,
                    "numbers.onnx and numbers.txt do not belong together: the network gives " +
                        std::to_string(output.size[1] / 2) + " classes, the alphabet " +
                        std::to_string(classes));
      }
      for (std::size_t line = 0; line < count; ++line) {
        const std::size_t at = members[first + line];
        result[at] = log_probabilities(
            output, static_cast<int>(line), classes,
            std::min(2 * output.size[3], (images[at].cols + kTail) / kColumnsPerStep));
      }
    }
  }
  return result;
}

}  // namespace tabularium::numbers
