#include "tabularium/page/ink_lines.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A white page at 72 dpi, so that pixels are points.
PageImage white(int width, int height) {
  PageImage image{width, height, 1, 72.0, {}};
  image.samples.assign(static_cast<std::size_t>(width) * height, 255);
  return image;
}

void ink(PageImage& image, int x0, int y0, int x1, int y1) {
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) image.samples[static_cast<std::size_t>(y) * image.width + x] = 0;
  }
}

constexpr double kGlyph = 20.0;

TEST(FindInkLines, GivesOneBoxForEachLineOfText) {
  PageImage page = white(400, 100);
  ink(page, 10, 10, 120, 30);
  ink(page, 10, 40, 60, 60);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 400, 100}, kGlyph),
              ElementsAre(Box{10, 10, 120, 30}, Box{10, 40, 60, 60}));
}

TEST(FindInkLines, CutsALineAtAWideGapButNotBetweenWords) {
  PageImage page = white(400, 60);
  ink(page, 10, 10, 60, 30);
  ink(page, 80, 10, 120, 30);
  ink(page, 300, 10, 340, 30);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 400, 60}, kGlyph),
              ElementsAre(Box{10, 10, 120, 30}, Box{300, 10, 340, 30}));
}

TEST(FindInkLines, KeepsThePointBehindALetterSpacedDigitButNoDirt) {
  PageImage page = white(400, 60);
  ink(page, 10, 14, 20, 30);  // 9
  ink(page, 36, 27, 39, 30);  // its point
  EXPECT_THAT(find_ink_lines(page, {0, 0, 400, 60}, kGlyph), ElementsAre(Box{10, 14, 39, 30}));
  PageImage dirty = white(400, 60);
  ink(dirty, 10, 14, 20, 30);
  ink(dirty, 36, 18, 39, 21);  // stands too high
  ink(dirty, 70, 27, 73, 30);  // too far away
  EXPECT_THAT(find_ink_lines(dirty, {0, 0, 400, 60}, kGlyph), ElementsAre(Box{10, 14, 20, 30}));
}

TEST(FindInkLines, CutsLinesThatTouch) {
  PageImage page = white(200, 100);
  ink(page, 10, 10, 150, 32);
  ink(page, 40, 32, 42, 38);  // a stroke that reaches down to the next line
  ink(page, 10, 38, 150, 60);
  EXPECT_EQ(find_ink_lines(page, {0, 0, 200, 100}, kGlyph).size(), 2U);
}

TEST(FindInkLines, KeepsALineOfLargeCharactersWhole) {
  PageImage page = white(1200, 100);
  for (int x = 10; x < 350; x += 50) {  // as a title is set: strokes all the way down
    ink(page, x, 10, x + 4, 52);
    ink(page, x + 30, 10, x + 34, 52);
    for (const int y : {10, 24, 48}) ink(page, x, y, x + 34, y + 4);
  }
  EXPECT_THAT(find_ink_lines(page, {0, 0, 1200, 100}, kGlyph), ElementsAre(Box{10, 10, 344, 52}));
}

TEST(FindInkLines, KeepsATitleOfFourTextHeightsWhole) {
  PageImage page = white(1200, 150);
  for (int x = 10; x < 600; x += 100) {
    ink(page, x, 10, x + 8, 90);
    ink(page, x + 60, 10, x + 68, 90);
    for (const int y : {10, 42, 82}) ink(page, x, y, x + 68, y + 8);
  }
  EXPECT_THAT(find_ink_lines(page, {0, 0, 1200, 150}, kGlyph), ElementsAre(Box{10, 10, 578, 90}));
}

TEST(FindInkLines, IsNotMisledByABlackEdgeOfThePage) {
  PageImage page = white(1200, 200);
  ink(page, 1180, 0, 1196, 200);  // as a copier leaves it beside the paper
  ink(page, 300, 20, 700, 62);    // a title, and a line below it
  ink(page, 300, 90, 500, 110);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 1200, 200}, kGlyph),
              ElementsAre(Box{300, 20, 700, 62}, Box{300, 90, 500, 110}));
}

TEST(FindInkLines, IsNotMisledByTheFrayedEdgeOfASheet) {
  PageImage page = white(1200, 200);
  ink(page, 0, 0, 4, 200);
  ink(page, 4, 0, 7, 100);  // it leans
  ink(page, 400, 40, 800, 75);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 1200, 200}, kGlyph), ElementsAre(Box{400, 40, 800, 75}));
}

TEST(FindInkLines, IsNotMisledByAStreakOfTheCopier) {
  PageImage page = white(1200, 200);
  ink(page, 90, 10, 93, 190);
  ink(page, 400, 40, 800, 75);   // a title
  ink(page, 60, 120, 300, 140);  // a line that the streak crosses
  EXPECT_THAT(find_ink_lines(page, {0, 0, 1200, 200}, kGlyph),
              ElementsAre(Box{400, 40, 800, 75}, Box{60, 120, 300, 140}));
}

TEST(FindInkLines, KeepsTheTwoStrokesOfOneGlyphTogether) {
  PageImage page = white(100, 60);
  ink(page, 10, 12, 26, 15);
  ink(page, 8, 24, 28, 27);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 100, 60}, kGlyph), ElementsAre(Box{8, 12, 28, 27}));
}

TEST(FindInkLines, KeepsALoneDashAndDropsASpeck) {
  PageImage page = white(100, 100);
  ink(page, 40, 20, 48, 22);
  ink(page, 70, 70, 72, 72);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 100, 100}, kGlyph), ElementsAre(Box{40, 20, 48, 22}));
}

TEST(FindInkLines, FindsNothingInAnEmptyCellOrOffThePage) {
  const PageImage page = white(100, 100);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 100, 100}, kGlyph), IsEmpty());
  EXPECT_THAT(find_ink_lines(page, {200, 200, 300, 300}, kGlyph), IsEmpty());
}

TEST(FindInkLines, LeavesOutDirtAtTheEndsOfALine) {
  PageImage page = white(400, 60);
  ink(page, 10, 10, 60, 30);
  ink(page, 62, 26, 66, 30);  // a full stop
  ink(page, 90, 18, 94, 22);
  ink(page, 200, 10, 204, 14);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 400, 60}, kGlyph), ElementsAre(Box{10, 10, 66, 30}));
}

TEST(FindInkLines, FindsALoneDashButNoDirtOfItsLength) {
  PageImage page = white(400, 100);
  ink(page, 100, 20, 108, 22);
  ink(page, 100, 60, 104, 64);
  EXPECT_THAT(find_ink_lines(page, {0, 0, 400, 100}, kGlyph), ElementsAre(Box{100, 20, 108, 22}));
}

}  // namespace
}  // namespace tabularium
