#include "onnx.h"

#include <gmock/gmock.h>

#include <cstring>
#include <fstream>
#include <sstream>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const std::string kModels = TABULARIUM_SOURCE_DIR "/models/";

/// A field of bytes in the wire format: these are shorter than 128.
std::string field(int number, const std::string& bytes) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}

std::string field(int number, int value) {
  return {static_cast<char>(number << 3), static_cast<char>(value)};
}

std::string tensor(const std::string& name, const std::vector<int>& sizes,
                   const std::vector<float>& values) {
  std::string raw(values.size() * sizeof(float), '\0');
  std::memcpy(raw.data(), values.data(), raw.size());
  std::string message;
  for (const int size : sizes) message += field(1, size);
  return message + field(2, 1) + field(8, name) + field(9, raw);
}

std::string node(const std::string& operation, const std::vector<std::string>& inputs,
                 const std::string& output, const std::string& attributes = "") {
  std::string message;
  for (const std::string& input : inputs) message += field(1, input);
  return message + field(2, output) + field(4, operation) + attributes;
}

/// A network of one convolution of one weight, and what `more` adds to it.
std::string small_network(const std::string& more = "", const std::string& attributes = "") {
  return field(7, field(1, node("Conv", {"in", "w", "b"}, "c", attributes)) + more +
                      field(5, tensor("w", {1, 1, 1, 1}, {2.0F})) +
                      field(5, tensor("b", {1}, {3.0F})) + field(11, field(1, "in")));
}

std::string refusal(const std::string& bytes) {
  try {
    parse_onnx(bytes, "file");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
    return error.what();
  }
  return "";
}

TEST(Onnx, ReadsAConvolution) {
  const auto layers = parse_onnx(small_network(), "file");
  ASSERT_THAT(layers, SizeIs(1));
  EXPECT_THAT(layers[0].weights, ElementsAre(2.0F));
  EXPECT_THAT(layers[0].bias, ElementsAre(3.0F));
  EXPECT_FALSE(layers[0].rectified);
}

TEST(Onnx, MakesWhatFollowsAConvolutionAPartOfIt) {
  const auto layers = parse_onnx(small_network(field(1, node("Relu", {"c"}, "r"))), "file");
  ASSERT_THAT(layers, SizeIs(1));
  EXPECT_TRUE(layers[0].rectified);
}

TEST(Onnx, ReadsOurNetworks) {
  const auto lines = read_onnx(kModels + "lines.onnx");
  ASSERT_THAT(lines, SizeIs(11));
  EXPECT_EQ(lines[4].addend, 4U);
  EXPECT_EQ(lines[6].row_stride, 2);
  EXPECT_EQ(lines[6].column_stride, 1);
  EXPECT_FALSE(lines[10].rectified);
  EXPECT_THAT(read_onnx(kModels + "numbers.onnx"), SizeIs(10));
}

TEST(Onnx, SaysWhatItDoesNotKnow) {
  EXPECT_THAT(refusal(small_network(field(1, node("Softmax", {"c"}, "s")))), HasSubstr("Softmax"));
  EXPECT_THAT(refusal(small_network(field(1, node("Relu", {"x"}, "r")))), HasSubstr("\"x\""));
  EXPECT_THAT(refusal(small_network(field(1, node("Add", {"c", "in"}, "a")))), HasSubstr("Add"));
  const std::string group = field(5, field(1, "group") + field(3, 2));
  EXPECT_THAT(refusal(small_network("", group)), HasSubstr("groups"));
  EXPECT_THAT(refusal(small_network("", field(5, field(1, "pads") + field(3, 1)))),
              HasSubstr("pads"));
  EXPECT_THAT(refusal(""), HasSubstr("no network"));
}

TEST(Onnx, RefusesANetworkThatIsCutOffAnywhere) {
  const std::string whole = small_network(field(1, node("Relu", {"c"}, "r")));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(refusal(whole.substr(0, length)), "") << length;
  }
}

TEST(Onnx, ThrowsNothingButErrorsForADamagedNetwork) {
  const std::string whole = small_network(field(1, node("Relu", {"c"}, "r")));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int other : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(other);
      refusal(damaged);  // or it is a network still
    }
  }
}

TEST(Onnx, SaysThatAFileIsMissing) {
  try {
    read_onnx(kModels + "nothing.onnx");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::not_found);
  }
}

}  // namespace
}  // namespace tabularium
