#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "decode.h"
#include "html.h"
#include "plain.h"
#include "set_pages.h"
#include "tabularium/page/error.h"

namespace tabularium::text {
namespace {

/// Text is read as a whole; a form has some thousand characters, an archive of them some million.
constexpr std::int64_t kMostBytes = std::int64_t{64} << 20;

enum class Format { none, text, markdown, html, tabs, commas };

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  });
  return text;
}

Format format_by_name(const Document& document) {
  std::string end = lower(document.path.extension().string());
  if (end.empty()) end = lower(std::filesystem::path(document.name).extension().string());
  if (end == ".txt" || end == ".text") return Format::text;
  if (end == ".md" || end == ".markdown") return Format::markdown;
  if (end == ".html" || end == ".htm" || end == ".xhtml") return Format::html;
  if (end == ".tsv" || end == ".tab") return Format::tabs;
  if (end == ".csv") return Format::commas;
  return Format::none;
}

/// Whether the first of the text is an HTML file's, whatever its name.
bool begins_as_html(std::u32string_view text) {
  const std::size_t at = text.find_first_not_of(U" \t\r\n\uFEFF");
  if (at == text.npos) return false;
  std::string head;
  for (const char32_t code : text.substr(at, 15))
    head += code < 0x80 ? static_cast<char>(code) : '?';
  head = lower(head);
  return head.starts_with("<!doctype html") || head.starts_with("<html") ||
         head.starts_with("<table");
}

Format format_of(const Document& document, std::u32string_view text) {
  return begins_as_html(text) ? Format::html : format_by_name(document);
}

std::shared_ptr<const std::string> checked_content_of(const Document& document) {
  if (document.size > kMostBytes) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: {} bytes: a text file may have {} at most", document.name,
                            document.size, kMostBytes));
  }
  return content_of(document);
}

Blocks blocks_of(const Document& document) {
  const std::shared_ptr<const std::string> bytes = checked_content_of(document);
  const std::u32string text = decode(*bytes, document.name);
  switch (format_of(document, text)) {
    case Format::html:
      return read_html(text, document.limits, document.name);
    case Format::markdown:
      return read_plain(text, Style::markdown, document.limits, document.name);
    case Format::tabs:
      return read_plain(text, Style::tabs, document.limits, document.name);
    case Format::commas:
      return read_plain(text, Style::commas, document.limits, document.name);
    default:
      return read_plain(text, Style::text, document.limits, document.name);
  }
}

class TextDocument final : public OpenedDocument {
 public:
  explicit TextDocument(const Document& document)
      : name_(document.name),
        pages_(set_pages(blocks_of(document), document.limits, document.name)) {}

  int page_count() const override { return static_cast<int>(pages_.size()); }

  Page read(int page_number) override { return page(page_number); }

  /// White paper: a text file shows nothing.
  PageImage render(int page_number, double dpi) override {
    const Page& shown = page(page_number);
    PageImage image;
    image.width = std::max(1, static_cast<int>(shown.width * dpi / 72.0));
    image.height = std::max(1, static_cast<int>(shown.height * dpi / 72.0));
    image.channels = 1;
    image.dpi = dpi;
    const auto pixels = static_cast<std::int64_t>(image.width) * image.height;
    if (pixels > limits_.max_image_pixels) {
      throw Error(
          Error::Code::limit_exceeded,
          fmt::format("{}, page {}: {} x {} pixels exceed the limit of {} "
                      "(Limits::max_image_pixels)",
                      name_, page_number, image.width, image.height, limits_.max_image_pixels));
    }
    image.samples.assign(static_cast<std::size_t>(pixels), 255);
    return image;
  }

 private:
  const Page& page(int page_number) const {
    if (page_number < 1 || page_number > page_count()) {
      throw Error(Error::Code::bad_page_number,
                  fmt::format("{}: there is no page {}, the file has {}", name_, page_number,
                              page_count()));
    }
    return pages_[static_cast<std::size_t>(page_number - 1)];
  }

  std::string name_;
  Limits limits_;
  std::vector<Page> pages_;
};

class TextReader final : public Reader {
 public:
  std::string_view name() const noexcept override { return "text"; }

  bool accepts(const Document& document) const override {
    // Other readers know their files by their first bytes, also under a wrong name.
    if (document.head.find("%PDF-") != std::string::npos) return false;
    if (encoding_of(document.head) == Encoding::none) return false;
    if (format_by_name(document) != Format::none) return true;
    return begins_as_html(std::u32string(document.head.begin(), document.head.end()));
  }

  std::unique_ptr<OpenedDocument> open(const Document& document) override {
    return std::make_unique<TextDocument>(document);
  }
};

}  // namespace

std::unique_ptr<Reader> make_reader() { return std::make_unique<TextReader>(); }

}  // namespace tabularium::text
