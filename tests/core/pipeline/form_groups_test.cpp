#include "tabularium/pipeline/form_groups.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

FormLook look(const std::string& title, const std::vector<std::string>& labels) {
  FormLook one;
  one.pages = {1};
  one.title = title;
  one.labels = labels;
  one.grid = {"2-4", "4-2"};
  return one;
}

const std::vector<std::string> kLabels = {"a", "b", "c", "d", "e"};

TEST(FormGroups, FormsOfOneTitleAndTheSameLabelsAreOneKind) {
  FormGroups groups;
  EXPECT_EQ(groups.add("1.pdf", look("申报表", kLabels)), 0u);
  EXPECT_EQ(groups.add("1.pdf", look("申报表", {"a", "b", "c", "d", "f"})), 0u);
  EXPECT_EQ(groups.add("2.pdf", look("申报表", kLabels)), 0u);
  ASSERT_THAT(groups.groups(), SizeIs(1));
  EXPECT_EQ(groups.groups()[0].forms, 3);
  EXPECT_EQ(groups.groups()[0].files, 2);
  ASSERT_THAT(groups.groups()[0].samples, SizeIs(2));
  EXPECT_EQ(groups.groups()[0].samples[1].file, "2.pdf");
}

TEST(FormGroups, OneTitleWithOtherLabelsIsAnotherKind) {
  FormGroups groups;
  groups.add("1.pdf", look("申报表", kLabels));
  EXPECT_EQ(groups.add("2.pdf", look("申报表", {"p", "q", "r", "s", "t"})), 1u);
}

TEST(FormGroups, OtherTitlesAreOtherKindsUnlessARecognizerReadThem) {
  FormGroups groups;
  groups.add("1.pdf", look("项目支出绩效自评表", kLabels));
  EXPECT_EQ(groups.add("2.pdf", look("项目支出绩效自评价", kLabels)), 1u);
  FormLook scan = look("项目支岀绩效自评表", kLabels);
  scan.recognized = true;
  EXPECT_EQ(groups.add("3.pdf", scan), 0u);
}

TEST(FormGroups, FormsOfAKnownLayoutAreItsGroupWhateverTheyLookLike) {
  FormGroups groups;
  FormLook known = look("甲", kLabels);
  known.layout = "x";
  groups.add("1.pdf", known);
  known.title = "乙";
  EXPECT_EQ(groups.add("2.pdf", known), 0u);
  EXPECT_EQ(groups.add("3.pdf", look("甲", kLabels)), 1u);
}

TEST(FormGroups, TextsOfUnknownKindsTellThemApartToo) {
  const auto invoice = [](const std::string& buyer) {
    FormLook one = look("", {});
    one.texts = {"单价", "品名", "数量", buyer, "金额"};
    std::sort(one.texts.begin(), one.texts.end());
    return one;
  };
  FormGroups groups;
  groups.add("1.pdf", invoice("甲公司"));
  EXPECT_EQ(groups.add("2.pdf", invoice("乙公司")), 0u);
  FormLook other = look("", {});
  other.texts = {"户主", "民族", "职业"};
  EXPECT_EQ(groups.add("3.pdf", other), 1u);
  // What only one of them says is no label of the kind.
  groups.add("4.pdf", invoice("丙公司"));
  EXPECT_THAT(groups.groups()[0].labels, ElementsAre("单价", "品名", "数量", "金额"));
}

TEST(FormGroups, ManyDifferentTextsDoNotFillTheMemory) {
  FormGroups groups;
  for (int i = 0; i < 2000; ++i) {
    FormLook one = look("申报表", kLabels);
    one.texts = {"甲" + std::to_string(i)};
    ASSERT_EQ(groups.add(std::to_string(i), one), 0u);
  }
  EXPECT_THAT(groups.groups()[0].labels, ElementsAre("a", "b", "c", "d", "e"));
}

}  // namespace
}  // namespace tabularium
