#include "../../tools/tabularium/tag_places.h"

#include <gmock/gmock.h>

namespace tabularium::tool {
namespace {

using ::testing::SizeIs;

bool overlapping(const Box& a, const Box& b) {
  return overlap(a.x0, a.x1, b.x0, b.x1) > 0.0 && overlap(a.y0, a.y1, b.y0, b.y1) > 0.0;
}

Page page_of(double width, double height) {
  Page page;
  page.width = width;
  page.height = height;
  return page;
}

TagWish wish(const Box& target) { return {"name", target, 40.0, 8.0, Mark::Kind::field, false}; }

TEST(PlaceTags, KeepsLabelsApartAndOnThePage) {
  const Page page = page_of(300.0, 300.0);
  std::vector<TagWish> wishes;
  for (int row = 0; row < 6; ++row) {
    for (int col = 0; col < 3; ++col) {
      wishes.push_back(
          wish({20.0 + 90.0 * col, 30.0 + 30.0 * row, 60.0 + 90.0 * col, 42.0 + 30.0 * row}));
    }
  }
  const auto tags = place_tags(wishes, page, {});
  ASSERT_THAT(tags, SizeIs(18));
  for (std::size_t i = 0; i < tags.size(); ++i) {
    EXPECT_GE(tags[i].box.x0, 0.0);
    EXPECT_LE(tags[i].box.x1, 300.0);
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlapping(tags[i].box, tags[j].box));
  }
}

TEST(PlaceTags, LeavesWordsReadableWhereThereIsRoom) {
  Page page = page_of(300.0, 100.0);
  Word word;
  word.box = {62.0, 40.0, 140.0, 52.0};  // right of the target, where a label would stand first
  page.words.push_back(word);
  const auto tags = place_tags({wish({20.0, 40.0, 60.0, 52.0})}, page, {});
  EXPECT_FALSE(overlapping(tags[0].box, word.box));
}

TEST(PlaceTags, StaysOffPlacesThatAreTaken) {
  const Page page = page_of(300.0, 100.0);
  const Box taken{60.0, 30.0, 120.0, 60.0};
  const auto tags = place_tags({wish({20.0, 40.0, 60.0, 52.0})}, page, {taken});
  EXPECT_FALSE(overlapping(tags[0].box, taken));
}

}  // namespace
}  // namespace tabularium::tool
