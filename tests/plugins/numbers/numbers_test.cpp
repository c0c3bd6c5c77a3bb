#include "numbers.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::numbers {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path kModels = TABULARIUM_SOURCE_DIR "/models";
const std::filesystem::path kHere = TABULARIUM_SOURCE_DIR "/tests/plugins/numbers";

/// A cell of a page that tools/train_numbers/test_page.py drew.
struct DrawnCell {
  Box box;
  std::string kind;
  std::string text;  ///< after NFKC; empty for an empty cell
};

struct DrawnPage {
  PageImage image;
  std::vector<DrawnCell> cells;

  std::vector<Box> boxes() const {
    std::vector<Box> boxes;
    for (const DrawnCell& cell : cells) boxes.push_back(cell.box);
    return boxes;
  }

  /// The same picture with the cells of one kind alone.
  DrawnPage of_kind(const std::string& kind) const {
    DrawnPage page{image, {}};
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(page.cells),
                 [&](const DrawnCell& cell) { return cell.kind == kind; });
    return page;
  }
};

PageImage image_of(const cv::Mat& grey, double dpi) {
  PageImage image{grey.cols, grey.rows, 1, dpi, {}};
  image.samples.assign(grey.data, grey.data + grey.total());
  return image;
}

/// "cells.png" or "many.jpg", with the table beside it.
DrawnPage drawn_page(const std::string& picture) {
  DrawnPage page;
  page.image = image_of(cv::imread((kHere / picture).string(), cv::IMREAD_GRAYSCALE), 200.0);
  std::ifstream table((kHere / picture).replace_extension(".tsv"));
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    DrawnCell cell;
    fields >> cell.box.x0 >> cell.box.y0 >> cell.box.x1 >> cell.box.y1 >> cell.kind >> cell.text;
    cell.text = nfkc(cell.text);
    page.cells.push_back(cell);
  }
  return page;
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text += word.text();
  return text;
}

double confidence_of(const std::vector<Word>& words) {
  double confidence = 1.0;
  for (const Word& word : words) confidence *= word.confidence;
  return confidence;
}

class NumbersOfAKind : public testing::TestWithParam<const char*> {};

TEST_P(NumbersOfAKind, AreReadInFontsThatTrainingNeverSaw) {
  const DrawnPage page = drawn_page("cells.png").of_kind(GetParam());
  ASSERT_THAT(page.cells, SizeIs(Ge(2U)));
  Numbers recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes(), 0.0);
  for (std::size_t at = 0; at < page.cells.size(); ++at) {
    const std::string& text = page.cells[at].text;
    if (text == "-") {
      // Fonts and typists draw it as long as a dash; in a cell of its own both say "nothing".
      EXPECT_THAT(joined(words[at]), AnyOf("-", "—"));
    } else {
      EXPECT_EQ(joined(words[at]), text);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, NumbersOfAKind,
                         testing::Values("digit", "point", "thousands", "wide", "compare", "hyphen",
                                         "date", "two_lines", "empty"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST(Numbers, RefusesTextThatIsNoNumber) {
  const DrawnPage page = drawn_page("cells.png").of_kind("foreign");
  ASSERT_THAT(page.cells, SizeIs(Ge(8U)));
  const auto words = Numbers(kModels).recognize(page.image, page.boxes(), 0.0);
  for (std::size_t at = 0; at < page.cells.size(); ++at) {
    EXPECT_THAT(joined(words[at]), HasSubstr("\uFFFD")) << page.cells[at].text;
    EXPECT_EQ(confidence_of(words[at]), 0.0) << page.cells[at].text;
  }
}

/// What becomes of many cells.
struct Tally {
  double cells = 0;
  double right = 0;
  double silent = 0;  ///< wrong at a confidence of 0.9 or more
};

TEST(Numbers, ReadsMostOfManyScannedCellsAndKnowsTheRestForUnsure) {
  const DrawnPage page = drawn_page("many.jpg");
  Numbers recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes(), 0.0);
  Tally numbers;
  Tally foreign;
  for (std::size_t at = 0; at < page.cells.size(); ++at) {
    const bool is_foreign = page.cells[at].kind == "foreign";
    const bool right =
        is_foreign ? confidence_of(words[at]) == 0.0 : joined(words[at]) == page.cells[at].text;
    Tally& tally = is_foreign ? foreign : numbers;
    tally.cells += 1;
    tally.right += right ? 1 : 0;
    tally.silent += !right && confidence_of(words[at]) >= 0.9 ? 1 : 0;
  }
  // This network reads 146 of 150, refuses 30 of 30, and is sure of nothing wrong.
  EXPECT_GE(numbers.right / numbers.cells, 0.95);
  EXPECT_EQ(numbers.silent, 0);
  EXPECT_GE(foreign.right / foreign.cells, 0.95);
  EXPECT_EQ(foreign.silent, 0);
}

TEST(Numbers, ReadsALineInABoxThatHugsItAsItReadsItsCell) {
  const DrawnPage page = drawn_page("cells.png");
  Numbers recognizer(kModels);
  const auto cells = recognizer.recognize(page.image, page.boxes(), 0.0);
  std::vector<Box> lines;
  std::vector<std::string> texts;
  for (const auto& words : cells) {
    for (const Word& word : words) {
      if (word.confidence == 0.0) continue;
      lines.push_back(word.box);
      texts.push_back(word.text());
    }
  }
  ASSERT_THAT(lines, SizeIs(Ge(40U)));
  const auto again = recognizer.recognize(page.image, lines, 9.6);
  for (std::size_t at = 0; at < lines.size(); ++at) EXPECT_EQ(joined(again[at]), texts[at]);
}

TEST(Numbers, GivesEmptyCellsNoWords) {
  cv::Mat page(300, 400, CV_8U, cv::Scalar(235));
  cv::rectangle(page, {40, 40, 200, 80}, cv::Scalar(20), 3);
  const auto words =
      Numbers(kModels).recognize(image_of(page, 200.0), {{14, 14, 87, 44}, {0, 0, 0, 0}}, 0.0);
  EXPECT_THAT(words, ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(Numbers, PutsBoxesOfWordsAndGlyphsWhereTheInkIs) {
  const DrawnPage page = drawn_page("cells.png");
  Numbers recognizer(kModels);
  const auto words = recognizer.recognize(page.image, page.boxes(), 0.0);
  for (std::size_t at = 0; at < page.cells.size(); ++at) {
    for (const Word& word : words[at]) {
      EXPECT_GE(word.box.x0, page.cells[at].box.x0);
      EXPECT_LE(word.box.x1, page.cells[at].box.x1);
      EXPECT_GE(word.box.y0, page.cells[at].box.y0);
      EXPECT_LE(word.box.y1, page.cells[at].box.y1);
      EXPECT_EQ(word.extractor, "numbers");
      EXPECT_GT(word.font_size, 5.0);
      for (std::size_t glyph = 1; glyph < word.glyphs.size(); ++glyph) {
        EXPECT_EQ(word.glyphs[glyph].box.x0, word.glyphs[glyph - 1].box.x1);
      }
    }
  }
}

TEST(Numbers, ProbabilitiesOfAWordAndItsAlternativesSumToOneAtMost) {
  const DrawnPage page = drawn_page("cells.png");
  const auto words = Numbers(kModels).recognize(page.image, page.boxes(), 0.0);
  for (const auto& cell : words) {
    for (const Word& word : cell) {
      double sum = word.confidence;
      for (const Alternative& other : word.alternatives) sum += other.confidence;
      EXPECT_LE(sum, 1.0 + 1e-6);
    }
  }
}

TEST(Numbers, ReadsACellTheSameWhateverIsReadBesideItInTheBatch) {
  const DrawnPage page = drawn_page("cells.png");
  Numbers recognizer(kModels);
  const auto first = recognizer.recognize(page.image, page.boxes(), 0.0);
  const auto again = recognizer.recognize(page.image, page.boxes(), 0.0);
  std::vector<Box> backwards = page.boxes();
  std::reverse(backwards.begin(), backwards.end());
  const auto turned = recognizer.recognize(page.image, backwards, 0.0);
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
      recognizer.recognize(image, {{0, 0, 10, 10}}, 0.0);
      ADD_FAILURE() << "must not be read";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::damaged_input);
    }
  }
}

/// What the recognizer says when its models lie in `folder`.
testing::AssertionResult refuses(const std::filesystem::path& folder, Error::Code code,
                                 const std::string& said) {
  try {
    Numbers recognizer(folder);
  } catch (const Error& error) {
    const std::string what = error.what();
    if (error.code() == code && what.find(said) != std::string::npos) {
      return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "it says: " << what;
  }
  return testing::AssertionFailure() << "it was loaded";
}

TEST(Numbers, SaysWhichModelFileIsMissingOrDamagedAndWhy) {
  using std::filesystem::copy_options;
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "numbers_models";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  EXPECT_TRUE(refuses(folder, Error::Code::not_found, "numbers.txt"));
  std::filesystem::copy_file(kModels / "numbers.txt", folder / "numbers.txt");
  EXPECT_TRUE(refuses(folder, Error::Code::not_found, "numbers.onnx"));

  std::ofstream(folder / "numbers.onnx") << "no network";
  EXPECT_TRUE(refuses(folder, Error::Code::bad_model, "numbers.onnx: "));
  std::filesystem::copy_file(kModels / "numbers.onnx", folder / "numbers.onnx",
                             copy_options::overwrite_existing);
  std::filesystem::resize_file(folder / "numbers.onnx", 100'000);
  EXPECT_TRUE(refuses(folder, Error::Code::bad_model, "numbers.onnx: "));

  std::filesystem::copy_file(kModels / "numbers.onnx", folder / "numbers.onnx",
                             copy_options::overwrite_existing);
  std::ofstream(folder / "numbers.txt") << "0123";
  EXPECT_TRUE(refuses(folder, Error::Code::bad_model, "do not belong together"));
}

}  // namespace
}  // namespace tabularium::numbers
