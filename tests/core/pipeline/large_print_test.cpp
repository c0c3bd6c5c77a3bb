#include "tabularium/pipeline/large_print.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using testing::ElementsAre;

PageImage plain(std::uint8_t value) {
  return {200, 200, 1, 72.0, std::vector<std::uint8_t>(40000, value)};
}

std::uint8_t at(const PageImage& image, int x, int y) {
  return image.samples[static_cast<std::size_t>(y * image.width + x)];
}

/// A page whose image is black and whose text is white, so that what was copied shows.
UprightPage page_with(std::vector<Rule> rules) {
  UprightPage page;
  page.page.width = page.page.height = 200;
  page.page.rules = std::move(rules);
  page.image = plain(0);
  page.text = plain(255);
  page.text_height = 10.0;
  return page;
}

const Rule kTop{Rule::Direction::horizontal, 100, 10, 190, 1};
const Rule kSide{Rule::Direction::vertical, 10, 100, 180, 1};

TEST(LargePrint, GivesATitleItsStrokesBack) {
  // The sides and the top of a 目 above a table.
  UprightPage page = page_with({{Rule::Direction::horizontal, 40, 60, 80, 1},
                                {Rule::Direction::vertical, 60, 40, 62, 1},
                                {Rule::Direction::vertical, 80, 40, 62, 1},
                                kTop,
                                kSide});
  restore_large_print(page);
  EXPECT_THAT(page.page.rules, ElementsAre(kTop, kSide));
  EXPECT_EQ(at(page.text, 60, 50), 0);
  EXPECT_EQ(at(page.text, 150, 50), 255);
  EXPECT_EQ(at(page.text, 60, 120), 255);
}

TEST(LargePrint, TakesTheTouchingStrokesOfSomeCharactersForPrint) {
  UprightPage page = page_with({{Rule::Direction::horizontal, 40, 40, 80, 1},
                                {Rule::Direction::horizontal, 62, 40, 100, 1},
                                {Rule::Direction::vertical, 60, 40, 62, 1},
                                kTop,
                                kSide});
  restore_large_print(page);
  EXPECT_THAT(page.page.rules, ElementsAre(kTop, kSide));
}

TEST(LargePrint, LeavesALineUnderATitle) {
  const Rule line{Rule::Direction::horizontal, 60, 40, 100, 1};
  UprightPage page = page_with({line, kTop, kSide});
  restore_large_print(page);
  EXPECT_THAT(page.page.rules, ElementsAre(line, kTop, kSide));
}

TEST(LargePrint, LeavesShortRulesOfATable) {
  const Rule stub{Rule::Direction::vertical, 60, 100, 120, 1};
  const Rule piece{Rule::Direction::horizontal, 140, 60, 90, 1};
  UprightPage page = page_with({kTop, piece, kSide, stub});
  restore_large_print(page);
  EXPECT_THAT(page.page.rules, ElementsAre(kTop, piece, kSide, stub));
}

TEST(LargePrint, DoesNothingWhereTheHeightOfTheTextIsNotKnown) {
  const Rule stroke{Rule::Direction::vertical, 60, 40, 62, 1};
  UprightPage page = page_with({stroke});
  page.text_height = 0.0;
  restore_large_print(page);
  EXPECT_THAT(page.page.rules, ElementsAre(stroke));
}

}  // namespace
}  // namespace tabularium
