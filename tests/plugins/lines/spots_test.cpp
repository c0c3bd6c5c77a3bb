#include "spots.h"

#include <gmock/gmock.h>

namespace tabularium::lines {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(Spots, AreRunsOfStepsThatShowACharacter) {
  const auto spots = find_spots({0, 0.1F, 0.9F, 1, 0.9F, 0.05F, 0, 0.8F, 0});
  ASSERT_THAT(spots, SizeIs(2));
  EXPECT_EQ(spots[0].first, 2);
  EXPECT_EQ(spots[0].last, 4);
  EXPECT_DOUBLE_EQ(spots[0].middle(), 3.0);
  EXPECT_DOUBLE_EQ(spots[0].presence, 1.0);
  EXPECT_EQ(spots[1].first, 7);
  EXPECT_NEAR(spots[1].presence, 0.8, 1e-6);
}

TEST(Spots, PartWhereThePresenceFallsAndRisesAgain) {
  EXPECT_THAT(find_spots({0.9F, 1, 0.3F, 0.9F, 1}), SizeIs(2));
  EXPECT_THAT(find_spots({0.9F, 1, 0.8F, 0.9F, 1}), SizeIs(1));
}

TEST(Spots, AddUpWhatIsSharedBetweenTwoSteps) {
  const auto spots = find_spots({0, 0.45F, 0.5F, 0});
  ASSERT_THAT(spots, SizeIs(1));
  EXPECT_NEAR(spots[0].presence, 0.95, 1e-6);
}

TEST(Spots, LeaveOutTheirFaintEdges) {
  const auto spots = find_spots({0.2F, 0.95F, 0.25F});
  ASSERT_THAT(spots, SizeIs(1));
  EXPECT_EQ(spots[0].first, 1);
  EXPECT_EQ(spots[0].last, 1);
}

TEST(Spots, AreNoneWhereNothingIsSeen) {
  EXPECT_THAT(find_spots({}), IsEmpty());
  EXPECT_THAT(find_spots({0, 0.1F, 0}), IsEmpty());
}

}  // namespace
}  // namespace tabularium::lines
