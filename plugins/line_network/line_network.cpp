#include "line_network.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "packed_layers_internal.h"

namespace tabularium {

namespace {

/// Lines go through the network together until the largest of their values has so many floats: each
/// weight is fetched once for all of them, and what they say stays near the processor.
constexpr std::size_t kMostFloats = 1U << 18U;

/// A value of one line in memory.
struct Plane {
  float* first = nullptr;  ///< of its first pixel
  std::ptrdiff_t row = 0;  ///< floats from one row to the next
  int columns = 0;
};

int columns_after(const Convolution& layer, int columns) {
  const int room = columns + layer.left + layer.right - layer.columns;
  return room < 0 ? 0 : room / layer.column_stride + 1;
}

std::size_t floats_of(const Value& value, int columns) {
  return static_cast<std::size_t>(value.above + value.rows + value.below) *
         static_cast<std::size_t>(value.left + columns + value.right) *
         static_cast<std::size_t>(value.channels);
}

/// Lays a value out in `memory`, with zeros around it.
Plane plane_at(float* memory, const Value& value, int columns) {
  const std::ptrdiff_t left = static_cast<std::ptrdiff_t>(value.left) * value.channels;
  const std::ptrdiff_t right = static_cast<std::ptrdiff_t>(value.right) * value.channels;
  const std::ptrdiff_t row = left + static_cast<std::ptrdiff_t>(columns) * value.channels + right;
  const Plane plane{memory + value.above * row + left, row, columns};
  std::fill_n(memory, value.above * row, 0.0F);
  for (int y = 0; y < value.rows; ++y) {
    float* begin = memory + (value.above + y) * row;
    std::fill_n(begin, left, 0.0F);
    std::fill_n(begin + row - right, right, 0.0F);
  }
  std::fill_n(memory + (value.above + value.rows) * row, value.below * row, 0.0F);
  return plane;
}

/// One block of a layer of one line, row by row.
void convolve(const Convolution& shape, const Block& block, const Value& from, const Plane& input,
              const Value& to, const Plane& output, const Plane* addend, const Convolver& by) {
  RowOfBlock row;
  row.input_row = input.row;
  row.input_step = static_cast<std::ptrdiff_t>(shape.column_stride) * from.channels;
  row.kernel_rows = shape.rows;
  row.run = shape.columns * from.channels;
  row.weights = block.weights.ptr<float>();
  row.bias = block.bias.ptr<float>();
  row.output_step = to.channels;
  row.pixels = output.columns;
  row.vectors = block.vectors;
  row.rectified = shape.rectified;
  for (int y = 0; y < to.rows; ++y) {
    row.input = input.first + (y * shape.row_stride - shape.top) * input.row -
                static_cast<std::ptrdiff_t>(shape.left) * from.channels;
    row.output = output.first + y * output.row + block.first;
    if (addend != nullptr) row.addend = addend->first + y * addend->row + block.first;
    by.row(row);
  }
}

}  // namespace

struct LineNetwork::State {
  Convolver convolver;
  std::vector<PackedLayer> layers;
  std::vector<Value> values;

  /// The columns of each value of a picture of `width`.
  std::vector<int> columns_of(int width) const {
    std::vector<int> columns = {width};
    for (const PackedLayer& layer : layers) {
      columns.push_back(columns_after(layer.shape, columns[layer.shape.input]));
    }
    return columns;
  }

  std::size_t most_floats(int width) const {
    const std::vector<int> columns = columns_of(width);
    std::size_t most = 0;
    for (std::size_t at = 0; at < values.size(); ++at) {
      most = std::max(most, floats_of(values[at], columns[at]));
    }
    return most;
  }
};

namespace {

/// Memory for the values of some lines; of those that are needed no more it is used again.
class Memory {
 public:
  cv::Mat taken(std::size_t floats) {
    const auto fits = [&](const cv::Mat& one) { return one.total() >= floats; };
    const auto found = std::find_if(free_.begin(), free_.end(), fits);
    if (found == free_.end()) return cv::Mat(1, static_cast<int>(floats), CV_32F);
    cv::Mat memory = *found;
    free_.erase(found);
    return memory;
  }

  void give_back(cv::Mat memory) { free_.push_back(std::move(memory)); }

 private:
  std::vector<cv::Mat> free_;
};

/// A value of several lines.
struct Planes {
  cv::Mat memory;
  std::vector<Plane> lines;
};

Planes planes_of(const Value& value, std::size_t at, const std::vector<std::vector<int>>& columns,
                 Memory& memory) {
  std::size_t floats = 0;
  for (const auto& line : columns) floats += floats_of(value, line[at]);
  Planes planes{memory.taken(floats), {}};
  float* next = planes.memory.ptr<float>();
  for (const auto& line : columns) {
    planes.lines.push_back(plane_at(next, value, line[at]));
    next += floats_of(value, line[at]);
  }
  return planes;
}

void copy_picture(const cv::Mat& picture, const Plane& to) {
  for (int y = 0; y < picture.rows; ++y) {
    float* row = to.first + y * to.row;
    std::copy_n(picture.ptr<float>(y), picture.cols, row);
    std::fill(row + picture.cols, row + to.columns, 0.0F);
  }
}

cv::Mat copied(const Plane& plane, int channels, int outputs) {
  const cv::Mat all(plane.columns, channels, CV_32F, plane.first);
  return all.colRange(0, outputs).clone();
}

}  // namespace

LineNetwork::LineNetwork(const std::vector<Convolution>& layers, int rows, Convolver convolver) {
  auto state = std::make_unique<State>();
  state->convolver = convolver;
  state->values = values_of(layers, rows, convolver.lanes);
  for (const Convolution& layer : layers) {
    state->layers.push_back(packed(layer, state->values[layer.input].channels, convolver.lanes));
  }
  state_ = std::move(state);
}

LineNetwork::~LineNetwork() = default;
LineNetwork::LineNetwork(LineNetwork&&) noexcept = default;
LineNetwork& LineNetwork::operator=(LineNetwork&&) noexcept = default;

int LineNetwork::outputs() const { return state_->layers.back().shape.outputs; }

namespace {

/// Lines that go through the network together: `look` for some of its pictures.
std::vector<cv::Mat> look_at(const std::vector<PackedLayer>& layers,
                             const std::vector<Value>& values, const Convolver& convolver,
                             const std::vector<cv::Mat>& pictures,
                             const std::vector<std::vector<int>>& columns, Memory& memory) {
  std::vector<Planes> planes(values.size());
  planes[0] = planes_of(values[0], 0, columns, memory);
  for (std::size_t line = 0; line < pictures.size(); ++line) {
    copy_picture(pictures[line], planes[0].lines[line]);
  }
  for (std::size_t at = 1; at < values.size(); ++at) {
    const Convolution& shape = layers[at - 1].shape;
    planes[at] = planes_of(values[at], at, columns, memory);
    for (const Block& block : layers[at - 1].blocks) {
      for (std::size_t line = 0; line < pictures.size(); ++line) {
        convolve(shape, block, values[shape.input], planes[shape.input].lines[line], values[at],
                 planes[at].lines[line],
                 shape.addend ? &planes[*shape.addend].lines[line] : nullptr, convolver);
      }
    }
    for (std::size_t before = 0; before < at; ++before) {
      if (values[before].last_use == at) memory.give_back(std::move(planes[before].memory));
    }
  }
  std::vector<cv::Mat> results;
  for (const Plane& plane : planes.back().lines) {
    results.push_back(copied(plane, values.back().channels, layers.back().shape.outputs));
  }
  memory.give_back(std::move(planes.back().memory));
  return results;
}

}  // namespace

std::vector<cv::Mat> LineNetwork::look(const std::vector<cv::Mat>& pictures,
                                       const std::vector<int>& widths) const {
  std::vector<cv::Mat> results;
  Memory memory;
  for (std::size_t first = 0; first < pictures.size();) {
    std::vector<cv::Mat> some;
    std::vector<std::vector<int>> columns;
    std::size_t floats = 0;
    std::size_t next = first;
    do {
      const int width = std::max(widths[next], pictures[next].cols);
      some.push_back(pictures[next]);
      columns.push_back(state_->columns_of(width));
      floats += state_->most_floats(width);
      ++next;
    } while (next < pictures.size() && floats < kMostFloats);
    auto seen = look_at(state_->layers, state_->values, state_->convolver, some, columns, memory);
    std::move(seen.begin(), seen.end(), std::back_inserter(results));
    first = next;
  }
  return results;
}

}  // namespace tabularium
