// Filled forms: fields, check boxes, tick boxes that are drawn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_page.h"

namespace tabularium {
namespace {

using test::PdfBuilder;
using test::read_content;
using test::texts;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

/// A page with `content` and one field, whose dictionary has `entries`.
Page read_field(const std::string& entries, const std::string& content = "",
                const std::string& form_entries = "") {
  PdfBuilder pdf;
  const int field = pdf.add(fmt::format(
      "<< /Type /Annot /Subtype /Widget /T (field) /Rect [20 100 120 120] /F 4 {} >>", entries));
  return test::read_page(test::one_page(
      pdf, content,
      {.page_entries = fmt::format("/Annots [{} 0 R]", field),
       .catalog_entries =
           fmt::format("/AcroForm << /Fields [{} 0 R] {} >>", field, form_entries)}));
}

/// The same, with an appearance stream that shows `text`.
Page read_field_with_appearance(const std::string& entries, const std::string& text) {
  PdfBuilder pdf;
  const int appearance = pdf.add_stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 << /Type /Font "
      "/Subtype /Type1 /BaseFont /Helvetica >> >> >>",
      text.empty() ? "/Tx BMC EMC"
                   : fmt::format("/Tx BMC BT /F1 10 Tf 2 5 Td ({}) Tj ET EMC", text));
  const int field = pdf.add(
      fmt::format("<< /Type /Annot /Subtype /Widget /T (field) /Rect [20 100 120 120] /F 4 {} "
                  "/AP << /N {} 0 R >> >>",
                  entries, appearance));
  return test::read_page(
      test::one_page(pdf, "",
                     {.page_entries = fmt::format("/Annots [{} 0 R]", field),
                      .catalog_entries = fmt::format("/AcroForm << /Fields [{} 0 R] >>", field)}));
}

TEST(Fields, ShowTheirAppearance) {
  const Page page = read_field_with_appearance("/FT /Tx /V (value)", "shown");
  EXPECT_THAT(texts(page.words), ElementsAre("shown"));
}

TEST(Fields, WithoutAppearanceShowTheirValueInTheirRectangle) {
  const Page page = read_field("/FT /Tx /DA (/Helv 10 Tf 0 g) /V (12 months)");
  ASSERT_THAT(texts(page.words), ElementsAre("12", "months"));
  for (const Word& word : page.words) {
    EXPECT_TRUE((Box{20, 80, 120, 100}).contains(word.box.centre()));
    EXPECT_DOUBLE_EQ(word.font_size, 10.0);
  }
}

TEST(Fields, WithAnEmptyAppearanceShowTheirValue) {
  const Page page = read_field_with_appearance("/FT /Tx /V (written)", "");
  EXPECT_THAT(texts(page.words), ElementsAre("written"));
}

TEST(Fields, WithAStaleAppearanceShowTheirValue) {
  const Page page = read_field("/FT /Tx /V (new)", "", "/NeedAppearances true");
  EXPECT_THAT(texts(page.words), ElementsAre("new"));
}

TEST(Fields, HoldUnicodeValues) {
  const Page page = read_field("/FT /Tx /V <FEFF7EE96548>");
  EXPECT_THAT(texts(page.words), ElementsAre("绩效"));
}

TEST(Fields, OfOneCharacterACellGiveOneWord) {
  const Page page = read_field("/FT /Tx /Ff 16777216 /MaxLen 8 /V (20190101)");
  EXPECT_THAT(texts(page.words), ElementsAre("20190101"));
}

TEST(Fields, ThatAreHiddenAreNotShown) {
  PdfBuilder pdf;
  const int field = pdf.add(
      "<< /Type /Annot /Subtype /Widget /T (f) /Rect [20 100 120 120] /F 2 /FT /Tx /V (no) >>");
  const Page page = test::read_page(
      test::one_page(pdf, "",
                     {.page_entries = fmt::format("/Annots [{} 0 R]", field),
                      .catalog_entries = fmt::format("/AcroForm << /Fields [{} 0 R] >>", field)}));
  EXPECT_THAT(page.words, IsEmpty());
}

TEST(Fields, OfChoiceShowWhatIsChosen) {
  const Page page = read_field("/FT /Ch /Ff 131072 /Opt [(red) (blue)] /V (blue)");
  EXPECT_THAT(texts(page.words), ElementsAre("blue"));
}

TEST(CheckBoxes, GiveOneMarkEachInTheirRectangle) {
  const Page on = read_field("/FT /Btn /AS /Yes /V /Yes");
  ASSERT_THAT(texts(on.words), ElementsAre("☑"));
  EXPECT_EQ(on.words[0].box, (Box{20, 80, 120, 100}));
  EXPECT_THAT(texts(read_field("/FT /Btn /AS /Off /V /Off").words), ElementsAre("☐"));
}

TEST(CheckBoxes, ReplaceTheSquareThatThePageDraws) {
  const Page page = read_field("/FT /Btn /AS /Yes /V /Yes", "62 102 16 16 re S");
  EXPECT_THAT(texts(page.words), ElementsAre("☑"));
  EXPECT_THAT(page.rules, IsEmpty());
}

TEST(Annotations, ThatAreNotesOrMarksAreNoText) {
  PdfBuilder pdf;
  const int note =
      pdf.add("<< /Type /Annot /Subtype /Text /Rect [20 100 40 120] /Contents (remark) >>");
  const int mark = pdf.add(
      "<< /Type /Annot /Subtype /Highlight /Rect [20 100 40 120] /QuadPoints [20 120 40 120 20 100 "
      "40 100] /Contents (yellow) >>");
  const Page page = test::read_page(
      test::one_page(pdf, "BT /F1 12 Tf 20 50 Td (text) Tj ET",
                     {.page_entries = fmt::format("/Annots [{} 0 R {} 0 R]", note, mark)}));
  EXPECT_THAT(texts(page.words), ElementsAre("text"));
}

TEST(DrawnTickBoxes, GiveAMarkAndNoRules) {
  const Page page = read_content("20 100 10 10 re S BT /F1 10 Tf 34 101 Td (yes) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("☐", "yes"));
  EXPECT_THAT(page.rules, IsEmpty());
}

TEST(DrawnTickBoxes, AreOnWithACrossInside) {
  const Page page = read_content(
      "20 100 10 10 re S 22 102 m 28 108 l 22 108 m 28 102 l S "
      "BT /F1 10 Tf 34 101 Td (yes) Tj ET 80 100 10 10 re S");
  EXPECT_THAT(texts(page.words), ElementsAre("☑", "yes", "☐"));
}

TEST(DrawnTickBoxes, AreOnWithATickLetterInside) {
  const Page page = read_content("20 100 10 10 re S BT /F1 9 Tf 22.5 102 Td (x) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("☑"));
}

TEST(DrawnTickBoxes, AreOnWithASmallFilledSquareInside) {
  // Sides of 7.5 and 4.5 points, of 6 and 3.75: as browsers print boxes of ten and eight pixels.
  const Page page = read_content(
      "20 100 7.5 7.5 re S 21.87 101.12 4.499 4.499 re f "
      "60 100 6 6 re S 61.12 101.12 3.75 3.75 re f "
      "80 100 6 6 re S 80.3 102 1.5 1.5 re f");
  EXPECT_THAT(texts(page.words), ElementsAre("☑", "☑", "☐"));
  EXPECT_THAT(page.rules, IsEmpty());
}

TEST(DrawnTickBoxes, AreOnWithASquareInsideThatNearlyFillsThem) {
  const Page page = read_content("20 100 7.5 7.5 re S 21 101 5.5 5.5 re f");
  EXPECT_THAT(texts(page.words), ElementsAre("☑"));
}

TEST(DrawnTickBoxes, MayStandRightBelowTheRuleOfTheirCell) {
  const Page page = read_content("0 106.75 m 190 106.75 l S 20 100 6 6 re S 80 100 6 6 re S");
  EXPECT_THAT(texts(page.words), ElementsAre("☐", "☐"));
  EXPECT_THAT(page.rules, SizeIs(1));
  // The rule in pieces, as browsers draw it: one for each column of the whole table.
  const Page pieces = read_content(
      "10 106.4 13 0.7 re f 23 106.4 12 0.7 re f 35 106.4 60 0.7 re f 20 100 6 6 re S");
  EXPECT_THAT(texts(pieces.words), ElementsAre("☐"));
}

TEST(DrawnTickBoxes, CutTheWordAroundThem) {
  const Page page = read_content(
      "BT /F1 10 Tf 20 100 Td (ab) Tj ET 32 100 7 7 re S BT /F1 10 Tf 40.5 100 Td (cd) Tj ET");
  EXPECT_THAT(texts(page.words), UnorderedElementsAre("ab", "☐", "cd"));
}

TEST(DrawnTickBoxes, AreNotTheSmallCellsOfATable) {
  const Page page = read_content("20 100 12 12 re S 32 100 12 12 re S 20 112 12 12 re S");
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_THAT(page.rules, ::testing::Not(IsEmpty()));
}

TEST(DrawnTickBoxes, AreNotBoxesForSingleDigits) {
  const Page page = read_content("20 100 12 12 re S 34 100 12 12 re S 48 100 12 12 re S");
  EXPECT_THAT(page.words, IsEmpty());
  EXPECT_THAT(page.rules, SizeIs(12));
}

TEST(DrawnTickBoxes, AreNotTheColourSamplesOfALegend) {
  const Page page =
      read_content("0 0.8 1 rg 20 100 7 7 re B BT 0 g /F1 9 Tf 30 101 Td (men) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("men"));
}

TEST(DrawnTickBoxes, AreNotSquaresWithTextInside) {
  const Page page = read_content("20 100 14 14 re S BT /F1 9 Tf 24 104 Td (7) Tj ET");
  EXPECT_THAT(texts(page.words), ElementsAre("7"));
  EXPECT_THAT(page.rules, SizeIs(4));
}

}  // namespace
}  // namespace tabularium
