#include "lines.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <sstream>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/pipeline/pixels.h"
#include "tabularium/plugin/host.h"

namespace tabularium::lines {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path kModels = TABULARIUM_SOURCE_DIR "/models";
const std::filesystem::path kHere = TABULARIUM_SOURCE_DIR "/tests/plugins/lines";
constexpr double kTextHeight = 9.5;

/// The page that tools/train_lines/test_page.py drew, in fonts that training never saw.
struct DrawnPage {
  PageImage image;
  std::vector<Box> boxes;
  std::vector<std::string> texts;  ///< without spaces
};

DrawnPage drawn_page() {
  const cv::Mat grey = cv::imread((kHere / "lines.png").string(), cv::IMREAD_GRAYSCALE);
  DrawnPage page{{grey.cols, grey.rows, 1, 300.0, {}}, {}, {}};
  page.image.samples.assign(grey.data, grey.data + grey.total());
  std::ifstream table(kHere / "lines.tsv");
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    Box box;
    std::string text;
    fields >> box.x0 >> box.y0 >> box.x1 >> box.y1 >> text;
    page.boxes.push_back(box);
    page.texts.push_back(text);
  }
  return page;
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text += word.text();
  return text;
}

TEST(Lines, ReadsFontsThatTrainingNeverSaw) {
  const DrawnPage page = drawn_page();
  Lines recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes, kTextHeight);
  ASSERT_THAT(words, SizeIs(page.boxes.size()));
  std::size_t right = 0;
  std::size_t all = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::u32string expected = to_utf32(fold(page.texts[at]));
    const std::u32string read = to_utf32(fold(joined(words[at])));
    EXPECT_EQ(read.size(), expected.size()) << page.texts[at] << " read as " << joined(words[at]);
    all += expected.size();
    for (std::size_t i = 0; i < std::min(read.size(), expected.size()); ++i) {
      right += read[i] == expected[i] ? 1 : 0;
    }
  }
  EXPECT_GE(static_cast<double>(right), 0.98 * static_cast<double>(all));
}

TEST(Lines, TellsWhereItsCharactersStandAndHowSureItIs) {
  const DrawnPage page = drawn_page();
  Lines recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes, kTextHeight);
  for (std::size_t at = 0; at < words.size(); ++at) {
    double before = 0.0;
    for (const Word& word : words[at]) {
      EXPECT_EQ(word.extractor, "lines");
      EXPECT_GE(word.confidence, 0.0);
      double sum = word.confidence;
      for (const Alternative& other : word.alternatives) sum += other.confidence;
      EXPECT_LE(sum, 1.0 + 1e-6);
      for (const Glyph& glyph : word.glyphs) {
        EXPECT_GE(glyph.box.x0, before - 1e-6);
        EXPECT_LE(glyph.box.x1, page.boxes[at].x1 + 0.5);
        EXPECT_LE(word.confidence, glyph.confidence + 1e-6);
        before = glyph.box.x0;
      }
    }
  }
}

TEST(Lines, ReadsALineAloneAsAmongOthers) {
  const DrawnPage page = drawn_page();
  Lines recognizer(kModels);
  const auto together = recognizer.recognize(page.image, page.boxes, kTextHeight);
  for (std::size_t at = 0; at < page.boxes.size(); ++at) {
    const auto alone = recognizer.recognize(page.image, {page.boxes[at]}, kTextHeight);
    ASSERT_THAT(alone, SizeIs(1));
    EXPECT_EQ(joined(alone[0]), joined(together[at]));
    ASSERT_THAT(alone[0], SizeIs(together[at].size()));
    for (std::size_t i = 0; i < alone[0].size(); ++i) {
      EXPECT_DOUBLE_EQ(alone[0][i].confidence, together[at][i].confidence);
    }
  }
}

TEST(Lines, ReadsNothingWhereThereIsNothing) {
  PageImage white{100, 50, 1, 300.0, std::vector<std::uint8_t>(5000, 255)};
  Lines recognizer(kModels);
  EXPECT_THAT(recognizer.recognize(white, {}, 10.0), IsEmpty());
  EXPECT_THAT(recognizer.recognize(white, {{1, 1, 20, 10}}, 10.0).front(), IsEmpty());
  EXPECT_THAT(recognizer.recognize(white, {{500, 500, 600, 600}}, 10.0).front(), IsEmpty());
}

TEST(Lines, ReadsAFormFromItsPixels) {
  const std::filesystem::path file =
      std::filesystem::path(TABULARIUM_SOURCE_DIR) / "fixtures/declaration-2025/plain/input.pdf";
  const PluginHost host({TABULARIUM_PLUGIN_DIR}, PluginLoading{.recognizer = "lines"});
  const Document document = open_document(file);
  std::string text;
  for (const auto& reader : host.make_readers()) {
    if (!reader->accepts(document)) continue;
    PixelReader pixels(host);
    const PixelPage read =
        pixels.read(reader->open(document)->page_image(1), Page(), {}, "fixture");
    for (const Word& word : read.page.words) text += word.text();
    break;
  }
  text = fold(text);
  EXPECT_THAT(text, HasSubstr(fold("财政项目支出绩效目标申报表")));
  EXPECT_THAT(text, HasSubstr(fold("项目名称")));
  EXPECT_THAT(text, HasSubstr("2025"));
}

void expect_error(const std::filesystem::path& models, Error::Code code, const char* what) {
  try {
    Lines recognizer(models);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_THAT(error.what(), HasSubstr(what));
  }
}

/// A folder with the files of the network, of which a test spoils one.
class SpoiltNetwork : public testing::Test {
 protected:
  SpoiltNetwork() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const char* name : {"lines.onnx", "lines.weights", "lines.txt"}) {
      std::filesystem::copy_file(kModels / name, folder_ / name);
    }
  }
  ~SpoiltNetwork() override { std::filesystem::remove_all(folder_); }

  /// Tests run beside each other: each has its own.
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) /
                                  (std::string("spoilt_lines_") +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(SpoiltNetwork, IsNamedWhereAFileIsMissing) {
  for (const char* name : {"lines.onnx", "lines.weights", "lines.txt"}) {
    std::filesystem::rename(folder_ / name, folder_ / "away");
    expect_error(folder_, Error::Code::not_found, name);
    std::filesystem::rename(folder_ / "away", folder_ / name);
  }
}

TEST_F(SpoiltNetwork, IsRefusedWhereTheTrunkIsDamaged) {
  std::ofstream(folder_ / "lines.onnx", std::ios::binary) << "no network";
  expect_error(folder_, Error::Code::bad_model, "lines.onnx");
}

TEST_F(SpoiltNetwork, IsRefusedWhereTheHeadIsCutOff) {
  std::filesystem::resize_file(folder_ / "lines.weights", 1000);
  expect_error(folder_, Error::Code::bad_model, "lines.weights");
}

TEST_F(SpoiltNetwork, IsRefusedWithAnotherAlphabet) {
  std::ofstream(folder_ / "lines.txt", std::ios::app) << "木";
  expect_error(folder_, Error::Code::bad_model, "lines");
}

TEST(Lines, RefusesADamagedPicture) {
  Lines recognizer(kModels);
  const PageImage torn{100, 50, 1, 300.0, std::vector<std::uint8_t>(10, 0)};
  EXPECT_THROW(recognizer.recognize(torn, {{1, 1, 20, 10}}, 10.0), Error);
  const PageImage without_size{10, 10, 1, 0.0, std::vector<std::uint8_t>(100, 0)};
  EXPECT_THROW(recognizer.recognize(without_size, {{1, 1, 2, 2}}, 10.0), Error);
}

}  // namespace
}  // namespace tabularium::lines
