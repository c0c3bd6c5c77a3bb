#include "line_network.h"

#include <omp.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <dnnl.hpp>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "tabularium/page/error.h"

namespace tabularium {

namespace {

using dnnl::memory;
using Layout = memory::format_tag;

constexpr std::size_t kAlignment = 64;  // bytes: a line of the cache, a vector of the processor

/// Debian's oneDNN splits its work with OpenMP, and asks when it makes code how many threads there
/// will be: one, while this stands. The setting is the calling thread's own.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

int size_after(int size, int zeros, int kernel, int stride) {
  const int room = size + zeros - kernel;
  return room < 0 ? 0 : room / stride + 1;
}

int rows_after(const Convolution& layer, int rows) {
  return size_after(rows, layer.top + layer.bottom, layer.rows, layer.row_stride);
}

int columns_after(const Convolution& layer, int columns) {
  return size_after(columns, layer.left + layer.right, layer.columns, layer.column_stride);
}

void check_rows(const std::vector<Convolution>& layers, int rows) {
  std::vector<int> all = {rows};
  for (const Convolution& layer : layers) {
    all.push_back(rows_after(layer, all[layer.input]));
    if (all.back() == 0 || (layer.addend && all[*layer.addend] != all.back())) break;
  }
  if (all.size() != layers.size() + 1 || all.back() != 1) {
    throw Error(Error::Code::bad_model, "the network does not make one row of a line");
  }
}

memory::desc floats(const memory::dims& sizes, Layout layout) {
  return {sizes, memory::data_type::f32, layout};
}

/// How values are laid out: as oneDNN likes, but for processors with AVX-512. There it likes
/// channels side by side, and makes code that is a little faster but takes three times as long to
/// make; and a document has few lines of one width.
Layout layout_of_values() {
  constexpr auto kWide = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);  // a set of bits
  const auto isa = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
  return (isa & kWide) == kWide ? Layout::nChw16c : Layout::any;
}

/// The weights of one layer: as the file has them, and in the layouts that oneDNN asked for.
struct Weights {
  memory plain;
  memory bias;
  std::vector<memory> packed{};

  memory in(const memory::desc& layout, dnnl::stream& stream) {
    for (const memory& one : packed) {
      if (one.get_desc() == layout) return one;
    }
    packed.emplace_back(layout, stream.get_engine());
    dnnl::reorder(plain, packed.back()).execute(stream, plain, packed.back());
    stream.wait();
    return packed.back();
  }
};

Weights weights_of(Convolution& layer, const dnnl::engine& engine) {
  const memory::dims sizes = {layer.outputs, layer.inputs, layer.rows, layer.columns};
  return {memory(floats(sizes, Layout::oihw), engine, layer.weights.data()),
          memory(floats({layer.outputs}, Layout::x), engine, layer.bias.data())};
}

struct Step {
  dnnl::primitive work;
  std::unordered_map<int, memory> values;
};

/// What is done with a picture of one width.
struct Plan {
  std::vector<Step> steps;
  std::vector<memory> values;  ///< each needs its place before the steps run
  memory picture;
  memory result;

  std::size_t bytes() const {
    std::size_t sum = kAlignment;
    for (const memory& value : values) sum += place_of(value);
    return sum;
  }

  void lay_out_at(std::byte* place) {
    if (place == place_) return;
    place_ = place;
    place = cv::alignPtr(place, static_cast<int>(kAlignment));
    for (memory& value : values) {
      value.set_data_handle(place);
      place += place_of(value);
    }
  }

 private:
  static std::size_t place_of(const memory& value) {
    return cv::alignSize(value.get_desc().get_size(), static_cast<int>(kAlignment));
  }

  std::byte* place_ = nullptr;
};

/// Makes a plan. oneDNN chooses the layout of every value; where two layers want one value in
/// different layouts it is copied.
class Planner {
 public:
  explicit Planner(dnnl::stream& stream) : engine_(stream.get_engine()), stream_(stream) {}

  Plan planned(const std::vector<Convolution>& layers, std::vector<Weights>& weights, int rows,
               int width) && {
    const Layout pixels = Layout::nhwc;
    plan_.picture = fresh(floats({1, layers.front().inputs, rows, width}, pixels));
    std::vector<memory> values = {plan_.picture};
    for (std::size_t at = 0; at < layers.size(); ++at) {
      const Convolution& layer = layers[at];
      memory value = convolved(layer, weights[at], values[layer.input]);
      if (layer.addend) value = sum_of(value, values[*layer.addend]);
      values.push_back(value);
    }
    plan_.result = in_layout(values.back(), floats(values.back().get_desc().dims(), pixels));
    return std::move(plan_);
  }

 private:
  memory fresh(const memory::desc& layout) {
    return plan_.values.emplace_back(memory(layout, engine_, nullptr));
  }

  memory in_layout(const memory& value, const memory::desc& layout) {
    if (value.get_desc() == layout) return value;
    const memory copy = fresh(layout);
    plan_.steps.push_back(
        {dnnl::reorder(value, copy), {{DNNL_ARG_FROM, value}, {DNNL_ARG_TO, copy}}});
    return copy;
  }

  memory convolved(const Convolution& layer, Weights& weights, const memory& input) {
    const auto from = input.get_desc().dims();
    const memory::dims to = {1, layer.outputs, rows_after(layer, static_cast<int>(from[2])),
                             columns_after(layer, static_cast<int>(from[3]))};
    dnnl::primitive_attr attributes;
    if (layer.rectified) {
      dnnl::post_ops after;
      after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
      attributes.set_post_ops(after);
    }
    const dnnl::convolution_forward::primitive_desc chosen(
        {dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
         floats(from, from[1] == 1 ? Layout::any : layout_),
         floats(weights.plain.get_desc().dims(), Layout::any), weights.bias.get_desc(),
         floats(to, layout_), memory::dims{layer.row_stride, layer.column_stride},
         memory::dims{layer.top, layer.left}, memory::dims{layer.bottom, layer.right}},
        attributes, engine_);
    const memory source = in_layout(input, chosen.src_desc());
    const memory result = fresh(chosen.dst_desc());
    plan_.steps.push_back({dnnl::convolution_forward(chosen),
                           {{DNNL_ARG_SRC, source},
                            {DNNL_ARG_WEIGHTS, weights.in(chosen.weights_desc(), stream_)},
                            {DNNL_ARG_BIAS, weights.bias},
                            {DNNL_ARG_DST, result}}});
    return result;
  }

  /// A step of its own: as a part of the convolution, after its Relu, only AVX-512 has fast code.
  memory sum_of(const memory& a, const memory& b) {
    const memory sum = fresh(a.get_desc());
    const dnnl::sum::primitive_desc chosen(a.get_desc(), {1.0F, 1.0F}, {a.get_desc(), b.get_desc()},
                                           engine_);
    plan_.steps.push_back(
        {dnnl::sum(chosen),
         {{DNNL_ARG_MULTIPLE_SRC, a}, {DNNL_ARG_MULTIPLE_SRC + 1, b}, {DNNL_ARG_DST, sum}}});
    return sum;
  }

  dnnl::engine engine_;
  dnnl::stream& stream_;
  Layout layout_ = layout_of_values();
  Plan plan_;
};

/// `picture` and the zeros that make it `width` wide.
void copy_picture(const cv::Mat& picture, int width, float* to) {
  const int filled = picture.cols * picture.channels();
  const int all = width * picture.channels();
  for (int y = 0; y < picture.rows; ++y, to += all) {
    std::copy_n(picture.ptr<float>(y), filled, to);
    std::fill(to + filled, to + all, 0.0F);
  }
}

}  // namespace

struct LineNetwork::State {
  std::vector<Convolution> layers;
  int rows;
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  std::vector<Weights> weights{};
  std::map<int, Plan> plans{};  ///< by width
  cv::Mat space{};              ///< for the values of one picture, of any width

  bool too_narrow(int width) const {
    std::vector<int> columns = {width};
    for (const Convolution& layer : layers) {
      columns.push_back(columns_after(layer, columns[layer.input]));
      if (columns.back() == 0) return true;
    }
    return false;
  }

  Plan& plan_for(int width) {
    const auto known = plans.find(width);
    if (known != plans.end()) return known->second;
    return plans.emplace(width, Planner(stream).planned(layers, weights, rows, width))
        .first->second;
  }

  cv::Mat look(const cv::Mat& picture, int width) {
    assert(picture.rows == rows && picture.type() == CV_32FC(layers.front().inputs));
    if (too_narrow(width)) return cv::Mat(0, layers.back().outputs, CV_32F);
    Plan& plan = plan_for(width);
    const auto bytes = static_cast<int>(plan.bytes());
    if (space.cols < bytes) space = cv::Mat(1, bytes, CV_8U);
    plan.lay_out_at(reinterpret_cast<std::byte*>(space.data));
    copy_picture(picture, width, static_cast<float*>(plan.picture.get_data_handle()));
    for (const Step& step : plan.steps) step.work.execute(stream, step.values);
    stream.wait();
    const auto columns = static_cast<int>(plan.result.get_desc().dims()[3]);
    return cv::Mat(columns, layers.back().outputs, CV_32F, plan.result.get_data_handle()).clone();
  }
};

LineNetwork::LineNetwork(std::vector<Convolution> layers, int rows) {
  check_rows(layers, rows);
  const OneThread one_thread;
  state_ = std::make_unique<State>(State{std::move(layers), rows});
  for (Convolution& layer : state_->layers) {
    state_->weights.push_back(weights_of(layer, state_->engine));
  }
}

LineNetwork::~LineNetwork() = default;
LineNetwork::LineNetwork(LineNetwork&&) noexcept = default;
LineNetwork& LineNetwork::operator=(LineNetwork&&) noexcept = default;

int LineNetwork::outputs() const { return state_->layers.back().outputs; }

std::vector<cv::Mat> LineNetwork::look(const std::vector<cv::Mat>& pictures,
                                       const std::vector<int>& widths) try {
  const OneThread one_thread;
  std::vector<cv::Mat> results;
  for (std::size_t at = 0; at < pictures.size(); ++at) {
    results.push_back(state_->look(pictures[at], std::max(widths[at], pictures[at].cols)));
  }
  return results;
} catch (const dnnl::error& failure) {
  throw Error(Error::Code::bad_model,
              std::string("oneDNN cannot run the network: ") + failure.what());
}

}  // namespace tabularium
