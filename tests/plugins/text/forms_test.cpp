// Forms of text files: what converters let slip is put where it belongs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "reader.h"
#include "tabularium/form/layout.h"
#include "tabularium/form/split.h"
#include "tabularium/table/tabulate.h"

namespace tabularium::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// The forms of a text, read by one of the shipped layouts.
class TextForms : public ::testing::Test {
 protected:
  std::vector<Form> read(const std::string& layout, const std::string& text,
                         const std::string& name = "a.txt") {
    layout_ = load_layout(TABULARIUM_SOURCE_DIR "/plugins/layouts/" + layout + "/layout.toml");
    Document document;
    document.name = name;
    document.path = name;
    document.bytes = std::make_shared<const std::string>(text);
    const auto opened = make_reader()->open(document);
    FormSplitter splitter({layout_.get()}, {});
    std::vector<Form> forms;
    const auto take = [&](const std::vector<FormPages>& all) {
      for (const FormPages& form : all) {
        if (form.layout != nullptr) forms.push_back(form.layout->read(form.pages));
      }
    };
    for (int page = 1; page <= opened->page_count(); ++page) {
      take(splitter.push(tabulate(opened->read(page), {.aligned_tables = false})));
    }
    take(splitter.finish());
    return forms;
  }

  static RawValue field(const Form& form, const std::string& name) {
    for (const RawField& field : form.fields) {
      if (field.name == name) return field.value;
    }
    return {};
  }

  /// The rows of a table, their cells joined by "|".
  static std::vector<std::string> rows(const Form& form, const std::string& name) {
    std::vector<std::string> texts;
    for (const RawTable& table : form.tables) {
      if (table.name != name) continue;
      for (const RawRow& row : table.rows) {
        std::string text;
        for (const RawField& cell : row.cells) text += (text.empty() ? "" : "|") + cell.value.text;
        texts.push_back(text);
      }
    }
    return texts;
  }

  std::unique_ptr<Layout> layout_;
};

const std::string kHead2025 =
    "财政项目支出绩效目标申报表\t\t\t\n(2025 年度)\t\t\t\n"
    "项目名称\t湿地步道维护\t项目性质\t经常性项目\t项目类别\t运转类\n"
    "主管部门\t白沙河新区绿化局\t实施单位\t白沙河湿地管理站\n"
    "计划开始日期\t2025-01-01\t计划完成日期\t2025-12-31\n"
    "项目资金 (元)\t项目资金总额:\t\t年度资金申请总额:\t320,000.00\n"
    "\t其中: 财政资金\t\t其中: 当年财政拨款\t300,000.00\n"
    "\t\t\t上年结转资金\t0.00\n\t其他资金\t\t其他资金\t20,000.00\n"
    "项目 绩效 目标\t项目总目标\t\t年度总体目标\n\t\t\t全年步道完好，护栏无缺损。\n"
    "\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值\n";

TEST_F(TextForms, FindsValuesBehindTheirLabelsAndBelowThem) {
  const auto forms =
      read("declaration_2025", kHead2025 + "绩效 指标\t产出指标\t数量 指标\t巡查\t≥12.00(次)\n");
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_EQ(field(forms[0], "project_name").text, "湿地步道维护");
  EXPECT_EQ(field(forms[0], "implementing_unit").text, "白沙河湿地管理站");
  EXPECT_EQ(field(forms[0], "annual_funding_other").text, "20,000.00");
  EXPECT_EQ(field(forms[0], "annual_funding_other").unit, "元");
  EXPECT_EQ(field(forms[0], "project_funding_other").text, "");
  EXPECT_EQ(field(forms[0], "annual_goal").text, "全年步道完好，护栏无缺损。");
  EXPECT_EQ(field(forms[0], "project_name").evidence.first_line, 3);
  EXPECT_EQ(forms[0].year.text, "(2025年度)");
}

TEST_F(TextForms, PutsSlippedCellsIntoTheirColumns) {
  const auto forms =
      read("declaration_2025", kHead2025 +
                                   "绩效指标\t成本指标\t经济成本指标\t木板单价\t≤180.00(元/块)\n"
                                   "\t\t产出指标\t数量指标\t更换木板\t=400.00(块)\n"
                                   "质量指标\t\t验收合格率\t=100.00(%)\t\n"
                                   "\t时效指标\t\t完成时间\t年底前\n"
                                   "巡查及时率\t\t\t≥95.00(%)\t\n");
  EXPECT_THAT(
      rows(forms.at(0), "indicators"),
      ElementsAre("成本指标|经济成本指标|木板单价|≤180.00(元/块)",
                  "产出指标|数量指标|更换木板|=400.00(块)",
                  "产出指标|质量指标|验收合格率|=100.00(%)", "产出指标|时效指标|完成时间|年底前",
                  "产出指标|时效指标|巡查及时率|≥95.00(%)"));
}

TEST_F(TextForms, JoinsWhatAPageBreakCuts) {
  const auto forms =
      read("declaration_2025",
           kHead2025 +
               "绩效指标\t产出指标\t时效指标\t巡查及时性\t每周巡查两次，发现缺损当\n"
               "\n\t\t\t\t日报修，次日修复\n\t效益指标\t社会效益\t居民知晓度\t沿线小区均\n"
               "\n\t\t指标\t\t张贴告示\n");
  EXPECT_THAT(rows(forms.at(0), "indicators"),
              ElementsAre("产出指标|时效指标|巡查及时性|每周巡查两次，发现缺损当日报修，次日修复",
                          "效益指标|社会效益指标|居民知晓度|沿线小区均张贴告示"));
}

TEST_F(TextForms, TellsOfARowThatLacksItsTarget) {
  const auto forms =
      read("declaration_2025", kHead2025 +
                                   "绩效指标\t产出指标\t数量指标\t更换木板\t=400.00(块)\n"
                                   "\t\t\t更换护栏\t\n\t\t\t巡查\t≥12.00(次)\n"
                                   "\t\t\t保洁\t≥300.00(次)\n");
  EXPECT_THAT(rows(forms.at(0), "indicators"), SizeIs(4));
  bool told = false;
  for (const Issue& issue : forms[0].issues) told |= issue.pointer == "/tables/indicators/1";
  EXPECT_TRUE(told);
}

TEST_F(TextForms, CutsFormsThatFollowEachOtherWithoutALineBetween) {
  const std::string form = kHead2025 + "绩效指标\t产出指标\t数量指标\t更换木板\t=400.00(块)\n";
  const auto forms = read("declaration_2025", form + form);
  ASSERT_THAT(forms, SizeIs(2));
  EXPECT_THAT(rows(forms[0], "indicators"), SizeIs(1));
  EXPECT_EQ(field(forms[1], "project_name").evidence.first_line, 16);
}

const std::string kLines2023b =
    "财政项目支出绩效自评价\n\n项目名称 夜间公交保障\n\n主管部门 东岭区交通委员会 实施单位 "
    "东岭区公交公司\n\n项目资金（万元）\n\n年初预算数 全年预算数 全年执行数 分数 执行率 得分\n\n"
    "年度资金总额 80.00 80.00 76.00 10.00 95.00 9.50\n\n"
    "其中：当年财政拨款 80.00 80.00 76.00 - 95.00 -\n\n      上年结转资金 0.00 0.00 0.00 - 0.00 "
    "-\n\n其他资金 0.00 0.00 0.00 - 0.00 -\n\n年度总体目标\n\n预期目标 实际完成情况\n\n"
    "2023年开行夜间线路六条，\n覆盖四个换乘站。\n\n2023年实际开行七条夜间线路，其中一条\n"
    "为试运行。\n\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 "
    "偏差原因分析\n\n产出指标\n\n数量指标\n\n夜间线路条数与班次安\n排\n\n≥6.00(条) 7.00(条) 45.00 "
    "45.00\n\n时效指标 首班准点率 ≥98.00(%) 97.00(%) 25.00 24.00\n两日暴雨\n\n满意度指标\n"
    "服务对象满\n意度指标\n\n乘客满意度 ≥90.00(%)\n93.00(\n\n%)\n20.00 20.00\n\n100 98.50\n\n"
    "评分等级 优\n";

TEST_F(TextForms, ReadsLinesOfWordsThatAreWrappedAnywhere) {
  const auto forms = read("self_evaluation_2023b", kLines2023b);
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_EQ(field(forms[0], "implementing_unit").text, "东岭区公交公司");
  EXPECT_EQ(field(forms[0], "grade").text, "优");
  EXPECT_EQ(field(forms[0], "total_score").text, "98.50");
  EXPECT_EQ(field(forms[0], "annual_goal").text, "2023年开行夜间线路六条，覆盖四个换乘站。");
  EXPECT_EQ(field(forms[0], "actual_completion").text,
            "2023年实际开行七条夜间线路，其中一条为试运行。");
  EXPECT_THAT(
      rows(forms[0], "indicators"),
      ElementsAre("产出指标|数量指标|夜间线路条数与班次安排|≥6.00(条)|7.00(条)|45.00|45.00|",
                  "产出指标|时效指标|首班准点率|≥98.00(%)|97.00(%)|25.00|24.00|两日暴雨",
                  "满意度指标|服务对象满意度指标|乘客满意度|≥90.00(%)|93.00(%)|20.00|20.00|"));
  EXPECT_THAT(rows(forms[0], "funding"),
              ElementsAre(HasSubstr("total|80.00|80.00|76.00|10.00"), HasSubstr("fiscal|80.00"),
                          HasSubstr("carryover|0.00"), HasSubstr("other|0.00")));
}

TEST_F(TextForms, TrustsNoCellThatNothingPartsFromTheNext) {
  const auto forms = read("self_evaluation_2023b", kLines2023b);
  for (const RawTable& table : forms.at(0).tables) {
    if (table.name != "indicators") continue;
    for (const RawField& cell : table.rows.at(0).cells) {
      if (cell.value.text.empty()) continue;
      EXPECT_LT(cell.value.evidence.confidence, 0.9);
    }
  }
}

TEST_F(TextForms, GuessesNoTickWhereTheBoxesAreLost) {
  const auto forms =
      read("declaration_2019",
           "上海市财政支出项目绩效目标申报表\n(2019年)\n申报单位名称：长圩市档案中心（盖章）\n"
           "项目名称 旧志扫描\n项目类型 结转项目 其他一次性项目\n经常性专项业务费 其他经常性项目\n"
           "资金用途 政策补贴类 其他事业专业类\n开始时间 2019/2/1 结束时间 2019/12/20\n"
           "项目总预算（元） 480000 项目当年预算（元） 300000\n"
           "分解目标内容 绩效指标 指标目标值\n产出目标 扫描页数 ≥1.6万页\n备注 无\n");
  ASSERT_THAT(forms, SizeIs(1));
  EXPECT_EQ(field(forms[0], "project_nature").text, "");
  EXPECT_EQ(field(forms[0], "implementing_unit").text, "长圩市档案中心");
  EXPECT_EQ(field(forms[0], "remarks").text, "无");
  bool told = false;
  for (const Issue& issue : forms[0].issues) told |= issue.pointer == "/fields/project_nature";
  EXPECT_TRUE(told);
}

TEST_F(TextForms, TakesARunningHeadForNoForm) {
  const auto forms =
      read("declaration_2025", kHead2025 +
                                   "绩效指标\t产出指标\t数量指标\t更换木板\t=400.00(块)\n"
                                   "\n财政项目支出绩效目标申报表\n\n\t\t\t巡查\t≥12.00(次)\n");
  EXPECT_THAT(forms, SizeIs(1));
}

}  // namespace
}  // namespace tabularium::text
