#include "onnx.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "protobuf_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {

namespace {

static_assert(std::endian::native == std::endian::little, "ONNX stores its floats little-endian");

constexpr std::uint64_t kMostOfOneSide = 100'000;  // a kernel, a channel count; more is damage

[[noreturn]] void refuse(std::string_view file, const std::string& what) {
  throw Error(Error::Code::bad_model, std::string(file) + ": " + what);
}

std::vector<ProtoField> fields_of(std::string_view message, std::string_view file) {
  auto fields = proto_fields(message);
  if (!fields) refuse(file, "no network in the format of ONNX, or a damaged one");
  return *std::move(fields);
}

/// Lists of numbers are packed or not, as the writer likes.
void add_numbers(const ProtoField& field, std::vector<int>& to, std::string_view file) {
  std::vector<std::uint64_t> numbers = {field.value};
  if (!field.bytes.empty()) {
    auto packed = proto_numbers(field.bytes);
    if (!packed) refuse(file, "a damaged list of numbers");
    numbers = *std::move(packed);
  }
  for (const std::uint64_t number : numbers) {
    if (number > kMostOfOneSide) refuse(file, "a size of " + std::to_string(number));
    to.push_back(static_cast<int>(number));
  }
}

/// onnx.TensorProto
struct Tensor {
  std::vector<int> sizes{};
  std::vector<float> values{};
};

std::pair<std::string, Tensor> tensor_of(std::string_view message, std::string_view file) {
  enum Number { kDims = 1, kDataType = 2, kName = 8, kRawData = 9 };
  constexpr std::uint64_t kFloat = 1;
  std::pair<std::string, Tensor> named;
  std::string_view raw;
  std::uint64_t type = 0;
  for (const ProtoField& field : fields_of(message, file)) {
    if (field.number == kDims) add_numbers(field, named.second.sizes, file);
    if (field.number == kDataType) type = field.value;
    if (field.number == kName) named.first = field.bytes;
    if (field.number == kRawData) raw = field.bytes;
  }
  if (type != kFloat || raw.size() % sizeof(float) != 0) {
    refuse(file, named.first + " does not hold 32-bit floats");
  }
  if (raw.empty()) return named;
  named.second.values.resize(raw.size() / sizeof(float));
  std::memcpy(named.second.values.data(), raw.data(), raw.size());
  return named;
}

/// onnx.NodeProto
struct Node {
  std::string operation;
  std::vector<std::string> inputs;
  std::string output;
  std::map<std::string, std::vector<int>> attributes;
};

std::pair<std::string, std::vector<int>> attribute_of(std::string_view message,
                                                      std::string_view file) {
  enum Number { kName = 1, kInt = 3, kInts = 8 };
  std::pair<std::string, std::vector<int>> attribute;
  for (const ProtoField& field : fields_of(message, file)) {
    if (field.number == kName) attribute.first = field.bytes;
    if (field.number == kInt || field.number == kInts) add_numbers(field, attribute.second, file);
  }
  return attribute;
}

Node node_of(std::string_view message, std::string_view file) {
  enum Number { kInput = 1, kOutput = 2, kOpType = 4, kAttribute = 5 };
  Node node;
  for (const ProtoField& field : fields_of(message, file)) {
    if (field.number == kInput) node.inputs.emplace_back(field.bytes);
    if (field.number == kOutput) node.output = field.bytes;
    if (field.number == kOpType) node.operation = field.bytes;
    if (field.number == kAttribute) node.attributes.insert(attribute_of(field.bytes, file));
  }
  return node;
}

/// onnx.GraphProto
struct Graph {
  std::vector<Node> nodes;
  std::map<std::string, Tensor> tensors;
  std::string picture;  ///< the name of the input
};

Graph graph_of(std::string_view bytes, std::string_view file) {
  enum ModelNumber { kGraph = 7 };
  enum GraphNumber { kNode = 1, kInitializer = 5, kInput = 11 };
  Graph graph;
  for (const ProtoField& part : fields_of(bytes, file)) {
    if (part.number != kGraph) continue;
    for (const ProtoField& field : fields_of(part.bytes, file)) {
      if (field.number == kNode) graph.nodes.push_back(node_of(field.bytes, file));
      if (field.number == kInitializer) graph.tensors.insert(tensor_of(field.bytes, file));
      if (field.number != kInput) continue;
      for (const ProtoField& value : fields_of(field.bytes, file)) {
        if (value.number == 1 && graph.picture.empty()) graph.picture = value.bytes;
      }
    }
  }
  if (graph.nodes.empty()) refuse(file, "holds no network in the format of ONNX");
  return graph;
}

/// Turns the nodes, which come in the order of their work, into convolutions.
class Builder {
 public:
  Builder(Graph graph, std::string_view file) : graph_(std::move(graph)), file_(file) {
    values_[graph_.picture] = 0;
  }

  std::vector<Convolution> built() && {
    for (const Node& node : graph_.nodes) {
      if (node.operation == "Conv") {
        add_convolution(node);
      } else if (node.operation == "Relu" && node.inputs.size() == 1) {
        rectify(node);
      } else if (node.operation == "Add" && node.inputs.size() == 2) {
        add_addend(node);
      } else {
        refuse(file_, "the operator " + node.operation + " is not known");
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

  /// Takes weights out of the graph: each belongs to one convolution, and they are large.
  Tensor tensor(const std::string& name, std::size_t dimensions) {
    const auto found = graph_.tensors.find(name);
    if (found == graph_.tensors.end()) refuse(file_, "the weights " + name + " are not there");
    std::size_t count = 1;
    for (const int size : found->second.sizes) count *= static_cast<std::size_t>(size);
    if (found->second.sizes.size() != dimensions || count != found->second.values.size() ||
        count == 0) {
      refuse(file_, "the weights " + name + " have another shape");
    }
    return std::exchange(found->second, {});
  }

  /// The numbers of an attribute; `otherwise` where the node has none.
  template <std::size_t kCount>
  std::array<int, kCount> numbers(const Node& node, const char* name, int otherwise) const {
    std::array<int, kCount> values{};
    values.fill(otherwise);
    const auto found = node.attributes.find(name);
    if (found == node.attributes.end()) return values;
    if (found->second.size() != kCount) refuse(file_, std::string(name) + " has another length");
    std::copy_n(found->second.begin(), kCount, values.begin());
    return values;
  }

  void add_convolution(const Node& node) {
    if (node.inputs.size() != 3) refuse(file_, "a convolution without weights and bias");
    if (numbers<1>(node, "group", 1)[0] != 1 ||
        numbers<2>(node, "dilations", 1) != std::array<int, 2>{1, 1}) {
      refuse(file_, "a convolution in groups or with dilation");
    }
    Tensor weights = tensor(node.inputs[1], 4);
    Convolution layer;
    layer.outputs = weights.sizes[0];
    layer.inputs = weights.sizes[1];
    layer.rows = weights.sizes[2];
    layer.columns = weights.sizes[3];
    layer.weights = std::move(weights.values);
    layer.bias = tensor(node.inputs[2], 1).values;
    const auto [row_stride, column_stride] = numbers<2>(node, "strides", 1);
    const auto [top, left, bottom, right] = numbers<4>(node, "pads", 0);
    layer.row_stride = row_stride;
    layer.column_stride = column_stride;
    layer.top = top;
    layer.left = left;
    layer.bottom = bottom;
    layer.right = right;
    layer.input = value(node.inputs[0]);
    const int channels = layer.input == 0 ? 1 : layers_[layer.input - 1].outputs;
    const bool sound = layer.bias.size() == static_cast<std::size_t>(layer.outputs) &&
                       layer.inputs == channels && row_stride > 0 && column_stride > 0;
    if (!sound) refuse(file_, "a convolution that does not fit what is before it");
    layers_.push_back(std::move(layer));
    values_[node.output] = layers_.size();
  }

  /// What follows the last convolution becomes a part of it; its own result is gone then.
  void replace(const std::string& before, const std::string& after) {
    values_.erase(before);
    values_[after] = layers_.size();
  }

  void rectify(const Node& node) {
    const bool fits = !layers_.empty() && value(node.inputs[0]) == layers_.size() &&
                      !layers_.back().addend && !layers_.back().rectified;
    if (!fits) refuse(file_, "a Relu that does not follow a convolution");
    layers_.back().rectified = true;
    replace(node.inputs[0], node.output);
  }

  void add_addend(const Node& node) {
    const bool first = value(node.inputs[0]) == layers_.size();
    const std::string& own = node.inputs[first ? 0 : 1];
    const std::size_t other = value(node.inputs[first ? 1 : 0]);
    const bool fits = !layers_.empty() && value(own) == layers_.size() && other > 0 &&
                      other < layers_.size() && !layers_.back().addend &&
                      layers_[other - 1].outputs == layers_.back().outputs;
    if (!fits) refuse(file_, "an Add that does not follow a convolution");
    layers_.back().addend = other;
    replace(own, node.output);
  }

  Graph graph_;
  std::string file_;
  std::map<std::string, std::size_t> values_;
  std::vector<Convolution> layers_;
};

}  // namespace

std::vector<Convolution> parse_onnx(std::string_view bytes, std::string_view name) {
  return Builder(graph_of(bytes, name), name).built();
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
