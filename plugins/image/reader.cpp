#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "picture.h"
#include "tabularium/page/error.h"

namespace tabularium::image {
namespace {

enum class Format { none, jpeg, png, tiff };

Format format_of(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xff\xd8\xff"sv)) return Format::jpeg;
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::png;
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv) || head.starts_with("II+\0"sv) ||
      head.starts_with("MM\0+"sv)) {
    return Format::tiff;
  }
  return Format::none;
}

/// Resolutions that no scanner has are what editors write when they do not know. Then the page is
/// taken for A4: the grid detector sets it right by the height of the text.
double believable_dpi(const PageImage& image) {
  if (image.dpi >= 90.0 && image.dpi <= 2400.0) return image.dpi;
  constexpr double kLongSideOfA4 = 11.69;
  return std::max(36.0, std::max(image.width, image.height) / kLongSideOfA4);
}

class ImageDocument final : public OpenedDocument {
 public:
  explicit ImageDocument(const Document& document)
      : source_(document), bytes_(content_of(document)), format_(format_of(document.head)) {
    if (format_ == Format::tiff) pages_ = tiff_pages(*bytes_, source_.limits, source_.name);
  }

  int page_count() const override { return pages_; }

  Page read(int page_number) override {
    const Decoded decoded = decode(page_number);
    Page page;
    page.number = page_number;
    page.width = decoded.image.width * 72.0 / decoded.image.dpi;
    page.height = decoded.image.height * 72.0 / decoded.image.dpi;
    page.trust = TextTrust::no_text;
    page.images.push_back({0.0, 0.0, page.width, page.height});
    if (decoded.cut) {
      page.issues.push_back(
          {"reader", Severity::warning, "", {}, "the picture's data end early or are damaged"});
    }
    return page;
  }

  PageImage page_image(int page_number) override { return decode(page_number).image; }

  /// The pixels at another resolution: each output pixel takes the nearest one of the file.
  PageImage render(int page_number, double dpi) override {
    PageImage image = decode(page_number).image;
    const double scale = dpi / image.dpi;
    const PictureSize size{std::max<std::int64_t>(1, std::llround(image.width * scale)),
                           std::max<std::int64_t>(1, std::llround(image.height * scale))};
    check_size(size, source_.limits, place(page_number));
    PageImage out = white_picture(size, image.channels, dpi);
    const auto channels = static_cast<std::size_t>(image.channels);
    for (int y = 0; y < out.height; ++y) {
      const int from_y = std::min(image.height - 1, static_cast<int>((y + 0.5) / scale));
      for (int x = 0; x < out.width; ++x) {
        const int from_x = std::min(image.width - 1, static_cast<int>((x + 0.5) / scale));
        const std::size_t from =
            (static_cast<std::size_t>(from_y) * image.width + from_x) * channels;
        const std::size_t to = (static_cast<std::size_t>(y) * out.width + x) * channels;
        for (std::size_t c = 0; c < channels; ++c) out.samples[to + c] = image.samples[from + c];
      }
    }
    return out;
  }

 private:
  std::string place(int page_number) const {
    return pages_ == 1 ? source_.name : fmt::format("{}, page {}", source_.name, page_number);
  }

  Decoded decode(int page_number) const {
    if (page_number < 1 || page_number > pages_) {
      throw Error(Error::Code::bad_page_number,
                  fmt::format("{}: there is no page {}, the file has {}", source_.name, page_number,
                              pages_));
    }
    const std::string where = place(page_number);
    Decoded decoded = format_ == Format::jpeg ? decode_jpeg(*bytes_, source_.limits, where)
                      : format_ == Format::png
                          ? decode_png(*bytes_, source_.limits, where)
                          : decode_tiff(*bytes_, page_number, source_.limits, where);
    decoded.image.dpi = believable_dpi(decoded.image);
    return decoded;
  }

  Document source_;
  std::shared_ptr<const std::string> bytes_;
  Format format_;
  int pages_ = 1;
};

class ImageReader final : public Reader {
 public:
  std::string_view name() const noexcept override { return "image"; }
  bool accepts(const Document& document) const override {
    return format_of(document.head) != Format::none;
  }
  std::unique_ptr<OpenedDocument> open(const Document& document) override {
    return std::make_unique<ImageDocument>(document);
  }
};

}  // namespace

std::unique_ptr<Reader> make_reader() { return std::make_unique<ImageReader>(); }

}  // namespace tabularium::image
