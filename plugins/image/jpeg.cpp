// jpeglib.h needs FILE before it.
#include <cstdio>

#include <jpeglib.h>

#include <csetjmp>
#include <cstddef>
#include <vector>

#include "picture.h"
#include "tabularium/page/error.h"

namespace tabularium::image {
namespace {

/// libjpeg reports an error by a jump; nothing with a destructor may live between.
struct Failure {
  jpeg_error_mgr manager;
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
};

void fail(j_common_ptr info) {
  auto* failure = reinterpret_cast<Failure*>(info->err);
  info->err->format_message(info, failure->message);
  std::longjmp(failure->jump, 1);
}

void keep_quiet(j_common_ptr /*info*/) {}

/// One decoder; the struct's own destructor frees it, after the jumps.
struct Decoder {
  jpeg_decompress_struct info{};
  Failure failure{};

  Decoder() {
    info.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = &fail;
    failure.manager.output_message = &keep_quiet;
    jpeg_create_decompress(&info);
  }
  ~Decoder() { jpeg_destroy_decompress(&info); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
};

bool read_header(Decoder& decoder, const std::string& bytes) {
  if (setjmp(decoder.failure.jump) != 0) return false;
  jpeg_mem_src(&decoder.info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&decoder.info, TRUE);
  return true;
}

bool start(Decoder& decoder) {
  if (setjmp(decoder.failure.jump) != 0) return false;
  switch (decoder.info.jpeg_color_space) {
    case JCS_GRAYSCALE:
      decoder.info.out_color_space = JCS_GRAYSCALE;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      decoder.info.out_color_space = JCS_CMYK;
      break;
    default:
      decoder.info.out_color_space = JCS_RGB;
  }
  jpeg_start_decompress(&decoder.info);
  return true;
}

bool read_row(Decoder& decoder, unsigned char* row) {
  if (setjmp(decoder.failure.jump) != 0) return false;
  return jpeg_read_scanlines(&decoder.info, &row, 1) == 1;
}

double dpi_of(const jpeg_decompress_struct& info) {
  if (info.density_unit == 1) return info.X_density;
  if (info.density_unit == 2) return info.X_density * 2.54;
  return 0.0;
}

// Adobe stores ink inverted: 255 is no ink.
void cmyk_to_rgb(const std::vector<unsigned char>& row, bool inverted, unsigned char* out) {
  for (std::size_t x = 0; 4 * x + 3 < row.size(); ++x) {
    const int k = inverted ? row[4 * x + 3] : 255 - row[4 * x + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const int light = inverted ? row[4 * x + c] : 255 - row[4 * x + c];
      out[3 * x + c] = static_cast<unsigned char>(light * k / 255);
    }
  }
}

}  // namespace

Decoded decode_jpeg(const std::string& bytes, const Limits& limits, const std::string& place) {
  Decoder decoder;
  const auto refuse = [&] {
    return Error(Error::Code::damaged_input,
                 place + ": not a JPEG that can be read: " + decoder.failure.message);
  };
  if (!read_header(decoder, bytes)) throw refuse();
  const PictureSize size{decoder.info.image_width, decoder.info.image_height};
  check_size(size, limits, place);
  if (!start(decoder)) throw refuse();
  const int stored = decoder.info.output_components;
  Decoded decoded;
  decoded.image = white_picture(size, stored == 1 ? 1 : 3, dpi_of(decoder.info));
  const std::size_t row_bytes = static_cast<std::size_t>(size.width) * decoded.image.channels;
  std::vector<unsigned char> cmyk(stored == 4 ? 4 * static_cast<std::size_t>(size.width) : 0);
  for (std::int64_t y = 0; y < size.height; ++y) {
    unsigned char* out = decoded.image.samples.data() + static_cast<std::size_t>(y) * row_bytes;
    if (!read_row(decoder, stored == 4 ? cmyk.data() : out)) {
      decoded.cut = true;
      break;
    }
    if (stored == 4) cmyk_to_rgb(cmyk, decoder.info.saw_Adobe_marker != 0, out);
  }
  // libjpeg fills what is missing with grey and only warns.
  decoded.cut = decoded.cut || decoder.failure.manager.num_warnings > 0;
  drop_false_colours(decoded.image);
  return decoded;
}

}  // namespace tabularium::image
