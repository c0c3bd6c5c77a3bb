#include "recognizer.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/pipeline/pixels.h"
#include "tabularium/plugin/host.h"

namespace tabularium::ocr {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string all_text(const Page& page) {
  std::string text;
  for (const Word& word : page.words) text += word.text();
  return text;
}

/// A born-digital form of our own, drawn at 300 dpi and read from its pixels alone.
PixelPage read_fixture() {
  const std::filesystem::path file =
      std::filesystem::path(TABULARIUM_SOURCE_DIR) / "fixtures/declaration-2025/plain/input.pdf";
  const PluginHost host({TABULARIUM_PLUGIN_DIR}, PluginLoading{.recognizer = "ocr"});
  const Document document = open_document(file);
  for (const auto& reader : host.make_readers()) {
    if (!reader->accepts(document)) continue;
    PixelReader pixels(host);
    return pixels.read(reader->open(document)->page_image(1), Page(), {}, "fixture");
  }
  throw Error(Error::Code::not_found, "no reader for the fixture");
}

TEST(Ocr, ReadsAFormFromItsPixels) {
  const PixelPage read = read_fixture();
  const std::string text = fold(all_text(read.page));
  EXPECT_THAT(text, HasSubstr(fold("财政项目支出绩效目标申报表")));
  EXPECT_THAT(text, HasSubstr(fold("项目名称")));
  EXPECT_THAT(text, HasSubstr("2025"));
  for (const Word& word : read.page.words) {
    EXPECT_THAT(word.extractor, AnyOf("ocr", "numbers"));
    EXPECT_GE(word.confidence, 0.0);
    EXPECT_LE(word.confidence, 1.0);
  }
}

TEST(Ocr, ReadsNothingWhereThereIsNothing) {
  PageImage white{100, 50, 1, 300.0, {}};
  white.samples.assign(5000, 255);
  const auto recognizer = make_ocr();
  EXPECT_THAT(recognizer->recognize(white, {}, 10.0), IsEmpty());
  EXPECT_THAT(recognizer->recognize(white, {{1, 1, 20, 10}}, 10.0).front(), IsEmpty());
}

TEST(Ocr, KnowsWhenALineHasNoRoomForSoManyCharacters) {
  const Box four{0, 0, 39, 9.2};  // 参训人数 in ten points
  EXPECT_TRUE(is_one_too_many(5, four, 9.2));
  EXPECT_FALSE(is_one_too_many(4, four, 9.2));
  EXPECT_FALSE(is_one_too_many(5, {0, 0, 49, 9.2}, 9.2));
  // A speck makes the line taller than its characters are.
  EXPECT_FALSE(is_one_too_many(4, {0, 0, 39, 14}, 9.2));
  EXPECT_FALSE(is_one_too_many(20, {0, 0, 180, 9.2}, 9.2));
}

TEST(Ocr, NamesTheMissingLanguageData) {
  OcrSettings settings;
  settings.languages = "no_such_language";
  PageImage black{10, 10, 1, 300.0, {}};
  black.samples.assign(100, 0);
  try {
    make_ocr(settings)->recognize(black, {{0, 0, 2, 2}}, 10.0);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
    EXPECT_THAT(error.what(), HasSubstr("no_such_language"));
  }
}

}  // namespace
}  // namespace tabularium::ocr
