#include "network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <numeric>
#include <opencv2/dnn.hpp>
#include <sstream>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::lines {

namespace {

/// Widths are rounded up to this many columns, so that the network is laid out anew for few sizes.
constexpr int kWidthStep = 64;

/// Paper that follows each line, as in training: the last character has room.
constexpr int kTail = 16;

constexpr int kMostInBatch = 8;

/// Characters are named so many at once, always: what one is called does not depend on the others.
constexpr int kNamedAtOnce = 32;

constexpr int kStepsPerColumn = 2;  // the trunk's channels hold two time steps

int padded_width(int columns) {
  return (columns + kTail + kWidthStep - 1) / kWidthStep * kWidthStep;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(Error::Code::not_found, file.string() + ": cannot be opened");
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

/// The alphabet file: all characters in the order of their classes, in UTF-8; line ends do not
/// count.
std::u32string read_alphabet(const std::filesystem::path& file) {
  std::u32string alphabet;
  for (const char32_t code : to_utf32(bytes_of(file))) {
    if (code != U'\n' && code != U'\r') alphabet.push_back(code);
  }
  return alphabet;
}

cv::dnn::Net read_trunk(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    throw Error(Error::Code::not_found, file.string() + ": does not exist");
  }
  try {
    cv::dnn::Net net = cv::dnn::readNetFromONNX(file.string());
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return net;
  } catch (const cv::Exception& failure) {
    throw Error(Error::Code::bad_model, file.string() + ": " + failure.what());
  }
}

/// A network of one layer, which gives a score to each of `classes` characters. The file holds for
/// each of them the weights of the features and a bias, in half precision, little-endian.
cv::dnn::Net read_head(const std::filesystem::path& file, int classes) {
  const std::string bytes = bytes_of(file);
  const std::size_t values = bytes.size() / sizeof(std::uint16_t);
  const auto rows = static_cast<std::size_t>(classes);
  if (rows == 0 || bytes.size() % sizeof(std::uint16_t) != 0 || values % rows != 0 ||
      values / rows < 2) {
    throw Error(Error::Code::bad_model, file.string() + ": " + std::to_string(bytes.size()) +
                                            " bytes are no weights for the " +
                                            std::to_string(classes) + " characters of lines.txt");
  }
  const int columns = static_cast<int>(values / rows);
  const cv::Mat half(classes, columns, CV_16S, const_cast<char*>(bytes.data()));
  cv::Mat all;
  cv::convertFp16(half, all);
  const int sizes[] = {classes, columns - 1, 1, 1};
  const cv::Mat weights = all.colRange(0, columns - 1).clone();
  cv::dnn::LayerParams layer;
  layer.name = "names";
  layer.type = "Convolution";
  layer.set("kernel_size", 1);
  layer.set("num_output", classes);
  layer.blobs = {weights.reshape(1, 4, sizes), all.col(columns - 1).clone().reshape(1, 1)};
  cv::dnn::Net net;
  net.addLayerToPrev(layer.name, layer.type, layer);
  net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  return net;
}

/// The steps of line `line` of the trunk's output, whose channels are the features and the presence
/// of an even step, then those of the odd one.
LineView view_of(const cv::Mat& output, int line, int steps) {
  const int columns = output.size[3];
  const int values = output.size[1] / kStepsPerColumn;
  const int features = values - 1;
  LineView view{{}, cv::Mat(steps, features, CV_32F)};
  const float* from = output.ptr<float>(line);
  for (int step = 0; step < steps; ++step) {
    const float* at = from +
                      static_cast<std::ptrdiff_t>(step % kStepsPerColumn * values) * columns +
                      step / kStepsPerColumn;
    float* to = view.features.ptr<float>(step);
    for (int i = 0; i < features; ++i) to[i] = at[static_cast<std::ptrdiff_t>(i) * columns];
    const float score = at[static_cast<std::ptrdiff_t>(features) * columns];
    view.presence.push_back(1.0F / (1.0F + std::exp(-score)));
  }
  return view;
}

/// The likeliest of `scores`, one in each `stride` floats.
std::vector<Name> names_of(const float* scores, std::ptrdiff_t stride,
                           const std::u32string& alphabet, std::size_t most) {
  std::vector<std::size_t> order(alphabet.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto score = [&](std::size_t label) {
    return scores[static_cast<std::ptrdiff_t>(label) * stride];
  };
  const auto better = [&](std::size_t a, std::size_t b) {
    return score(a) != score(b) ? score(a) > score(b) : a < b;
  };
  const std::size_t kept = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    better);
  double sum = 0.0;
  for (std::size_t label = 0; label < alphabet.size(); ++label) {
    sum += std::exp(static_cast<double>(score(label) - score(order.front())));
  }
  std::vector<Name> names;
  for (std::size_t at = 0; at < kept; ++at) {
    const double share = std::exp(static_cast<double>(score(order[at]) - score(order.front())));
    names.push_back({alphabet[order[at]], static_cast<float>(share / sum)});
  }
  return names;
}

}  // namespace

struct Network::State {
  cv::dnn::Net trunk;
  cv::dnn::Net head;
};

Network::Network(const std::filesystem::path& folder) : state_(std::make_unique<State>()) {
  alphabet_ = read_alphabet(folder / "lines.txt");
  // OpenCV would split loops over threads of its own; a plugin keeps to its caller's. The setting
  // is the process's, and the same for everybody.
  cv::setNumThreads(1);
  state_->trunk = read_trunk(folder / "lines.onnx");
  state_->head = read_head(folder / "lines.weights", static_cast<int>(alphabet_.size()));
  try {
    const LineView view = look({cv::Mat::zeros(kRows, kWidthStep, CV_32F)}).front();
    static_cast<void>(name(view.features, 1));
  } catch (const cv::Exception& failure) {
    throw Error(Error::Code::bad_model, folder.string() + ", lines: " + failure.what());
  }
}

Network::~Network() = default;

std::vector<LineView> Network::look(const std::vector<cv::Mat>& images) {
  std::map<int, std::vector<std::size_t>> by_width;
  for (std::size_t at = 0; at < images.size(); ++at) {
    by_width[padded_width(images[at].cols)].push_back(at);
  }
  std::vector<LineView> result(images.size());
  for (const auto& [width, members] : by_width) {
    for (std::size_t first = 0; first < members.size(); first += kMostInBatch) {
      const std::size_t count = std::min<std::size_t>(kMostInBatch, members.size() - first);
      const int sizes[] = {static_cast<int>(count), 1, kRows, width};
      cv::Mat batch(4, sizes, CV_32F, cv::Scalar(0));
      for (std::size_t line = 0; line < count; ++line) {
        const cv::Mat& image = images[members[first + line]];
        cv::Mat rows(kRows, width, CV_32F, batch.ptr<float>(static_cast<int>(line)));
        image.copyTo(rows.colRange(0, image.cols));
      }
      state_->trunk.setInput(batch);
      const cv::Mat output = state_->trunk.forward();
      if (output.dims != 4 || output.size[0] != static_cast<int>(count) || output.size[1] < 4) {
        throw Error(Error::Code::bad_model, "lines.onnx gives something of another shape");
      }
      for (std::size_t line = 0; line < count; ++line) {
        const std::size_t at = members[first + line];
        const int steps =
            std::min(kStepsPerColumn * output.size[3], (images[at].cols + kTail) / kColumnsPerStep);
        result[at] = view_of(output, static_cast<int>(line), steps);
      }
    }
  }
  return result;
}

std::vector<std::vector<Name>> Network::name(const cv::Mat& features, std::size_t most) {
  std::vector<std::vector<Name>> names;
  for (int first = 0; first < features.rows; first += kNamedAtOnce) {
    const int count = std::min(kNamedAtOnce, features.rows - first);
    const int sizes[] = {1, features.cols, 1, kNamedAtOnce};
    cv::Mat blob(4, sizes, CV_32F, cv::Scalar(0));
    for (int row = 0; row < count; ++row) {
      const float* from = features.ptr<float>(first + row);
      float* to = blob.ptr<float>() + row;
      for (int i = 0; i < features.cols; ++i) {
        to[static_cast<std::ptrdiff_t>(i) * kNamedAtOnce] = from[i];
      }
    }
    state_->head.setInput(blob);
    const cv::Mat scores = state_->head.forward();
    if (scores.dims != 4 || scores.size[1] != static_cast<int>(alphabet_.size()) ||
        scores.size[3] != kNamedAtOnce) {
      throw Error(Error::Code::bad_model,
                  "lines.weights and lines.txt do not belong together: the network gives " +
                      std::to_string(scores.dims == 4 ? scores.size[1] : 0) +
                      " classes, the alphabet " + std::to_string(alphabet_.size()));
    }
    for (int row = 0; row < count; ++row) {
      names.push_back(names_of(scores.ptr<float>() + row, kNamedAtOnce, alphabet_, most));
    }
  }
  return names;
}

}  // namespace tabularium::lines
