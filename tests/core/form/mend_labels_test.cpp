#include "tabularium/form/mend_labels_internal.h"

#include <gmock/gmock.h>

#include "paper.h"
#include "tabularium/form/layout.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;

constexpr std::string_view kLayout = R"(
layout = "t"
version = "1"
record = "r"
titles = ["财政项目支出绩效自评表"]
year = ["（####年度）"]
headings = ["绩效指标"]

[fields]
project_name = "项目名称"
department = "主管部门"
goal = { label = "年度总体目标", value = "below" }
total = { label = "项目资金总额", unit = "元" }

[tables.indicators]
rows_by = ["level3", "target"]

[tables.indicators.columns]
level1 = { header = "一级指标", words = ["数量指标", "质量指标", "满意度指标", "服务对象满意度指标"] }
level3 = "三级指标"
target = "指标值"
)";

/// The page as a recognizer would hand it over.
TabulatedPage from_pixels(TabulatedPage page) {
  const auto mark = [](TextLine& one) {
    for (Word& word : one.words) word.recognized = true;
  };
  for (TextLine& one : page.lines) mark(one);
  for (Table& table : page.tables) {
    for (Cell& cell : table.cells) {
      for (TextLine& one : cell.lines) mark(one);
    }
  }
  return page;
}

TabulatedPage page_of(const std::vector<std::vector<std::string>>& rows,
                      const std::string& title = "财政项目支出绩效自评表") {
  return sheet(1, {ruled({50, 150, 250, 350}, rows)}, {line(200, 50, title)});
}

TabulatedPage mended(const TabulatedPage& page) {
  return LabelMender(parse_layout(kLayout, "t")).mended({page}).front();
}

/// What the cell of a page with one row says after mending.
std::string mended(const std::string& cell) {
  return mended(from_pixels(page_of({{cell, "", ""}}))).tables[0].cells[0].text();
}

TEST(LabelMender, SetsMisreadLabelsRight) {
  EXPECT_EQ(mended("顶目名称"), "项目名称");
  EXPECT_EQ(mended("主营部门"), "主管部门");
  EXPECT_EQ(mended("—级指标"), "一级指标");
  EXPECT_EQ(mended("三级指林"), "三级指标");
}

/// The first column of a page, mended; "|" between cells.
std::string levels(const std::vector<std::string>& cells) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& cell : cells) rows.push_back({cell, "x", "1"});
  std::string text;
  const TabulatedPage page = mended(from_pixels(page_of(rows)));
  for (const Cell& cell : page.tables[0].cells) {
    if (cell.col != 0) continue;
    text += (text.empty() ? "" : "|") + cell.text() + (cell.row_span > 1 ? "+" : "");
  }
  return text;
}

TEST(LabelMender, JoinsALevelThatIsCut) {
  EXPECT_EQ(levels({"数量指标", "质量", "指称", "y"}), "数量指标|质量\n指称+|y");
  EXPECT_EQ(levels({"质量", "y", "指标"}), "质量|y|指标");
  // The lower one is a level by itself.
  EXPECT_EQ(levels({"服务对象", "满意度指标"}), "服务对象|满意度指标");
  EXPECT_EQ(levels({"y", "质量指标", ""}), "y|质量指标|");
}

TEST(LabelMender, KeepsTheLinesOfAWrappedLabel) { EXPECT_EQ(mended("顶目\n名称"), "项目\n名称"); }

TEST(LabelMender, LeavesWhatTheFileStoresAsItIs) {
  const TabulatedPage page = page_of({{"顶目名称", "三级指林", ""}}, "财政项目支出绩效自坪表");
  EXPECT_EQ(mended(page).tables[0].cells[0].text(), "顶目名称");
  EXPECT_EQ(mended(page).lines[0].text(), "财政项目支出绩效自坪表");
}

TEST(LabelMender, LeavesOtherTextsAsTheyAre) {
  for (const char* text : {"项目建设方案", "主任", "完成指标", "名称", "市科学技术委员会", "10"}) {
    EXPECT_EQ(mended(text), text);
  }
}

TEST(LabelMender, LeavesWhatMayBeOneLabelAsWellAsAnother) {
  EXPECT_EQ(mended("乐级指标"), "乐级指标");
}

TEST(LabelMender, TakesALabelBeforeAColonOrTheEndOfALine) {
  EXPECT_EQ(mended("顶目名称：信息平台"), "项目名称:信息平台");
  EXPECT_EQ(mended("项目资金总额;;"), "项目资金总额");
  EXPECT_EQ(mended("项目资金总额;;80.00"), "项目资金总额:80.00");
  EXPECT_EQ(mended("年虔总体目标\n1、建成平台。"), "年度总体目标\n1、建成平台。");
}

TEST(LabelMender, TakesSeveralMarksBehindALabelForItsColon) {
  EXPECT_EQ(mended("项目资金总额:;"), "项目资金总额");
  EXPECT_EQ(mended("项目资金总额(元);"), "项目资金总额(元)");
  EXPECT_EQ(mended("项目资金总额:"), "项目资金总额:");
}

TEST(LabelMender, TellsHeadersThatMayBeSeveralByTheirOrder) {
  std::string layout(kLayout);
  const std::string level3 = "level3 = \"三级指标\"";
  layout.replace(layout.find(level3), level3.size(), "level2 = \"二级指标\"\n" + level3);
  const std::vector<std::vector<std::string>> rows = {
      {"-级指标", "“级指标", ":级指标", "指标值", "得分"},
      {"一级\n指标", "-级\n指标", "三级指标", "指标值", "得分"},
      {"一级指标", "二级指标", "二级指标", "指标值", "得分"},
      {"一级指标", "三级指标", "三级指标", "指标值", "得分"},
      {"乐级指标", "", "", "", ""}};
  const TabulatedPage given = sheet(1, {ruled({50, 110, 170, 230, 290, 350}, rows)},
                                    {line(200, 50, "财政项目支出绩效自评表")});
  const LabelMender mender(parse_layout(layout + "score = \"得分\"\n", "t"));
  const TabulatedPage page = mender.mended({from_pixels(given)}).front();
  EXPECT_EQ(page.tables[0].cells[0].text(), "一级指标");
  EXPECT_EQ(page.tables[0].cells[1].text(), "二级指标");
  EXPECT_EQ(page.tables[0].cells[2].text(), "三级指标");
  EXPECT_EQ(page.tables[0].cells[6].text(), "二级\n指标");
  EXPECT_EQ(page.tables[0].cells[11].text(), "二级指标");
  EXPECT_EQ(page.tables[0].cells[12].text(), "三级指标");
  EXPECT_EQ(page.tables[0].cells[16].text(), "二级指标");
  EXPECT_EQ(page.tables[0].cells[17].text(), "三级指标");
  EXPECT_EQ(page.tables[0].cells[20].text(), "乐级指标");
}

TEST(LabelMender, KeepsUnitsInBrackets) {
  EXPECT_EQ(mended("顶目资金总额〈元)"), "项目资金总额(元)");
}

TEST(LabelMender, KeepsWhatWasRead) {
  const TabulatedPage page = mended(from_pixels(page_of({{"顶目名称", "顶目", ""}})));
  EXPECT_EQ(page.tables[0].cells[0].lines[0].words[0].raw, "顶目名称");
  EXPECT_EQ(page.tables[0].cells[1].lines[0].words[0].raw, "");
}

TEST(LabelMender, DoubtsASecondOfALabelThatIsThereUnharmed) {
  const TabulatedPage page = mended(from_pixels(page_of({{"项目名称", "项目各称", "项目简称"}})));
  EXPECT_EQ(page.tables[0].cells[1].text(), "项目名称");
  EXPECT_EQ(page.tables[0].cells[2].text(), "项目简称");
}

TEST(LabelMender, SetsTitlesAndYearsRight) {
  TabulatedPage page = page_of({{"项目名称", "", ""}}, "财政顶目支出缋效自评表");
  page.lines.push_back(line(220, 70, "〈2O23年度)"));
  const TabulatedPage right = mended(from_pixels(page));
  EXPECT_EQ(right.lines[0].text(), "财政项目支出绩效自评表");
  EXPECT_EQ(right.lines[1].text(), "(2023年度)");
}

TEST(LabelMender, TakesSpecksBesideATitleAway) {
  for (const char* title : {"-财政项目支出绩效自评表", "财政项目支出绩效自评表·'",
                            "_财政顶目支出缋效自评表.", "财政项目支出绩效自评表"}) {
    const TabulatedPage page = from_pixels(page_of({{"项目名称", "", ""}}, title));
    EXPECT_EQ(mended(page).lines[0].text(), "财政项目支出绩效自评表") << title;
  }
  const TabulatedPage page =
      from_pixels(page_of({{"项目名称", "", ""}}, "财政项目支出绩效自评表(2023年度)"));
  EXPECT_EQ(mended(page).lines[0].text(), "财政项目支出绩效自评表(2023年度)");
}

TEST(LabelMender, TakesNoQuantityForAYear) {
  TabulatedPage page = page_of({{"10.00(年)", "", ""}});
  page.lines.push_back(line(220, 70, "10.00(年)"));
  const TabulatedPage same = mended(from_pixels(page));
  EXPECT_EQ(same.tables[0].cells[0].text(), "10.00(年)");
  EXPECT_EQ(same.lines[1].text(), "10.00(年)");
}

TEST(MendMarks, KnowTheUnitThatIsPrintedAsNull) {
  EXPECT_EQ(mended("≥90(nul"), "≥90(null)");
  EXPECT_EQ(mended("≥90(nul山"), "≥90(null)");
  EXPECT_EQ(mended("95.00CnulD)"), "95.00(null)");
  EXPECT_EQ(mended("5.00(nu11)"), "5.00(null)");
  EXPECT_EQ(mended("3.60(nuLl)"), "3.60(null)");
  EXPECT_EQ(mended("5.00(nu12)"), "5.00(null)");
  EXPECT_EQ(mended("5.00(numb)"), "5.00(numb)");
  EXPECT_EQ(mended("95.00（null）"), "95.00（null）");
  EXPECT_EQ(mended("annul)"), "annul)");
}

TEST(MendMarks, KnowTheLatinWordOfThinLetters) {
  EXPECT_EQ(mended("W-Fi6覆盖率"), "Wi-Fi6覆盖率");
  EXPECT_EQ(mended("Wi-F16覆盖率"), "Wi-Fi6覆盖率");
  EXPECT_EQ(mended("免费WI-F覆盖率"), "免费Wi-Fi覆盖率");
  EXPECT_EQ(mended("i-Fi6"), "Wi-Fi6");
  EXPECT_EQ(mended("Wi-Fi6覆盖率"), "Wi-Fi6覆盖率");
  EXPECT_EQ(mended("WiFi覆盖率"), "WiFi覆盖率");
  EXPECT_EQ(mended("1-F座"), "1-F座");
}

TEST(MendMarks, MakesBracketsThatBelongTogetherAlike) {
  EXPECT_EQ(mended("40次〈按计划)"), "40次(按计划)");
  EXPECT_EQ(mended("40次（按《办法》执行》"), "40次（按《办法》执行）");
  EXPECT_EQ(mended("《关于办法〉"), "《关于办法》");
  EXPECT_EQ(mended("大赛〈(分赛区)"), "大赛(分赛区)");
}

TEST(MendMarks, TakesPiecesOfRulesOut) {
  EXPECT_EQ(mended("|产出|成果"), "产出成果");
  EXPECT_EQ(mended("|"), "");
}

TEST(MendMarks, MakesOneSignOfAPercentSignThatWasReadAsTwo) {
  EXPECT_EQ(mended("知晓度达到100o%"), "知晓度达到100%");
  EXPECT_EQ(mended("o%"), "o%");
}

TEST(MendMarks, SetsQuotesByTurns) {
  EXPECT_EQ(mended("“午后课堂\"开设率"), "“午后课堂”开设率");
  EXPECT_EQ(mended("\"合成\"与“创新\"赛事"), "“合成”与“创新”赛事");
  EXPECT_EQ(mended("一“点”一档”资料"), "一“点”一档”资料");
  EXPECT_EQ(mended("”沐川区保护所"), "沐川区保护所");
  EXPECT_EQ(mended("岗位不空缺“"), "岗位不空缺");
}

TEST(MendMarks, LeavesWhatFits) {
  for (const char* text :
       {"（<5%）", "1)建成", "《甲》（乙）", "【2008】28号", ">=5", "“甲”（乙）"}) {
    EXPECT_EQ(mended(text), text);
  }
}

TEST(DeclarativeLayout, ReadsAFormWhoseLabelsAreMisread) {
  const auto layout =
      load_layout(TABULARIUM_SOURCE_DIR "/plugins/layouts/self_evaluation_2023/layout.toml");
  const TabulatedPage page = from_pixels(sheet(
      1,
      {ruled({50, 150, 250, 350},
             {{"项曰名称", "信息平台", ""}, {"主管部门", "市科委", ""}, {"实旆单位", "中心", ""}})},
      {line(200, 50, "财政项日支出绩效自评表")}));
  EXPECT_TRUE(layout->begins(page));
  const Form form = layout->read({page});
  EXPECT_EQ(form.title, "财政项目支出绩效自评表");
  EXPECT_EQ(form.fields[0].value.text, "信息平台");
  EXPECT_EQ(form.fields[2].value.text, "中心");
}

TEST(DeclarativeLayout, OfTwoLikeTitlesTheOneThatWasReadFitsBetter) {
  const auto one =
      load_layout(TABULARIUM_SOURCE_DIR "/plugins/layouts/self_evaluation_2023/layout.toml");
  const auto other =
      load_layout(TABULARIUM_SOURCE_DIR "/plugins/layouts/self_evaluation_2023b/layout.toml");
  const TabulatedPage page = from_pixels(sheet(1, {ruled({50, 150, 250}, {{"项目名称", "平台"}})},
                                               {line(200, 50, "财政项目支出绩效自评价")}));
  EXPECT_GT(other->fit({page}), one->fit({page}));
}

}  // namespace
}  // namespace tabularium
