#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "onnx.h"

namespace tabularium {

/// Runs a network of convolutions over lines of text, each as wide as it is: what is said of one
/// does not depend on the others. On one thread, whatever the settings of OpenMP are; the same bits
/// on every run of one machine.
///
/// oneDNN makes code for each width, which takes some milliseconds when a width comes for the first
/// time and stays until the end: let there be few widths. One object per thread.
class LineNetwork {
 public:
  /// `rows`: of the pictures that it will see. Throws `Error::Code::bad_model` where `layers` do
  /// not make one row of such a picture.
  LineNetwork(std::vector<Convolution> layers, int rows);
  ~LineNetwork();
  LineNetwork(LineNetwork&&) noexcept;
  LineNetwork& operator=(LineNetwork&&) noexcept;

  /// What the last layer says of each of `pictures` (32-bit floats, as many channels as the first
  /// layer looks at): a row for each of its columns, a float in it for each channel. Each counts as
  /// `widths` wide, at least as it is: zeros follow.
  /// Throws `Error::Code::bad_model` where oneDNN cannot run the layers.
  std::vector<cv::Mat> look(const std::vector<cv::Mat>& pictures, const std::vector<int>& widths);

  /// Channels of the last layer.
  int outputs() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tabularium
