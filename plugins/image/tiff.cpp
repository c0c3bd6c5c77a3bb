#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "picture.h"
#include "tabularium/page/error.h"

namespace tabularium::image {
namespace {

/// The file in memory, as libtiff wants to see it.
struct Source {
  const std::string& bytes;
  toff_t at = 0;
};

tsize_t read_bytes(thandle_t handle, tdata_t out, tsize_t count) {
  auto& source = *static_cast<Source*>(handle);
  if (source.at >= source.bytes.size()) return 0;
  const auto left = static_cast<tsize_t>(source.bytes.size() - source.at);
  const tsize_t taken = std::min(count, left);
  std::memcpy(out, source.bytes.data() + source.at, static_cast<std::size_t>(taken));
  source.at += static_cast<toff_t>(taken);
  return taken;
}

tsize_t write_nothing(thandle_t /*handle*/, tdata_t /*in*/, tsize_t /*count*/) { return 0; }

toff_t seek(thandle_t handle, toff_t offset, int from) {
  auto& source = *static_cast<Source*>(handle);
  if (from == SEEK_CUR) offset += source.at;
  if (from == SEEK_END) offset += source.bytes.size();
  return source.at = offset;
}

int close_nothing(thandle_t /*handle*/) { return 0; }
toff_t size_of(thandle_t handle) { return static_cast<Source*>(handle)->bytes.size(); }
int map_nothing(thandle_t /*handle*/, tdata_t* /*data*/, toff_t* /*size*/) { return 0; }
void unmap_nothing(thandle_t /*handle*/, tdata_t /*data*/, toff_t /*size*/) {}

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, Close>;

Tiff open_tiff(Source& source, const std::string& place) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  Tiff tiff(TIFFClientOpen("", "rm", &source, &read_bytes, &write_nothing, &seek, &close_nothing,
                           &size_of, &map_nothing, &unmap_nothing));
  if (!tiff) throw Error(Error::Code::damaged_input, place + ": not a TIFF that can be read");
  return tiff;
}

double dpi_of(TIFF* tiff) {
  float resolution = 0.0F;
  std::uint16_t unit = RESUNIT_INCH;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution) == 0) return 0.0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  if (unit == RESUNIT_INCH) return resolution;
  return unit == RESUNIT_CENTIMETER ? resolution * 2.54 : 0.0;
}

}  // namespace

int tiff_pages(const std::string& bytes, const Limits& limits, const std::string& place) {
  Source source{bytes};
  const Tiff tiff = open_tiff(source, place);
  int pages = 1;
  while (TIFFReadDirectory(tiff.get()) == 1) {
    if (++pages > limits.max_pages) {
      throw Error(
          Error::Code::limit_exceeded,
          fmt::format("{}: more than {} pages (Limits::max_pages)", place, limits.max_pages));
    }
  }
  return pages;
}

Decoded decode_tiff(const std::string& bytes, int page_number, const Limits& limits,
                    const std::string& place) {
  Source source{bytes};
  const Tiff tiff = open_tiff(source, place);
  if (TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(page_number - 1)) == 0) {
    throw Error(Error::Code::damaged_input, place + ": the page's directory cannot be read");
  }
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
  const PictureSize size{width, height};
  check_size(size, limits, place);
  char message[1024] = "";
  if (TIFFRGBAImageOK(tiff.get(), message) == 0) {
    throw Error(Error::Code::damaged_input, fmt::format("{}: {}", place, message));
  }
  // libtiff turns every kind of pixel into 8 bits of red, green, blue and alpha.
  std::vector<std::uint32_t> raster(static_cast<std::size_t>(width) * height, 0xffffffffU);
  Decoded decoded;
  decoded.cut = TIFFReadRGBAImageOriented(tiff.get(), width, height, raster.data(),
                                          ORIENTATION_TOPLEFT, 1) == 0;
  decoded.image = white_picture(size, 3, dpi_of(tiff.get()));
  for (std::size_t i = 0; i < raster.size(); ++i) {
    const std::uint32_t alpha = TIFFGetA(raster[i]);
    const auto on_white = [&](std::uint32_t value) {
      return static_cast<std::uint8_t>(std::min<std::uint32_t>(255, value + 255 - alpha));
    };
    decoded.image.samples[3 * i] = on_white(TIFFGetR(raster[i]));
    decoded.image.samples[3 * i + 1] = on_white(TIFFGetG(raster[i]));
    decoded.image.samples[3 * i + 2] = on_white(TIFFGetB(raster[i]));
  }
  drop_false_colours(decoded.image);
  return decoded;
}

}  // namespace tabularium::image
