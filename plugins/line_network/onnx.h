#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace tabularium {

/// A convolution, and what follows it at once: negative sums become 0, then an earlier value of the
/// same shape is added.
///
/// The values of a network are counted: 0 is the picture, the result of the first convolution is 1,
/// and so on.
struct Convolution {
  int outputs = 0;  ///< channels
  int inputs = 0;
  int rows = 0;  ///< of the kernel
  int columns = 0;
  int row_stride = 1;
  int column_stride = 1;
  int top = 0;  ///< zeros around the input
  int left = 0;
  int bottom = 0;
  int right = 0;
  std::vector<float> weights;         ///< outputs x inputs x rows x columns
  std::vector<float> bias;            ///< one for each output
  std::size_t input = 0;              ///< the value that it looks at
  std::optional<std::size_t> addend;  ///< the value that is added
  bool rectified = false;
};

/// Reads a network of convolutions from a file of ONNX (github.com/onnx/onnx, onnx.proto).
///
/// Of the operators it knows those that our networks are made of: Conv in two dimensions (one
/// group, no dilation), Relu and Add. The last convolution gives the result.
/// Throws `Error`: `not_found`; `bad_model`, which says what is wrong or not known.
std::vector<Convolution> read_onnx(const std::filesystem::path& file);

/// The same of the bytes of a file; `name` is what messages call it.
std::vector<Convolution> parse_onnx(std::string_view bytes, std::string_view name);

}  // namespace tabularium
