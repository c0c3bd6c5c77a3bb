#include "readings.h"

#include <gmock/gmock.h>

namespace tabularium::lines {
namespace {

using testing::SizeIs;

TEST(MergedShapes, AddWhatIsTheSameAfterNfkc) {
  const auto names = merged_shapes({{U'（', 0.5F}, {U'C', 0.3F}, {U'(', 0.2F}});
  ASSERT_THAT(names, SizeIs(2));
  EXPECT_EQ(names[0].code, U'（');
  EXPECT_NEAR(names[0].probability, 0.7, 1e-6);
}

TEST(MergedShapes, MayChangeTheOrder) {
  const auto names = merged_shapes({{U'C', 0.4F}, {U'（', 0.35F}, {U'(', 0.25F}});
  EXPECT_EQ(names[0].code, U'（');
}

TEST(BestReadings, ComeInTheOrderOfTheirProbability) {
  const std::vector<Place> places = {{{{U'未', 0.6F}, {U'末', 0.4F}}, 1.0}, {{{U'来', 0.9F}}, 1.0}};
  const auto readings = best_readings(places, 5, 0.01);
  ASSERT_GE(readings.size(), 2U);
  EXPECT_EQ(readings[0].text, U"未来");
  EXPECT_NEAR(readings[0].probability, 0.54, 1e-6);
  EXPECT_EQ(readings[1].text, U"末来");
}

TEST(BestReadings, LeaveOutWhatIsLikelierNotThere) {
  const std::vector<Place> places = {{{{U'值', 0.99F}}, 1.0}, {{{U'。', 0.9F}}, 0.3}};
  const auto readings = best_readings(places, 5, 0.01);
  EXPECT_EQ(readings[0].text, U"值");
  EXPECT_EQ(readings[1].text, U"值。");
}

TEST(BestReadings, AddTheWaysToOneText) {
  const std::vector<Place> places = {{{{U'二', 1.0F}}, 0.5}, {{{U'二', 1.0F}}, 0.5}};
  const auto readings = best_readings(places, 5, 0.01);
  EXPECT_EQ(readings[0].text, U"二");
  EXPECT_NEAR(readings[0].probability, 0.5, 1e-6);
}

TEST(BestReadings, KeepTheFirstHoweverUnlikely) {
  const std::vector<Place> places(20, Place{{{U'字', 0.5F}}, 0.9});
  const auto readings = best_readings(places, 3, 0.5);
  EXPECT_THAT(readings, SizeIs(1));
}

TEST(BestReadings, OfNothingAreOneEmptyText) {
  const auto readings = best_readings({}, 3, 0.1);
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_TRUE(readings[0].text.empty());
  EXPECT_DOUBLE_EQ(readings[0].probability, 1.0);
}

}  // namespace
}  // namespace tabularium::lines
