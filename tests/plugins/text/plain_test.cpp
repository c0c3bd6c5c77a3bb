#include "plain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

Blocks read(const std::string& text, Style style = Style::text, const Limits& limits = {}) {
  return read_plain(to_utf32(text), style, limits, "a.txt");
}

/// The cells of a row, their lines joined by "/".
std::vector<std::string> cells(const Row& row) {
  std::vector<std::string> texts;
  for (const Cell& cell : row.cells) {
    std::string text;
    for (const Line& line : cell.lines) text += (text.empty() ? "" : "/") + to_utf8(line.text);
    texts.push_back(text);
  }
  return texts;
}

TEST(ReadPlain, PartsCellsAtTabsAndKeepsEmptyOnes) {
  const Blocks blocks = read("标题\n项目名称\t\t甲\t\n主管部门\t乙\n");
  ASSERT_THAT(blocks.blocks, SizeIs(2));
  EXPECT_EQ(to_utf8(blocks.blocks[0].line.text), "标题");
  ASSERT_THAT(blocks.blocks[1].rows, SizeIs(2));
  EXPECT_THAT(cells(blocks.blocks[1].rows[0]), ElementsAre("项目名称", "", "甲", ""));
  EXPECT_EQ(blocks.blocks[1].rows[1].cells[1].lines[0].number, 3);
}

TEST(ReadPlain, EndsATableAtAnEmptyLine) {
  const Blocks blocks = read("a\tb\n\nc\td\n");
  ASSERT_THAT(blocks.blocks, SizeIs(2));
  EXPECT_TRUE(blocks.blocks[1].blank_before);
}

TEST(ReadPlain, ReadsRowsBetweenPipesWithAndWithoutAFrame) {
  const Blocks framed = read("| a | b\\|c |\n|---|:--:|\n| d |  |\n", Style::markdown);
  ASSERT_THAT(framed.blocks, SizeIs(1));
  EXPECT_THAT(cells(framed.blocks[0].rows[0]), ElementsAre("a", "b|c"));
  EXPECT_THAT(cells(framed.blocks[0].rows[1]), ElementsAre("d", ""));
  const Blocks bare = read("a | b\n--- | ---\nc | d\n");
  EXPECT_THAT(cells(bare.blocks[0].rows[1]), ElementsAre("c", "d"));
}

TEST(ReadPlain, TakesAPipeInALineForNoTable) {
  EXPECT_TRUE(read("甲|乙 之间\n").blocks[0].rows.empty());
}

TEST(ReadPlain, LeavesOutLinesBelowHeads) {
  const Blocks blocks = read("a\tb\n--\t-------\nc\td\n");
  ASSERT_THAT(blocks.blocks, SizeIs(1));
  EXPECT_THAT(blocks.blocks[0].rows, SizeIs(2));
}

TEST(ReadPlain, JoinsTheLinesOfAGridTablesCells) {
  const Blocks blocks =
      read("+-----+-----+\n| 项目 | 甲 |\n| 名称 |    |\n+=====+=====+\n| c | d |\n+---+---+\n",
           Style::markdown);
  ASSERT_THAT(blocks.blocks, SizeIs(1));
  EXPECT_THAT(cells(blocks.blocks[0].rows[0]), ElementsAre("项目名称", "甲"));
  EXPECT_THAT(cells(blocks.blocks[0].rows[1]), ElementsAre("c", "d"));
}

TEST(ReadPlain, TakesMarkupInCellsForWhatItSays) {
  const Blocks blocks = read(
      "a\t<p>一</p> <p>二</p>\tx<br/>y\t甲 <input checked=\"\" type=\"checkbox\"/> 乙 <input "
      "type=\"checkbox\"/>\t1 < 2 &amp; CRA&CRC\n");
  EXPECT_THAT(cells(blocks.blocks[0].rows[0]),
              ElementsAre("a", "一/二", "x/y", "甲 ☑ 乙 ☐", "1 < 2 & CRA&CRC"));
}

TEST(ReadPlain, TakesTheMarksOfMarkdownOff) {
  const Blocks blocks = read("# 财政**自评表**\n\n第1\\.条\n", Style::markdown);
  EXPECT_EQ(to_utf8(blocks.blocks[0].line.text), "财政自评表");
  EXPECT_EQ(to_utf8(blocks.blocks[1].line.text), "第1.条");
}

TEST(ReadPlain, ReadsQuotedCellsWithCommasQuotesAndLineEnds) {
  const Blocks blocks = read("a,\"b,\"\"c\"\"\",\"d\ne\"\nf,g,h\n", Style::commas);
  EXPECT_THAT(cells(blocks.blocks[0].rows[0]), ElementsAre("a", "b,\"c\"", "d/e"));
  EXPECT_EQ(blocks.blocks[0].rows[1].cells[0].lines[0].number, 3);
}

TEST(ReadPlain, TakesAQuoteThatNeverClosesForACharacter) {
  const Blocks blocks = read("a\t\"b\nc\td\n", Style::tabs);
  EXPECT_THAT(blocks.blocks[0].rows, SizeIs(2));
  EXPECT_THAT(cells(blocks.blocks[0].rows[0]), ElementsAre("a", "\"b"));
}

TEST(ReadPlain, BeginsAPageAtAFormFeed) {
  const Blocks blocks = read("a\n\fb\n");
  EXPECT_TRUE(blocks.blocks[1].page_before);
}

TEST(ReadPlain, RefusesMoreCellsThanATableMayHave) {
  Limits limits;
  limits.max_table_cells = 5;
  EXPECT_THROW(read("a\tb\tc\nd\te\tf\n", Style::text, limits), Error);
}

}  // namespace
}  // namespace tabularium::text
