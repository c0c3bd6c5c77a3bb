#include "tabularium/form/label_match_internal.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

std::optional<LabelMatch> match(std::string_view text, const std::string& label) {
  return match_label(fold_lines(build::lines_in({0, 0, 500, 500}, text)), make_label(label));
}

TEST(LabelMatch, TakesWrappedAndSpacedLabelsAndTheirColon) {
  for (const char* text :
       {"项目名称", "项目\n名称", "项 目 名 称", "项目名称：", "项目\n名称:", "*项目名称"}) {
    const auto found = match(text, "项目名称");
    ASSERT_TRUE(found) << text;
    EXPECT_TRUE(found->whole) << text;
  }
}

TEST(LabelMatch, TakesFullWidthFormsAndCompatibilityCharacters) {
  EXPECT_TRUE(match("执行率（％）", "执行率(%)"));
  EXPECT_TRUE(match("⾦额", "金额"));
}

TEST(LabelMatch, GivesTheUnitInBrackets) {
  EXPECT_EQ(match("项目资金\n（万元）", "项目资金")->unit, "万元");
  EXPECT_EQ(match("项目总预算（元）：", "项目总预算")->unit, "元");
  EXPECT_EQ(match("申报单位（盖章）：", "申报单位")->unit, "");
  EXPECT_TRUE(match("申报单位（盖章）：", "申报单位")->whole);
}

TEST(LabelMatch, FindsAValueBehindTheColonOrBelowTheLabel) {
  const auto behind = match("申报单位名称：科技中心", "申报单位名称");
  ASSERT_TRUE(behind);
  EXPECT_FALSE(behind->whole);
  EXPECT_EQ(behind->length, 7U);
  EXPECT_TRUE(match("项目概况\n建设平台。", "项目概况"));
  EXPECT_TRUE(match("项目概况：\n建设平台。", "项目概况"));
}

TEST(LabelMatch, TakesTheNumberOfAParagraphForNoNote) {
  const auto found = match("项目概况\n（1）建设平台。", "项目概况");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->length, 4U);
  EXPECT_EQ(match("项目总预算\n（元）：", "项目总预算")->unit, "元");
}

TEST(LabelMatch, RefusesALabelThatIsOnlyTheBeginningOfAnother) {
  EXPECT_FALSE(match("项目名称及编号", "项目名称"));
  EXPECT_FALSE(match("项目", "项目名称"));
  EXPECT_FALSE(match("项目概况如下，建设", "项目概况"));
}

TEST(LabelMatch, TakesAnyDigitForANumberSign) {
  EXPECT_TRUE(match("2020年绩效目标", "####年绩效目标"));
  EXPECT_FALSE(match("本年绩效目标", "####年绩效目标"));
  EXPECT_EQ(find_pattern(U"表(2025年度)", U"(####年度)"), 1U);
}

TEST(LabelMatch, CutsAPrefixOffItsLines) {
  const auto rest = without_prefix(build::lines_in({0, 0, 500, 500}, "项目\n概况：建设\n平台"), 5);
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[0].text(), "建设");
  EXPECT_DOUBLE_EQ(rest[0].box.x0, 34.0);
  EXPECT_EQ(rest[1].text(), "平台");
}

}  // namespace
}  // namespace tabularium
