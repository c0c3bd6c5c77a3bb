#include "beam.h"

#include <gmock/gmock.h>

#include <cmath>
#include <vector>

namespace tabularium::numbers {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

/// Rows of probabilities: blank, then the classes from 1.
Scores scores_of(const std::vector<std::vector<double>>& rows) {
  Scores scores{static_cast<int>(rows.size()), static_cast<int>(rows.front().size()), {}};
  for (const auto& row : rows) {
    for (const double probability : row) {
      scores.logs.push_back(static_cast<float>(std::log(probability + 1e-12)));
    }
  }
  return scores;
}

TEST(BestReadings, SaysAClassOnceThatStandsInSeveralSteps) {
  const auto readings = best_readings(scores_of({{0, 1, 0}, {0, 1, 0}, {0, 0, 1}}), 3, 0.001);
  EXPECT_THAT(readings.front().classes, ElementsAre(1, 2));
  EXPECT_THAT(readings.front().probability, DoubleNear(1.0, 1e-4));
}

TEST(BestReadings, SaysAClassTwiceWhenABlankStandsBetween) {
  const auto readings = best_readings(scores_of({{0, 1}, {1, 0}, {0, 1}}), 3, 0.001);
  EXPECT_THAT(readings.front().classes, ElementsAre(1, 1));
}

TEST(BestReadings, SumsAllPathsOfAReading) {
  // "1" can be said in three ways: in both steps, first or last. The best single path says nothing.
  const auto readings = best_readings(scores_of({{0.6, 0.4}, {0.6, 0.4}}), 3, 0.001);
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_THAT(readings[0].classes, ElementsAre(1));
  EXPECT_THAT(readings[0].probability, DoubleNear(0.64, 1e-6));
  EXPECT_THAT(readings[1].classes, IsEmpty());
  EXPECT_THAT(readings[1].probability, DoubleNear(0.36, 1e-6));
}

TEST(BestReadings, GivesAlternativesInFallingOrderDownToTheLeast) {
  const auto readings = best_readings(scores_of({{0.0, 0.7, 0.25, 0.05}}), 10, 0.1);
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_THAT(readings[0].classes, ElementsAre(1));
  EXPECT_THAT(readings[1].classes, ElementsAre(2));
  EXPECT_THAT(readings[1].probability, Le(readings[0].probability));
}

TEST(BestReadings, SortsEqualReadingsByTheirClasses) {
  const auto readings = best_readings(scores_of({{0.0, 0.5, 0.5}}), 10, 0.1);
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_THAT(readings[0].classes, ElementsAre(1));
}

TEST(Align, FindsTheStepInWhichEachClassIsLoudest) {
  const Scores scores =
      scores_of({{0.9, 0.1, 0.0}, {0.1, 0.9, 0.0}, {0.3, 0.7, 0.0}, {0.1, 0.0, 0.9}});
  EXPECT_THAT(align(scores, {1, 2}), ElementsAre(1, 3));
}

TEST(Align, KeepsEqualNeighboursApart) {
  const Scores scores = scores_of({{0.1, 0.9}, {0.8, 0.2}, {0.1, 0.9}});
  EXPECT_THAT(align(scores, {1, 1}), ElementsAre(0, 2));
}

TEST(Align, GivesNothingWhenThereAreFewerStepsThanClasses) {
  EXPECT_THAT(align(scores_of({{0.5, 0.5}}), {1, 1}), IsEmpty());
}

}  // namespace
}  // namespace tabularium::numbers
