#include "tabularium/form/lexicon.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;
using ::testing::ElementsAre;
using ::testing::Not;

Lexicon words() {
  Lexicon lexicon;
  lexicon.record = "grant";
  lexicon.fields = {{"name", {"项目名称"}, {}, false, "", ""},
                    {"kind", {"项目类型", "项目类别"}, {"新增", "结转"}, false, "", ""},
                    {"group", {"项目类别"}, {}, false, "", ""},
                    {"unit", {"申报单位", "实施单位"}, {}, false, "", ""},
                    {"total", {"资金总额"}, {}, true, "", ""},
                    {"other", {"其他资金"}, {}, true, "", ""},
                    {"year_other", {"其他资金"}, {}, true, "", ""},
                    {"goal", {"年度目标"}, {}, false, "", ""},
                    {"weights", {"总分"}, {}, false, "indicators", "weight"}};
  Lexicon::Table indicators;
  indicators.name = "indicators";
  indicators.labels = {"绩效指标"};
  indicators.columns = {{"level", {"一级指标"}, false, false, {"产出指标"}},
                        {"indicator", {"三级指标", "绩效指标"}, false, true, {}},
                        {"target", {"指标值"}, false, true, {}},
                        {"weight", {"分值"}, false, true, {}}};
  lexicon.tables = {indicators};
  return lexicon;
}

TabulatedPage page_of(const std::vector<std::vector<std::string>>& rows) {
  return sheet(1, {ruled({50, 130, 210, 290, 370, 450}, rows)},
               {line(180, 40, "补助资金申报表", 1, 16.0), line(220, 70, "（2016年度）")});
}

const std::vector<std::vector<std::string>> kForm = {
    {"项目名称", "图书配送", "<", "项目类别", "新增"},
    {"实施单位：", "图书馆（盖章）", "<", "<", "<"},
    {"资金\n（万元）", "资金总额", "12.5", "<", "<"},
    {"^", "其他资金", "2.5", "其他资金", "1.5"},
    {"年度目标", "<", "<", "<", "<"},
    {"按月配送。", "<", "<", "<", "<"},
    {"绩效\n指标", "一级指标", "三级指标", "指标值", "分值"},
    {"^", "产出指标", "配送次数", "≥12次", "60"},
    {"^", "^", "配送点", "≥5个", "40"},
    {"总分", "<", "<", "<", "100"},
};

std::string value(const Form& form, std::string_view name) {
  for (const RawField& field : form.fields) {
    if (field.name == name) return field.value.text;
  }
  return "(absent)";
}

std::string unit(const Form& form, std::string_view name) {
  for (const RawField& field : form.fields) {
    if (field.name == name) return field.value.unit;
  }
  return "(absent)";
}

Form read(const std::vector<std::vector<std::string>>& rows) {
  return make_lexicon_layout(words())->read({page_of(rows)});
}

TEST(Lexicon, ALargeHeadingAboveATableBeginsAForm) {
  const auto layout = make_lexicon_layout(words());
  EXPECT_TRUE(layout->begins(page_of(kForm)).has_value());
  EXPECT_FALSE(layout->begins(sheet(1, {ruled({50, 130, 210}, kForm)}, {})).has_value());
  EXPECT_EQ(read(kForm).title, "补助资金申报表");
}

TEST(Lexicon, FitsLessThanAnyLayoutAndNotAtAllWhereItKnowsNoLabel) {
  const auto layout = make_lexicon_layout(words());
  EXPECT_GT(layout->fit({page_of(kForm)}), 0.35);
  EXPECT_LT(layout->fit({page_of(kForm)}), 0.5);
  EXPECT_EQ(layout->fit({page_of({{"甲", "乙", "丙", "丁", "戊"}})}), 0.0);
}

TEST(Lexicon, ReadsValuesRightOfTheirLabelsAndBelow) {
  const Form form = read(kForm);
  EXPECT_EQ(value(form, "name"), "图书配送");
  EXPECT_EQ(value(form, "unit"), "图书馆");
  EXPECT_EQ(value(form, "goal"), "按月配送。");
}

TEST(Lexicon, GivesALabelOfTwoFieldsToTheFirstWhereItStandsOnce) {
  const Form form = read(kForm);
  EXPECT_EQ(value(form, "kind"), "新增");
  EXPECT_EQ(value(form, "group"), "(absent)");
}

TEST(Lexicon, AFieldWithALabelOfItsOwnLeavesTheSharedOneToTheOther) {
  auto rows = kForm;
  rows[1] = {"实施单位：", "图书馆", "<", "项目类型", "结转"};
  const Form form = read(rows);
  EXPECT_EQ(value(form, "kind"), "结转");
  EXPECT_EQ(value(form, "group"), "新增");
}

TEST(Lexicon, EqualLabelsGoToTheFieldsInTheirOrder) {
  const Form form = read(kForm);
  EXPECT_EQ(value(form, "other"), "2.5");
  EXPECT_EQ(value(form, "year_other"), "1.5");
}

TEST(Lexicon, AmountsHaveTheUnitThatIsPrintedBesideThem) {
  EXPECT_EQ(unit(read(kForm), "total"), "万元");
}

TEST(Lexicon, ReadsTheTableBelowItsHeadersAndItsRowOfTotals) {
  const Form form = read(kForm);
  ASSERT_EQ(form.tables.size(), 1u);
  ASSERT_EQ(form.tables[0].rows.size(), 2u);
  EXPECT_EQ(form.tables[0].rows[1].cells[0].value.text, "产出指标");
  EXPECT_EQ(form.tables[0].rows[1].cells[1].value.text, "配送点");
  EXPECT_EQ(value(form, "weights"), "100");
}

TEST(Lexicon, IsNeverSureAndSaysSo) {
  const Form form = read(kForm);
  for (const RawField& field : form.fields) {
    EXPECT_LE(field.value.evidence.confidence, kLexiconConfidence) << field.name;
  }
  EXPECT_THAT(form.issues, ElementsAre(testing::Field(&Issue::check, "lexicon")));
}

TEST(Lexicon, FieldsWhoseLabelsAreNotThereAreAbsent) {
  auto rows = kForm;
  rows[1] = {"某单位", "图书馆", "<", "<", "<"};
  EXPECT_EQ(value(read(rows), "unit"), "(absent)");
}

}  // namespace
}  // namespace tabularium
