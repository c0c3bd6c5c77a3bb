#include "tabularium/table/paragraphs.h"

#include <gmock/gmock.h>

#include "paper.h"
#include "tabularium/table/list_marker_internal.h"

namespace tabularium {
namespace {

using build::kPadding;

/// A cell that holds `columns` CJK characters of 10 points in a line.
std::string read(int columns, std::string_view text, const BreakStyle& style = {}) {
  const Box cell{100, 100, 100 + 10.0 * columns + 2 * kPadding, 600};
  return paragraph_text(build::lines_in(cell, text), {{1, cell}}, style);
}

TEST(Paragraphs, JoinFullLines) {
  EXPECT_EQ(read(6, "全市科技服务\n平台建设"), "全市科技服务平台建设");
}

TEST(Paragraphs, EndWhereTheNextCharacterWouldHaveHadRoom) {
  EXPECT_EQ(read(6, "全市科技服务\n平台建设\n按季度付款。"), "全市科技服务平台建设\n按季度付款。");
}

TEST(Paragraphs, GoOnWhereTheNextLineMayNotBeginWithItsSecondCharacter) {
  // The comma may not begin a line, so the character before it moved down with it.
  EXPECT_EQ(read(6, "全市科技服\n务，平台建设"), "全市科技服务，平台建设");
  EXPECT_EQ(read(6, "全市科技服\n务平台的建设"), "全市科技服\n务平台的建设");
}

TEST(Paragraphs, GoOnWhereAnOpeningBracketMovedDown) {
  EXPECT_EQ(read(6, "全市科技服\n（二期）建设"), "全市科技服（二期）建设");
}

TEST(Paragraphs, GoOnBeforeANumberThatStaysWithTheMarkBeforeIt) {
  EXPECT_EQ(read(8, "本区文化的发\n展。2023年"), "本区文化的发展。2023年");
}

TEST(Paragraphs, GoOnBeforeWhatASignBetweenDigitsOrASlashHoldsTogether) {
  EXPECT_EQ(read(8, "每周按照标准\n7*24小时"), "每周按照标准7*24小时");
  EXPECT_EQ(read(8, "可以申请的基\n金/项目查询"), "可以申请的基\n金/项目查询");
  EXPECT_EQ(read(8, "可以申请的基金\n会/项目查询"), "可以申请的基金会/项目查询");
}

TEST(Paragraphs, GoOnBeforeALongWordThatHadNoRoom) {
  EXPECT_EQ(read(8, "全市科技服\nPlatform建设"), "全市科技服Platform建设");
  // Where words are cut anyway, the word would have begun on the line before.
  EXPECT_EQ(read(8, "全市科技服\nPlatform建设", {.anywhere = true, .splits_words = true}),
            "全市科技服\nPlatform建设");
}

TEST(Paragraphs, CutNumbersAreJoinedWithoutASpaceAndWordsWithOne) {
  EXPECT_EQ(read(6, "全市科技服12\n34家企业"), "全市科技服1234家企业");
  EXPECT_EQ(read(6, "the Bio tech\nForum"), "the Bio tech Forum");
}

TEST(Paragraphs, EveryShortLineEndsOneEvenWhereNoneIsFull) {
  EXPECT_EQ(read(30, "1、采购设备；\n2、组织专家评审会议；\n3、验收。"),
            "1、采购设备；\n2、组织专家评审会议；\n3、验收。");
}

TEST(Paragraphs, AFullLineEndsOneWhereAListCountsOn) {
  EXPECT_EQ(read(6, "1、购设备；\n2、做评审；\n3、验收。"), "1、购设备；\n2、做评审；\n3、验收。");
}

TEST(Paragraphs, AFullLineEndsOneWhereAListBeginsAnewBelowTheNextItemOfAnother) {
  EXPECT_EQ(read(6, "1.培训班：\n1)买设备；\n2)验收。\n2.宣传月：\n1)做展板。"),
            "1.培训班：\n1)买设备；\n2)验收。\n2.宣传月：\n1)做展板。");
}

TEST(Paragraphs, AFullLineWithTheEndOfASentenceEndsOneBeforeAHeadInBrackets) {
  EXPECT_EQ(read(8, "选出优质的项目八。\n【推介活动】\n按时举办。"),
            "选出优质的项目八。\n【推介活动】\n按时举办。");
  EXPECT_EQ(read(8, "依据沪人的通知规定\n【文号】办理"), "依据沪人的通知规定【文号】办理");
}

TEST(Paragraphs, AListThatRunsOnWithinLinesIsOne) {
  EXPECT_EQ(read(8, "1、购买；2、评审；\n3、验收；4、付款。"),
            "1、购买；2、评审；3、验收；4、付款。");
}

TEST(Paragraphs, AListCountsOnBehindAnItemWithoutAMarkAtItsEnd) {
  EXPECT_EQ(read(6, "1、买\n2、购买设备\n3、验收两次"), "1、买\n2、购买设备\n3、验收两次");
  EXPECT_EQ(read(6, "1、购\n2、按季验收\n3、付款。"), "1、购\n2、按季验收\n3、付款。");
  // A sum of figures goes on, and so does a number that the line cuts.
  EXPECT_EQ(read(6, "1、买\n建设方案1、\n2、三号楼。"), "1、买\n建设方案1、2、三号楼。");
  EXPECT_EQ(read(6, "1、买\n建设方案共1\n2、三号楼。"), "1、买\n建设方案共12、三号楼。");
}

TEST(Paragraphs, AListThatLacksItsFirstNumberIsKnownByTheNextOnes) {
  EXPECT_EQ(read(6, "购买设备两次\n2、按季验收\n3、付款。"),
            "购买设备两次\n2、按季验收\n3、付款。");
  EXPECT_EQ(read(6, "购买设备两次\n2、按季验收。"), "购买设备两次2、按季验收。");
}

TEST(Paragraphs, GoOnBeforeANumberThatHadNoRoomWithTheSpaceBeforeIt) {
  EXPECT_EQ(read(8, "按照标准GB/T\n2260统一编码"), "按照标准GB/T 2260统一编码");
}

TEST(Paragraphs, ASpaceBehindAMarkIsAsWideAsTheOthersOfTheText) {
  const Box cell{100, 100, 188, 600};
  // 15 points are free: enough for a character and a narrow space, not for one and a wide space.
  const auto text = [&](double space) {
    std::vector<TextLine> lines{build::line(104, 104, "科, 技服务"),
                                build::line(104, 118, "全市科技服务,"),
                                build::line(104, 132, "按季付款。")};
    Word& next = lines[0].words[1];
    const double by = space - (next.box.x0 - lines[0].words[0].box.x1);
    next.box.x0 += by;
    lines[0].box.x1 = next.box.x1 += by;
    return paragraph_text(lines, {{1, cell}});
  };
  EXPECT_EQ(text(2), "科, 技服务\n全市科技服务,\n按季付款。");
  EXPECT_EQ(text(5.5), "科, 技服务\n全市科技服务,按季付款。");
}

TEST(Paragraphs, BeginWithTheIndentOfFirstLines) {
  const Box cell{100, 100, 168, 600};
  std::vector<TextLine> lines{
      build::line(124, 104, "全市科技"), build::line(104, 118, "服务平台建设"),
      build::line(124, 132, "按季付款"), build::line(104, 146, "并作验收。")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}), "全市科技服务平台建设\n按季付款并作验收。");
}

TEST(Paragraphs, LinesThatHangBelowAMarkerBelongToIt) {
  const Box cell{100, 100, 168, 600};
  std::vector<TextLine> lines{build::line(104, 104, "1、全市科技"),
                              build::line(119, 118, "服务平台"), build::line(104, 132, "2、按季付"),
                              build::line(119, 146, "款。")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}), "1、全市科技服务平台\n2、按季付款。");
}

TEST(Paragraphs, EndBeforeAGapBetweenLines) {
  const Box cell{100, 100, 168, 600};
  std::vector<TextLine> lines{build::line(104, 104, "全市科技服务"),
                              build::line(104, 118, "平台建设工作"),
                              build::line(104, 150, "按季付款验收")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}), "全市科技服务平台建设工作\n按季付款验收");
}

/// A line whose glyphs are moved apart until it is `width` wide.
TextLine stretched(double y, std::string_view text, double width) {
  TextLine line = build::line(104, y, text);
  std::vector<Glyph>& glyphs = line.words.front().glyphs;
  const double step = (width - line.box.width()) / static_cast<double>(glyphs.size() - 1);
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    glyphs[i].box.x0 += step * static_cast<double>(i);
    glyphs[i].box.x1 += step * static_cast<double>(i);
  }
  line.words.front().box.x1 = line.box.x1 = line.box.x0 + width;
  return line;
}

TEST(Paragraphs, AJustifiedTextEndsOneWithALineThatIsNotStretchedToTheEdge) {
  const Box cell{100, 100, 171, 600};
  const std::vector<TextLine> lines{
      stretched(104, "全市科技服务", 63), stretched(118, "平台2建设工", 63),
      build::line(104, 132, "按季付款完。"), stretched(146, "上海科技2服", 63),
      build::line(104, 160, "务。")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}),
            "全市科技服务平台2建设工按季付款完。\n上海科技2服务。");
}

TEST(Paragraphs, WhereLinesWithinASentenceMissTheEdgeAStopThatMissesItTellsNothing) {
  const Box cell{100, 100, 171, 600};
  const std::vector<TextLine> lines{
      stretched(104, "全市科技服务", 63), stretched(118, "平台2建设工", 63),
      stretched(132, "作全市科技服", 62), stretched(146, "按季付款完。", 62),
      stretched(160, "上海科技2服", 63),  build::line(104, 174, "务。")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}),
            "全市科技服务平台2建设工作全市科技服按季付款完。上海科技2服务。");
}

TEST(Paragraphs, GoOnOverAPageBreak) {
  const Box upper{100, 700, 168, 760};
  const Box lower{120, 50, 188, 90};
  std::vector<TextLine> lines{build::line(104, 704, "全市科技服务", 1),
                              build::line(124, 54, "平台建设。", 2)};
  EXPECT_EQ(paragraph_text(lines, {{1, upper}, {2, lower}}), "全市科技服务平台建设。");
}

TEST(Paragraphs, ARuleThatIsDrawnALittleBesideItsPlaceOnTheNextPageMovesNoText) {
  const Box upper{100, 700, 171, 790};
  const Box lower{100.75, 50, 171, 120};
  std::vector<TextLine> lines{stretched(704, "全市科技服务", 63), stretched(718, "平台2建设工", 63),
                              stretched(732, "作全市科技服", 63), stretched(54, "按季付款完。", 63),
                              stretched(68, "上海科技2服", 63),   build::line(104, 82, "务。")};
  for (std::size_t i = 3; i < lines.size(); ++i) lines[i].page = 2;
  EXPECT_EQ(paragraph_text(lines, {{1, upper}, {2, lower}}),
            "全市科技服务平台2建设工作全市科技服按季付款完。上海科技2服务。");
}

TEST(Paragraphs, CentredLinesOfDifferentLengthAreOne) {
  const Box cell{100, 100, 168, 600};
  std::vector<TextLine> lines{build::line(109, 104, "科技服务平"), build::line(124, 118, "台建")};
  EXPECT_EQ(paragraph_text(lines, {{1, cell}}), "科技服务平台建");
}

TEST(BreakObserver, SeesThatLinesBreakAnywhere) {
  BreakObserver careful;
  careful.add(build::lines_in({0, 0, 68, 100}, "全市科技服务平台\n务，平台建设管理\n按季付款"));
  EXPECT_FALSE(careful.style().anywhere);
  BreakObserver careless;
  careless.add(build::lines_in({0, 0, 68, 100}, "全市科技服务平台\n，平台建设按季度\n。季付款"));
  EXPECT_TRUE(careless.style().anywhere);
}

TEST(ListMarker, KnowsTheUsualKinds) {
  using Kind = ListMarker::Kind;
  const auto kind = [](std::u32string_view text) {
    const auto marker = list_marker(text);
    return marker ? std::optional(std::pair(marker->kind, marker->number)) : std::nullopt;
  };
  EXPECT_EQ(kind(U"12、付款"), std::pair(Kind::digit_comma, 12));
  EXPECT_EQ(kind(U"1. 付款"), std::pair(Kind::digit_point, 1));
  EXPECT_EQ(kind(U"（3）付款"), std::pair(Kind::in_brackets, 3));
  EXPECT_EQ(kind(U"(十二)付款"), std::pair(Kind::han_bracket, 12));
  EXPECT_EQ(kind(U"二十、付款"), std::pair(Kind::han_comma, 20));
  EXPECT_EQ(kind(U"③付款"), std::pair(Kind::circled, 3));
  EXPECT_EQ(kind(U"第一，付款"), std::pair(Kind::ordinal, 1));
  EXPECT_EQ(kind(U"1.5倍"), std::nullopt);
  EXPECT_EQ(kind(U"2025年"), std::nullopt);
  EXPECT_EQ(kind(U"一次付款"), std::nullopt);
}

TextLine from_pixels(TextLine line) {
  for (Word& word : line.words) word.recognized = true;
  return line;
}

TEST(MayGoOn, ALineThatWasRecognizedMayLackTheEmptyHalfOfItsClosingMark) {
  const TextLine last = build::line(100 + kPadding, 100, "全市科技服务");
  const TextLine next = build::line(100 + kPadding, 114, "平台");
  // A cell with so much room behind the line that is left.
  const auto cell = [&](double room) {
    return CellPart{1, {100, 100, last.box.x1 + room + kPadding, 600}};
  };
  EXPECT_TRUE(may_go_on(last, cell(10.8), next));
  EXPECT_FALSE(may_go_on(last, cell(12.5), next));
  EXPECT_TRUE(may_go_on(from_pixels(last), cell(12.5), next));
  EXPECT_TRUE(may_go_on(last, cell(12.5), from_pixels(next)));
  EXPECT_FALSE(may_go_on(from_pixels(last), cell(14.0), from_pixels(next)));
}

}  // namespace
}  // namespace tabularium
