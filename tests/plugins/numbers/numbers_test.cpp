#include "numbers.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::numbers {
namespace {

using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path kModels = TABULARIUM_SOURCE_DIR "/models";
const std::filesystem::path kHere = TABULARIUM_SOURCE_DIR "/tests/plugins/numbers";

/// The page that tools/train_numbers/test_page.py drew, and what stands in its cells.
struct DrawnPage {
  PageImage image;
  std::vector<Box> boxes;
  std::vector<std::string> texts;  ///< after NFKC; empty for an empty cell
};

PageImage image_of(const cv::Mat& grey, double dpi) {
  PageImage image{grey.cols, grey.rows, 1, dpi, {}};
  image.samples.assign(grey.data, grey.data + grey.total());
  return image;
}

DrawnPage drawn_page() {
  DrawnPage page;
  page.image = image_of(cv::imread((kHere / "cells.png").string(), cv::IMREAD_GRAYSCALE), 200.0);
  std::ifstream table(kHere / "cells.tsv");
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    Box box;
    std::string text;
    fields >> box.x0 >> box.y0 >> box.x1 >> box.y1 >> text;
    page.boxes.push_back(box);
    page.texts.push_back(nfkc(text));
  }
  return page;
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text += word.text();
  return text;
}

TEST(Numbers, RefusesTextThatIsNoNumber) {
  const DrawnPage page = drawn_page();
  const auto at =
      std::find(page.texts.begin(), page.texts.end(), "促进区域繁荣") - page.texts.begin();
  const auto words =
      Numbers(kModels).recognize(page.image, {page.boxes.at(static_cast<std::size_t>(at))}, 9.5);
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(joined(words[0]), HasSubstr("\uFFFD"));
  for (const Word& word : words[0]) EXPECT_EQ(word.confidence, 0.0);
}

TEST(Numbers, GivesEmptyCellsNoWords) {
  cv::Mat page(300, 400, CV_8U, cv::Scalar(235));
  cv::rectangle(page, {40, 40, 200, 80}, cv::Scalar(20), 3);
  const auto words =
      Numbers(kModels).recognize(image_of(page, 200.0), {{14, 14, 87, 44}, {0, 0, 0, 0}}, 9.5);
  EXPECT_THAT(words, ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(Numbers, PutsBoxesOfWordsAndGlyphsWhereTheInkIs) {
  const DrawnPage page = drawn_page();
  Numbers recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes, 9.5);
  for (std::size_t at = 0; at < page.boxes.size(); ++at) {
    for (const Word& word : words[at]) {
      EXPECT_GE(word.box.x0, page.boxes[at].x0);
      EXPECT_LE(word.box.x1, page.boxes[at].x1);
      EXPECT_GE(word.box.y0, page.boxes[at].y0);
      EXPECT_LE(word.box.y1, page.boxes[at].y1);
      EXPECT_EQ(word.extractor, "numbers");
      EXPECT_GT(word.font_size, 5.0);
      for (std::size_t glyph = 1; glyph < word.glyphs.size(); ++glyph) {
        EXPECT_EQ(word.glyphs[glyph].box.x0, word.glyphs[glyph - 1].box.x1);
      }
    }
  }
}

TEST(Numbers, ProbabilitiesOfAWordAndItsAlternativesSumToOneAtMost) {
  const DrawnPage page = drawn_page();
  const auto words = Numbers(kModels).recognize(page.image, page.boxes, 9.5);
  for (const auto& cell : words) {
    for (const Word& word : cell) {
      double sum = word.confidence;
      for (const Alternative& other : word.alternatives) sum += other.confidence;
      EXPECT_LE(sum, 1.0 + 1e-6);
    }
  }
}

TEST(Numbers, ReadsACellTheSameWhateverIsReadBesideItInTheBatch) {
  const DrawnPage page = drawn_page();
  Numbers recognizer(kModels);
  const auto first = recognizer.recognize(page.image, page.boxes, 9.5);
  const auto again = recognizer.recognize(page.image, page.boxes, 9.5);
  std::vector<Box> backwards(page.boxes.rbegin(), page.boxes.rend());
  const auto turned = recognizer.recognize(page.image, backwards, 9.5);
  for (std::size_t at = 0; at < first.size(); ++at) {
    const auto& other = turned[first.size() - 1 - at];
    ASSERT_EQ(first[at].size(), again[at].size());
    ASSERT_EQ(first[at].size(), other.size());
    for (std::size_t word = 0; word < first[at].size(); ++word) {
      EXPECT_EQ(first[at][word].text(), again[at][word].text());
      EXPECT_EQ(first[at][word].confidence, again[at][word].confidence);
      EXPECT_EQ(first[at][word].text(), other[word].text());
      EXPECT_EQ(first[at][word].confidence, other[word].confidence);
    }
  }
}

TEST(Numbers, RefusesAnImageWhoseSamplesDoNotFitItsSize) {
  Numbers recognizer(kModels);
  const PageImage broken{100, 100, 1, 200.0, std::vector<std::uint8_t>(99)};
  const PageImage no_resolution{10, 10, 1, 0.0, std::vector<std::uint8_t>(100)};
  for (const PageImage& image : {broken, no_resolution}) {
    try {
      recognizer.recognize(image, {{0, 0, 10, 10}}, 9.5);
      ADD_FAILURE() << "must not be read";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::damaged_input);
    }
  }
}

TEST(Numbers, SaysWhichModelFileIsMissingOrDamaged) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "numbers_models";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder / "numbers.onnx");
  std::filesystem::copy_file(kModels / "numbers.txt", folder / "numbers.txt",
                             std::filesystem::copy_options::overwrite_existing);
  try {
    Numbers recognizer(folder);
    ADD_FAILURE() << "must not load";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::not_found);
    EXPECT_THAT(error.what(), HasSubstr("numbers.onnx"));
  }
  std::ofstream(folder / "numbers.onnx") << "no network";
  try {
    Numbers recognizer(folder);
    ADD_FAILURE() << "must not load";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
  }
  std::filesystem::copy_file(kModels / "numbers.onnx", folder / "numbers.onnx",
                             std::filesystem::copy_options::overwrite_existing);
  std::ofstream(folder / "numbers.txt") << "0123";
  try {
    Numbers recognizer(folder);
    ADD_FAILURE() << "must not load";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
  }
}

}  // namespace
}  // namespace tabularium::numbers
