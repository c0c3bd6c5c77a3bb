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

TEST(QuickReading, TakesTheLikeliestClassOfEachStep) {
  const Scores scores =
      scores_of({{0.2, 0.7, 0.1}, {0.1, 0.8, 0.1}, {0.9, 0.1, 0.0}, {0, 0.6, 0.4}});
  EXPECT_THAT(quick_reading(scores), ElementsAre(1, 1));
}

TEST(LogProbability, SumsAllPathsAsTheSearchDoes) {
  const Scores scores = scores_of({{0.5, 0.3, 0.2}, {0.2, 0.5, 0.3}});
  double sum = 0.0;
  for (const Reading& reading : best_readings(scores, 12, 0.0)) {
    EXPECT_NEAR(std::exp(log_probability(scores, reading.classes)), reading.probability, 1e-6);
    sum += reading.probability;
  }
  EXPECT_NEAR(sum, 1.0, 1e-6);
}

TEST(LogProbability, IsMinusInfinityWhenTheStepsAreTooFew) {
  EXPECT_EQ(std::exp(log_probability(scores_of({{0.5, 0.5}, {0.5, 0.5}}), {1, 1})), 0.0);
}

TEST(AgreedReadings, AreSureOnlyOfWhatAllLooksSay) {
  const Scores first = scores_of({{0.0, 0.98, 0.02}});
  const Scores second = scores_of({{0.0, 0.3, 0.7}});
  const auto readings = agreed_readings({first, second}, 6, 0.001);
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_THAT(readings[0].classes, ElementsAre(1));
  EXPECT_THAT(readings[0].probability, DoubleNear(0.64, 1e-6));
  EXPECT_THAT(readings[1].probability, DoubleNear(0.36, 1e-6));
}

TEST(AgreedReadings, OfOneLookAreItsOwn) {
  const Scores scores = scores_of({{0.1, 0.6, 0.3}, {0.7, 0.2, 0.1}});
  const auto alone = best_readings(scores, 3, 0.01);
  const auto agreed = agreed_readings({scores}, 3, 0.01);
  ASSERT_EQ(agreed.size(), alone.size());
  for (std::size_t at = 0; at < alone.size(); ++at) {
    EXPECT_EQ(agreed[at].classes, alone[at].classes);
    EXPECT_NEAR(agreed[at].probability, alone[at].probability, 1e-9);
  }
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
