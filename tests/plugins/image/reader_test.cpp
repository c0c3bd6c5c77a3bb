#include "reader.h"

#include <gmock/gmock.h>

// jpeglib.h needs FILE before it.
#include <cstdio>

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tabularium/page/error.h"

namespace tabularium::image {
namespace {

Document document_of(std::string bytes) {
  Document document;
  document.name = "a picture";
  document.head = bytes.substr(0, 1024);
  document.size = static_cast<std::int64_t>(bytes.size());
  document.bytes = std::make_shared<const std::string>(std::move(bytes));
  return document;
}

std::unique_ptr<OpenedDocument> opened(const std::string& bytes) {
  return make_reader()->open(document_of(bytes));
}

Error::Code code_of(const std::string& bytes) {
  try {
    opened(bytes)->page_image(1);
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error::Code::bad_usage;
}

std::string jpeg_bytes(int width, int height, J_COLOR_SPACE space, int components) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long size = 0;  // NOLINT: libjpeg's own type
  jpeg_mem_dest(&info, &memory, &size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = components;
  info.in_color_space = space;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  info.density_unit = 1;
  info.X_density = 240;
  info.Y_density = 240;
  jpeg_start_compress(&info, TRUE);
  std::vector<unsigned char> row(static_cast<std::size_t>(width) * components);
  for (int y = 0; y < height; ++y) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<unsigned char>(y % 200);
    unsigned char* line = row.data();
    jpeg_write_scanlines(&info, &line, 1);
  }
  jpeg_finish_compress(&info);
  std::string bytes(reinterpret_cast<char*>(memory), size);
  jpeg_destroy_compress(&info);
  std::free(memory);  // NOLINT: libjpeg takes it from malloc
  return bytes;
}

std::string png_bytes(int width, int height, int depth, int kind) {
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &bytes,
      [](png_structp p, png_bytep data, std::size_t count) {
        static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), count);
      },
      [](png_structp) {});
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), depth,
               kind, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (kind == PNG_COLOR_TYPE_PALETTE) {
    const png_color palette[] = {{255, 255, 255}, {255, 0, 0}};
    png_set_PLTE(png, info, palette, 2);
  }
  png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER);  // 300 dpi
  png_write_info(png, info);
  const std::size_t row_bytes = png_get_rowbytes(png, info);
  for (int y = 0; y < height; ++y) {
    std::vector<unsigned char> row(row_bytes, static_cast<unsigned char>(0x80));
    png_write_row(png, row.data());
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

// A PNG whose header declares a size, with nothing behind it.
std::string png_header(std::uint32_t width, std::uint32_t height) {
  const auto big_endian = [](std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
    return bytes;
  };
  const std::string chunk =
      "IHDR" + big_endian(width) + big_endian(height) + std::string{8, 0, 0, 0, 0};
  std::uint32_t crc = 0xffffffffU;
  for (const char c : chunk) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return std::string("\x89PNG\r\n\x1a\n", 8) + big_endian(13) + chunk + big_endian(~crc);
}

std::string tiff_bytes(int pages, int bits) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("tabularium_test_" + std::to_string(::getpid()) + ".tiff");
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  for (int page = 0; page < pages; ++page) {
    constexpr int kWidth = 64;
    constexpr int kHeight = 32;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kWidth);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kHeight);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 200.0);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 200.0);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    std::vector<unsigned char> row(kWidth * 2, static_cast<unsigned char>(page == 0 ? 255 : 0));
    for (std::uint32_t y = 0; y < kHeight; ++y) TIFFWriteScanline(tiff, row.data(), y, 0);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return bytes;
}

TEST(ImageReader, KnowsItsFormatsByTheirFirstBytes) {
  const auto reader = make_reader();
  EXPECT_TRUE(reader->accepts(document_of(jpeg_bytes(8, 8, JCS_GRAYSCALE, 1))));
  EXPECT_TRUE(reader->accepts(document_of(png_header(1, 1))));
  EXPECT_TRUE(reader->accepts(document_of(tiff_bytes(1, 8))));
  EXPECT_FALSE(reader->accepts(document_of("%PDF-1.7")));
  EXPECT_FALSE(reader->accepts(document_of("")));
}

TEST(ImageReader, GivesAPageWithoutTextInThePointsOfTheFilesResolution) {
  const auto document = opened(jpeg_bytes(480, 240, JCS_GRAYSCALE, 1));
  const Page page = document->read(1);
  EXPECT_EQ(page.trust, TextTrust::no_text);
  EXPECT_NEAR(page.width, 144.0, 1e-9);
  EXPECT_NEAR(page.height, 72.0, 1e-9);
  const PageImage image = document->page_image(1);
  EXPECT_EQ(image.channels, 1);
  EXPECT_NEAR(image.dpi, 240.0, 1e-9);
  EXPECT_NEAR(image.samples[100 * 480], 100, 3);
}

TEST(ImageReader, ReadsCmykSixteenBitAndPalettePictures) {
  EXPECT_EQ(opened(jpeg_bytes(64, 64, JCS_CMYK, 4))->page_image(1).width, 64);
  const PageImage deep = opened(png_bytes(20, 10, 16, PNG_COLOR_TYPE_GRAY))->page_image(1);
  EXPECT_EQ(deep.channels, 1);
  EXPECT_EQ(deep.samples.front(), 0x80);
  const PageImage palette = opened(png_bytes(16, 4, 1, PNG_COLOR_TYPE_PALETTE))->page_image(1);
  EXPECT_EQ(palette.channels, 3);
  EXPECT_EQ(palette.samples[1], 0);    // the first pixel is red
  EXPECT_EQ(palette.samples[4], 255);  // the second is white
}

TEST(ImageReader, ReadsEveryPageOfATiff) {
  const auto document = opened(tiff_bytes(3, 8));
  EXPECT_EQ(document->page_count(), 3);
  EXPECT_EQ(document->page_image(1).samples.front(), 255);
  EXPECT_EQ(document->page_image(3).samples.front(), 0);
  EXPECT_NEAR(document->page_image(2).dpi, 200.0, 1e-6);
  EXPECT_THROW(document->page_image(4), Error);
}

TEST(ImageReader, TakesAnUnbelievableResolutionForA4) {
  std::string bytes = jpeg_bytes(1240, 1754, JCS_GRAYSCALE, 1);
  bytes[14] = 0;  // X density, high byte, then low: 1 dpi
  bytes[15] = 1;
  EXPECT_NEAR(opened(bytes)->page_image(1).dpi, 150.0, 1.0);
}

TEST(ImageReader, RefusesADeclaredSizeBeforeItTakesMemory) {
  EXPECT_EQ(code_of(png_header(60'000, 60'000)), Error::Code::limit_exceeded);
}

TEST(ImageReader, RefusesAPictureWithoutPixels) {
  EXPECT_EQ(code_of(png_header(0, 0)), Error::Code::damaged_input);
}

TEST(ImageReader, GivesTheRowsThatACutFileHasAndSaysSo) {
  const std::string whole = jpeg_bytes(800, 800, JCS_GRAYSCALE, 1);
  const auto document = opened(whole.substr(0, whole.size() / 2));
  EXPECT_EQ(document->page_image(1).height, 800);
  EXPECT_FALSE(document->read(1).issues.empty());
}

TEST(ImageReader, ThrowsNothingButErrorOnAnyCutOrFlippedFile) {
  for (const std::string& whole : {jpeg_bytes(60, 40, JCS_RGB, 3),
                                   png_bytes(60, 40, 8, PNG_COLOR_TYPE_RGB), tiff_bytes(2, 16)}) {
    for (std::size_t at = 8; at < whole.size(); at += 1 + whole.size() / 97) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
      for (const std::string& bytes : {whole.substr(0, at), flipped}) {
        try {
          const auto document = opened(bytes);
          document->read(1);
        } catch (const Error& error) {
          EXPECT_STRNE(error.what(), "");
        }
      }
    }
  }
}

TEST(ImageReader, DrawsAtAnotherResolution) {
  const PageImage image = opened(png_bytes(300, 150, 8, PNG_COLOR_TYPE_GRAY))->render(1, 150.0);
  EXPECT_EQ(image.width, 150);
  EXPECT_EQ(image.height, 75);
  EXPECT_EQ(image.samples.front(), 0x80);
}

}  // namespace
}  // namespace tabularium::image
