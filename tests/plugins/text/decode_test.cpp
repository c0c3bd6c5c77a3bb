#include "decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

std::string decoded(const std::string& bytes) { return to_utf8(decode(bytes, "a.txt")); }

TEST(Decode, TakesUtf8WithAndWithoutAMark) {
  EXPECT_EQ(decoded("年度\n"), "年度\n");
  EXPECT_EQ(decoded("\xEF\xBB\xBF年度"), "年度");
}

TEST(Decode, TakesUtf16OfBothOrders) {
  EXPECT_EQ(decoded("\xFF\xFE\x74\x5E\x0A\x00"s), "年\n");
  EXPECT_EQ(decoded("\xFE\xFF\x5E\x74\x00\x0A"s), "年\n");
}

TEST(Decode, TellsUtf16WithoutAMarkByItsZeroBytes) {
  EXPECT_EQ(decoded("\x31\x00\x74\x5E\x0A\x00\x32\x00"s), "1年\n2");
}

TEST(Decode, JoinsSurrogates) { EXPECT_EQ(decoded("\xFF\xFE\x40\xD8\x0B\xDC"s), "𠀋"); }

TEST(Decode, TakesGb18030WhereBytesAreNoUtf8) {
  EXPECT_EQ(decoded("\xCF\xEE\xC4\xBF\xC3\xFB\xB3\xC6"), "项目名称");
}

TEST(Decode, MakesEveryLineEndTheSameAndControlsSpaces) {
  EXPECT_EQ(decoded("a\r\nb\rc\x01"
                    "d"),
            "a\nb\nc d");
}

TEST(Decode, SaysWhereBytesAreNoText) {
  try {
    decode("ok\n\xFF\xFF\xFF", "a.txt");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::damaged_input);
    EXPECT_THAT(error.what(), HasSubstr("a.txt: line 2, byte 4"));
  }
}

TEST(Decode, RefusesAProgram) {
  std::string program = "MZ";
  for (int i = 0; i < 200; ++i) program += static_cast<char>(i % 7 + 1);
  EXPECT_THROW(decode(program, "a.txt"), Error);
}

TEST(EncodingOf, TakesASequenceThatTheEndCutsForWhole) {
  EXPECT_EQ(encoding_of("年度\xE5\xB9"), Encoding::utf8);
}

}  // namespace
}  // namespace tabularium::text
