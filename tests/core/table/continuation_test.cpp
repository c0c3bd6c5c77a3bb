#include "tabularium/table/continuation.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;
using build::texts_of;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using Texts = std::vector<std::vector<std::string>>;

const std::vector<double> kEdges{50, 130, 230, 400};

std::vector<Table> join(Table upper, Table lower, const ContinuationHints& hints = {}) {
  return join_continued({sheet(1, {std::move(upper)}), sheet(2, {std::move(lower)})}, hints);
}

TEST(Continuation, ANewRowBehindTheBreakStaysARow) {
  const auto joined = join(ruled(kEdges, {{"产出指标", "服务次数", "≥10(次)"}}),
                           ruled(kEdges, {{"效益指标", "服务企业", "≥20(家)"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"产出指标", "服务次数", "≥10(次)"}, {"效益指标", "服务企业", "≥20(家)"}}));
  EXPECT_THAT(joined[0].parts, SizeIs(2));
  EXPECT_EQ(joined[0].row_edges.size(), 3U);
}

Table from_pixels(Table table) {
  for (Cell& cell : table.cells) {
    for (TextLine& one : cell.lines) {
      for (Word& word : one.words) word.recognized = true;
    }
  }
  return table;
}

TEST(Continuation, PhotographedPagesNeedNotBeOfOneSize) {
  const std::vector<double> edges{50, 130, 230, 300, 400};
  const std::vector<double> smaller{61, 137, 232, 298.5, 393.5};  // 0.95 of it
  const Texts above{{"产出指标", "服务次数", "≥10(次)", "9.00"}};
  const Texts below{{"效益指标", "服务企业", "≥20(家)", "9.00"}};
  const auto joined = join(from_pixels(ruled(edges, above)), from_pixels(ruled(smaller, below, 2)));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cols, 4);
  EXPECT_EQ(texts_of(joined[0]), (Texts{above[0], below[0]}));
  // What a file stores is exact, and columns that disagree are those of another table.
  EXPECT_THAT(join(ruled(edges, above), ruled(smaller, below, 2)), SizeIs(2));
  EXPECT_THAT(join(from_pixels(ruled(edges, above)),
                   from_pixels(ruled({61, 90, 120, 180, 393.5}, below, 2))),
              SizeIs(2));
}

TEST(Continuation, OfThreePhotographedPagesTwoMayBeOfOneSizeAndNotTheFirst) {
  const std::vector<double> edges{50, 130, 230, 300, 400};
  const std::vector<double> smaller{61, 137, 232, 298.5, 393.5};  // 0.95 of it
  const Texts first{{"产出指标", "服务次数", "≥10(次)", "9.00"}};
  const Texts second{{"效益指标", "服务企业", "≥20(家)", "9.00"}};
  const Texts third{{"满意度", "服务对象", "≥90(%)", "9.00"}};
  const auto joined = join_continued({sheet(1, {from_pixels(ruled(edges, first))}),
                                      sheet(2, {from_pixels(ruled(smaller, second, 2))}),
                                      sheet(3, {from_pixels(ruled(smaller, third, 3))})},
                                     {});
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cols, 4);
  EXPECT_EQ(texts_of(joined[0]), (Texts{first[0], second[0], third[0]}));
}

TEST(Continuation, OfPhotographedPagesTheRowBehindTheBreakTellsWhetherColumnsAgree) {
  const std::vector<double> edges{50, 130, 230, 300, 400};
  // 0.95 of it; below its first row the table is cut otherwise.
  const std::vector<double> below{61, 96, 137, 180, 232, 250, 277, 393.5};
  const Texts texts{{"总体目标", "<", "建成平台", "<", "已建成", "<", "<"},
                    {"一级", "二级", "三级", "指标值", "完成值", "得分", "原因"}};
  const Texts above{{"年度", "无", "预期目标", "实际完成"}};
  EXPECT_THAT(join(from_pixels(ruled(edges, above)), from_pixels(ruled(below, texts, 2))),
              SizeIs(1));
}

TEST(Continuation, AMergedLabelThatStandsInTheFirstPartAloneSpansBoth) {
  const auto joined =
      join(ruled(kEdges, {{"产出指标", "服务次数", "≥10(次)"}, {"^", "培训人次", "≥30(人)"}}),
           ruled(kEdges, {{"", "服务企业", "≥20(家)"}, {"^", "完成时间", "年底前"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].rows, 4);
  EXPECT_EQ(joined[0].cell_at(3, 0)->text(), "产出指标");
  EXPECT_EQ(joined[0].cell_at(0, 0)->row_span, 4);
  EXPECT_THAT(joined[0].cell_at(0, 0)->parts, SizeIs(2));
}

TEST(Continuation, ARowOfLabelAndTextThatTheEdgeCutsIsOne) {
  const std::vector<double> edges{50, 130, 204};
  const auto joined = join(ruled(edges, {{"项目概况", "全市科技服务\n平台的建设和"}}),
                           ruled(edges, {{"", "运行。"}, {"备注", "无"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"项目概况", "全市科技服务\n平台的建设和\n运行。"}, {"备注", "无"}}));
  EXPECT_EQ(joined[0].cell_at(0, 1)->lines.back().page, 2);
}

TEST(Continuation, OfACutIndicatorRowOnlyTheLongCellsGoOn) {
  const auto joined =
      join(ruled(kEdges, {{"产出指标", "服务次数",
                           "≥10次（按照计划完成全部各项科\n技服务活动，总的次数并且应当不少"}}),
           ruled(kEdges, {{"", "", "于十次）"}, {"", "培训人次", "≥30(人)"}}, 2));
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"产出指标", "服务次数",
                    "≥10次（按照计划完成全部各项科\n技服务活动，总的次数并且应当不少\n于十次）"},
                   {"", "培训人次", "≥30(人)"}}));
}

TEST(Continuation, ANameAndFiguresWithoutCounterpartsBehindTheBreakTellThatTheirRowIsCut) {
  // The last line of the target has room for one character, but none may stand before a comma.
  const std::vector<double> edges{50, 130, 230, 324, 404};
  ContinuationHints hints;
  hints.labels = {"项目名称"};
  hints.words = {"产出指标"};
  const Table upper =
      ruled(edges, {{"产出指标", "服务信息更新", "利用平台网络信息\n化系统，及时发", "6.00"}});
  const Table lower = ruled(edges, {{"", "", "布、更新联盟信息", ""}}, 2);
  EXPECT_EQ(texts_of(join(upper, lower, hints)[0]),
            (Texts{{"产出指标", "服务信息更新",
                    "利用平台网络信息\n化系统，及时发\n布、更新联盟信息", "6.00"}}));
  // A merged label alone goes on over several rows.
  const Table label = ruled({50, 130, 224}, {{"产出指标", "化系统，及时发"}});
  const Table next = ruled({50, 130, 224}, {{"", "布、更新联盟信息"}}, 2);
  EXPECT_EQ(join(label, next, hints)[0].rows, 2);
}

TEST(Continuation, BesideANameALongTextThatEndsWithRoomTellsThatItsRowEnds) {
  // Both names fill their column, so that they alone could be one.
  ContinuationHints hints;
  hints.labels = {"项目名称"};
  hints.words = {"财务管理"};
  Table upper =
      ruled(kEdges, {{"财务管理", "财务制度执行有效性",
                      "有效（严格执行财务管理制度，预算\n管理、采购管理、差旅费和会议费管\n"
                      "理、报销和内控全部符合国家及本中\n心的规定）"}});
  upper.open_bottom = true;
  const Table lower = ruled(kEdges, {{"", "财务制度健全性", "健全（覆盖预算管理）"}}, 2);
  EXPECT_EQ(join(upper, lower, hints)[0].rows, 2);
}

TEST(Continuation, FiguresOnBothSidesAreTwoRowsThoughTheirCellsAreFull) {
  const std::vector<double> edges{50, 90, 110, 132, 154};
  const auto joined = join(ruled(edges, {{"产出", "次数", "5.00", "5.00"}}),
                           ruled(edges, {{"", "人数", "5.00", "5.00"}}, 2));
  EXPECT_EQ(joined[0].rows, 2);
}

TEST(Continuation, ARepeatedHeaderIsDropped) {
  const Texts header{{"一级指标", "三级指标", "指标值"}};
  Texts upper = header;
  upper.push_back({"产出指标", "服务次数", "≥10(次)"});
  Texts lower = header;
  lower.push_back({"", "服务企业", "≥20(家)"});
  const auto joined = join(ruled(kEdges, upper), ruled(kEdges, lower, 2));
  EXPECT_EQ(texts_of(joined[0]), (Texts{{"一级指标", "三级指标", "指标值"},
                                        {"产出指标", "服务次数", "≥10(次)"},
                                        {"", "服务企业", "≥20(家)"}}));
  EXPECT_EQ(joined[0].cell_at(2, 0)->text(), "产出指标");
}

TEST(Continuation, ARepeatedHeaderBesideASideLabelIsDropped) {
  const std::vector<double> edges{50, 90, 170, 300, 400};
  const auto joined = join(
      ruled(edges, {{"绩效指标", "一级指标", "三级指标", "指标值"},
                    {"^", "产出指标", "服务次数", "≥10(次)"}}),
      ruled(edges, {{"", "一级指标", "三级指标", "指标值"}, {"^", "效益指标", "企业", "20"}}, 2));
  EXPECT_EQ(joined[0].rows, 3);
  EXPECT_EQ(joined[0].cell_at(2, 0)->text(), "绩效指标");
}

TEST(Continuation, ALabelCutInTheMiddleIsMadeWholeByItsWords) {
  ContinuationHints hints;
  hints.words = {"生态效益指标", "效益指标", "社会效益指标"};
  const auto joined =
      join(ruled(kEdges, {{"生态", "排放合格率", "≥95(%)"}}),
           ruled(kEdges, {{"效益指标", "", ""}, {"社会效益指标", "就业", "≥20(人)"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]), (Texts{{"生态\n效益指标", "排放合格率", "≥95(%)"},
                                        {"社会效益指标", "就业", "≥20(人)"}}));
}

TEST(Continuation, ALabelCutBetweenTwoOfItsRowsIsMadeWholeAndTheRowsStayTwo) {
  ContinuationHints hints;
  hints.words = {"生态效益指标", "效益指标"};
  const auto joined = join(ruled(kEdges, {{"生态", "排放合格率", "≥95(%)"}}),
                           ruled(kEdges, {{"效益指标", "来源报告", "=4(期)"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"生态\n效益指标", "排放合格率", "≥95(%)"}, {"", "来源报告", "=4(期)"}}));
  EXPECT_EQ(joined[0].cell_at(0, 0)->row_span, 2);
}

TEST(Continuation, AMergedLabelMayStandInTheSecondPartAlone) {
  ContinuationHints hints;
  hints.words = {"效果目标", "影响力目标"};
  const auto joined = join(ruled(kEdges, {{"", "访问量", "≥10(次)"}}),
                           ruled(kEdges, {{"效果目标", "用户数", "≥2(人)"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"效果目标", "访问量", "≥10(次)"}, {"", "用户数", "≥2(人)"}}));
  EXPECT_EQ(joined[0].cell_at(0, 0)->row_span, 2);
}

TEST(Continuation, ALabelDrawnBeyondTheEndOfItsTableIsMadeWhole) {
  ContinuationHints hints;
  hints.words = {"投入和管理目标"};
  TabulatedPage first = sheet(1, {ruled(kEdges, {{"投入和管理目", "访问量", "≥10(次)"}})});
  const double bottom = first.tables[0].row_edges.back();
  first.lines.push_back(line(60, bottom + 3, "标"));
  const TabulatedPage second = sheet(2, {ruled(kEdges, {{"", "用户数", "≥2(人)"}}, 2)});
  const auto joined = join_continued({first, second}, hints);
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "投入和管理目\n标");
  const auto whole = with_overhangs({first, second}, hints);
  ASSERT_TRUE(whole.has_value());
  EXPECT_THAT(whole->front().lines, SizeIs(0));
  EXPECT_FALSE(with_overhangs(*whole, hints).has_value());
}

TEST(Continuation, ALabelInThreePiecesOfWhichOneIsDrawnBelowItsTableIsMadeWhole) {
  ContinuationHints hints;
  hints.words = {"生态效益指标", "可持续影响指标"};
  TabulatedPage first = sheet(1, {ruled(kEdges, {{"生态", "访问量", "≥10(次)"}})});
  first.lines.push_back(line(60, first.tables[0].row_edges.back() + 3, "效益"));
  const TabulatedPage second =
      sheet(2, {ruled(kEdges, {{"指标", "用户数", "≥2(人)"}, {"可持续影响指标", "电量", "5"}}, 2)});
  const auto joined = join_continued({first, second}, hints);
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "生态\n效益\n指标");
  EXPECT_EQ(joined[0].rows, 3);
}

TEST(Continuation, PiecesOfTwoLabelsThatStandInOneLineGoEachToItsOwn) {
  ContinuationHints hints;
  hints.words = {"满意度指标", "服务对象满意度指标"};
  const std::vector<double> edges{50, 80, 120, 200};
  TabulatedPage first = sheet(1, {ruled(edges, {{"满\n意", "服务\n对象", "≥10(次)"}})});
  const double y = first.tables[0].row_edges.back() + 3;
  first.lines.push_back(line(60, y, "度"));
  first.lines[0].words.push_back(line(90, y, "满意").words[0]);
  first.lines[0].box.x1 = 110;
  const TabulatedPage second = sheet(2, {ruled(edges, {{"指标", "度指标", "≥2(人)"}}, 2)});
  const auto joined = join_continued({first, second}, hints);
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "满\n意\n度\n指标");
  EXPECT_EQ(joined[0].cell_at(1, 1)->text(), "服务\n对象\n满意\n度指标");
}

TEST(Continuation, TheLabelOfAFieldDrawnBeyondTheEndOfItsTableIsMadeWhole) {
  ContinuationHints hints;
  hints.labels = {"同名项目上年预算额"};
  TabulatedPage first = sheet(1, {ruled(kEdges, {{"同名项目", "7400.00", "元"}})});
  first.lines.push_back(line(60, first.tables[0].row_edges.back() + 3, "上年"));
  const TabulatedPage second =
      sheet(2, {ruled(kEdges, {{"预算额（元）", "", ""}, {"备注", "无", ""}}, 2)});
  const auto joined = join_continued({first, second}, hints);
  EXPECT_EQ(joined[0].cell_at(0, 0)->text(), "同名项目\n上年\n预算额（元）");
}

TEST(Continuation, APieceBelowItsTableIsFoundThoughAHeaderIsRepeatedBeforeTheLastOne) {
  ContinuationHints hints;
  hints.words = {"生态效益指标"};
  const Texts head{{"二级指标", "三级指标", "指标值"}};
  TabulatedPage first = sheet(1, {ruled(kEdges, {head[0], {"生态", "访问量", "≥10(次)"}})});
  first.lines.push_back(line(60, first.tables[0].row_edges.back() + 3, "效益"));
  const TabulatedPage second =
      sheet(2, {ruled(kEdges, {head[0], {"指标", "用户数", "≥2(人)"}}, 2)});
  const auto joined = join_continued({first, second}, hints);
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cell_at(2, 0)->text(), "生态\n效益\n指标");
}

TEST(Continuation, ACutRowIsOneThoughItsEdgesAreARulesWidthApartOnTheTwoPages) {
  const std::vector<double> other{50, 132.5, 204};
  const auto joined = join(ruled({50, 130, 204}, {{"项目概况", "全市科技服务\n平台的建设和"}}),
                           ruled(other, {{"", "运行。"}, {"备注", "无"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].rows, 2);
  EXPECT_EQ(joined[0].cell_at(0, 2)->text(), "全市科技服务\n平台的建设和\n运行。");
}

TEST(Continuation, AnEdgeThatTheNextPageHasBesideItsOwnIsNotMovedOntoIt) {
  const auto joined =
      join(ruled({50, 130, 204}, {{"项目概况", "平台"}}),
           ruled({50, 130, 132.5, 204}, {{"备注", "<", "无"}, {"甲", "乙", "丙"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cell_at(2, 1)->text(), "乙");
  EXPECT_EQ(joined[0].cell_at(2, 2)->text(), "丙");
}

TEST(Continuation, ALabelOfAFieldThatIsCutMakesOneRowThoughItsTextEndsAParagraphAtTheEdge) {
  ContinuationHints hints;
  hints.labels = {"保证项目实施的制度、措施", "同名项目上年预算额"};
  const std::vector<double> edges{50, 130, 204};
  auto joined = join(ruled(edges, {{"保证项目实施的\n制度、", "按季开会。"}}),
                     ruled(edges, {{"措施：", "一年一评。"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"保证项目实施的\n制度、\n措施：", "按季开会。\n一年一评。"}}));
  joined = join(ruled(edges, {{"同名项目上年", "7400.00"}}),
                ruled(edges, {{"预算额（元）", ""}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 1);
}

TEST(Continuation, ALabelOfWhichTheEdgeCutsOffTheColonOrTheUnitMakesOneRow) {
  ContinuationHints hints;
  hints.labels = {"立项依据", "项目总预算"};
  const std::vector<double> edges{50, 130, 204};
  auto joined = join(ruled(edges, {{"立项\n依据", "按季开会。"}}),
                     ruled(edges, {{"：", "一年一评。"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]), (Texts{{"立项\n依据\n：", "按季开会。\n一年一评。"}}));
  joined =
      join(ruled(edges, {{"项目总\n预算", "50.00"}}), ruled(edges, {{"（元）：", ""}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 1);
}

TEST(Continuation, ASideLabelThatIsCutBelowItsHeadDoesNotJoinHeadAndFirstRow) {
  ContinuationHints hints;
  hints.labels = {"项目当年投入资金构成", "子项目名称", "预算金额"};
  const auto joined = join(ruled(kEdges, {{"项目当年投入", "子项目名称", "预算金额（元）"}}),
                           ruled(kEdges, {{"资金构成", "场地租赁", "3000.00"}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 2);
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "项目当年投入\n资金构成");
}

TEST(Continuation, TextBelowTheRowOfItsLabelGoesOnThoughItEndsAParagraphAtTheEdge) {
  ContinuationHints hints;
  hints.labels = {"项目概况", "####年绩效目标"};
  const std::vector<double> edges{50, 118};
  auto joined = join(ruled(edges, {{"项目概况"}, {"按季开会。"}}),
                     ruled(edges, {{"一年一评。"}, {"2020年绩效目标"}}, 2), hints);
  EXPECT_EQ(texts_of(joined[0]),
            (Texts{{"项目概况"}, {"按季开会。\n一年一评。"}, {"2020年绩效目标"}}));
  // A heading with a year in it is no text that goes on.
  joined = join(ruled(edges, {{"项目概况"}, {"按季开会。"}}), ruled(edges, {{"2020年绩效目标"}}, 2),
                hints);
  EXPECT_EQ(joined[0].rows, 3);
}

TEST(Continuation, ASideLabelMayStandInTheSecondPartAlone) {
  ContinuationHints hints;
  hints.labels = {"绩效指标", "备注"};
  hints.words = {"产出指标", "效益指标"};
  const std::vector<double> edges{50, 90, 130, 230, 400};
  const Table upper = ruled(edges, {{"", "", "节约电量", "5"}, {"^", "^", "用户数", "2"}});
  const auto joined =
      join(upper,
           ruled(edges, {{"绩效指标", "效益指标", "就业", "3"}, {"^", "^", "完成时间", "年底"}}, 2),
           hints);
  EXPECT_EQ(joined[0].cell_at(0, 0)->text(), "绩效指标");
  EXPECT_EQ(joined[0].cell_at(0, 1)->text(), "效益指标");
  EXPECT_EQ(joined[0].rows, 4);
}

TEST(Continuation, AKnownLabelBeginsARow) {
  ContinuationHints hints;
  hints.labels = {"项目概况", "立项依据"};
  const std::vector<double> edges{50, 118};
  const auto joined =
      join(ruled(edges, {{"项目概况：\n全市科技服务\n平台的建设和\n全部的运行工\n作"}}),
           ruled(edges, {{"立项依据：\n文件"}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 2);
}

TEST(Continuation, TextBelowALabelInOneCellGoesOn) {
  ContinuationHints hints;
  hints.labels = {"项目概况", "立项依据"};
  const std::vector<double> edges{50, 118};
  const auto joined = join(ruled(edges, {{"项目概况：\n全市科技服务\n平台的建设和\n全部的运行工"}}),
                           ruled(edges, {{"作。"}, {"立项依据：\n文件"}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 2);
}

TEST(Continuation, AHeadAtTheEndOfThePageIsNoBeginningOfTheTextBelow) {
  ContinuationHints hints;
  hints.labels = {"项目绩效目标", "项目总目标", "年度总体目标"};
  const std::vector<double> edges{50, 118, 186, 254};
  const auto joined =
      join(ruled(edges, {{"项目绩效目标", "项目总目标", "年度总体目标"}}),
           ruled(edges, {{"", "", "全市科技服务\n平台的建设和\n运行\n工作。"}}, 2), hints);
  EXPECT_EQ(joined[0].rows, 2);
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "项目绩效目标");
}

TEST(Continuation, TextThatRanOutOfACellDoesNotPartATable) {
  Table upper = ruled(kEdges, {{"项目绩效", "次数", "10"}});
  const double bottom = upper.parts.front().box.y1;
  const auto pages = std::vector{sheet(1, {upper}, {line(60, bottom + 2, "目标")}),
                                 sheet(2, {ruled(kEdges, {{"", "家数", "20"}}, 2)})};
  EXPECT_THAT(join_continued(pages), SizeIs(1));
}

TEST(Continuation, SeveralLinesThatRanOutOfACellDoNotPartATable) {
  Table upper = ruled(kEdges, {{"年度", "预期目标", "完成情况"}});
  const double bottom = upper.parts.front().box.y1;
  const Table lower = ruled(kEdges, {{"", "家数", "20"}}, 2);
  const auto first = [&](double second_line) {
    return sheet(1, {upper}, {line(60, bottom + 2, "总体"), line(60, second_line, "目标")});
  };
  EXPECT_THAT(join_continued({first(bottom + 16), sheet(2, {lower})}), SizeIs(1));
  // A line further down belongs to nothing above it.
  EXPECT_THAT(join_continued({first(bottom + 60), sheet(2, {lower})}), SizeIs(2));
}

TEST(Continuation, AMergedLabelOfWhichNothingIsDrawnOnTheNextPageGoesOn) {
  const auto joined = join(ruled(kEdges, {{"产出指标", "服务次数", "≥10(次)"}}),
                           ruled({130, 230, 400}, {{"服务企业", "≥20(家)"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cell_at(1, 0)->text(), "产出指标");
  EXPECT_EQ(joined[0].cell_at(1, 1)->text(), "服务企业");
}

TEST(Continuation, ColumnsOfBothPartsAreUnited) {
  const auto joined = join(ruled({50, 130, 400}, {{"项目名称", "平台"}}),
                           ruled({50.4, 130.3, 230, 400.2}, {{"产出指标", "次数", "10"}}, 2));
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined[0].cols, 3);
  EXPECT_EQ(joined[0].cell_at(0, 1)->col_span, 2);
}

TEST(Continuation, PageNumbersAndRunningHeadsDoNotPartATable) {
  const auto pages = std::vector{
      sheet(1, {ruled(kEdges, {{"产出指标", "次数", "10"}})}, {line(280, 700, "第 1 页 共 2 页")}),
      sheet(2, {ruled(kEdges, {{"效益指标", "家数", "20"}}, 2)}, {line(50, 40, "年度汇总表")})};
  EXPECT_THAT(join_continued(pages), SizeIs(1));
}

TEST(Continuation, TextPartsTables) {
  const auto pages = std::vector{sheet(1, {ruled(kEdges, {{"产出指标", "次数", "10"}})}),
                                 sheet(2, {ruled(kEdges, {{"效益指标", "家数", "20"}}, 2, 300)},
                                       {line(50, 200, "另有一份表格如下所示")})};
  EXPECT_THAT(join_continued(pages), SizeIs(2));
}

TEST(Continuation, TablesOfOtherWidthStayApart) {
  EXPECT_THAT(join(ruled(kEdges, {{"产出指标", "次数", "10"}}),
                   ruled({50, 130, 230, 300}, {{"效益指标", "家数", "20"}}, 2)),
              SizeIs(2));
}

TEST(Continuation, APieceOfAnEmptyLabelThatEndsEarlyMakesNoRow) {
  const auto joined =
      join(ruled({50, 130, 204}, {{"实际完成情况", "全市科技服务\n平台的建设和"}}),
           ruled({50, 130, 204}, {{"", "运行工作全部\n完成。"}, {"", "^"}, {"备注", "无"}}, 2));
  EXPECT_EQ(joined[0].rows, 2);
}

TEST(PageNumber, IsKnownInItsUsualForms) {
  for (const char* text : {"1", "- 2 -", "第 1 页 共 3 页", "2/5", "第1页，共2页", "Page 3 of 4"}) {
    EXPECT_TRUE(is_page_number(line(0, 0, text))) << text;
  }
  for (const char* text : {"（2025年度）", "备注", "共青团"}) {
    EXPECT_FALSE(is_page_number(line(0, 0, text))) << text;
  }
}

}  // namespace
}  // namespace tabularium
