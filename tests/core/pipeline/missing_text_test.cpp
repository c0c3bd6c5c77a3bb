#include "tabularium/pipeline/missing_text_internal.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Word word_at(const Box& box) {
  Word word;
  word.glyphs.push_back({U'字', box});
  word.box = box;
  word.font_size = 10.0;
  return word;
}

Rule rule(Rule::Direction direction, double position, double from, double to) {
  return {direction, position, from, to, 1.0};
}

/// 300 x 200 points; cells of 100 x 50 points from (50, 50) to (250, 150).
Page ruled_page() {
  Page page;
  page.width = 300.0;
  page.height = 200.0;
  for (const double y : {50.0, 100.0, 150.0}) {
    page.rules.push_back(rule(Rule::Direction::horizontal, y, 50.0, 250.0));
  }
  for (const double x : {50.0, 150.0, 250.0}) {
    page.rules.push_back(rule(Rule::Direction::vertical, x, 50.0, 150.0));
  }
  page.words.push_back(word_at({60, 60, 70, 70}));
  return page;
}

TEST(MissingText, IsNoneWhereThereAreWordsAndNoPictures) {
  EXPECT_FALSE(missing_text(ruled_page(), {}).any());
}

TEST(MissingText, IsNoneOnABlankPage) {
  Page page;
  page.width = page.height = 100.0;
  page.trust = TextTrust::no_text;
  EXPECT_FALSE(missing_text(page, {}).any());
}

TEST(MissingText, IsTheWholePageWhereAPictureIsAllThereIs) {
  Page page;
  page.width = page.height = 100.0;
  page.trust = TextTrust::no_text;
  page.images.push_back({0, 0, 100, 100});
  const MissingText missing = missing_text(page, {});
  EXPECT_TRUE(missing.whole);
  EXPECT_EQ(missing.why, "");
}

TEST(MissingText, IsTheWholePageWhereOnlySomebodysRecognitionStandsThere) {
  Page page = ruled_page();
  page.hidden_words = std::move(page.words);
  page.words.clear();
  page.trust = TextTrust::hidden;
  EXPECT_THAT(missing_text(page, {}).why, HasSubstr("invisible layer"));
}

TEST(MissingText, IsTheWholePageWhereDigitsAreTypedOverAScan) {
  Page page = ruled_page();
  page.rules.clear();
  page.images.push_back({0, 0, 300, 200});
  EXPECT_TRUE(missing_text(page, {}).whole);
}

TEST(MissingText, IsTheCellsOfGlyphsThatHaveNoUnicodeValue) {
  Page page = ruled_page();
  page.unmapped_glyphs = {{160, 60, 170, 70}, {170, 60, 180, 70}, {60, 110, 70, 120}};
  const MissingText missing = missing_text(page, {});
  EXPECT_FALSE(missing.whole);
  EXPECT_THAT(missing.regions, ElementsAre(Box{160, 60, 180, 70}, Box{60, 110, 70, 120}));
  EXPECT_THAT(missing.why, HasSubstr("3 glyphs"));
}

TEST(MissingText, IsThePictureInACellWithoutWords) {
  Page page = ruled_page();
  page.images.push_back({160, 60, 220, 75});
  EXPECT_THAT(missing_text(page, {}).regions, ElementsAre(Box{160, 60, 220, 75}));
}

TEST(MissingText, IsNotBehindWordsThatStandOnAPicture) {
  Page page = ruled_page();
  page.images.push_back({55, 55, 145, 95});
  EXPECT_THAT(missing_text(page, {}).regions, IsEmpty());
}

TEST(MissingText, IsNotAPictureAsThinAsARule) {
  Page page = ruled_page();
  page.images.push_back({160, 60, 220, 61});
  EXPECT_THAT(missing_text(page, {}).regions, IsEmpty());
}

TEST(MissingText, IsNotAChartInItsFrame) {
  Page page = ruled_page();
  page.rules = {rule(Rule::Direction::horizontal, 50.0, 50.0, 250.0),
                rule(Rule::Direction::horizontal, 150.0, 50.0, 250.0),
                rule(Rule::Direction::vertical, 50.0, 50.0, 150.0),
                rule(Rule::Direction::vertical, 250.0, 50.0, 150.0)};
  page.images.push_back({80, 52, 240, 148});
  EXPECT_THAT(missing_text(page, {}).regions, IsEmpty());
}

TEST(MissingText, IsATitleAboveTheTableButNoSealBesideIt) {
  Page page = ruled_page();
  page.images.push_back({100, 20, 200, 35});
  page.images.push_back({260, 160, 290, 190});
  EXPECT_THAT(missing_text(page, {}).regions, ElementsAre(Box{100, 20, 200, 35}));
}

}  // namespace
}  // namespace tabularium
