// A plugin to begin with: a reader of files that begin with "OUTSIDE", each of their lines one line
// of a page. Rename it, and fill in what your format has. docs/plugins.md says what the host asks
// of each kind of plugin.
#include <tabularium/page/document.h>
#include <tabularium/page/error.h>
#include <tabularium/page/text.h>
#include <tabularium/plugin/api.h>

#include <sstream>

namespace {

constexpr std::string_view kFirstLine = "OUTSIDE";
constexpr double kPageWidth = 595.0;  // points: A4
constexpr double kPageHeight = 842.0;
constexpr double kMargin = 50.0;
constexpr double kColumn = 100.0;  // from one word of a line to the next
constexpr double kFontSize = 10.0;

/// Words know each of their glyphs; here all are equally wide.
tabularium::Word word_at(double x, double y, const std::string& text) {
  tabularium::Word word;
  for (const char32_t code : tabularium::to_utf32(text)) {
    const double width = tabularium::is_cjk(code) ? kFontSize : kFontSize / 2;
    word.glyphs.push_back({code, {x, y, x + width, y + kFontSize}});
    x += width;
  }
  word.box = {word.glyphs.front().box.x0, y, x, y + kFontSize};
  word.font_size = kFontSize;
  word.extractor = "outside";
  return word;
}

class OutsideDocument final : public tabularium::OpenedDocument {
 public:
  explicit OutsideDocument(std::string text) : text_(std::move(text)) {}

  int page_count() const override { return 1; }

  tabularium::Page read(int page_number) override {
    if (page_number != 1) {
      throw tabularium::Error(tabularium::Error::Code::bad_page_number, "there is one page");
    }
    tabularium::Page page;
    page.width = kPageWidth;
    page.height = kPageHeight;
    std::istringstream lines(text_);
    double y = kMargin;
    for (std::string line; std::getline(lines, line); y += 2 * kFontSize) add(page, line, y);
    if (page.words.empty()) page.trust = tabularium::TextTrust::no_text;
    return page;
  }

  tabularium::PageImage render(int, double dpi) override {
    const double scale = dpi / 72.0;  // points to pixels
    tabularium::PageImage image{
        static_cast<int>(kPageWidth * scale), static_cast<int>(kPageHeight * scale), 1, dpi, {}};
    image.samples.assign(static_cast<std::size_t>(image.width) * image.height, 255);
    return image;
  }

 private:
  static void add(tabularium::Page& page, const std::string& line, double y) {
    std::istringstream words(line);
    double x = kMargin;
    for (std::string text; words >> text; x += kColumn) {
      page.words.push_back(word_at(x, y, text));
      page.words.back().after_space = true;
    }
  }

  std::string text_;
};

class OutsideReader final : public tabularium::Reader {
 public:
  std::string_view name() const noexcept override { return "outside"; }

  bool accepts(const tabularium::Document& document) const override {
    return document.head.starts_with(kFirstLine);
  }

  std::unique_ptr<tabularium::OpenedDocument> open(const tabularium::Document& document) override {
    const std::string content = *tabularium::content_of(document);
    if (!tabularium::is_storable(content)) {
      throw tabularium::Error(tabularium::Error::Code::damaged_input,
                              document.name + ": not in UTF-8");
    }
    return std::make_unique<OutsideDocument>(content.substr(kFirstLine.size()));
  }
};

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_reader("outside", [] { return std::make_unique<OutsideReader>(); });
}

}  // namespace

// The one symbol that the host looks for.
extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "outside", "1.0.0", &register_all};
