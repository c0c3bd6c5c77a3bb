#include <png.h>

#include <csetjmp>
#include <cstddef>
#include <cstring>
#include <vector>

#include "picture.h"
#include "tabularium/page/error.h"

namespace tabularium::image {
namespace {

struct Source {
  const std::string* bytes = nullptr;
  std::size_t at = 0;
  std::string message;
};

void read_bytes(png_structp png, png_bytep out, std::size_t count) {
  auto& source = *static_cast<Source*>(png_get_io_ptr(png));
  if (count > source.bytes->size() - source.at) png_error(png, "the file is cut");
  std::memcpy(out, source.bytes->data() + source.at, count);
  source.at += count;
}

[[noreturn]] void fail(png_structp png, png_const_charp message) {
  static_cast<Source*>(png_get_error_ptr(png))->message = message;
  png_longjmp(png, 1);
}

void keep_quiet(png_structp /*png*/, png_const_charp /*message*/) {}

struct Decoder {
  Source source;
  png_structp png = nullptr;
  png_infop info = nullptr;

  explicit Decoder(const std::string& bytes) {
    source.bytes = &bytes;
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, &fail, &keep_quiet);
    info = png_create_info_struct(png);
  }
  ~Decoder() { png_destroy_read_struct(&png, &info, nullptr); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
};

bool read_header(Decoder& d) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_set_read_fn(d.png, &d.source, &read_bytes);
  png_read_info(d.png, d.info);
  return true;
}

bool ask_for_eight_bits(Decoder& d) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_set_scale_16(d.png);
  png_set_expand(d.png);
  if ((png_get_color_type(d.png, d.info) & PNG_COLOR_MASK_ALPHA) != 0 ||
      png_get_valid(d.png, d.info, PNG_INFO_tRNS) != 0) {
    png_color_16 paper{0, 255, 255, 255, 255};
    png_set_background(d.png, &paper, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
  }
  png_set_interlace_handling(d.png);
  png_read_update_info(d.png, d.info);
  return true;
}

bool read_rows(Decoder& d, png_bytep* rows) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_read_image(d.png, rows);
  return true;
}

}  // namespace

Decoded decode_png(const std::string& bytes, const Limits& limits, const std::string& place) {
  Decoder d(bytes);
  const auto refuse = [&] {
    return Error(Error::Code::damaged_input,
                 place + ": not a PNG that can be read: " + d.source.message);
  };
  // Our own limit speaks, with its name, before libpng's.
  png_set_user_limits(d.png, 0x7fffffff, 0x7fffffff);
  const bool whole = read_header(d);
  // The declared size counts even where nothing usable follows it: it is the better reason.
  const PictureSize size{png_get_image_width(d.png, d.info), png_get_image_height(d.png, d.info)};
  if (whole || size.width > 0) check_size(size, limits, place);
  if (!whole || !ask_for_eight_bits(d)) throw refuse();
  const int channels = png_get_channels(d.png, d.info);
  if (channels != 1 && channels != 3) {
    throw Error(Error::Code::damaged_input, place + ": a PNG with an unknown kind of pixel");
  }
  Decoded decoded;
  const double dpi = png_get_x_pixels_per_meter(d.png, d.info) * 0.0254;
  decoded.image = white_picture(size, channels, dpi);
  std::vector<png_bytep> rows(static_cast<std::size_t>(size.height));
  for (std::size_t y = 0; y < rows.size(); ++y) {
    rows[y] = decoded.image.samples.data() + y * static_cast<std::size_t>(size.width) * channels;
  }
  decoded.cut = !read_rows(d, rows.data());
  drop_false_colours(decoded.image);
  return decoded;
}

}  // namespace tabularium::image
