#include "tabularium/table/tabulate.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "build.h"

namespace tabularium {
namespace {

using build::across;
using build::down;
using build::frame;
using build::page;
using build::word;
using ::testing::ElementsAre;

TabulatedPage ruled(std::vector<Rule> rules, std::vector<Word> words = {}) {
  TabulateOptions options;
  options.aligned_tables = false;
  return tabulate(page(std::move(rules), std::move(words)), options);
}

/// Two columns at x 50, 150, 350 and rows of 20 pt from y 100.
std::vector<Rule> two_columns(int rows) {
  std::vector<Rule> rules;
  for (int i = 0; i <= rows; ++i) rules.push_back(across(100 + 20.0 * i, 50, 350));
  for (const double x : {50.0, 150.0, 350.0}) rules.push_back(down(x, 100, 100 + 20.0 * rows));
  return rules;
}

std::vector<std::string> texts(const Table& table) {
  std::vector<std::string> found;
  for (const Cell& cell : table.cells) found.push_back(cell.text());
  return found;
}

std::vector<std::string> texts(const std::vector<TextLine>& lines) {
  std::vector<std::string> found;
  for (const TextLine& line : lines) found.push_back(line.text());
  return found;
}

TEST(Tabulate, GivesEachCellItsText) {
  const TabulatedPage made =
      ruled(two_columns(2), {word(55, 105, "项目名称"), word(155, 105, "信息化运维项目"),
                             word(55, 125, "金额"), word(155, 125, "70000.00")});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].kind, TableKind::ruled);
  EXPECT_THAT(texts(made.tables[0]), ElementsAre("项目名称", "信息化运维项目", "金额", "70000.00"));
  EXPECT_TRUE(made.lines.empty());
  EXPECT_EQ(made.tables[0].cell_at(1, 1)->text(), "70000.00");
  EXPECT_EQ(made.tables[0].cell_at(2, 0), nullptr);
}

TEST(Tabulate, SplitsAWordThatLiesInTwoCells) {
  // Six glyphs of 10 pt from x 120: the rule at 150 passes after the third.
  const TabulatedPage made = ruled(two_columns(1), {word(120, 105, "项目名称预算")});
  EXPECT_THAT(texts(made.tables[0]), ElementsAre("项目名", "称预算"));
}

TEST(Tabulate, FollowsTheGlyphsCentreWhereTextIsTallerThanItsRow) {
  std::vector<Rule> rules;
  for (int i = 0; i <= 3; ++i) rules.push_back(across(100 + 9.0 * i, 50, 350));
  for (const double x : {50.0, 150.0, 350.0}) rules.push_back(down(x, 100, 127));
  const TabulatedPage made =
      ruled(rules, {word(55, 98, "一", 12), word(55, 107, "二", 12), word(55, 116.5, "三", 12)});
  ASSERT_EQ(made.tables[0].rows, 3);
  EXPECT_THAT(texts(made.tables[0]), ElementsAre("一", "", "二", "", "三", ""));
}

TEST(Tabulate, ReadsTheLinesOfACellFromTopToBottom) {
  const TabulatedPage made =
      ruled(frame({50, 100, 200, 160}), {word(55, 130, "third"), word(90, 116.5, "line"),
                                         word(55, 115, "second"), word(55, 101, "first")});
  EXPECT_EQ(made.tables[0].cells[0].text(), "first\nsecond line\nthird");
}

TEST(Tabulate, ClosesATableThatAPageBreakCutsAtTheEndsOfItsVerticals) {
  std::vector<Rule> rules = two_columns(2);
  for (Rule& rule : rules) {
    if (!rule.horizontal()) rule.to = 170;  // the last horizontal rule is at 140
  }
  const TabulatedPage made = ruled(rules, {word(55, 150, "续")});
  ASSERT_EQ(made.tables.size(), 1u);
  const Table& table = made.tables[0];
  EXPECT_EQ(table.rows, 3);
  EXPECT_TRUE(table.open_bottom);
  EXPECT_FALSE(table.open_top);
  EXPECT_EQ(table.row_edges.back(), 170);
  EXPECT_EQ(table.cell_at(2, 0)->text(), "续");
}

TEST(Tabulate, TakesTheEndsOfTheHorizontalRulesForMissingSideBorders) {
  std::vector<Rule> rules = two_columns(3);
  std::erase_if(rules, [](const Rule& rule) { return !rule.horizontal() && rule.position != 150; });
  const TabulatedPage made = ruled(rules);
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].cols, 2);
  EXPECT_THAT(made.tables[0].column_edges, ElementsAre(50, 150, 350));
}

TEST(Tabulate, SeesMergedCellsOfWhichThePageHasTheSidesAlone) {
  // Two of them stand left of the table; both began on the page before and end on the next, where
  // the row goes to that did not fit below.
  std::vector<Rule> rules;
  for (int i = 1; i <= 3; ++i) rules.push_back(across(100 + 20.0 * i, 150, 350));
  for (const double x : {150.0, 250.0, 350.0}) rules.push_back(down(x, 100, 160));
  for (const double x : {50.0, 100.0}) rules.push_back(down(x, 100, 190));
  const TabulatedPage made = ruled(rules, {word(155, 105, "培训场次"), word(255, 105, "12次")});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_THAT(made.tables[0].column_edges, ElementsAre(50, 100, 150, 250, 350));
  EXPECT_EQ(made.tables[0].cell_at(0, 2)->text(), "培训场次");
  EXPECT_GE(made.tables[0].cell_at(0, 1)->row_span, 3);
}

TEST(Tabulate, MakesOneTableOfCellsWithBordersOfTheirOwnOfWhichSomeTouchAndSomeJustDoNot) {
  // The merged cell at the left touches the upper one at the right; the lower one touches neither
  // and stands in the bounds of both.
  std::vector<Rule> rules = frame({50, 100, 148, 160});
  for (const Rule& rule : frame({149.4, 100, 350, 128.7})) rules.push_back(rule);
  for (const Rule& rule : frame({150.5, 131, 350, 160})) rules.push_back(rule);
  const TabulatedPage made = ruled(
      rules, {word(60, 125, "产出指标"), word(160, 105, "培训场次"), word(160, 140, "参训人数")});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_THAT(texts(made.tables[0]), ElementsAre("产出指标", "培训场次", "参训人数"));
}

TEST(Tabulate, EndsARuleAtTheUprightOneThatRunsThereNotAtANearerOneOfTheTableBelow) {
  // Stacked tables in small type; the rules of the second begin beside its own upright rule, a
  // hundredth of a point nearer to that of the third.
  std::vector<Rule> rules;
  for (const double y : {90.0, 140.0, 318.4, 358.1, 400.0, 489.0})
    rules.push_back(across(y, 22.5, 578.1));
  for (const double y : {328.9, 338.6, 348.4}) rules.push_back(across(y, 93.75, 578.1));
  for (const double x : {22.9, 577.8}) rules.push_back(down(x, 90, 489));
  rules.push_back(down(91.12, 90, 140));
  rules.push_back(down(93.37, 318.4, 358.1));
  rules.push_back(down(94.12, 358.1, 400));
  rules.push_back(down(95.62, 400, 489));
  std::vector<Word> words;
  for (int i = 0; i < 4; ++i) words.push_back(word(200, 320 + 9.8 * i, "子项目名称", 7.5));
  const TabulatedPage made = ruled(rules, words);
  ASSERT_EQ(made.tables.size(), 1u);
  const auto found = texts(made.tables[0]);
  EXPECT_EQ(std::count(found.begin(), found.end(), "子项目名称"), 4);
}

TEST(Tabulate, LeavesThePageNumberOutOfTheRowThatIsDrawnOverIt) {
  // 842 points high; the number stands in the middle of 595 points, over a rule between two cells.
  std::vector<Rule> rules = frame({50, 60, 545, 830});
  rules.push_back(down(300, 60, 830));
  const TabulatedPage made =
      ruled(rules, {word(60, 70, "年度目标"), word(310, 70, "完成验收。"), word(310, 790, "-2-"),
                    word(268, 800, "第2页共3页", 12)});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_THAT(texts(made.tables[0]), ElementsAre("年度目标", "完成验收。\n-2-"));
  EXPECT_THAT(texts(made.lines), ElementsAre("第2页共3页"));
}

TEST(Tabulate, LetsASlipOfThePenMakeNoColumn) {
  std::vector<Rule> rules = two_columns(3);
  rules[1].to = 380;
  EXPECT_EQ(ruled(rules).tables[0].cols, 2);
}

TEST(Tabulate, TakesNoTableFromAnUnderlineACornerOrATickBox) {
  EXPECT_TRUE(ruled({across(100, 50, 200)}).tables.empty());
  EXPECT_TRUE(ruled({across(100, 50, 200), down(50, 100, 200)}).tables.empty());
  EXPECT_TRUE(ruled(frame({50, 100, 60, 110}), {word(70, 100, "是")}).tables.empty());
}

TEST(Tabulate, TakesNoTableFromAFrameRoundThePage) {
  std::vector<Rule> rules = two_columns(2);
  for (const Rule& rule : frame({20, 20, 575, 820})) rules.push_back(rule);
  const TabulatedPage made = ruled(rules, {word(55, 60, "标题")});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].cells.size(), 4u);
  EXPECT_THAT(texts(made.lines), ElementsAre("标题"));
}

TEST(Tabulate, GivesATableInACellItsOwnCellsAndTheOuterCellTheTextToo) {
  std::vector<Rule> rules = two_columns(1);
  for (Rule& rule : rules) {
    if (rule.horizontal() && rule.position == 120) rule.position = 300;
    if (!rule.horizontal()) rule.to = 300;
  }
  for (const double y : {150.0, 170.0, 190.0}) rules.push_back(across(y, 170, 330));
  for (const double x : {170.0, 250.0, 330.0}) rules.push_back(down(x, 150, 190));
  const TabulatedPage made =
      ruled(rules, {word(55, 110, "label"), word(175, 155, "a"), word(255, 155, "b")});
  ASSERT_EQ(made.tables.size(), 2u);
  EXPECT_EQ(made.tables[0].cell_at(0, 1)->text(), "a b");
  EXPECT_THAT(texts(made.tables[1]), ElementsAre("a", "b", "", ""));
  EXPECT_TRUE(made.lines.empty());
}

TEST(Tabulate, SortsTablesFromTopToBottomAndListsTheTextBetween) {
  std::vector<Rule> rules = two_columns(1);
  for (const Rule& rule : two_columns(1)) {
    Rule lower = rule;
    if (lower.horizontal()) {
      lower.position += 300;
    } else {
      lower.from += 300;
      lower.to += 300;
    }
    rules.insert(rules.begin(), lower);
  }
  const TabulatedPage made =
      ruled(rules, {word(55, 405, "second"), word(55, 105, "first"), word(400, 250, "right"),
                    word(50, 250, "left"), word(75, 250, "side"), word(50, 230, "above")});
  ASSERT_EQ(made.tables.size(), 2u);
  EXPECT_EQ(made.tables[0].cells[0].text(), "first");
  EXPECT_EQ(made.tables[1].cells[0].text(), "second");
  EXPECT_THAT(texts(made.lines), ElementsAre("above", "left side", "right"));
}

TEST(Tabulate, SaysSoWhenRulesMakeMoreCellsThanAllowed) {
  std::vector<Rule> rules;
  for (int i = 0; i <= 30; ++i) {
    rules.push_back(across(i * 20.0, 0, 600));
    rules.push_back(down(i * 20.0, 0, 600));
  }
  Limits limits;
  limits.max_table_cells = 100;
  const TabulatedPage made = tabulate(page(rules, {word(10, 10, "x")}), {}, limits);
  EXPECT_TRUE(made.tables.empty());
  EXPECT_THAT(texts(made.lines), ElementsAre("x"));
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0].check, "tables");
}

TEST(Tabulate, LeavesALargeTitleInItsCell) {
  std::vector<Rule> rules = build::frame({50, 100, 450, 140});
  rules.push_back(build::across(160, 50, 450));
  rules.push_back(build::down(50, 140, 160));
  rules.push_back(build::down(450, 140, 160));
  const Page page = build::page(
      rules, {build::word(150, 105, "年度目标", 28), build::word(60, 145, "比对数据一千条以上")});
  const TabulatedPage read = tabulate(page, {.aligned_tables = false});
  ASSERT_EQ(read.tables.size(), 1u);
  EXPECT_EQ(read.tables[0].cells[0].text(), "年度目标");
}

TEST(Tabulate, TakesAnEmptyPage) {
  const TabulatedPage made = tabulate(page({}));
  EXPECT_TRUE(made.tables.empty());
  EXPECT_TRUE(made.lines.empty());
  EXPECT_EQ(made.width, 595);
}

TEST(TextLine, JoinsPiecesOfOneWordThatAChangeOfFontCut) {
  TextLine line;
  line.words = {word(50, 100, "CO"), word(60, 100, "2"), word(70, 100, "emissions")};
  EXPECT_EQ(line.text(), "CO2 emissions");
}

TEST(Tabulate, VerticalsAloneAreARowThatGoesOnAboveAndBelow) {
  std::vector<Rule> rules{down(50, 40, 800), down(120, 40, 800), down(540, 40, 800)};
  const std::vector<Word> words{word(130, 100, "正文"), word(130, 700, "正文")};
  const TabulatedPage made = ruled(rules, words);
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].cells.size(), 2u);
  EXPECT_TRUE(made.tables[0].open_top && made.tables[0].open_bottom);
  EXPECT_EQ(made.tables[0].cells[1].text(), "正文\n正文");
  const TabulatedPage report = tabulate(page(rules, words));  // there they part columns of text
  EXPECT_TRUE(report.tables.empty());
}

TEST(Tabulate, OpensTheOuterRowsOfATableWithoutAFrame) {
  // Only the verticals within the table stick out above the first rule and below the last.
  const TabulatedPage made = tabulate(
      page({across(120, 50, 500), across(140, 50, 500), across(160, 50, 500), down(150, 100, 180)},
           {word(60, 104, "名称"), word(160, 104, "水闸"), word(60, 164, "等级"),
            word(160, 164, "优")}),
      {.aligned_tables = false});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].rows, 4);
  EXPECT_EQ(made.tables[0].cell_at(0, 1)->text(), "水闸");
  EXPECT_EQ(made.tables[0].cell_at(3, 1)->text(), "优");
}

TEST(Tabulate, NearlyEqualColumnsOfStackedTablesOpenNoWall) {
  // Three tables under each other; the means of their first columns' edges lie beside the true
  // ones, and the rules of the last begin at its own.
  std::vector<Rule> rules = frame({50, 100, 500, 220});
  for (const double y : {120, 140, 160}) rules.push_back(across(y, 50, 500));
  rules.push_back(down(110.4, 100, 120));
  rules.push_back(down(112.6, 120, 140));
  rules.push_back(down(115.0, 140, 160));
  rules.push_back(down(112.6, 160, 220));
  rules.push_back(down(300, 160, 220));
  for (const double y : {180, 200}) rules.push_back(across(y, 113, 500));
  const TabulatedPage made =
      tabulate(page(rules, {word(200, 165, "一"), word(200, 185, "二"), word(200, 205, "三")}),
               {.aligned_tables = false});
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].cells.size(), 2u * 3 + 1 + 2 * 3);
}

TEST(Tabulate, ReadsAColumnOneGlyphWideFromTopToBottom) {
  // The reader took two pairs for vertical writing, the line distance being what it is.
  std::vector<Word> words{word(52, 12, "年度"), word(52, 45, "总"), word(52, 57, "体目"),
                          word(52, 90, "标")};
  for (const std::size_t pair : {0U, 2U}) {
    Word& column = words[pair];
    column.vertical = true;
    column.glyphs[1].box = {52, column.box.y0 + 11, 62, column.box.y0 + 21};
    column.box = {52, column.box.y0, 62, column.box.y0 + 21};
  }
  const TabulatedPage made =
      tabulate(page(frame({50, 10, 64, 110}), words), {.aligned_tables = false});
  ASSERT_THAT(made.tables, ::testing::SizeIs(1));
  EXPECT_EQ(made.tables[0].cells[0].text(), "年\n度\n总\n体\n目\n标");
}

TEST(Tabulate, ReadsAColumnOneGlyphWideWhoseLastLineGoesOn) {
  // Justified to the width of the cell: the colon stands at its right side.
  std::vector<Word> words{word(52, 12, "项"), word(52, 23, "目名"), word(52, 45, "称"),
                          word(110, 45, "：")};
  words[1].vertical = true;
  words[1].glyphs[1].box = {52, 34, 62, 44};
  words[1].box = {52, 23, 62, 44};
  const TabulatedPage made =
      tabulate(page(frame({50, 10, 124, 60}), words), {.aligned_tables = false});
  ASSERT_THAT(made.tables, ::testing::SizeIs(1));
  EXPECT_EQ(made.tables[0].cells[0].text(), "项\n目\n名\n称：");
}

}  // namespace
}  // namespace tabularium
