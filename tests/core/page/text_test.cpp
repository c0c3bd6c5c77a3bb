#include "tabularium/page/text.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

TEST(Text, ComesBackFromUtf32AndReplacesBrokenSequences) {
  EXPECT_EQ(to_utf8(to_utf32("绩效a€😀")), "绩效a€😀");
  EXPECT_EQ(to_utf8(to_utf32("a\xff\xe7\xbb"
                             "b")),
            "a\uFFFD\uFFFD"
            "b");
  EXPECT_EQ(to_utf8(char32_t{0xD800}), "\uFFFD");
}

TEST(Text, FoldsFullWidthFormsAndLigaturesAndDropsWhiteSpace) {
  EXPECT_EQ(fold(" 项目　资金（万元）：ﬁ "), "项目资金(万元):fi");
  EXPECT_EQ(fold("⾦额"), "金额");  // a Kangxi radical, as some converters write it
  EXPECT_EQ(squeeze("a\u00a0b\u200bc\n"), "abc");
}

TEST(Text, JoinsWithASpaceOnlyBetweenLatinWordsOrWhereTheSourceHasOne) {
  EXPECT_EQ(join_text("绩效", "目标", false), "绩效目标");
  EXPECT_EQ(join_text("Bio", "Forum", false), "Bio Forum");
  EXPECT_EQ(join_text("第", "21", false), "第21");
  EXPECT_EQ(join_text("共话未来", "产业创新", true), "共话未来 产业创新");
  EXPECT_EQ(join_text("", "x", true), "x");
}

TEST(Text, TrimsWideSpaces) {
  EXPECT_EQ(trim("　 a b\u00a0"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Text, IsMadeStorable) {
  using namespace std::string_literals;
  EXPECT_EQ(storable("\xE8\xA1\xA8 a"), "\xE8\xA1\xA8 a");
  EXPECT_EQ(storable("a\0b"s),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(storable("a\xFF"), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace tabularium
