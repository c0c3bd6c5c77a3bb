#include "html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

using ::testing::SizeIs;

Blocks read(const std::string& html, const Limits& limits = {}) {
  return read_html(to_utf32(html), limits, "a.html");
}

std::string text_of(const Cell& cell) {
  std::string text;
  for (const Line& line : cell.lines) text += (text.empty() ? "" : "/") + to_utf8(line.text);
  return text;
}

TEST(ReadHtml, PlacesCellsAroundThoseThatSpanRows) {
  const Blocks blocks = read(
      "<h1>标题</h1><table><tr><td rowspan=2>甲<td colspan=2>乙</tr>\n<tr><td>丙<td>丁</table>");
  ASSERT_THAT(blocks.blocks, SizeIs(2));
  EXPECT_EQ(to_utf8(blocks.blocks[0].line.text), "标题");
  const Block& table = blocks.blocks[1];
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_EQ(table.rows[0].cells[0].row_span, 2);
  EXPECT_EQ(table.rows[0].cells[1].col_span, 2);
  EXPECT_EQ(table.rows[1].cells[0].col, 1);
  EXPECT_EQ(table.rows[1].cells[0].lines[0].number, 2);
}

TEST(ReadHtml, PartsParagraphsAndDrawsCheckBoxes) {
  const Blocks blocks =
      read("<table><tr><td><p>一</p><p>二<br>三</p><td>甲<input type=checkbox checked></table>");
  EXPECT_EQ(text_of(blocks.blocks[0].rows[0].cells[0]), "一/二/三");
  EXPECT_EQ(text_of(blocks.blocks[0].rows[0].cells[1]), "甲 ☑");
}

TEST(ReadHtml, LeavesOutWhatAPageDoesNotShow) {
  const Blocks blocks = read(
      "<html><head><title>x</title><style>p{}</style></head><body><script>y</script>"
      "<p hidden>z</p><p style='display: none'>z</p><!-- z --><p>甲</p></body></html>");
  ASSERT_THAT(blocks.blocks, SizeIs(1));
  EXPECT_EQ(to_utf8(blocks.blocks[0].line.text), "甲");
}

TEST(ReadHtml, MakesATableWithinACellParagraphsOfIt) {
  const Blocks blocks =
      read("<table><tr><td>甲<table><tr><td>1<td>2<tr><td>3<td>4</table><td>乙</table>");
  ASSERT_THAT(blocks.blocks, SizeIs(1));
  EXPECT_EQ(text_of(blocks.blocks[0].rows[0].cells[0]), "甲/1 2/3 4");
  EXPECT_EQ(text_of(blocks.blocks[0].rows[0].cells[1]), "乙");
}

TEST(ReadHtml, EndsSpansAtTheTablesEnd) {
  const Blocks blocks = read("<table><tr><td rowspan=99999999>a<td colspan=-3>b</table>");
  EXPECT_EQ(blocks.blocks[0].rows[0].cells[0].row_span, 1);
  EXPECT_EQ(blocks.blocks[0].rows[0].cells[1].col_span, 1);
}

TEST(ReadHtml, RefusesSpansOfMoreCellsThanATableMayHave) {
  std::string html = "<table>";
  for (int i = 0; i < 400; ++i) html += "<tr><td colspan=1000>a";
  EXPECT_THROW(read(html + "</table>"), Error);
}

TEST(ReadHtml, RefusesElementsNestedTooDeep) {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  try {
    read(html);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::damaged_input);
  }
}

TEST(ReadHtml, LoadsNothing) {
  const Blocks blocks = read(
      "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>甲&x;</p><iframe "
      "src='file:///etc/passwd'>z</iframe>");
  for (const Block& block : blocks.blocks) {
    EXPECT_EQ(to_utf8(block.line.text).find("root:"), std::string::npos);
  }
}

}  // namespace
}  // namespace tabularium::text
