#include "tabularium/form/own_words_internal.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

using build::ruled;
using build::sheet;

/// A cell below all others that say `texts`, as a recognizer hands it over that doubted the
/// characters in `doubted` and no others; mended.
std::string mended(const std::string& cell, const std::string& doubted,
                   const std::vector<std::string>& texts, double confidence = 0.8) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& text : texts) rows.push_back({text});
  rows.push_back({cell});
  TabulatedPage page = sheet(1, {ruled({50, 350}, rows)}, {});
  const std::u32string doubts = to_utf32(doubted);
  for (Cell& one : page.tables[0].cells) {
    for (TextLine& line : one.lines) {
      for (Word& word : line.words) {
        word.recognized = true;
        for (Glyph& glyph : word.glyphs) {
          const bool doubt = one.row + 1 == static_cast<int>(rows.size()) &&
                             doubts.find(glyph.code) != doubts.npos;
          glyph.confidence = doubt ? confidence : 0.99;
        }
      }
    }
  }
  return mended_by_own_words({page}).front().tables[0].cells.back().text();
}

const std::vector<std::string> kIncubators = {"为全市孵化器服务", "新型孵化器",
                                              "科技企业孵化器协会", "孵化器管理人员",
                                              "全市孵化器及在孵企业"};

TEST(OwnWords, SetADoubtedCharacterRight) {
  EXPECT_EQ(mended("组织凡化器管理", "凡", kIncubators), "组织孵化器管理");
  EXPECT_EQ(mended("全市孵化器及在铸企业", "铸", {"在孵企业服务", "提供在孵企业", "在孵企业"}),
            "全市孵化器及在孵企业");
}

TEST(OwnWords, LeaveWhatWasReadForSure) {
  EXPECT_EQ(mended("组织凡化器管理", "", kIncubators), "组织凡化器管理");
}

TEST(OwnWords, LeaveWhatIsAWordElsewhere) {
  const std::vector<std::string> texts = {"为新型孵化器服务", "新型孵化器", "新型孵化器协会",
                                          "新建平台"};
  EXPECT_EQ(mended("组织新建孵化器", "建", texts), "组织新建孵化器");
}

TEST(OwnWords, LeaveAWordThatBeginsLikeAnother) {
  const std::vector<std::string> texts = {"国际研讨会", "医药研讨会", "研讨会组织", "研讨会场地",
                                          "研讨会嘉宾"};
  EXPECT_EQ(mended("行业研讨盛会", "盛", texts), "行业研讨盛会");
}

TEST(OwnWords, LeaveWhatStandsInOnePlaceLikeTheReadingItself) {
  const std::vector<std::string> texts = {"孵化器及在孵", "孵化器及在孵", "孵化企业",
                                          "孵化企业",     "孵化器及在孵", "孵化器及在孵"};
  EXPECT_EQ(mended("孵化器及孵化企业", "孵", texts), "孵化器及孵化企业");
}

TEST(OwnWords, LeaveWhatDiffersBetweenLikeTexts) {
  const std::vector<std::string> texts = {"第一季度完成", "第一季度完成", "第一季度完成"};
  EXPECT_EQ(mended("第二季度完成", "二", texts), "第二季度完成");
  EXPECT_EQ(mended("完成2项目标任务", "2", {"完成1项目标任务", "完成1项目标任务"}),
            "完成2项目标任务");
}

TEST(OwnWords, TakeOutACharacterBetweenTwoThatStandTogether) {
  const std::vector<std::string> texts = {"在孵企业服务", "为企业服务", "企业服务平台"};
  EXPECT_EQ(mended("提供企业和服务", "和", texts), "提供企业服务");
  EXPECT_EQ(mended("提供企业和服务", "", texts), "提供企业和服务");
  EXPECT_EQ(mended("人参会观众数", "人", {"参会观众数量", "参会观众人数", "全部参会观众"}),
            "参会观众数");
  EXPECT_EQ(
      mended("培训，和孵化器管理", "和", {"孵化器管理人员", "孵化器管理制度", "孵化器管理办法"}),
      "培训，孵化器管理");
}

TEST(OwnWords, GiveLatinWordsTheSpellingThatIsSure) {
  const std::vector<std::string> texts = {"举办BIOFORUM大会", "第25届BIOFORUM论坛"};
  EXPECT_EQ(mended("BIOFORUNM专业媒体数", "N", texts), "BIOFORUM专业媒体数");
  EXPECT_EQ(mended("BIOMED专业媒体数", "B", texts), "BIOMED专业媒体数");
}

TEST(OwnWords, KeepWhatWasRead) {
  TabulatedPage page = sheet(
      1, {ruled({50, 350}, {{"新型孵化器"}, {"新型孵化器"}, {"新型孵化器"}, {"新型凡化器"}})}, {});
  for (Cell& cell : page.tables[0].cells) {
    for (Word& word : cell.lines[0].words) {
      word.recognized = true;
      for (Glyph& glyph : word.glyphs) glyph.confidence = glyph.code == U'凡' ? 0.6 : 0.99;
    }
  }
  const TabulatedPage mended = mended_by_own_words({page}).front();
  EXPECT_EQ(mended.tables[0].cells[3].text(), "新型孵化器");
  EXPECT_EQ(mended.tables[0].cells[3].lines[0].words[0].raw, "新型凡化器");
  EXPECT_EQ(mended.tables[0].cells[1].lines[0].words[0].raw, "");
}

TEST(OwnWords, LeaveWordsThatTheFileStores) {
  const TabulatedPage page = sheet(
      1, {ruled({50, 350}, {{"新型孵化器"}, {"新型孵化器"}, {"新型孵化器"}, {"新型凡化器"}})}, {});
  EXPECT_EQ(mended_by_own_words({page}).front().tables[0].cells[3].text(), "新型凡化器");
}

}  // namespace
}  // namespace tabularium
