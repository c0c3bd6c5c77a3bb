#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "convolve.h"
#include "onnx.h"

namespace tabularium {

/// Some channels of a layer, one or two vectors of the processor.
struct Block {
  int first = 0;  ///< channel
  int vectors = 1;
  cv::Mat weights;  ///< for each float that the kernel looks at one for each channel
  cv::Mat bias;
};

/// A convolution as the processor wants it.
struct PackedLayer {
  Convolution shape;  ///< without weights
  std::vector<Block> blocks;
};

/// A value of a network: the picture (the first) or the result of a layer.
struct Value {
  int rows = 0;
  int channels = 0;  ///< those that fill the last vector up counted: they are zeros
  int above = 0;     ///< rows and columns of zeros around it, as those want that look at it
  int below = 0;
  int left = 0;
  int right = 0;
  std::size_t last_use = 0;  ///< the layer that needs it last, counted from 1
};

/// The values of `layers` for pictures of `rows` rows. Throws `Error::Code::bad_model` where the
/// last has not one row.
std::vector<Value> values_of(const std::vector<Convolution>& layers, int rows, int lanes);

/// `input_channels`: those of the value that the layer looks at, the filling ones too.
PackedLayer packed(const Convolution& layer, int input_channels, int lanes);

}  // namespace tabularium
