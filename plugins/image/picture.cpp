#include "picture.h"

#include <fmt/format.h>

#include <cstddef>

#include "tabularium/page/error.h"

namespace tabularium::image {

void check_size(const PictureSize& size, const Limits& limits, const std::string& place) {
  if (size.width < 1 || size.height < 1) {
    throw Error(Error::Code::damaged_input,
                fmt::format("{}: a picture of {} x {} pixels", place, size.width, size.height));
  }
  if (size.width > limits.max_image_pixels / size.height) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: {} x {} pixels exceed the limit of {} (Limits::max_image_pixels)",
                            place, size.width, size.height, limits.max_image_pixels));
  }
}

PageImage white_picture(const PictureSize& size, int channels, double dpi) {
  PageImage image;
  image.width = static_cast<int>(size.width);
  image.height = static_cast<int>(size.height);
  image.channels = channels;
  image.dpi = dpi;
  image.samples.assign(static_cast<std::size_t>(size.width * size.height * channels), 255);
  return image;
}

void drop_false_colours(PageImage& image) {
  if (image.channels != 3) return;
  auto& s = image.samples;
  for (std::size_t i = 0; i + 2 < s.size(); i += 3) {
    if (s[i] != s[i + 1] || s[i] != s[i + 2]) return;
  }
  for (std::size_t i = 0; 3 * i < s.size(); ++i) s[i] = s[3 * i];
  s.resize(s.size() / 3);
  image.channels = 1;
}

}  // namespace tabularium::image
