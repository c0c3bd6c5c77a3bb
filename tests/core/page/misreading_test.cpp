#include "tabularium/page/misreading.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using ::testing::ElementsAre;

TEST(Misreading, CostsNothingWhereNothingIsMisread) {
  const auto found = explain_reading(U"项目名称", U"项目名称", 0);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cost, 0);
  EXPECT_THAT(found->places, ElementsAre(0, 1, 2, 3));
}

TEST(Misreading, LookAlikesCostLessThanUnrelatedCharacters) {
  const auto alike = explain_reading(U"项目名称", U"顶日名称", 40);
  const auto unrelated = explain_reading(U"项目名称", U"花草名称", 40);
  ASSERT_TRUE(alike && unrelated);
  EXPECT_LT(alike->cost, unrelated->cost);
}

TEST(Misreading, SpecksAndLostStrokesCostLittle) {
  EXPECT_LT(explain_reading(U"联系人", U"|联系人.", 40)->cost,
            explain_reading(U"联系人", U"的联系人", 40)->cost);
  EXPECT_LT(explain_reading(U"一级指标", U"级指标", 40)->cost,
            explain_reading(U"二级指标", U"级指标", 40)->cost);
}

TEST(Misreading, GivesUpWhereItCostsTooMuch) {
  EXPECT_FALSE(explain_reading(U"项目名称", U"联系电话", 12));
  EXPECT_FALSE(explain_reading(U"项目名称", U"一个长得多的句子", 12));
}

TEST(Misreading, SaysWhereTheCharactersStand) {
  const auto found = explain_reading(U"实施单位", U"实单位", 12);
  ASSERT_TRUE(found);
  EXPECT_THAT(found->places, ElementsAre(0, 1, 1, 2));
}

TEST(Misreading, FindsAPartOfAReading) {
  const auto found = find_reading(U"绩效自评表", U"(2023年)绩效自坪表x", 15);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 7U);
  EXPECT_EQ(found->end, 12U);
}

TEST(Misreading, ANumberSignStandsForAnyDigit) {
  EXPECT_EQ(explain_reading(U"(####年度)", U"(2025年度)", 0)->cost, 0);
  EXPECT_TRUE(explain_reading(U"(####年度)", U"〈2O25年度)", 12));
}

TEST(Misreading, ShortTextsAllowLittle) {
  EXPECT_EQ(misreading_budget(1), 0);
  EXPECT_LT(misreading_budget(2), 10);
  EXPECT_GE(misreading_budget(4), 10);
}

}  // namespace
}  // namespace tabularium
