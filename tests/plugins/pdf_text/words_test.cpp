// What the reader makes of text: words, their boxes, what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_page.h"
#include "symbols.h"
#include "words.h"

namespace tabularium {
namespace {

using test::read_content;
using test::texts;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::SizeIs;

TEST(Words, BreakAtSpacesAndRememberThem) {
  const Page page = read_content("BT /F1 12 Tf 20 100 Td (Annual budget) Tj ET");
  ASSERT_THAT(texts(page.words), ElementsAre("Annual", "budget"));
  EXPECT_FALSE(page.words[0].after_space);
  EXPECT_TRUE(page.words[1].after_space);
  EXPECT_EQ(page.trust, TextTrust::trusted);
}

TEST(Words, StandWhereTheirGlyphsAre) {
  const Page page = read_content("BT /F1 12 Tf 20 100 Td (l) Tj ET");
  ASSERT_THAT(page.words, SizeIs(1));
  const Box& box = page.words[0].box;
  EXPECT_NEAR(box.x0, 20.0, 0.01);
  EXPECT_NEAR(box.x1, 20.0 + 0.222 * 12, 0.01);
  EXPECT_THAT(box.y0, AllOf(Gt(85.0), Lt(92.0)));
  EXPECT_THAT(box.y1, AllOf(Gt(101.0), Lt(104.0)));
  EXPECT_DOUBLE_EQ(page.words[0].font_size, 12.0);
}

TEST(Words, BreakAtAGapWithoutASpaceGlyph) {
  const Page page = read_content("BT /F1 10 Tf 20 100 Td [(left) -300 (right)] TJ ET");
  ASSERT_THAT(texts(page.words), ElementsAre("left", "right"));
  EXPECT_TRUE(page.words[1].after_space);
}

TEST(Words, HoldTogetherOverKerningAndSeparateOperators) {
  const Page page = read_content("BT /F1 10 Tf 20 100 Td [(A) 70 (V)] TJ (E) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("AVE"));
}

TEST(Words, KeepLettersThatAreSetOneByOneAtEvenGaps) {
  std::string content = "BT /F1 10 Tf 20 100 Td ";
  for (const char c : std::string("2222")) content += fmt::format("({}) Tj 8.5 0 Td ", c);
  EXPECT_THAT(texts(read_content(content + "ET").words), ElementsAre("2222"));
}

TEST(Words, HoldAnAccentAndItsLetterAsOneCharacter) {
  const Page page = read_content("BT /F1 10 Tf 20 100 Td (f) Tj [(\\250) 430 (u) -20 (r)] TJ ET");
  EXPECT_THAT(texts(page.words), ElementsAre("für"));
}

TEST(Words, SplitLigatures) {
  test::PdfBuilder pdf;
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <00> <FF> endcodespacerange\n"
                                 "1 beginbfchar <41> <00660069> endbfchar endcmap end");
  const Page page = test::read_page(test::one_page(
      pdf, "BT /L 10 Tf 20 100 Td (A) Tj ET",
      {.fonts =
           fmt::format("/L << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {} 0 "
                       "R >>",
                       map)}));
  ASSERT_THAT(texts(page.words), ElementsAre("fi"));
  ASSERT_THAT(page.words[0].glyphs, SizeIs(2));
  EXPECT_DOUBLE_EQ(page.words[0].glyphs[0].box.x1, page.words[0].glyphs[1].box.x0);
}

TEST(Words, WithoutUnicodeAreCountedAndNotTrusted) {
  test::PdfBuilder pdf;
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <00> <FF> endcodespacerange\n"
                                 "1 beginbfrange <41> <5A> <E000> endbfrange endcmap end");
  const Page page = test::read_page(test::one_page(
      pdf, "BT /L 10 Tf 20 100 Td (ABC) Tj ET",
      {.fonts =
           fmt::format("/L << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {} 0 "
                       "R >>",
                       map)}));
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_THAT(page.unmapped_glyphs, SizeIs(3));
  EXPECT_EQ(page.trust, TextTrust::unmapped);
}

TEST(Words, OfVerticalWritingRunDownward) {
  test::PdfBuilder pdf;
  const int descendant = pdf.add(
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) "
      "/Ordering (Identity) /Supplement 0 >> /DW 1000 >>");
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                                 "1 beginbfrange <0001> <0004> <7EE9> endbfrange endcmap end");
  const Page page = test::read_page(test::one_page(
      pdf, "BT /V 10 Tf 100 150 Td <00010002> Tj ET",
      {.fonts =
           fmt::format("/V << /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-V "
                       "/DescendantFonts [{} 0 R] /ToUnicode {} 0 R >>",
                       descendant, map)}));
  ASSERT_THAT(texts(page.words), ElementsAre("绩绪"));
  const Word& word = page.words[0];
  EXPECT_TRUE(word.vertical);
  EXPECT_NEAR(word.box.centre().x, 100.0, 0.01);
  EXPECT_NEAR(word.box.y0, 50.0, 0.01);
  EXPECT_NEAR(word.box.height(), 20.0, 0.01);
}

TEST(Words, OfAType3FontAreReadWithoutDrawingItsGlyphs) {
  test::PdfBuilder pdf;
  const int glyph = pdf.add_stream("", "1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f");
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <00> <FF> endcodespacerange\n"
                                 "1 beginbfchar <01> <9879> endbfchar endcmap end");
  const int font = pdf.add(fmt::format(
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] "
      "/CharProcs << /g {} 0 R >> /Encoding << /Type /Encoding /Differences [1 /g] >> /FirstChar 1 "
      "/LastChar 1 /Widths [1000] /ToUnicode {} 0 R /Resources << >> >>",
      glyph, map));
  const Page page = test::read_page(test::one_page(pdf, "BT /T 12 Tf 20 100 Td <0101> Tj ET",
                                                   {.fonts = fmt::format("/T {} 0 R", font)}));
  ASSERT_THAT(texts(page.words), ElementsAre("项项"));
  EXPECT_NEAR(page.words[0].box.width(), 24.0, 0.01);
  EXPECT_THAT(page.rules, IsEmpty());
}

TEST(Words, InAContentLayerThatIsOffAreNotShown) {
  test::PdfBuilder pdf;
  const int layer = pdf.add("<< /Type /OCG /Name (hidden) >>");
  const Page page = test::read_page(test::one_page(
      pdf, "/OC /L BDC BT /F1 12 Tf 20 100 Td (off) Tj ET EMC BT /F1 12 Tf 20 50 Td (on) Tj ET",
      {.resources = fmt::format("/Properties << /L {} 0 R >>", layer),
       .catalog_entries =
           fmt::format("/OCProperties << /OCGs [{0} 0 R] /D << /OFF [{0} 0 R] >> >>", layer)}));
  EXPECT_THAT(texts(page.words), ElementsAre("on"));
}

TEST(Words, AreWhatTheActualTextSays) {
  const Page page = read_content(
      "BT /F1 12 Tf 20 100 Td /Span << /ActualText <FEFF7EE96548> >> BDC (xy) Tj EMC ET");
  ASSERT_THAT(texts(page.words), ElementsAre("绩效"));
  EXPECT_NEAR(page.words[0].glyphs[1].box.x0, 26.0, 0.01);
}

TEST(Words, KeepCompatibilityIdeographsAsTheyAreMapped) {
  const Page page = read_content(
      "BT /F1 12 Tf 20 100 Td /Span << /ActualText <FEFF2F64F9E1> >> BDC (xy) Tj EMC ET");
  EXPECT_THAT(texts(page.words), ElementsAre("\u2F64\uF9E1"));
}

TEST(Words, KeepEvenlyTrackedLetters) {
  const Page page = read_content("BT /F1 10 Tf 3 Tc 20 100 Td (FORM) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("FORM"));
}

TEST(Words, AreCutWhereAVerticalRulePasses) {
  // Two cells whose text touches: only the rule tells them apart.
  const Page page =
      read_content("BT /F1 10 Tf 20 100 Td (1234) Tj (5678) Tj ET 42.2 90 m 42.2 120 l S");
  EXPECT_THAT(texts(page.words), ElementsAre("1234", "5678"));
}

TEST(Words, DrawnTwiceNearlyAtOneSpotCountOnceAndAreBold) {
  const Page page =
      read_content("BT /F1 12 Tf 20 100 Td (Sum) Tj ET BT /F1 12 Tf 20.3 100 Td (Sum) Tj ET");
  ASSERT_THAT(texts(page.words), ElementsAre("Sum"));
  EXPECT_TRUE(page.words[0].bold);
}

TEST(Words, HoldARaisedLetterButNotTheMarkOfANoteAfterANumber) {
  EXPECT_THAT(texts(read_content("BT /F1 10 Tf 20 100 Td (m) Tj /F1 6 Tf 4 Ts (2) Tj ET").words),
              ElementsAre("m2"));
  const Page noted = read_content("BT /F1 10 Tf 20 100 Td (2007) Tj /F1 6 Tf 4 Ts (1) Tj ET");
  ASSERT_THAT(texts(noted.words), ElementsAre("2007", "1"));
  EXPECT_TRUE(noted.words[1].after_space);
  EXPECT_THAT(texts(read_content("BT /F1 10 Tf 20 100 Td (15) Tj /F1 6 Tf 4 Ts ([2]) Tj ET").words),
              ElementsAre("15", "[2]"));
}

TEST(Words, KeepTrueDoubleLetters) {
  const Page page = read_content("BT /F1 12 Tf 20 100 Td (all 11 ..) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("all", "11", ".."));
}

TEST(Words, OfRenderModeThreeAreKeptApart) {
  const Page page = read_content("BT /F1 12 Tf 3 Tr 20 100 Td (scan) Tj ET");
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_THAT(texts(page.hidden_words), ElementsAre("scan"));
  EXPECT_EQ(page.trust, TextTrust::hidden);
}

TEST(Words, UnderAScanThatCoversThemAreKeptApart) {
  test::PdfBuilder pdf;
  const int scan = pdf.add_stream(
      "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace "
      "/DeviceGray",
      "\x80");
  const Page page = test::read_page(
      test::one_page(pdf, "BT /F1 12 Tf 20 100 Td (below) Tj ET q 200 0 0 200 0 0 cm /I Do Q",
                     {.resources = fmt::format("/XObject << /I {} 0 R >>", scan)}));
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_THAT(texts(page.hidden_words), ElementsAre("below"));
  EXPECT_EQ(page.trust, TextTrust::hidden);
  ASSERT_THAT(page.images, SizeIs(1));
  EXPECT_EQ(page.images[0], (Box{0, 0, 200, 200}));
}

TEST(Words, OnAPictureAreShown) {
  test::PdfBuilder pdf;
  const int picture = pdf.add_stream(
      "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace "
      "/DeviceGray",
      "\x80");
  const Page page = test::read_page(
      test::one_page(pdf, "q 200 0 0 200 0 0 cm /I Do Q 1 g BT /F1 12 Tf 20 100 Td (above) Tj ET",
                     {.resources = fmt::format("/XObject << /I {} 0 R >>", picture)}));
  EXPECT_THAT(texts(page.words), ElementsAre("above"));
}

TEST(Words, OutsideTheClipAreGone) {
  const Page page =
      read_content("q 0 0 60 200 re W n BT /F1 12 Tf 20 100 Td (in) Tj 100 0 Td (out) Tj ET Q");
  EXPECT_THAT(texts(page.words), ElementsAre("in"));
}

TEST(Words, OfWhichTheClipShowsTheInkAloneAreWhole) {
  // A closing bracket has its ink at the left; the clip ends before the middle of its width.
  test::PdfBuilder pdf;
  const int descendant = pdf.add(
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) "
      "/Ordering (Identity) /Supplement 0 >> /DW 1000 >>");
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                                 "2 beginbfchar <0001> <7EE9> <0002> <FF09> endbfchar endcmap end");
  const Page page = test::read_page(test::one_page(
      pdf, "q 0 0 114 200 re W n BT /H 10 Tf 100 150 Td <00010002> Tj ET Q",
      {.fonts =
           fmt::format("/H << /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
                       "/DescendantFonts [{} 0 R] /ToUnicode {} 0 R >>",
                       descendant, map)}));
  EXPECT_THAT(texts(page.words), ElementsAre("绩）"));
}

TEST(Words, InTheColourOfTheirGroundAreNotShown) {
  const Page page = read_content("1 g BT /F1 12 Tf 20 100 Td (ghost) Tj ET");
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_EQ(page.trust, TextTrust::no_text);
}

TEST(Words, InWhiteOnADarkAreaAreShown) {
  const Page page =
      read_content("0 0 0.5 rg 10 90 100 30 re f 1 g BT /F1 12 Tf 20 100 Td (Header) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("Header"));
}

TEST(Words, OfTransparentPaintAreNotShown) {
  const Page page = read_content("/G0 gs BT /F1 12 Tf 20 100 Td (none) Tj ET",
                                 {.resources = "/ExtGState << /G0 << /ca 0 >> >>"});
  EXPECT_THAT(page.words, IsEmpty());
}

TEST(Words, StandUprightOnATurnedPage) {
  // Rotate 90 turns the page clockwise: text that runs up the paper is shown level.
  const Page page = read_content("BT /F1 12 Tf 0 1 -1 0 100 20 Tm (turned) Tj ET",
                                 {.media_box = "0 0 200 400", .page_entries = "/Rotate 90"});
  EXPECT_DOUBLE_EQ(page.width, 400.0);
  EXPECT_DOUBLE_EQ(page.height, 200.0);
  ASSERT_THAT(texts(page.words), ElementsAre("turned"));
  EXPECT_GT(page.words[0].box.width(), page.words[0].box.height());
  EXPECT_NEAR(page.words[0].box.x0, 20.0, 0.01);
}

TEST(Words, OfAPageWhoseTextIsAllTurnedAreTurnedUpright) {
  const auto opened = pdf_text::make_reader()->open(test::in_memory(test::one_page(
      "BT /F1 12 Tf 0 1 -1 0 100 20 Tm (a wide table set sideways) Tj ET 90 20 m 90 300 l S",
      {.media_box = "0 0 200 400"})));
  const Page page = opened->read(1);
  EXPECT_DOUBLE_EQ(page.width, 400.0);
  EXPECT_EQ(page.turned, 90);
  EXPECT_THAT(texts(page.words), ElementsAre("a", "wide", "table", "set", "sideways"));
  EXPECT_NEAR(page.words[0].box.x0, 20.0, 0.01);
  ASSERT_THAT(page.rules, SizeIs(1));
  EXPECT_TRUE(page.rules[0].horizontal());
  const PageImage image = opened->render(1, 72);
  EXPECT_EQ(image.width, 400);
}

TEST(Words, OfASidewaysNoteDoNotTurnThePage) {
  const Page page = read_content(
      "BT /F1 12 Tf 20 100 Td (a page of level text) Tj ET BT /F1 8 Tf 0 1 -1 0 190 20 Tm (note) "
      "Tj ET",
      {.media_box = "0 0 200 400"});
  EXPECT_DOUBLE_EQ(page.width, 200.0);
}

TEST(Words, AreMeasuredFromTheCropBox) {
  const Page page = read_content("BT /F1 12 Tf 60 100 Td (here) Tj -50 0 Td (cut) Tj ET",
                                 {.page_entries = "/CropBox [50 50 150 150]"});
  EXPECT_DOUBLE_EQ(page.width, 100.0);
  ASSERT_THAT(texts(page.words), ElementsAre("here"));
  EXPECT_NEAR(page.words[0].box.x0, 10.0, 0.01);
}

TEST(Words, OfNestedFormsAreRead) {
  test::PdfBuilder pdf;
  const int inner = pdf.add_stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F1 << /Type /Font "
      "/Subtype /Type1 /BaseFont /Helvetica >> >> >>",
      "BT /F1 10 Tf 5 5 Td (deep) Tj ET");
  const int outer = pdf.add_stream(
      fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 10 0] "
                  "/Resources << /XObject << /X {} 0 R >> >>",
                  inner),
      "q 1 0 0 1 0 20 cm /X Do Q");
  const std::string file =
      test::one_page(pdf, "/X Do", {.resources = fmt::format("/XObject << /X {} 0 R >>", outer)});
  const Page page = test::read_page(file);
  ASSERT_THAT(texts(page.words), ElementsAre("deep"));
  EXPECT_NEAR(page.words[0].box.x0, 15.0, 0.01);
  EXPECT_NEAR(page.words[0].box.y1, 200.0 - 25.0 + 2.1, 0.5);
}

pdf_text::DrawnGlyph drawn(double x, double y) {
  pdf_text::DrawnGlyph glyph;
  glyph.origin = {x, y + 9};
  glyph.advance = {10, 0};
  glyph.along = {1, 0};
  glyph.box = {x, y, x + 10, y + 10};
  glyph.size = 10;
  return glyph;
}

TEST(Words, OfALineOfOneGlyphAreNoVerticalWritingWhereTheNextLineGoesOn) {
  // A narrow label: 数 alone on its line, （元） on the next.
  pdf_text::WordBuilder builder;
  const std::u32string codes = U"数（元）";
  builder.add(drawn(50, 100), std::span(codes).subspan(0, 1));
  for (std::size_t i = 1; i < codes.size(); ++i) {
    builder.add(drawn(40 + 10.0 * static_cast<double>(i), 111), std::span(codes).subspan(i, 1));
  }
  const std::vector<Word> words = builder.take().words;
  EXPECT_THAT(texts(words), ElementsAre("数", "（元）"));
  EXPECT_FALSE(words[0].vertical || words[1].vertical);
}

TEST(Words, OneBelowTheOtherAreVerticalWriting) {
  pdf_text::WordBuilder builder;
  const std::u32string codes = U"总目标";
  for (std::size_t i = 0; i < codes.size(); ++i) {
    builder.add(drawn(50, 100 + 10.0 * static_cast<double>(i)), std::span(codes).subspan(i, 1));
  }
  const std::vector<Word> words = builder.take().words;
  ASSERT_THAT(texts(words), ElementsAre("总目标"));
  EXPECT_TRUE(words[0].vertical);
}

TEST(Words, TurnedLikeAWatermarkAreLeftOutAndNamed) {
  const Page page = read_content(
      "BT /F1 10 Tf 20 100 Td (text) Tj ET BT /F1 30 Tf 0.8 0.6 -0.6 0.8 40 40 Tm (DRAFT) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("text"));
  ASSERT_THAT(page.issues, SizeIs(1));
  EXPECT_EQ(page.issues[0].check, "watermark");
  EXPECT_THAT(page.issues[0].message, HasSubstr("DRAFT"));
}

TEST(Words, LargeAndFaintAreLeftOutButSmallOnesStay) {
  const Page page = read_content(
      "BT /F1 10 Tf 20 100 Td (text) Tj ET "
      "0.9 g BT /F1 40 Tf 20 40 Td (DRAFT) Tj ET BT /F1 10 Tf 20 20 Td (pale) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("text", "pale"));
}

TEST(Words, LargeOnesAcrossRulesAreLeftOutWithTheirLineAndNamed) {
  // A rule goes through the first word and on to the margin; the second stands between rules.
  const Page page = read_content(
      "BT /F1 8 Tf 12 180 Td (text) Tj ET BT /F1 8 Tf 12 160 Td (more) Tj ET "
      "BT /F1 8 Tf 12 140 Td (text) Tj ET "
      "0 110 m 90 110 l S BT /F1 24 Tf 12 102 Td (NOT) Tj ET BT /F1 24 Tf 110 102 Td (FOR) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("text", "more", "text"));
  ASSERT_THAT(page.issues, SizeIs(1));
  EXPECT_THAT(page.issues[0].message, HasSubstr("NOT FOR"));
}

TEST(Words, LargeOnesInTheirCellStayAndSoDoOnesStruckOut) {
  const Page page = read_content(
      "BT /F1 8 Tf 12 180 Td (text) Tj ET BT /F1 8 Tf 12 160 Td (more) Tj ET "
      "BT /F1 8 Tf 12 140 Td (text) Tj ET "
      "5 90 m 190 90 l S 5 130 m 190 130 l S 5 90 m 5 130 l S 190 90 m 190 130 l S "
      "BT /F1 24 Tf 12 102 Td (TITLE) Tj ET "
      "BT /F1 24 Tf 12 50 Td (OLD) Tj ET 12 58 m 60 58 l S");
  EXPECT_THAT(texts(page.words), ElementsAre("text", "more", "text", "TITLE", "OLD"));
  EXPECT_THAT(page.issues, IsEmpty());
}

TEST(Words, InWhiteOnADarkAreaStayHoweverLarge) {
  const Page page = read_content(
      "BT /F1 10 Tf 20 20 Td (text) Tj ET "
      "0.1 g 10 80 180 60 re f 1 g BT /F1 40 Tf 20 100 Td (TITLE) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("text", "TITLE"));
}

TEST(Symbols, RadicalsStandForTheirIdeographs) {
  EXPECT_EQ(pdf_text::ideograph_of(U'⻓'), U'长');
  EXPECT_EQ(pdf_text::ideograph_of(U'⻔'), U'门');
  EXPECT_EQ(pdf_text::ideograph_of(U'⾦'), U'金');
  EXPECT_EQ(pdf_text::ideograph_of(U'⼾'), U'户');
  EXPECT_EQ(pdf_text::ideograph_of(U'长'), U'长');
  EXPECT_EQ(pdf_text::ideograph_of(0x2E9A), 0x2E9A);  // unassigned
}

}  // namespace
}  // namespace tabularium
