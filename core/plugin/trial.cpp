// What plugins are tried with, and what must be true of what they give.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tabularium/page/error.h"
#include "tabularium/plugin/trial_internal.h"

namespace tabularium {
namespace {

constexpr int kMostPages = 5;  // of a sample
constexpr double kDpi = 150.0;
constexpr double kPointsPerInch = 72.0;

/// The text of what was tried, long as it may be, in few bytes.
class Outcome {
 public:
  void add(const std::string& text) {
    text_ += text;
    text_ += '\n';
  }
  void add(const Box& box) { add(fmt::format("{} {} {} {}", box.x0, box.y0, box.x1, box.y1)); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void require(bool good, const std::string& what) {
  if (!good) throw Malformed(what);
}

bool is_finite(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) &&
         std::isfinite(box.y1) && box.x0 <= box.x1 && box.y0 <= box.y1;
}

bool is_share(double value) { return value >= 0.0 && value <= 1.0; }

void check_word(const Word& word, const std::string& where) {
  require(!word.glyphs.empty(), where + "a word without glyphs");
  require(is_finite(word.box), where + "a word whose box is not one");
  require(word.font_size > 0.0, where + "a word of font size " + std::to_string(word.font_size));
  require(is_share(word.confidence), where + "a confidence outside of 0 to 1");
  double sum = word.confidence;
  for (const Alternative& other : word.alternatives) sum += other.confidence;
  require(sum < 1.0 + 1e-6, where + "readings of a word whose confidences sum to more than 1");
  for (const Glyph& glyph : word.glyphs) {
    require(glyph.code != 0 && glyph.code < 0x110000, where + "a glyph that is no character");
    require(is_finite(glyph.box), where + "a glyph whose box is not one");
    require(is_share(glyph.confidence), where + "a glyph's confidence outside of 0 to 1");
  }
}

void add_words(Outcome& outcome, const std::vector<Word>& words, const std::string& where) {
  for (const Word& word : words) {
    check_word(word, where);
    outcome.add(word.text());
    outcome.add(word.box);
    outcome.add(std::to_string(word.confidence));
  }
}

void add_rules(Outcome& outcome, const Page& page, const std::string& where) {
  require(page.width > 0.0 && page.height > 0.0, where + "a page without a size");
  for (const Rule& rule : page.rules) {
    require(std::isfinite(rule.position) && std::isfinite(rule.from) && std::isfinite(rule.to) &&
                rule.from <= rule.to,
            where + "a rule that goes nowhere");
    outcome.add(fmt::format("{} {} {}", rule.position, rule.from, rule.to));
  }
}

void check_image(const PageImage& image, const std::string& where) {
  require(image.width > 0 && image.height > 0, where + "a picture without pixels");
  require(image.channels == 1 || image.channels == 3,
          where + "a picture of neither 1 nor 3 samples");
  require(image.samples.size() == static_cast<std::size_t>(image.width) *
                                      static_cast<std::size_t>(image.height) *
                                      static_cast<std::size_t>(image.channels),
          where + "a picture whose samples are not width * height * channels");
}

void refuses_page(OpenedDocument& opened, int page_number) {
  try {
    opened.read(page_number);
  } catch (const Error& error) {
    require(error.code() == Error::Code::bad_page_number,
            fmt::format("page {}, which there is not, gives `{}` instead of `bad_page_number`",
                        page_number, to_string(error.code())));
    return;
  }
  throw Malformed(fmt::format("page {}, which there is not, is read", page_number));
}

/// The same noise everywhere. Source: D. H. Lehmer's generator with the constants of Park and
/// Miller (1988).
class Noise {
 public:
  std::uint8_t byte() {
    state_ = state_ * 48'271 % 2'147'483'647;
    return static_cast<std::uint8_t>(state_ >> 8);
  }

 private:
  std::uint64_t state_ = 20'240'101;
};

enum class Paper : std::uint8_t { white, noise, grid };

PageImage drawn(int width, int height, Paper paper) {
  PageImage image{width, height, 1, kDpi, {}};
  image.samples.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
  Noise noise;
  constexpr int kMargin = 40;
  constexpr int kStep = 80;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      auto& sample = image.samples[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                   static_cast<std::size_t>(x)];
      const bool inside =
          x >= kMargin && y >= kMargin && x < width - kMargin && y < height - kMargin;
      const bool rule = (x - kMargin) % kStep < 3 || (y - kMargin) % kStep < 3;
      if (paper == Paper::noise) sample = noise.byte();
      if (paper == Paper::grid && inside && rule) sample = 20;
    }
  }
  return image;
}

std::vector<PageImage> pages_of_pixels() {
  return {drawn(620, 877, Paper::white), drawn(620, 877, Paper::noise),
          drawn(620, 877, Paper::grid), drawn(1, 1, Paper::white)};
}

Document of_bytes(std::string name, std::string bytes, const Limits& limits) {
  constexpr std::size_t kHead = 1024;
  Document document;
  document.name = std::move(name);
  document.head = bytes.substr(0, kHead);
  document.size = static_cast<std::int64_t>(bytes.size());
  document.bytes = std::make_shared<const std::string>(std::move(bytes));
  document.limits = limits;
  return document;
}

TextLine line_of(const std::u32string& text, double y) {
  constexpr double kSize = 10.0;
  TextLine line;
  Word word;
  double x = 60.0;
  for (const char32_t code : text) {
    word.glyphs.push_back({code, {x, y, x + kSize, y + kSize}});
    x += kSize;
  }
  word.box = {60.0, y, x, y + kSize};
  word.font_size = kSize;
  word.extractor = "trial";
  line.box = word.box;
  line.words.push_back(std::move(word));
  return line;
}

}  // namespace

std::string read_all(Reader& reader, const Document& document) {
  Outcome outcome;
  require(!reader.name().empty(), "it has no name");
  if (!reader.accepts(document)) return "not accepted";
  try {
    const auto opened = reader.open(document);
    require(opened != nullptr, "open gives nothing");
    const int count = opened->page_count();
    require(count >= 1, fmt::format("a document of {} pages", count));
    for (int number = 1; number <= std::min(count, kMostPages); ++number) {
      const std::string where = fmt::format("page {}: ", number);
      try {
        const Page page = opened->read(number);
        require(page.number == number,
                where + fmt::format("it says that it is page {}", page.number));
        add_rules(outcome, page, where);
        add_words(outcome, page.words, where);
        check_image(opened->render(number, kPointsPerInch / 2), where);
      } catch (const Error& error) {
        outcome.add(where + error.what());
      }
    }
    refuses_page(*opened, 0);
    refuses_page(*opened, count + 1);
  } catch (const Error& error) {
    outcome.add(error.what());
  }
  return outcome.take();
}

std::string recognize_all(Recognizer& recognizer) {
  Outcome outcome;
  require(!recognizer.name().empty(), "it has no name");
  const std::vector<Box> lines{{20, 20, 120, 32},  {20, 40, 20, 40},     {290, 415, 400, 500},
                               {500, 20, 510, 30}, {0.1, 0.1, 0.3, 0.2}, {-20, -20, 40, 10}};
  for (const PageImage& image : pages_of_pixels()) {
    for (const auto& asked : {lines, std::vector<Box>{}}) {
      try {
        const auto words = recognizer.recognize(image, asked, 10.0);
        require(words.size() == asked.size(),
                fmt::format("{} answers to {} lines", words.size(), asked.size()));
        for (const auto& line : words) add_words(outcome, line, "");
      } catch (const Error& error) {
        outcome.add(error.what());
      }
    }
  }
  return outcome.take();
}

std::string detect_all(GridDetector& detector) {
  Outcome outcome;
  require(!detector.name().empty(), "it has no name");
  for (const PageImage& image : pages_of_pixels()) {
    try {
      const UprightPage page = detector.detect(image, {});
      add_rules(outcome, page.page, "");
      check_image(page.image, "the upright page: ");
      check_image(page.text, "the page without rules: ");
      require(page.turned % 90 == 0 && page.turned >= 0 && page.turned < 360,
              fmt::format("a page turned by {} degrees", page.turned));
      require(is_share(page.turn_confidence), "a turn_confidence outside of 0 to 1");
    } catch (const Error& error) {
      outcome.add(error.what());
    }
  }
  return outcome.take();
}

std::string try_layout(const Layout& layout) {
  Outcome outcome;
  require(!layout.name().empty(), "it has no name");
  require(!layout.record().empty(), "it names no record");
  TabulatedPage empty;
  empty.width = 595.0;
  empty.height = 842.0;
  TabulatedPage lines = empty;
  lines.lines = {line_of(U"一个标题", 50.0), line_of(U"没有人认识的一行文字", 80.0)};
  for (const TabulatedPage& page : {empty, lines}) {
    const auto begins = layout.begins(page);
    require(!begins || std::isfinite(*begins), "begins gives no number");
    const double fit = layout.fit({page});
    require(is_share(fit), fmt::format("fit gives {}, which is not 0 to 1", fit));
    const Form form = layout.read({page});
    require(form.layout == layout.name(), "a form that says it has another layout");
    require(form.record == layout.record(), "a form of another record");
    outcome.add(fmt::format("{} {}", begins.value_or(-1.0), fit));
    for (const RawField& field : form.fields) {
      require(is_share(field.value.evidence.confidence),
              field.name + ": a confidence outside of 0 to 1");
      outcome.add(field.name + " " + field.value.text);
    }
    for (const Issue& issue : form.issues) outcome.add(issue.message);
  }
  return outcome.take();
}

std::vector<Document> junk_of(const std::vector<Document>& samples) {
  constexpr std::size_t kNoise = 4000;
  Noise noise;
  std::string bytes;
  for (std::size_t i = 0; i < kNoise; ++i) bytes += static_cast<char>(noise.byte());
  std::vector<Document> junk{of_bytes("noise", bytes, {}), of_bytes("one byte", "x", {}),
                             of_bytes("zeros", std::string(kNoise, '\0'), {})};
  for (const Document& sample : samples) {
    const std::string& whole = *sample.bytes;
    junk.push_back(of_bytes(sample.name + " without its end", whole.substr(0, whole.size() / 2),
                            sample.limits));
    junk.push_back(of_bytes(sample.name + " with nothing but its head", sample.head.substr(0, 100),
                            sample.limits));
    std::string scratched = whole;
    for (std::size_t i = 100; i < scratched.size(); i += 97)
      scratched[i] = static_cast<char>(noise.byte());
    junk.push_back(of_bytes(sample.name + ", scratched", std::move(scratched), sample.limits));
  }
  return junk;
}

}  // namespace tabularium
