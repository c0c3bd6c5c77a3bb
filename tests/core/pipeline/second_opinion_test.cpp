#include "tabularium/pipeline/second_opinion.h"

#include <gmock/gmock.h>

#include <string>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Word word_of(std::u32string_view text, const std::vector<double>& confidences) {
  Word word;
  word.confidence = 1.0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const double x = 10.0 * static_cast<double>(at);
    word.glyphs.push_back({text[at], {x, 0, x + 10, 10}, confidences[at]});
    word.confidence *= confidences[at];
  }
  return word;
}

TEST(SecondOpinion, IsAskedForWhereThereIsDoubt) {
  EXPECT_TRUE(is_doubtful({}));
  EXPECT_TRUE(is_doubtful({word_of(U"预�", {0.99, 0.0})}));
  EXPECT_TRUE(is_doubtful({word_of(U"预算", {0.99, 0.4})}));
  EXPECT_FALSE(is_doubtful({word_of(U"预算", {0.99, 0.97})}));
}

TEST(SecondOpinion, MakesSurerWhatBothRead) {
  const auto words =
      with_second_opinion({word_of(U"预算", {0.99, 0.6})}, {word_of(U"预算", {0.9, 0.9})});
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].text(), "预算");
  EXPECT_GT(words[0].confidence, 0.95);
}

TEST(SecondOpinion, TakesWidthsOfOneSignForTheSame) {
  const auto words =
      with_second_opinion({word_of(U"（元", {0.6, 0.99})}, {word_of(U"(元", {0.9, 0.9})});
  EXPECT_EQ(words[0].text(), "（元");
  EXPECT_GT(words[0].glyphs[0].confidence, 0.95);
}

TEST(SecondOpinion, DecidesBetweenTwoThoughts) {
  Word first = word_of(U"未来", {0.6, 0.99});
  first.alternatives = {{"末来", 0.35}};
  const auto words = with_second_opinion({first}, {word_of(U"末来", {0.9, 0.9})});
  EXPECT_EQ(words[0].text(), "末来");
  EXPECT_LT(words[0].confidence, 0.9);
  ASSERT_THAT(words[0].alternatives, SizeIs(1));
  EXPECT_EQ(words[0].alternatives[0].text, "未来");
}

TEST(SecondOpinion, DoesNotFollowAReadingThatTheFirstHadNoThoughtOf) {
  const auto words = with_second_opinion({word_of(U"算", {0.65})}, {word_of(U"茸", {0.9})});
  EXPECT_EQ(words[0].text(), "算");
  EXPECT_LT(words[0].confidence, 0.9);
  ASSERT_THAT(words[0].alternatives, SizeIs(1));
  EXPECT_EQ(words[0].alternatives[0].text, "茸");
  EXPECT_LE(words[0].confidence + words[0].alternatives[0].confidence, 1.0 + 1e-9);
}

TEST(SecondOpinion, ReadsWhatTheFirstDoesNotKnow) {
  const auto words =
      with_second_opinion({word_of(U"張�", {0.9, 0.0})}, {word_of(U"張龢", {0.9, 0.8})});
  EXPECT_EQ(words[0].text(), "張龢");
  EXPECT_GT(words[0].confidence, 0.0);
  EXPECT_LT(words[0].confidence, 0.9);
  EXPECT_THAT(words[0].alternatives, IsEmpty());
}

TEST(SecondOpinion, DoubtsWhatTheOtherDoesNotSee) {
  const auto words =
      with_second_opinion({word_of(U"预算。", {0.6, 0.99, 0.95})}, {word_of(U"预算", {0.9, 0.9})});
  EXPECT_EQ(words[0].text(), "预算。");
  EXPECT_LT(words[0].glyphs[2].confidence, 0.9);
}

TEST(SecondOpinion, TakesTheOtherWhereThereIsNothing) {
  const auto words = with_second_opinion({}, {word_of(U"一", {0.99})});
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].text(), "一");
  EXPECT_LT(words[0].confidence, 0.9);
  EXPECT_THAT(with_second_opinion({}, {}), ElementsAre());
}

}  // namespace
}  // namespace tabularium
