#include "network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "line_network.h"
#include "model_files.h"
#include "tabularium/page/error.h"

namespace tabularium::lines {

namespace {

/// Widths are rounded up to this many columns, as in training.
constexpr int kWidthStep = 64;

/// Paper that follows each line, as in training: the last character has room.
constexpr int kTail = 16;

/// Characters are named so many at once, always: what one is called does not depend on the others.
constexpr int kNamedAtOnce = 64;

constexpr int kStepsPerColumn = 2;  // the trunk's channels hold two time steps

int padded_width(int columns) {
  return (columns + kTail + kWidthStep - 1) / kWidthStep * kWidthStep;
}

/// A network of one layer, which gives a score to each of `classes` characters. The file holds for
/// each of them the weights of the features and a bias, in half precision, little-endian.
///
/// It looks at a row of characters, whose channels are the features.
Convolution read_head(const std::filesystem::path& file, int classes) {
  const std::string bytes = bytes_of(file);
  const std::size_t values = bytes.size() / sizeof(std::uint16_t);
  const auto rows = static_cast<std::size_t>(classes);
  if (rows == 0 || bytes.size() % sizeof(std::uint16_t) != 0 || values % rows != 0 ||
      values / rows < 2 || values / rows > CV_CN_MAX) {
    throw Error(Error::Code::bad_model, file.string() + ": " + std::to_string(bytes.size()) +
                                            " bytes are no weights for the " +
                                            std::to_string(classes) + " characters of lines.txt");
  }
  const int features = static_cast<int>(values / rows) - 1;
  const cv::Mat half(classes, features + 1, CV_16S, const_cast<char*>(bytes.data()));
  cv::Mat all;
  cv::convertFp16(half, all);
  Convolution head;
  head.outputs = classes;
  head.inputs = features;
  head.rows = 1;
  head.columns = 1;
  for (int row = 0; row < classes; ++row) {
    const float* from = all.ptr<float>(row);
    head.weights.insert(head.weights.end(), from, from + features);
    head.bias.push_back(from[features]);
  }
  return head;
}

/// The steps of a line in the trunk's output: a row of it holds the features and the presence of an
/// even step, then those of the odd one.
LineView view_of(const cv::Mat& output, int steps) {
  const int values = output.cols / kStepsPerColumn;
  const int features = values - 1;
  LineView view{{}, cv::Mat(steps, features, CV_32F)};
  for (int step = 0; step < steps; ++step) {
    const float* from = output.ptr<float>(step / kStepsPerColumn) + step % kStepsPerColumn * values;
    std::copy_n(from, features, view.features.ptr<float>(step));
    view.presence.push_back(1.0F / (1.0F + std::exp(-from[features])));
  }
  return view;
}

/// The labels of the `most` highest of `scores`, the highest first; of equal ones the first.
std::vector<std::size_t> highest(const float* scores, std::size_t count, std::size_t most) {
  std::vector<std::size_t> labels;
  for (std::size_t label = 0; label < count; ++label) {
    if (labels.size() == most && scores[label] <= scores[labels.back()]) continue;
    const auto place = std::find_if(labels.begin(), labels.end(), [&](std::size_t other) {
      return scores[label] > scores[other];
    });
    labels.insert(place, label);
    if (labels.size() > most) labels.pop_back();
  }
  return labels;
}

/// The likeliest of `scores`, one for each character of the alphabet.
std::vector<Name> names_of(const float* scores, const std::u32string& alphabet, std::size_t most) {
  constexpr float kNothing = 25.0F;  // thousands so far below the highest add nothing to a float
  const std::vector<std::size_t> order = highest(scores, alphabet.size(), most);
  const float top = scores[order.front()];
  double sum = 0.0;
  for (std::size_t label = 0; label < alphabet.size(); ++label) {
    if (scores[label] > top - kNothing) sum += std::exp(static_cast<double>(scores[label] - top));
  }
  std::vector<Name> names;
  for (const std::size_t label : order) {
    const double share = std::exp(static_cast<double>(scores[label] - top));
    names.push_back({alphabet[label], static_cast<float>(share / sum)});
  }
  return names;
}

}  // namespace

struct Network::State {
  LineNetwork trunk;
  LineNetwork head;
};

Network::Network(const std::filesystem::path& folder)
    : alphabet_(read_alphabet(folder / "lines.txt")) {
  // OpenCV would split loops over threads of its own; a plugin keeps to its caller's. The setting
  // is the process's, and the same for everybody.
  cv::setNumThreads(1);
  const auto trunk = read_onnx(folder / "lines.onnx");
  const auto head = read_head(folder / "lines.weights", static_cast<int>(alphabet_.size()));
  if (trunk.back().outputs != kStepsPerColumn * (head.inputs + 1)) {
    throw Error(Error::Code::bad_model,
                folder.string() + ": lines.onnx, lines.weights and lines.txt do not belong " +
                    "together: the trunk gives " + std::to_string(trunk.back().outputs) +
                    " values, the head wants " + std::to_string(head.inputs) + " features");
  }
  state_ = std::make_unique<State>(State{LineNetwork(trunk, kRows), LineNetwork({head}, 1)});
}

Network::~Network() = default;

std::vector<LineView> Network::look(const std::vector<cv::Mat>& images) {
  std::vector<int> widths;
  for (const cv::Mat& image : images) widths.push_back(padded_width(image.cols));
  const std::vector<cv::Mat> outputs = state_->trunk.look(images, widths);
  std::vector<LineView> views;
  for (std::size_t at = 0; at < images.size(); ++at) {
    const int steps =
        std::min(kStepsPerColumn * outputs[at].rows, (images[at].cols + kTail) / kColumnsPerStep);
    views.push_back(view_of(outputs[at], steps));
  }
  return views;
}

std::vector<std::vector<Name>> Network::name(const cv::Mat& features, std::size_t most) {
  std::vector<std::vector<Name>> names;
  for (int first = 0; first < features.rows; first += kNamedAtOnce) {
    const int last = std::min(features.rows, first + kNamedAtOnce);
    const cv::Mat some = features.rowRange(first, last).reshape(features.cols, 1);
    const cv::Mat scores = state_->head.look({some}, {kNamedAtOnce}).front();
    for (int row = 0; row < some.cols; ++row) {
      names.push_back(names_of(scores.ptr<float>(row), alphabet_, most));
    }
  }
  return names;
}

}  // namespace tabularium::lines
