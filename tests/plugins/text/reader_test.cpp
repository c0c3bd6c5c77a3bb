#include "reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/table/tabulate.h"

namespace tabularium::text {
namespace {

using ::testing::SizeIs;

Document document(const std::string& name, const std::string& bytes) {
  Document made;
  made.name = name;
  made.path = name;
  made.bytes = std::make_shared<const std::string>(bytes);
  made.head = bytes.substr(0, 1024);
  made.size = static_cast<std::int64_t>(bytes.size());
  return made;
}

TEST(TextReader, KnowsItsFilesByNameAndTheirBytesByWhatTheyCanBe) {
  const auto reader = make_reader();
  EXPECT_TRUE(reader->accepts(document("a.txt", "甲")));
  EXPECT_TRUE(reader->accepts(document("A.HTM", "甲")));
  EXPECT_TRUE(reader->accepts(document("a.tsv", "甲\t乙")));
  EXPECT_TRUE(reader->accepts(document("a", "<!DOCTYPE html><p>甲")));
  EXPECT_FALSE(reader->accepts(document("a.doc", "甲")));
  EXPECT_FALSE(reader->accepts(document("a.txt", "%PDF-1.7\n")));
  EXPECT_FALSE(reader->accepts(document("a.txt", "\xFF\xFF\xFF\xFF")));
}

TEST(TextReader, GivesWordsTheirLinesAndTablesTheirGrid) {
  const auto opened = make_reader()->open(document("a.txt", "标题 行\n\n甲\t乙 丙\n丁\t\n"));
  ASSERT_EQ(opened->page_count(), 1);
  const Page page = opened->read(1);
  EXPECT_EQ(page.arrangement, Arrangement::loose);
  ASSERT_THAT(page.words, SizeIs(6));
  EXPECT_EQ(page.words[0].source_line, 1);
  EXPECT_TRUE(page.words[1].after_space);
  EXPECT_EQ(page.words[2].source_line, 3);
  const TabulatedPage tabulated = tabulate(page);
  ASSERT_THAT(tabulated.tables, SizeIs(1));
  EXPECT_EQ(tabulated.tables[0].rows, 2);
  EXPECT_EQ(tabulated.tables[0].cols, 2);
  EXPECT_EQ(tabulated.tables[0].cell_at(0, 1)->text(), "乙 丙");
  EXPECT_THAT(tabulated.lines, SizeIs(1));
}

TEST(TextReader, KeepsSpansOfHtml) {
  const auto opened = make_reader()->open(
      document("a.html", "<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>"));
  const TabulatedPage page = tabulate(opened->read(1));
  ASSERT_THAT(page.tables, SizeIs(1));
  EXPECT_EQ(page.tables[0].cell_at(1, 0)->text(), "甲");
  EXPECT_EQ(page.tables[0].cell_at(0, 0)->row_span, 2);
}

TEST(TextReader, BreaksPagesBeforeTheyGrowBeyondWhatAPageMayBe) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "甲\n";
  const auto opened = make_reader()->open(document("a.txt", text));
  EXPECT_EQ(opened->page_count(), 4);
  EXPECT_LE(opened->read(1).height, Limits().max_page_points);
  EXPECT_EQ(opened->read(4).words.back().source_line, 3000);
}

TEST(TextReader, WrapsALineOfAnyLength) {
  const auto opened = make_reader()->open(document("a.txt", std::string(100'000, 'x')));
  EXPECT_LE(opened->read(1).width, Limits().max_page_points);
}

TEST(TextReader, SaysWhichLimitATextExceeds) {
  Document large = document("a.txt", "甲乙丙丁\n");
  large.limits.max_page_glyphs = 3;
  EXPECT_THROW(make_reader()->open(large), Error);
  EXPECT_THROW(make_reader()->open(document("a.txt", std::string(500, '\t') + "x")), Error);
  EXPECT_THROW(make_reader()->open(document("a.txt", "a\t" + std::string(200'000, 'x'))), Error);
}

TEST(TextReader, GivesABlankPageForNothingButSpaces) {
  const auto opened = make_reader()->open(document("a.txt", " \n\n\t\n"));
  EXPECT_EQ(opened->read(1).trust, TextTrust::no_text);
  EXPECT_THROW(opened->read(2), Error);
}

TEST(TextReader, DrawsWhitePaper) {
  const auto opened = make_reader()->open(document("a.txt", "甲"));
  const PageImage image = opened->render(1, 36.0);
  EXPECT_EQ(image.samples.size(), static_cast<std::size_t>(image.width) * image.height);
}

}  // namespace
}  // namespace tabularium::text
