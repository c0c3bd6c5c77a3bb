#include "line_network.h"

#include <gmock/gmock.h>
#include <omp.h>

#include <cstring>
#include <filesystem>
#include <iterator>
#include <opencv2/dnn.hpp>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::SizeIs;

const std::string kModels = TABULARIUM_SOURCE_DIR "/models/";
constexpr int kRows = 32;

cv::Mat picture(int columns, std::uint64_t seed) {
  cv::Mat values(kRows, columns, CV_32F);
  cv::RNG(seed).fill(values, cv::RNG::UNIFORM, 0.0, 1.0);
  return values;
}

/// What OpenCV's own runner says, laid out as `LineNetwork::look` lays it out.
cv::Mat opencv_look(cv::dnn::Net& net, const cv::Mat& image, int width) {
  const int sizes[] = {1, 1, image.rows, width};
  cv::Mat blob(4, sizes, CV_32F, cv::Scalar(0));
  cv::Mat rows(image.rows, width, CV_32F, blob.ptr<float>());
  image.copyTo(rows.colRange(0, image.cols));
  net.setInput(blob);
  const cv::Mat output = net.forward();
  cv::Mat channels(output.size[1], output.size[3], CV_32F, const_cast<float*>(output.ptr<float>()));
  return channels.t();
}

double largest_difference(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() ? cv::norm(a, b, cv::NORM_INF) : 1e9;
}

class OurNetwork : public testing::TestWithParam<const char*> {};

TEST_P(OurNetwork, SaysWhatOpenCvSays) {
  const std::string file = kModels + GetParam();
  LineNetwork network(read_onnx(file), kRows);
  cv::dnn::Net net = cv::dnn::readNetFromONNX(file);
  for (const int width : {64, 128, 352}) {
    const cv::Mat image = picture(width - 20, static_cast<std::uint64_t>(width));
    const auto seen = network.look({image}, {width});
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_LT(largest_difference(seen.front(), opencv_look(net, image, width)), 2e-4) << width;
  }
}

TEST_P(OurNetwork, SaysTheSameBitsWhateverStandsBesideALine) {
  LineNetwork network(read_onnx(kModels + GetParam()), kRows);
  const std::vector<int> widths = {64, 72, 104, 640, 8};
  std::vector<cv::Mat> images;
  for (const int width : widths) images.push_back(picture(width, 7));
  const auto together = network.look(images, widths);
  ASSERT_THAT(together, SizeIs(widths.size()));
  for (std::size_t at = 0; at < widths.size(); ++at) {
    const cv::Mat alone = network.look({images[at]}, {widths[at]}).front();
    EXPECT_EQ(largest_difference(together[at], alone), 0.0) << widths[at];
  }
}

/// Threads of this process.
std::ptrdiff_t threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return std::distance(begin(tasks), end(tasks));
}

TEST_P(OurNetwork, StaysOnOneThreadWhateverOpenMpIsSetTo) {
  const auto layers = read_onnx(kModels + GetParam());
  const cv::Mat image = picture(1000, 3);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const cv::Mat alone = LineNetwork(layers, kRows).look({image}, {1024}).front();
  omp_set_num_threads(4);
  const std::ptrdiff_t threads_before = threads();
  LineNetwork network(layers, kRows);
  const cv::Mat seen = network.look({image}, {1024}).front();
  EXPECT_EQ(threads(), threads_before);
  EXPECT_EQ(omp_get_max_threads(), 4);
  EXPECT_EQ(largest_difference(alone, seen), 0.0);
  omp_set_num_threads(before);
}

INSTANTIATE_TEST_SUITE_P(Models, OurNetwork, testing::Values("lines.onnx", "numbers.onnx"),
                         [](const auto& model) {
                           return std::string(model.param, std::strchr(model.param, '.'));
                         });

/// A kernel that sums `columns` neighbours of one channel into `outputs` equal channels.
Convolution summing(int columns, int outputs) {
  Convolution layer;
  layer.outputs = outputs;
  layer.inputs = 1;
  layer.rows = 1;
  layer.columns = columns;
  layer.weights.assign(static_cast<std::size_t>(columns * outputs), 1.0F);
  layer.bias.assign(static_cast<std::size_t>(outputs), 0.5F);
  return layer;
}

TEST(LineNetwork, AddsZerosBesideALineOfAnyWidth) {
  Convolution layer = summing(3, 5);
  layer.left = layer.right = 1;
  LineNetwork network({layer}, 1);
  for (int width = 1; width < 40; ++width) {
    const cv::Mat ones(1, width, CV_32F, cv::Scalar(1));
    const cv::Mat sums = network.look({ones}, {width}).front();
    ASSERT_EQ(sums.size(), cv::Size(5, width));
    for (int x = 0; x < width; ++x) {
      const float neighbours = 3.0F - (x == 0 ? 1.0F : 0.0F) - (x + 1 == width ? 1.0F : 0.0F);
      EXPECT_EQ(sums.at<float>(x, 4), neighbours + 0.5F) << width << ", " << x;
    }
  }
}

TEST(LineNetwork, RectifiesBeforeItAdds) {
  Convolution first = summing(1, 2);
  Convolution second = summing(1, 2);
  second.inputs = 2;
  second.weights = {-1.0F, -1.0F, 1.0F, 1.0F};
  second.input = 1;
  second.addend = 1;
  second.rectified = true;
  LineNetwork network({first, second}, 1);
  const cv::Mat seen = network.look({cv::Mat(1, 1, CV_32F, cv::Scalar(1))}, {1}).front();
  // 1.5 in both channels of the first; -2.5 becomes 0 in the second, and 3.5 stays.
  EXPECT_EQ(seen.at<float>(0, 0), 1.5F);
  EXPECT_EQ(seen.at<float>(0, 1), 5.0F);
}

TEST(LineNetwork, LooksAtPicturesOfSeveralChannels) {
  Convolution layer = summing(1, 2);
  layer.inputs = 2;
  layer.weights = {1.0F, 10.0F, 100.0F, 1000.0F};
  LineNetwork network({layer}, 1);
  const cv::Mat seen = network.look({cv::Mat(1, 2, CV_32FC2, cv::Scalar(1, 2))}, {3}).front();
  ASSERT_EQ(seen.size(), cv::Size(2, 3));
  EXPECT_EQ(seen.at<float>(1, 0), 21.5F);
  EXPECT_EQ(seen.at<float>(1, 1), 2100.5F);
  EXPECT_EQ(seen.at<float>(2, 1), 0.5F);
}

TEST(LineNetwork, LooksAtTheSameWidthAgainAfterAWiderOne) {
  LineNetwork network({summing(3, 5)}, 1);
  const cv::Mat picture(1, 9, CV_32F, cv::Scalar(1));
  const cv::Mat first = network.look({picture}, {9}).front();
  const auto later = network.look({picture, picture, picture}, {9000, 9, 2});
  EXPECT_EQ(later[0].rows, 8998);
  EXPECT_EQ(largest_difference(later[1], first), 0.0);
  EXPECT_EQ(largest_difference(later[2], first), 0.0);
}

TEST(LineNetwork, SaysNothingOfAPictureNarrowerThanAKernel) {
  LineNetwork network({summing(3, 5)}, 1);
  EXPECT_EQ(network.look({cv::Mat(1, 2, CV_32F, cv::Scalar(1))}, {2}).front().rows, 0);
}

TEST(LineNetwork, RefusesLayersThatDoNotMakeOneRow) {
  EXPECT_THROW(LineNetwork({summing(3, 1)}, 2), Error);
  Convolution tall = summing(1, 1);
  tall.rows = 3;
  tall.weights.assign(3, 1.0F);
  EXPECT_THROW(LineNetwork({tall}, 2), Error);
  EXPECT_NO_THROW(LineNetwork({tall}, 3));
}

TEST(LineNetwork, SaysNothingOfNothing) {
  LineNetwork network({summing(3, 1)}, 1);
  EXPECT_THAT(network.look({}, {}), SizeIs(0));
}

}  // namespace
}  // namespace tabularium
