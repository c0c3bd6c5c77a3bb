#include "tabularium/pipeline/numerals.h"

#include <gmock/gmock.h>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using testing::DoubleEq;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

Word reading(const std::string& text, double confidence, const std::string& extractor) {
  Word word;
  double x = 0.0;
  for (const char32_t code : to_utf32(text)) {
    word.glyphs.push_back({code, {x, 0, x + 5, 10}});
    x += 5.0;
  }
  word.box = {0, 0, x, 10};
  word.font_size = 10.0;
  word.confidence = confidence;
  word.extractor = extractor;
  return word;
}

std::vector<Word> text(const std::string& read, double confidence = 0.99) {
  return {reading(read, confidence, "ocr")};
}

std::vector<Word> number(const std::string& read, double confidence,
                         std::vector<Alternative> others = {}) {
  Word word = reading(read, confidence, "numbers");
  word.alternatives = std::move(others);
  return {word};
}

TEST(Settled, IsSurerWhereBothReadTheSame) {
  const auto words = settled(text("98.12"), number("98.12", 0.9, {{"98..12", 0.08}}));
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].text(), "98.12");
  EXPECT_THAT(words[0].confidence, Ge(0.96));
}

TEST(Settled, TakesAnOperatorFromTheOneThatKnowsIt) {
  const auto words = settled(text("宇95.00(%)"), number("≥95.00(%)", 0.97));
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].text(), "≥95.00(%)");
  EXPECT_EQ(words[0].extractor, "numbers");
  EXPECT_THAT(words[0].confidence, Ge(0.9));
}

TEST(Settled, DoubtsANumberThatTheyReadWithOtherDigits) {
  const auto words = settled(text("150000"), number("50000", 0.99));
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(words[0].confidence, Le(0.9));
  ASSERT_THAT(words[0].alternatives, SizeIs(1));
  EXPECT_EQ(words[0].alternatives[0].text, "150000");
}

TEST(Settled, TakesTheAlternativeThatTheOtherOneConfirms) {
  const auto words = settled(text("1.00(家)"), number("1.00(家家)", 0.7, {{"1.00(家)", 0.2}}));
  EXPECT_EQ(words.at(0).text(), "1.00(家)");
}

TEST(Settled, ProbabilitiesOfAllReadingsSumToOneAtMost) {
  const auto words = settled(text("230.46"), number("250.46", 0.9, {{"230.46", 0.05}}));
  double sum = words.at(0).confidence;
  for (const Alternative& other : words.at(0).alternatives) sum += other.confidence;
  EXPECT_THAT(sum, Le(1.0 + 1e-9));
}

TEST(Settled, LeavesWordsToTheOneThatReadsThem) {
  const auto words = settled(text("满意度指标"), number("满意度", 0.95));
  EXPECT_EQ(words.at(0).text(), "满意度指标");
  EXPECT_THAT(words.at(0).confidence, DoubleEq(0.99));
  EXPECT_EQ(settled(text("(2023年度)"), number("(2023度)", 0.9)).at(0).text(), "(2023年度)");
}

TEST(Settled, IsNotSureOfDigitsThatNobodyConfirmed) {
  EXPECT_THAT(settled(text("第12号文件"), number("\uFFFD12\uFFFD", 0.0)).at(0).confidence,
              Le(0.85));
}

TEST(Settled, IsNotSureOfAReadingThatTheOtherOneDidNotThinkOf) {
  const auto words = settled(text("<95.00(nutLL)"), number("≤95.00(个)", 0.1));
  EXPECT_EQ(words.at(0).text(), "<95.00(nutLL)");
  EXPECT_THAT(words.at(0).confidence, Le(0.85));
}

TEST(Settled, IsNotSureOfAPointBeforeThreeDigits) {
  const auto words = settled(text("≥1.000(户)"), number("≥1.000(户)", 0.98));
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_THAT(words[0].confidence, Le(0.9));
  ASSERT_THAT(words[0].alternatives, SizeIs(1));
  EXPECT_EQ(words[0].alternatives[0].text, "≥1,000(户)");
  const auto heard = settled(text("≥1.000(户)"), number("≥1.000(户)", 0.7, {{"≥1,000(户)", 0.3}}));
  EXPECT_EQ(heard[0].text(), "≥1,000(户)");
  EXPECT_THAT(heard[0].confidence, Le(0.9));
}

TEST(Settled, TakesCommasWhereTwoPointsMakeNoNumber) {
  const auto words = settled(text("=1.800.00(株)"), number("=1.800.00(株)", 0.97));
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].text(), "=1,800.00(株)");
}

TEST(Settled, LeavesDecimalsAndDatesAlone) {
  for (const char* printed : {"0.125", "12.50", "2023.12.31", "1,000.00", "1000.000", "1.2.3"}) {
    const auto words = settled(text(printed), number(printed, 0.98));
    ASSERT_THAT(words, SizeIs(1));
    EXPECT_EQ(words[0].text(), printed);
    EXPECT_THAT(words[0].confidence, Ge(0.98)) << printed;
  }
}

TEST(Settled, TakesTheEndOfAUnitThatTheRecognizerOfNumbersPassedOver) {
  EXPECT_EQ(settled(text("≥10万字"), number("≥10万", 0.97)).at(0).text(), "≥10万字");
  // Where they read other digits it is not known which of them saw the number.
  EXPECT_EQ(settled(text("≥40万字"), number("≥10万", 0.97)).at(0).text(), "≥10万");
}

TEST(Settled, IsNoSurerOfTheEndOfAUnitThanTheOneThatReadIt) {
  for (const double confidence : {0.6, 0.8}) {
    const auto words = settled(text("≥10万字", confidence), number("≥10万", 0.97));
    EXPECT_THAT(words.at(0).confidence, Le(confidence));
  }
}

TEST(Settled, KeepsThePunctuationAsPrinted) {
  EXPECT_EQ(settled(text("12（元）"), number("12(元)", 0.98)).at(0).text(), "12（元）");
}

/// A line at (0, 0) with a white gap of one point before each of `gaps`, ink everywhere else.
PageImage inked(double width, const std::vector<double>& gaps) {
  PageImage image;
  image.dpi = 72.0;
  image.channels = 1;
  image.width = static_cast<int>(width);
  image.height = 10;
  image.samples.assign(static_cast<std::size_t>(image.width) * 10, 0);
  for (const double gap : gaps) {
    for (std::size_t y = 0; y < 10; ++y) {
      image.samples[y * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(gap)] =
          255;
    }
  }
  return image;
}

TEST(NumberPart, EndsAtTheWhitePaperBeforeTheNote) {
  const auto words = text("3篇(围绕人才平台建设)");
  const auto part = number_part(inked(55, {12}), {0, 0, 55, 10}, words, 10.0);
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->glyphs, 2U);
  EXPECT_THAT(part->box.x1, DoubleEq(12.5));
}

TEST(NumberPart, HoldsAUnitInBrackets) {
  const auto part =
      number_part(inked(75, {24}), {0, 0, 75, 10}, text("≤2(次)(其中青年志愿者)"), 10);
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->glyphs, 5U);
}

TEST(NumberPart, IsThereOnlyWhereANumberStandsBeforeANote) {
  for (const char* read : {"(一)数据资源", "完成3篇报告的编写工作", "2019年完成平台建设（一期）",
                           "3篇", "围绕人才(3篇)", "3篇(", "210.00(元/人/天)"}) {
    EXPECT_FALSE(number_part(inked(99, {7, 12, 17}), {0, 0, 99, 10}, text(read), 10.0)) << read;
  }
}

TEST(LookedAtOnce, IsNotSureOfALineThatBeginsLikeANumber) {
  EXPECT_THAT(looked_at_once(text(">12009年以系统导出的数据为准")).at(0).confidence, Le(0.89));
  EXPECT_THAT(looked_at_once(text("平台建设12009年以前的工作")).at(0).confidence, DoubleEq(0.99));
}

TEST(SettledPart, TakesTheNumberFromTheOneThatKnowsItAndLeavesTheNote) {
  const auto words = settled_part(text("3篇(围绕人才平台建设)"), 2, number("≥3篇", 0.98));
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_EQ(words[0].text(), "≥3篇");
  EXPECT_EQ(words[0].extractor, "numbers");
  EXPECT_EQ(words[1].text(), "(围绕人才平台建设)");
  EXPECT_EQ(words[1].extractor, "ocr");
}

TEST(SettledPart, TakesTheUnitFromTheOneThatReadsWords) {
  const auto units = settled_part(text("40亿字(不含上年结转)"), 4, number("40亿学", 0.98));
  EXPECT_EQ(units.at(0).text(), "40亿字");
  const auto cut = settled_part(text("1家(对照定额测算)"), 2, number("1家(", 0.98));
  ASSERT_THAT(cut, SizeIs(2));
  EXPECT_EQ(cut[0].text(), "1家");
  const auto percent = settled_part(text("99.999%6(对照定额测算)"), 8, number("99.99%", 0.98));
  EXPECT_EQ(percent.at(0).text(), "99.99%");
}

TEST(MayHoldNumber, TrustsLinesWhereItReadsWords) {
  const auto line = [](const std::string& read, double confidence) {
    return std::vector<Word>{reading(read, confidence, "lines")};
  };
  EXPECT_FALSE(may_hold_number(line("无", 0.99)));
  EXPECT_FALSE(may_hold_number(line("及时、完整。", 0.99)));
  EXPECT_TRUE(may_hold_number(line("无", 0.9)));
  EXPECT_TRUE(may_hold_number(line("-", 0.99)));
  EXPECT_TRUE(may_hold_number(line("第3季度", 0.99)));
}

TEST(MayHoldNumber, SaysNoToWordsThatWereReadSurely) {
  EXPECT_FALSE(may_hold_number(text("满意度指标")));
  EXPECT_FALSE(may_hold_number(text("预算金额(元)")));
  EXPECT_TRUE(may_hold_number(text("满意度指标", 0.8)));
  EXPECT_TRUE(may_hold_number(text("宇95")));
  EXPECT_TRUE(may_hold_number(text("一")));
  EXPECT_TRUE(may_hold_number({}));
}

/// A page of 200 x 100 points at 72 dpi with dark spots where the lines are.
PageImage page_with(const std::vector<Box>& lines) {
  PageImage page{200, 100, 1, 72.0, std::vector<std::uint8_t>(20000, 255)};
  for (const Box& line : lines) {
    for (int y = static_cast<int>(line.y0); y < static_cast<int>(line.y1); ++y) {
      for (int x = static_cast<int>(line.x0); x < static_cast<int>(line.x1); ++x) {
        page.samples[static_cast<std::size_t>(y * 200 + x)] = 0;
      }
    }
  }
  return page;
}

TEST(LineSheet, SetsShortLinesApartAndTellsWhereTheyStood) {
  const std::vector<Box> lines = {{10, 10, 40, 20}, {10, 24, 195, 34}, {50, 22, 70, 32}};
  const LineSheet sheet = line_sheet(page_with(lines), lines, 10.0);
  ASSERT_THAT(sheet.boxes, SizeIs(2));
  EXPECT_EQ(sheet.lines, (std::vector<std::size_t>{0, 2}));
  for (std::size_t at = 0; at < 2; ++at) {
    const Box& box = sheet.boxes[at];
    const Box& line = lines[sheet.lines[at]];
    // Five points of paper on each side, the line itself in the middle.
    EXPECT_DOUBLE_EQ(box.x0 + 5.0 + sheet.origins[at].x, line.x0);
    EXPECT_DOUBLE_EQ(box.y0 + 5.0 + sheet.origins[at].y, line.y0);
    const auto width = static_cast<std::size_t>(sheet.image.width);
    const auto y = static_cast<std::size_t>(box.y0);
    EXPECT_EQ(sheet.image.samples[(y + 4) * width + 6], 255);
    EXPECT_EQ(sheet.image.samples[(y + 5) * width + 5], 0);
  }
}

TEST(LineSheet, IsEmptyWithoutShortLines) {
  EXPECT_THAT(line_sheet(page_with({}), {{0, 0, 190, 10}}, 10.0).boxes, IsEmpty());
}

}  // namespace
}  // namespace tabularium
