#include <algorithm>

#include "packed_layers_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {

namespace {

int filled_up(int channels, int lanes) { return (channels + lanes - 1) / lanes * lanes; }

/// The weights of one block in the order in which they are needed: by rows and columns of the
/// kernel and input channels, for each the channels of the block. A `Mat` begins where a
/// vector may.
cv::Mat packed_weights(const Convolution& layer, int input_channels, int first, int width) {
  const int kernel = layer.rows * layer.columns;
  const std::ptrdiff_t of_output = static_cast<std::ptrdiff_t>(layer.inputs) * kernel;
  const int count = std::min(width, layer.outputs - first);
  cv::Mat packed(kernel * input_channels, width, CV_32F);
  for (int place = 0; place < kernel; ++place) {
    for (int input = 0; input < input_channels; ++input) {
      float* to = packed.ptr<float>(place * input_channels + input);
      const int filled = input < layer.inputs ? count : 0;
      const float* from = layer.weights.data() + first * of_output + input * kernel + place;
      for (int output = 0; output < filled; ++output) to[output] = from[output * of_output];
      std::fill(to + filled, to + width, 0.0F);
    }
  }
  return packed;
}

cv::Mat packed_bias(const Convolution& layer, int first, int width) {
  cv::Mat bias(1, width, CV_32F, cv::Scalar(0));
  const int count = std::min(width, layer.outputs - first);
  std::copy_n(layer.bias.begin() + first, count, bias.ptr<float>());
  return bias;
}

int rows_of(const Convolution& layer, int rows) {
  const int room = rows + layer.top + layer.bottom - layer.rows;
  return room < 0 ? 0 : room / layer.row_stride + 1;
}

}  // namespace

std::vector<Value> values_of(const std::vector<Convolution>& layers, int rows, int lanes) {
  std::vector<Value> values(1);
  values.front().rows = rows;
  values.front().channels = 1;
  for (const Convolution& layer : layers) {
    Value& input = values[layer.input];
    input.above = std::max(input.above, layer.top);
    input.below = std::max(input.below, layer.bottom);
    input.left = std::max(input.left, layer.left);
    input.right = std::max(input.right, layer.right);
    Value result;
    result.rows = rows_of(layer, input.rows);
    result.channels = filled_up(layer.outputs, lanes);
    input.last_use = values.size();
    if (layer.addend) {
      values[*layer.addend].last_use = values.size();
      if (values[*layer.addend].rows != result.rows) result.rows = 0;
    }
    values.push_back(result);
    if (result.rows == 0) break;
  }
  if (values.back().rows != 1) {
    throw Error(Error::Code::bad_model, "the network does not make one row of a line");
  }
  return values;
}

PackedLayer packed(const Convolution& layer, int input_channels, int lanes) {
  PackedLayer result;
  result.shape = layer;
  result.shape.weights.clear();
  result.shape.bias.clear();
  const int channels = filled_up(layer.outputs, lanes);
  for (int first = 0; first < channels; first += 2 * lanes) {
    const int width = std::min(2 * lanes, channels - first);
    result.blocks.push_back({first, width / lanes,
                             packed_weights(layer, input_channels, first, width),
                             packed_bias(layer, first, width)});
  }
  return result;
}

}  // namespace tabularium
