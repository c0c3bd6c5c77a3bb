#include "tabularium/form/layout.h"

#include <gmock/gmock.h>

#include <fstream>

#include "paper.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::unique_ptr<Layout> shipped(const std::string& folder) {
  return load_layout(std::string(TABULARIUM_SOURCE_DIR "/plugins/layouts/") + folder +
                     "/layout.toml");
}

const RawValue& value(const Form& form, std::string_view name) {
  for (const RawField& field : form.fields) {
    if (field.name == name) return field.value;
  }
  static const RawValue none;
  ADD_FAILURE() << "no field " << name;
  return none;
}

std::vector<std::string> column(const RawTable& table, std::string_view name) {
  std::vector<std::string> texts;
  for (const RawRow& row : table.rows) {
    for (const RawField& cell : row.cells) {
      if (cell.name == name) texts.push_back(cell.value.text);
    }
  }
  return texts;
}

Form read_2025(const std::vector<std::vector<std::string>>& rows,
               const std::string& year = "（2025年度）") {
  const auto page = sheet(1, {ruled({50, 110, 190, 270, 350, 430, 510}, rows)},
                          {line(200, 50, "财政项目支出绩效目标申报表"), line(260, 70, year)});
  return shipped("declaration_2025")->read({page});
}

const std::vector<std::vector<std::string>> kHead = {
    {"项目名称", "信息平台", "项目性质", "其他一次性", "项目类别", "特定目标"},
    {"主管部门", "市科委", "<", "实施单位", "促进中心", "<"},
    {"计划\n开始\n日期", "2025/1/1", "<", "计划完成日期", "2025/12/31", "<"},
    {"项目\n资金\n（元）", "项目资金总额：", "", "年度资金申请总额：", "<", "70000"},
    {"^", "其中：财政资金", "", "其中：当年财政拨款", "<", "50000"},
    {"^", "", "", "上年结转资金", "<", "12000"},
    {"^", "其他资金", "33", "其他资金", "<", "8000"},
    {"项目\n绩效\n目标", "项目总目标", "<", "年度总体目标", "<", "<"},
    {"^", "", "<", "1、建成平台。\n2、验收。", "<", "<"},
    {"绩效\n指标", "一级指标", "二级指标", "三级指标", "<", "年度(/项目)指标值"},
    {"^", "产出指标", "数量指标", "服务次数", "<", "≥10(次)"},
    {"^", "^", "^", "培训人次", "<", "≥30(人)"},
    {"^", "效益指标", "社会效益指标", "就业", "<", ""}};

TEST(DeclarativeLayout, ReadsFieldsRightOfBelowAndInHalves) {
  const Form form = read_2025(kHead);
  EXPECT_EQ(form.layout, "declaration-2025");
  EXPECT_EQ(form.title, "财政项目支出绩效目标申报表");
  EXPECT_EQ(form.year.text, "(2025年度)");
  EXPECT_EQ(value(form, "project_name").text, "信息平台");
  EXPECT_EQ(value(form, "start_date").text, "2025/1/1");
  EXPECT_EQ(value(form, "overall_goal").text, "");
  EXPECT_EQ(value(form, "annual_goal").text, "1、建成平台。\n2、验收。");
  EXPECT_EQ(value(form, "project_funding_other").text, "33");
  EXPECT_EQ(value(form, "annual_funding_other").text, "8000");
  EXPECT_EQ(value(form, "annual_funding_carryover").unit, "元");
  EXPECT_THAT(form.issues, IsEmpty());
  EXPECT_THAT(form.unclaimed, IsEmpty());
}

TEST(DeclarativeLayout, GivesEveryFieldInTheOrderOfTheFileWithThePlaceOfAnEmptyOne) {
  const Form form = read_2025(kHead);
  ASSERT_THAT(form.fields, SizeIs(16));
  EXPECT_EQ(form.fields.front().name, "project_name");
  EXPECT_EQ(form.fields.back().name, "annual_funding_other");
  const Evidence& empty = value(form, "overall_goal").evidence;
  EXPECT_EQ(empty.page, 1);
  EXPECT_DOUBLE_EQ(empty.box.x0, 110.0);
  const Evidence& name = value(form, "project_name").evidence;
  EXPECT_EQ(name.text, "信息平台");
  EXPECT_EQ(name.extractor, "test");
}

TEST(DeclarativeLayout, AMergedCellStandsInEveryRowThatItSpans) {
  const RawTable indicators = read_2025(kHead).tables.at(0);
  EXPECT_THAT(column(indicators, "level1"), ElementsAre("产出指标", "产出指标", "效益指标"));
  EXPECT_THAT(column(indicators, "level3"), ElementsAre("服务次数", "培训人次", "就业"));
  EXPECT_THAT(column(indicators, "target"), ElementsAre("≥10(次)", "≥30(人)", ""));
}

TEST(DeclarativeLayout, ALowEmptyRowBetweenTwoBordersIsNoValue) {
  Table table = ruled({50, 350}, {{"项目概况："}, {""}, {"全市平台建设。"}});
  table.cells[1].parts.front().box.y1 = table.cells[1].parts.front().box.y0 + 2.5;
  const auto page = sheet(1, {table}, {line(120, 40, "财政项目支出绩效目标表")});
  EXPECT_EQ(value(shipped("declaration_2020")->read({page}), "overview").text, "全市平台建设。");
}

TEST(DeclarativeLayout, AFreeLineBehindALabelGoesOnWhereItIsFull) {
  const auto read = [](const TextLine& unit, const TextLine& next) {
    const auto page = sheet(1, {ruled({50, 150, 350}, {{"项目名称：", "信息平台"}})},
                            {line(120, 40, "财政项目支出绩效目标表"), unit, next});
    return value(shipped("declaration_2020")->read({page}), "implementing_unit").text;
  };
  // 30 characters of 10 points fill the 300 points above the table.
  const TextLine full = line(50, 68, "申报单位名称：临湖市水务管理所河道养护中心（第二分院长圩站");
  EXPECT_EQ(read(full, line(50, 82, "及青年志愿服务总站）")),
            "临湖市水务管理所河道养护中心（第二分院长圩站及青年志愿服务总站）");
  EXPECT_EQ(read(full, line(250, 82, "（2020年度）")),
            "临湖市水务管理所河道养护中心（第二分院长圩站");
  EXPECT_EQ(read(line(50, 68, "申报单位名称：临湖市水务管理所"), line(50, 82, "填表人李某")),
            "临湖市水务管理所");
}

TEST(DeclarativeLayout, RowsBelowAPageBreakMayStandARulesWidthBesideTheirHeader) {
  // The first page takes the rules of two sections at 270 and 273 for one at their mean.
  const auto pages = std::vector{
      sheet(1, {ruled({50, 110, 190, 270, 350, 430, 510}, kHead)},
            {line(200, 50, "财政项目支出绩效目标申报表"), line(260, 70, "（2025年度）")}),
      sheet(2,
            {ruled({50, 110, 190, 273.8, 426.2, 510}, {{"", "", "", "新增岗位", "≥5(个)"}}, 2)})};
  const RawTable indicators = shipped("declaration_2025")->read(pages).tables.at(0);
  EXPECT_THAT(column(indicators, "level3"),
              ElementsAre("服务次数", "培训人次", "就业", "新增岗位"));
}

TEST(DeclarativeLayout, ListsTextThatNobodyTook) {
  auto rows = kHead;
  rows.push_back({"填表人", "张三", "<", "<", "<", "<"});
  const Form form = read_2025(rows);
  ASSERT_THAT(form.unclaimed, SizeIs(2));
  EXPECT_EQ(form.unclaimed[1].evidence.text, "张三");
}

TEST(DeclarativeLayout, ALabelOverTheWholeWidthHasItsTextBelow) {
  auto rows = kHead;
  rows[0] = {"项目名称", "<", "<", "<", "<", "<"};
  rows.insert(rows.begin() + 1, {"信息平台", "<", "<", "<", "<", "<"});
  EXPECT_EQ(value(read_2025(rows), "project_name").text, "信息平台");
}

TEST(DeclarativeLayout, ALabelOverTheWholeWidthTakesNoOtherLabelForItsText) {
  auto rows = kHead;
  rows[0] = {"项目名称", "<", "<", "<", "<", "<"};
  EXPECT_EQ(value(read_2025(rows), "project_name").text, "");
}

TEST(DeclarativeLayout, SaysWhichLabelIsMissing) {
  auto rows = kHead;
  rows[1][0] = "主管";
  const Form form = read_2025(rows);
  ASSERT_THAT(form.issues, SizeIs(1));
  EXPECT_EQ(form.issues[0].pointer, "/fields/supervising_department");
  EXPECT_THAT(form.issues[0].message, ::testing::HasSubstr("主管部门"));
}

TEST(DeclarativeLayout, ReadsTheLabelAndItsTextFromOneCell) {
  const auto page = sheet(
      1,
      {ruled({50, 150, 250, 350, 450}, {{"项目名称：", "会议", "项目类别：", "一次性"},
                                        {"项目概况：\n举办会议。", "<", "<", "<"},
                                        {"立项依据：按文件", "<", "<", "<"}})},
      {line(50, 40, "财政项目支出绩效目标表"), line(50, 70, "申报单位名称：促进中心（盖章）")});
  const Form form = shipped("declaration_2020")->read({page});
  EXPECT_EQ(value(form, "overview").text, "举办会议。");
  EXPECT_EQ(value(form, "basis").text, "按文件");
  EXPECT_EQ(value(form, "implementing_unit").text, "促进中心");
}

TEST(DeclarativeLayout, ReadsATextBelowItsLabelButNotTheNextFieldBelowAnEmptyOne) {
  const auto page = sheet(1,
                          {ruled({50, 200, 510}, {{"项目概况：", "<"},
                                                  {"修桥补路。", "<"},
                                                  {"立项依据：", "<"},
                                                  {"项目实施计划：\n一季度开工。", "<"}})},
                          {line(200, 50, "财政项目支出绩效目标表"), line(260, 70, "（2020年度）")});
  const Form form = shipped("declaration_2020")->read({page});
  EXPECT_EQ(value(form, "overview").text, "修桥补路。");
  EXPECT_EQ(value(form, "basis").text, "");
  EXPECT_EQ(value(form, "plan").text, "一季度开工。");
}

TEST(DeclarativeLayout, ReadsTheLinesBelowALabelOnALineOfItsOwn) {
  const auto first =
      sheet(1, {ruled({50, 150, 250, 350, 450}, {{"项目名称", "会议", "项目类别", "一次性"}})},
            {line(50, 80, "财政项目支出绩效目标表"), line(200, 300, "项目概况："),
             line(50, 320, "举办会议和"), line(50, 334, "展览。"), line(200, 360, "立项依据："),
             line(50, 380, "按上级文件"), line(50, 394, "执行。")});
  const auto second = sheet(2, {ruled({50, 150, 450}, {{"项目总预算（元）", "600"}}, 2, 300)},
                            {line(50, 60, "另有批复。", 2), line(50, 400, "经办：张三", 2)});
  const Form form = shipped("declaration_2020")->read({first, second});
  EXPECT_EQ(value(form, "overview").text, "举办会议和展览。");
  EXPECT_EQ(value(form, "basis").text, "按上级文件执行。\n另有批复。");
  EXPECT_THAT(form.unclaimed, SizeIs(1));
}

TEST(DeclarativeLayout, ReadsTickedBoxes) {
  const auto page = sheet(1,
                          {ruled({50, 150, 550}, {{"项目类型", "结转项目□ 其他一次性项目☑"},
                                                  {"资金用途", "□资产购置类 □政策补贴类"}})},
                          {line(50, 80, "上海市财政支出项目绩效目标申报表")});
  const Form form = shipped("declaration_2019")->read({page});
  EXPECT_THAT(value(form, "project_nature").ticked, ElementsAre("其他一次性项目"));
  EXPECT_THAT(value(form, "fund_use").ticked, IsEmpty());
  EXPECT_EQ(value(form, "fund_use").text, "");
}

TEST(DeclarativeLayout, ReadsTheShortFormOf2019AndItsSubprojects) {
  const auto page =
      sheet(1,
            {ruled({50, 130, 330, 530}, {{"项目当年投入资金构成", "子项目名称", "预算金额（元）"},
                                         {"^", "设备", "100"},
                                         {"^", "劳务", "200"},
                                         {"项目实施计划", "按季度", "<"},
                                         {"分解目标", "<", "<"},
                                         {"分解目标内容", "绩效指标", "指标目标值"},
                                         {"产出目标", "次数", "≥3"},
                                         {"备注", "无", "<"}})},
            {line(50, 80, "上海市财政支出项目绩效目标申报表")});
  const Form form = shipped("declaration_2019")->read({page});
  EXPECT_THAT(column(form.tables.at(0), "level1"), ElementsAre("产出目标"));
  EXPECT_THAT(column(form.tables.at(0), "level2"), ElementsAre(""));
  EXPECT_THAT(column(form.tables.at(0), "level3"), ElementsAre("次数"));
  EXPECT_THAT(column(form.tables.at(1), "name"), ElementsAre("设备", "劳务"));
  EXPECT_EQ(form.tables.at(1).rows[0].cells[1].value.unit, "元");
  EXPECT_EQ(value(form, "remarks").text, "无");
  EXPECT_THAT(form.unclaimed, IsEmpty());
}

TEST(DeclarativeLayout, ReadsFundingRowsAndTotalsOfASelfEvaluation) {
  for (const char* total : {"总分", ""}) {
    const auto page =
        sheet(1,
              {ruled({50, 100, 150, 200, 250, 300, 350, 400, 450},
                     {{"项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分数",
                       "执行率（%）", "得分"},
                      {"^", "年度资金总额：", "100", "90", "80", "10.00", "88.88", "8.88"},
                      {"^", "其他资金", "0", "0", "0", "-", "0", "-"},
                      {"一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值",
                       "得分", "偏差原因分析"},
                      {"产出指标", "数量指标", "次数", "≥3", "4", "90", "90", ""},
                      {total, "<", "<", "<", "<", "100", "98.88", ""},
                      {"评分等级", "<", "优", "<", "<", "<", "<", "<"}})},
              {line(50, 80, "财政项目支出绩效自评价")});
    const Form form = shipped("self_evaluation_2023b")->read({page});
    const RawTable& funding = form.tables.at(0);
    EXPECT_THAT(column(funding, "source"), ElementsAre("total", "other"));
    EXPECT_THAT(column(funding, "executed"), ElementsAre("80", "0"));
    EXPECT_EQ(funding.rows[0].cells[1].value.unit, "万元");
    EXPECT_THAT(column(form.tables.at(1), "level3"), ElementsAre("次数"));
    EXPECT_EQ(value(form, "total_weight").text, "100");
    EXPECT_EQ(value(form, "total_score").text, "98.88");
    EXPECT_EQ(value(form, "grade").text, "优");
    EXPECT_THAT(form.unclaimed, IsEmpty());
  }
}

TEST(DeclarativeLayout, FitsItsOwnFormBest) {
  const auto page = sheet(1, {ruled({50, 110, 190, 270, 350, 430, 510}, kHead)},
                          {line(200, 50, "财政项目支出绩效目标申报表")});
  EXPECT_DOUBLE_EQ(shipped("declaration_2025")->fit({page}), 1.0);
  EXPECT_LT(shipped("declaration_2020")->fit({page}), 0.5);
  EXPECT_TRUE(shipped("declaration_2025")->begins(page));
  EXPECT_FALSE(shipped("declaration_2020")->begins(page));
}

TEST(DeclarativeLayout, KnowsATitleInTwoLinesWithAYear) {
  const auto layout = shipped("declaration_2025");
  const auto begins = [&](std::vector<TextLine> lines) {
    return layout->begins(sheet(1, {}, std::move(lines)));
  };
  EXPECT_EQ(begins({line(200, 80, "财政项目支出"), line(190, 94, "绩效目标申报表")}), 80.0);
  EXPECT_TRUE(begins({line(200, 80, "2025年度财政项目支出绩效目标申报表")}));
  EXPECT_TRUE(begins({line(200, 80, "财 政 项 目 支 出 绩 效 目 标 申 报 表（2025年度）")}));
  EXPECT_FALSE(begins({line(200, 80, "关于财政项目支出绩效目标申报表的说明")}));
}

TEST(DeclarativeLayout, GoesOnWithALabelWhereTheNextPageBeginsWithAnEmptyPlaceForIt) {
  const auto first = sheet(1, {ruled({50, 110, 190, 270, 350, 430, 510}, kHead)},
                           {line(200, 50, "财政项目支出绩效目标申报表")});
  // Too wide to be joined with the table above.
  const auto second = sheet(2, {ruled({20, 90, 180, 300, 560},
                                      {{"一级指标", "二级指标", "三级指标", "年度(/项目)指标值"},
                                       {"", "", "走访户数", "≥9(户)"},
                                       {"^", "生态效益指标", "绿化面积", "≥3(亩)"},
                                       {"满意度指标", "", "投诉件数", "≤2(件)"}},
                                      2)});
  const Form form = shipped("declaration_2025")->read({first, second});
  EXPECT_THAT(column(form.tables[0], "level1"), ElementsAre("产出指标", "产出指标", "效益指标",
                                                            "效益指标", "效益指标", "满意度指标"));
  EXPECT_THAT(column(form.tables[0], "level2"), ElementsAre("数量指标", "数量指标", "社会效益指标",
                                                            "社会效益指标", "生态效益指标", ""));
}

TEST(DeclarativeLayout, TakesNoRunningHeadForATitle) {
  const auto layout = shipped("declaration_2025");
  const Table first = ruled({50, 110, 190, 270, 350, 430, 510}, kHead);
  const Table later = ruled({50, 110, 510}, {{"", "服务次数"}});
  const TextLine head = line(200, 20, "财政项目支出绩效目标申报表");
  EXPECT_EQ(layout->begins(sheet(1, {first}, {head, line(200, 60, "财政项目支出绩效目标申报表")})),
            60.0);
  EXPECT_FALSE(layout->begins(sheet(2, {later}, {head})));
  // A small title at the top of the page is one where its form begins below.
  EXPECT_EQ(layout->begins(sheet(1, {first}, {head})), 20.0);
  // Also where it stands so near to its table that their boxes overlap.
  Table near = first;
  near.parts.front().box.y0 = head.box.y1 - 1;
  EXPECT_EQ(layout->begins(sheet(1, {near}, {head})), 20.0);
}

TEST(DeclarativeLayout, TakesNoYearFromAHeadingAboveTheTitle) {
  const auto page =
      sheet(1, {ruled({50, 110, 190, 270, 350, 430, 510}, kHead)},
            {line(50, 30, "（2026年度）预算附表"), line(200, 50, "财政项目支出绩效目标申报表"),
             line(200, 70, "（2025年度）")});
  EXPECT_EQ(shipped("declaration_2025")->read({page}).year.text, "(2025年度)");
}

}  // namespace
}  // namespace tabularium
