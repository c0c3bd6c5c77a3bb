#include "onnx.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "tabularium/page/error.h"

namespace tabularium {

namespace {

static_assert(std::endian::native == std::endian::little, "ONNX stores its floats little-endian");

constexpr std::int64_t kMostOfOneSide = 100'000;  // a kernel, a channel count; more is damage

[[noreturn]] void refuse(std::string_view file, const std::string& what) {
  throw Error(Error::Code::bad_model, std::string(file) + ": " + what);
}

/// Sizes, strides, zeros around a picture: as an `int`, so that sums and products of some fit.
int small(std::int64_t number, std::string_view file) {
  if (number < 0 || number > kMostOfOneSide) refuse(file, "a size of " + std::to_string(number));
  return static_cast<int>(number);
}

/// The weights of a convolution.
struct Tensor {
  std::vector<int> sizes;
  std::vector<float> values;
};

Tensor tensor_of(const onnx::TensorProto& stored, std::string_view file) {
  const std::string& raw = stored.raw_data();
  if (stored.data_type() != onnx::TensorProto::FLOAT || raw.size() % sizeof(float) != 0) {
    refuse(file, stored.name() + " does not hold 32-bit floats");
  }
  Tensor tensor;
  for (const std::int64_t size : stored.dims()) tensor.sizes.push_back(small(size, file));
  tensor.values.resize(raw.size() / sizeof(float));
  if (!raw.empty()) std::memcpy(tensor.values.data(), raw.data(), raw.size());
  return tensor;
}

onnx::GraphProto graph_of(std::string_view bytes, std::string_view file) {
  onnx::ModelProto model;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    refuse(file, "no network in the format of ONNX, or a damaged one");
  }
  if (model.graph().node().empty()) refuse(file, "holds no network in the format of ONNX");
  return std::move(*model.mutable_graph());
}

/// Turns the nodes, which come in the order of their work, into convolutions.
class Builder {
 public:
  Builder(const onnx::GraphProto& graph, std::string_view file) : graph_(graph), file_(file) {
    for (const auto& stored : graph.initializer()) tensors_[stored.name()] = &stored;
    if (!graph.input().empty()) values_[graph.input(0).name()] = 0;
  }

  std::vector<Convolution> built() && {
    for (const onnx::NodeProto& node : graph_.node()) {
      if (node.output_size() != 1) refuse(file_, "an operator without one result");
      if (node.op_type() == "Conv") {
        add_convolution(node);
      } else if (node.op_type() == "Relu" && node.input_size() == 1) {
        rectify(node);
      } else if (node.op_type() == "Add" && node.input_size() == 2) {
        add_addend(node);
      } else {
        refuse(file_, "the operator " + node.op_type() + " is not known");
      }
    }
    if (layers_.empty()) refuse(file_, "has no convolution");
    return std::move(layers_);
  }

 private:
  std::size_t value(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) refuse(file_, "\"" + name + "\" is used but not there");
    return found->second;
  }

  Tensor tensor(const std::string& name, std::size_t dimensions) const {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) refuse(file_, "the weights " + name + " are not there");
    Tensor tensor = tensor_of(*found->second, file_);
    bool fits = tensor.sizes.size() == dimensions && !tensor.values.empty();
    std::size_t left = tensor.values.size();
    for (const int size : tensor.sizes) {
      const auto side = static_cast<std::size_t>(size);
      fits = fits && side > 0 && left % side == 0;
      if (fits) left /= side;
    }
    if (!fits || left != 1) {
      refuse(file_, "the weights " + name + " have another shape");
    }
    return tensor;
  }

  /// The numbers of an attribute; `otherwise` where the node has none.
  template <std::size_t kCount>
  std::array<int, kCount> numbers(const onnx::NodeProto& node, const char* name,
                                  int otherwise) const {
    std::array<int, kCount> values{};
    values.fill(otherwise);
    for (const onnx::AttributeProto& attribute : node.attribute()) {
      if (attribute.name() != name) continue;
      std::vector<std::int64_t> stored(attribute.ints().begin(), attribute.ints().end());
      if (attribute.has_i()) stored.push_back(attribute.i());
      if (stored.size() != kCount) refuse(file_, std::string(name) + " has another length");
      for (std::size_t at = 0; at < kCount; ++at) values[at] = small(stored[at], file_);
    }
    return values;
  }

  void add_convolution(const onnx::NodeProto& node) {
    if (node.input_size() != 3) refuse(file_, "a convolution without weights and bias");
    if (numbers<1>(node, "group", 1)[0] != 1 ||
        numbers<2>(node, "dilations", 1) != std::array<int, 2>{1, 1}) {
      refuse(file_, "a convolution in groups or with dilation");
    }
    Tensor weights = tensor(node.input(1), 4);
    Convolution layer;
    layer.outputs = weights.sizes[0];
    layer.inputs = weights.sizes[1];
    layer.rows = weights.sizes[2];
    layer.columns = weights.sizes[3];
    layer.weights = std::move(weights.values);
    layer.bias = tensor(node.input(2), 1).values;
    const auto [row_stride, column_stride] = numbers<2>(node, "strides", 1);
    const auto [top, left, bottom, right] = numbers<4>(node, "pads", 0);
    layer.row_stride = row_stride;
    layer.column_stride = column_stride;
    layer.top = top;
    layer.left = left;
    layer.bottom = bottom;
    layer.right = right;
    layer.input = value(node.input(0));
    const int channels = layer.input == 0 ? 1 : layers_[layer.input - 1].outputs;
    const bool sound = layer.bias.size() == static_cast<std::size_t>(layer.outputs) &&
                       layer.inputs == channels && row_stride > 0 && column_stride > 0;
    if (!sound) refuse(file_, "a convolution that does not fit what is before it");
    layers_.push_back(std::move(layer));
    values_[node.output(0)] = layers_.size();
  }

  /// What follows the last convolution becomes a part of it; its own result is gone then.
  void replace(const std::string& before, const std::string& after) {
    values_.erase(before);
    values_[after] = layers_.size();
  }

  void rectify(const onnx::NodeProto& node) {
    const bool fits = !layers_.empty() && value(node.input(0)) == layers_.size() &&
                      !layers_.back().addend && !layers_.back().rectified;
    if (!fits) refuse(file_, "a Relu that does not follow a convolution");
    layers_.back().rectified = true;
    replace(node.input(0), node.output(0));
  }

  void add_addend(const onnx::NodeProto& node) {
    const bool first = value(node.input(0)) == layers_.size();
    const std::string& own = node.input(first ? 0 : 1);
    const std::size_t other = value(node.input(first ? 1 : 0));
    const bool fits = !layers_.empty() && value(own) == layers_.size() && other > 0 &&
                      other < layers_.size() && !layers_.back().addend &&
                      layers_[other - 1].outputs == layers_.back().outputs;
    if (!fits) refuse(file_, "an Add that does not follow a convolution");
    layers_.back().addend = other;
    replace(own, node.output(0));
  }

  const onnx::GraphProto& graph_;
  std::string file_;
  std::map<std::string, const onnx::TensorProto*> tensors_;
  std::map<std::string, std::size_t> values_;
  std::vector<Convolution> layers_;
};

}  // namespace

std::vector<Convolution> parse_onnx(std::string_view bytes, std::string_view name) {
  const onnx::GraphProto graph = graph_of(bytes, name);
  return Builder(graph, name).built();
}

std::vector<Convolution> read_onnx(const std::filesystem::path& file) {
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  std::ifstream stream(file, std::ios::binary);
  if (failure || !stream) {
    throw Error(Error::Code::not_found, file.string() + ": does not exist");
  }
  const auto bytes = std::make_unique_for_overwrite<char[]>(size);
  stream.read(bytes.get(), static_cast<std::streamsize>(size));
  const auto read = static_cast<std::size_t>(stream.gcount());
  return parse_onnx({bytes.get(), read}, file.string());
}

}  // namespace tabularium
