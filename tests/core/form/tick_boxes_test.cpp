#include "tabularium/form/tick_boxes_internal.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ticked(std::string_view text, const Labels& options = {}) {
  return read_tick_boxes(build::lines_in({0, 0, 500, 500}, text), options).ticked;
}

TEST(TickBoxes, StandBehindTheirTexts) {
  EXPECT_THAT(ticked("新增项目□ 结转项目☑ 其他项目□"), ElementsAre("结转项目"));
}

TEST(TickBoxes, StandBeforeTheirTexts) {
  EXPECT_THAT(ticked("□新增项目 ☑结转项目 ☒其他项目"), ElementsAre("结转项目", "其他项目"));
}

TEST(TickBoxes, AreKnownInAllUsualGlyphs) {
  for (const char* text :
       {"甲类□ 乙类☑", "甲类☐ 乙类☒", "甲类□ 乙类■", "甲类□ 乙类√", "甲类( ) 乙类(√)",
        "甲类（ ） 乙类（√）", "甲类[ ] 乙类[x]", "甲类○ 乙类●", "甲类□ 乙类✔", "甲类□ 乙类✓"}) {
    EXPECT_THAT(ticked(text), ElementsAre("乙类")) << text;
  }
}

TEST(TickBoxes, AListOfAllOptionsWithoutAnyMarkHasNothingTicked) {
  const Labels options = {make_label("甲类"), make_label("乙类"), make_label("丙类")};
  const auto read = [&](std::string_view text) {
    return read_tick_boxes(build::lines_in({0, 0, 500, 500}, text), options);
  };
  EXPECT_TRUE(read("甲类 乙类 丙类").any);
  EXPECT_THAT(read("甲类 乙类 丙类").ticked, IsEmpty());
  EXPECT_FALSE(read("甲类、丙类").any);  // somebody typed the answer
}

TEST(TickBoxes, AMarkDrawnIntoABoxTicksIt) {
  auto lines = build::lines_in({0, 0, 500, 500}, "甲类□ 乙类□ 丙类□");
  Word mark = build::word(lines[0].words[1].glyphs[2].box.x0 + 2, 4, "√");
  lines[0].words.insert(lines[0].words.begin() + 2, mark);
  EXPECT_THAT(read_tick_boxes(lines, {}).ticked, ElementsAre("乙类"));
}

TEST(TickBoxes, GoWithTheirTextOverALineBreak) {
  EXPECT_THAT(ticked("新增项目□ 政府购买\n服务☑ 其他□"), ElementsAre("政府购买服务"));
  EXPECT_THAT(ticked("新增项目□ 政府购买服务\n☑ 其他□"), ElementsAre("政府购买服务"));
}

TEST(TickBoxes, TakeTheNearestKnownOptionWhereABoxIsMissing) {
  const Labels options{make_label("政府购买服务"), make_label("资产购置类")};
  EXPECT_THAT(ticked("政策补贴类□ 政府购买服务 资产购置类☑", options), ElementsAre("资产购置类"));
}

TEST(TickBoxes, GiveNothingWhereNoneIsTickedOrNoneIsThere) {
  EXPECT_THAT(ticked("甲类□ 乙类□"), IsEmpty());
  EXPECT_FALSE(read_tick_boxes(build::lines_in({0, 0, 500, 500}, "其他类"), {}).any);
}

TEST(TickBoxes, WithoutATextAtTheirSideAreToldByDistance) {
  // One box is missing at the end: both ends of the cell are text.
  EXPECT_THAT(ticked("甲类□ 乙类☑ 丙类"), ElementsAre("乙类"));
}

std::vector<std::string> ticked_on_scan(std::string_view text) {
  auto lines = build::lines_in({0, 0, 500, 500}, text);
  for (TextLine& line : lines) {
    for (Word& word : line.words) word.recognized = true;
  }
  Labels options;
  for (const char* option : {"新增项目", "结转项目", "其他一次性项目"}) {
    options.push_back(make_label(option));
  }
  return read_tick_boxes(lines, options).ticked;
}

TEST(TickBoxes, AreKnownWhereARecognizerTookThemForCharacters) {
  EXPECT_THAT(ticked_on_scan("新增项目口“ 结转顶目回 其他一次性项目口"), ElementsAre("结转项目"));
  EXPECT_THAT(ticked_on_scan("口新增项目 因结转项目 口其他一次性项日"), ElementsAre("结转项目"));
  EXPECT_THAT(ticked_on_scan("新增项目□ 结转项目□ 其他一次性项目☑"), ElementsAre("其他一次性项目"));
}

TEST(TickBoxes, AnAnswerInWordsIsNoBox) { EXPECT_THAT(ticked_on_scan("结转项目"), IsEmpty()); }

}  // namespace
}  // namespace tabularium
