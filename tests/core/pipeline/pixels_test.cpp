#include "tabularium/pipeline/pixels.h"

#include <gmock/gmock.h>

#include <memory>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Takes the picture as it is: a page without rules, its glyphs ten points high.
class PlainDetector : public GridDetector {
 public:
  std::string_view name() const noexcept override { return "plain"; }
  UprightPage detect(const PageImage& image, const Limits& /*limits*/) override {
    UprightPage upright;
    upright.page.width = image.width;
    upright.page.height = image.height;
    upright.image = image;
    upright.text = image;
    upright.text_height = 10.0;
    return upright;
  }
};

/// The same with a table of two rows, its rules four points thick.
class RuledDetector final : public PlainDetector {
 public:
  UprightPage detect(const PageImage& image, const Limits& limits) override {
    UprightPage upright = PlainDetector::detect(image, limits);
    for (const double y : {10.0, 50.0, 90.0}) {
      upright.page.rules.push_back({Rule::Direction::horizontal, y, 10.0, 190.0, 4.0});
    }
    for (const double x : {10.0, 190.0}) {
      upright.page.rules.push_back({Rule::Direction::vertical, x, 10.0, 90.0, 4.0});
    }
    return upright;
  }
};

/// Reads the same in every line.
class SameRecognizer final : public Recognizer {
 public:
  SameRecognizer(std::string_view name, char32_t code) : name_(name), code_(code) {}
  std::string_view name() const noexcept override { return name_; }
  std::vector<std::vector<Word>> recognize(const PageImage& /*image*/,
                                           const std::vector<Box>& lines,
                                           double /*text_height*/) override {
    std::vector<std::vector<Word>> words;
    for (const Box& line : lines) {
      Word word;
      word.glyphs.push_back({code_, line});
      word.box = line;
      word.font_size = 10.0;
      word.confidence = 0.9;
      word.extractor = name_;
      words.push_back({word});
    }
    return words;
  }

 private:
  std::string_view name_;
  char32_t code_;
};

/// A page of 200 x 100 points at 72 dpi with dark boxes.
PageImage page_with(const std::vector<Box>& boxes) {
  PageImage page{200, 100, 1, 72.0, std::vector<std::uint8_t>(20000, 255)};
  for (const Box& box : boxes) {
    for (int y = static_cast<int>(box.y0); y < static_cast<int>(box.y1); ++y) {
      for (int x = static_cast<int>(box.x0); x < static_cast<int>(box.x1); ++x) {
        page.samples[static_cast<std::size_t>(y * 200 + x)] = 0;
      }
    }
  }
  return page;
}

PixelPage read(const std::vector<Box>& boxes) {
  PixelReader reader(std::make_unique<PlainDetector>(),
                     std::make_unique<SameRecognizer>("text", U'\u4E8C'),
                     std::make_unique<SameRecognizer>("numbers", U'7'));
  Page given;
  given.number = 3;
  return reader.read(page_with(boxes), given, {}, "test");
}

TEST(PixelReader, ReadsEveryLineAndKeepsThePageNumber) {
  const PixelPage page = read({{20, 20, 60, 30}, {20, 50, 80, 60}});
  EXPECT_EQ(page.page.number, 3);
  EXPECT_THAT(page.page.words, SizeIs(2));
  EXPECT_EQ(page.page.trust, TextTrust::trusted);
}

TEST(PixelReader, TakesAFlatShortStrokeForADash) {
  const PixelPage page = read({{20, 20, 24, 22}});
  ASSERT_THAT(page.page.words, SizeIs(1));
  EXPECT_EQ(page.page.words[0].text(), "-");
}

TEST(PixelReader, TakesABarThatARuleLeftForNoText) {
  EXPECT_THAT(read({{20, 20, 22, 36}}).page.words, IsEmpty());
}

TEST(PixelReader, TakesASpeckForNoText) {
  EXPECT_THAT(read({{20, 20, 22, 23}}).page.words, IsEmpty());
}

TEST(PixelReader, LooksForLinesWithinTheRulesOfACell) {
  // Under the text, on the half of the rule that lies within its cell: what erasing it left.
  const Box text{20, 35, 60, 45};
  const Box left_over{30, 48, 36, 50};
  PixelReader reader(std::make_unique<RuledDetector>(),
                     std::make_unique<SameRecognizer>("text", U'\u4E8C'));
  const auto words = reader.read(page_with({text, left_over}), Page(), {}, "test").page.words;
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].box, text);
}

TEST(PixelReader, SaysThatAWhitePageHasNoText) {
  EXPECT_EQ(read({}).page.trust, TextTrust::no_text);
}

TEST(PixelReader, AsksASecondRecognizerWhereTheFirstIsNotSure) {
  const auto read_with = [](char32_t first) {
    PixelReader reader(std::make_unique<PlainDetector>(),
                       std::make_unique<SameRecognizer>("first", first), nullptr,
                       std::make_unique<SameRecognizer>("second", U'\u4E8C'));
    return reader.read(page_with({{20, 20, 60, 30}}), Page(), {}, "test").page.words;
  };
  const auto unknown = read_with(0xFFFD);
  ASSERT_THAT(unknown, SizeIs(1));
  EXPECT_EQ(unknown[0].text(), "\u4E8C");
  const auto sure = read_with(U'\u4E94');
  ASSERT_THAT(sure, SizeIs(1));
  EXPECT_EQ(sure[0].text(), "\u4E94");
}

TEST(PixelReader, NeedsItsPlugins) {
  PixelReader reader(nullptr, nullptr);
  EXPECT_FALSE(reader.ready());
  EXPECT_THROW(reader.read(page_with({}), Page(), {}, "test"), Error);
}

}  // namespace
}  // namespace tabularium
