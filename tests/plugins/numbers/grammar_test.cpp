#include "grammar.h"

#include <gmock/gmock.h>

#include <string>

namespace tabularium::numbers {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::SizeIs;

TEST(FrequencyOf, IsOneForWhatFormsHold) {
  for (const std::u32string text : {U"0",
                                    U"-",
                                    U"--",
                                    U"——",
                                    U"1,234,567.89",
                                    U"12,345",
                                    U"≥95%",
                                    U"≤450.00(元/人/天)",
                                    U"2025-01-01",
                                    U"2025.1.31",
                                    U"2025/1/1",
                                    U"2024-2025",
                                    U">=500人次",
                                    U"85%-90%",
                                    U"11:30",
                                    U"3.3.1",
                                    U"(万元)",
                                    U"100(%)",
                                    U"不低于99.9%",
                                    U"\uFFFD\uFFFD",
                                    U"",
                                    U"1,",
                                    U",345.00",
                                    U"12,34"}) {
    EXPECT_EQ(frequency_of(text), 1.0) << "of length " << text.size();
  }
}

TEST(FrequencyOf, IsSmallForWhatHardlyAnybodyWrites) {
  for (const std::u32string text :
       {U"50.00(家家)", U"12.00()", U"≥≥5", U"5..0", U"100%%", U"2025-01.01", U"2020-08--30",
        U"34,8‰", U"1234,567", U"1,2345", U"1,.5", U"5%7", U"((元)"}) {
    EXPECT_LT(frequency_of(text), 0.1) << "of length " << text.size();
  }
}

TEST(FrequencyOf, IsInBetweenForBracketsThatAWrapMayPart) {
  EXPECT_GT(frequency_of(U"/天)"), 0.1);
  EXPECT_LT(frequency_of(U"/天)"), 1.0);
}

TEST(Weighed, PrefersTheWellFormedReadingThatThePixelsAllow) {
  const auto readings = weighed({{{1, 1}, 0.55}, {{1}, 0.40}}, {0.02, 1.0});
  ASSERT_THAT(readings, SizeIs(2));
  EXPECT_THAT(readings[0].classes, ElementsAre(1));
  EXPECT_THAT(readings[0].probability, DoubleNear(0.40 / (0.40 + 0.011 + 0.05), 1e-9));
}

TEST(Weighed, IsNeverSureOfAMalformedReading) {
  const auto readings = weighed({{{1, 1}, 1.0}}, {0.02});
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_LT(readings[0].probability, 0.3);
}

TEST(Weighed, LeavesWellFormedReadingsAsTheyAre) {
  const auto readings = weighed({{{1}, 0.7}, {{2}, 0.2}}, {1.0, 1.0});
  EXPECT_NEAR(readings[0].probability, 0.7, 1e-9);
  EXPECT_NEAR(readings[1].probability, 0.2, 1e-9);
}

}  // namespace
}  // namespace tabularium::numbers
