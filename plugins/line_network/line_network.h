#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "convolve.h"
#include "onnx.h"

namespace tabularium {

/// Runs a network of convolutions over lines of text, each as wide as it is: what is said of one
/// does not depend on the others. On one thread; the same bits on every run of one machine.
///
/// The channels of a pixel stand beside each other in memory, and zeros around each picture, so
/// that a convolution is many long sums of products without a question in between (convolve.h).
class LineNetwork {
 public:
  /// `rows`: of the pictures that it will see. Throws `Error::Code::bad_model` where `layers` do
  /// not make one row of such a picture.
  LineNetwork(const std::vector<Convolution>& layers, int rows,
              Convolver convolver = best_convolver());
  ~LineNetwork();
  LineNetwork(LineNetwork&&) noexcept;
  LineNetwork& operator=(LineNetwork&&) noexcept;

  /// What the last layer says of each of `pictures` (32-bit floats): a row for each of its columns,
  /// a float in it for each channel. Each counts as `widths` wide, at least as it is: zeros follow.
  std::vector<cv::Mat> look(const std::vector<cv::Mat>& pictures,
                            const std::vector<int>& widths) const;

  /// Channels of the last layer.
  int outputs() const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace tabularium
