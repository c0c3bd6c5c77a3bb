#include "tabularium/page/underlines.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace tabularium {
namespace {

/// A white page at 72 dpi, so that pixels are points.
PageImage white() {
  PageImage image{400, 100, 1, 72.0, {}};
  image.samples.assign(400 * 100, 255);
  return image;
}

void ink(PageImage& image, int x0, int y0, int x1, int y1) {
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) image.samples[static_cast<std::size_t>(y) * image.width + x] = 0;
  }
}

auto ink_of(const PageImage& image) {
  return std::count(image.samples.begin(), image.samples.end(), 0);
}

constexpr double kGlyph = 20.0;

/// Five characters, each two strokes down and one across, from row 20 to 39.
PageImage five_characters() {
  PageImage page = white();
  for (int x = 20; x < 120; x += 20) {
    ink(page, x, 20, x + 3, 40);
    ink(page, x + 14, 20, x + 17, 40);
    ink(page, x, 36, x + 17, 39);
  }
  return page;
}

TEST(EraseUnderlines, TakesOneBelowTheTextAway) {
  const PageImage plain = five_characters();
  PageImage page = plain;
  ink(page, 20, 43, 200, 45);
  EXPECT_TRUE(erase_underlines(page, {20, 20, 200, 45}, kGlyph));
  EXPECT_EQ(page.samples, plain.samples);
}

TEST(EraseUnderlines, LeavesStrokesThatCrossIt) {
  const PageImage plain = five_characters();
  PageImage page = plain;
  ink(page, 20, 43, 200, 45);
  ink(page, 130, 34, 134, 50);  // the tail of a comma
  EXPECT_TRUE(erase_underlines(page, {20, 20, 200, 50}, kGlyph));
  EXPECT_EQ(ink_of(page), ink_of(plain) + 4 * 16);
}

TEST(EraseUnderlines, TakesABlankToFillInAway) {
  PageImage page = white();
  ink(page, 20, 50, 120, 52);
  EXPECT_TRUE(erase_underlines(page, {20, 50, 120, 52}, kGlyph));
  EXPECT_EQ(ink_of(page), 0);
}

TEST(EraseUnderlines, FollowsOneThatStepsDown) {
  PageImage page = five_characters();
  const auto before = ink_of(page);
  ink(page, 20, 43, 100, 45);
  ink(page, 100, 44, 180, 46);
  EXPECT_TRUE(erase_underlines(page, {20, 20, 180, 46}, kGlyph));
  EXPECT_EQ(ink_of(page), before);
}

TEST(EraseUnderlines, KeepsStrokesOfCharactersAndDashes) {
  PageImage page = five_characters();
  const auto before = page.samples;
  EXPECT_FALSE(erase_underlines(page, {20, 20, 120, 40}, kGlyph));
  EXPECT_EQ(page.samples, before);

  PageImage dash = white();
  ink(dash, 20, 50, 60, 52);
  EXPECT_FALSE(erase_underlines(dash, {20, 50, 60, 52}, kGlyph));

  PageImage title = white();  // the lowest stroke of one large character
  ink(title, 20, 10, 60, 13);
  ink(title, 38, 10, 42, 50);
  ink(title, 20, 47, 60, 50);
  EXPECT_FALSE(erase_underlines(title, {20, 10, 60, 50}, kGlyph));
}

TEST(EraseUnderlines, IsSafeAtTheEdgesOfThePage) {
  PageImage page = white();
  ink(page, 0, 98, 400, 100);
  EXPECT_TRUE(erase_underlines(page, {-5, 97, 405, 110}, kGlyph));
  EXPECT_EQ(ink_of(page), 0);
  EXPECT_FALSE(erase_underlines(page, {500, 500, 600, 600}, kGlyph));
}

}  // namespace
}  // namespace tabularium
