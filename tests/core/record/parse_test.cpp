#include "tabularium/record/parse.h"

#include <gmock/gmock.h>

#include "support.h"

namespace tabularium {
namespace {

using testing::words;

std::string number(std::string_view text, const std::vector<std::string>& suffixes = {}) {
  const auto parsed = parse_number(text, suffixes);
  return parsed ? parsed->to_string() : "none";
}

std::string yuan_of(std::string_view text, std::string_view unit = "") {
  const auto parsed = parse_money(text, unit, words());
  return parsed ? to_string(parsed->amount) + ' ' + parsed->unit : "none";
}

std::string date(std::string_view text) {
  const auto parsed = parse_date(text);
  return parsed ? to_string(*parsed) : "none";
}

TEST(Number, IsReadWithSeparatorsSignsAndFullWidthDigits) {
  EXPECT_EQ(number("1,776,020.00"), "1776020.00");
  EXPECT_EQ(number("１，７７６，０２０．００"), "1776020.00");
  EXPECT_EQ(number(" 99.\n71 "), "99.71");
  EXPECT_EQ(number("－3.5"), "-3.5");
  EXPECT_EQ(number("−3.5"), "-3.5");
  EXPECT_EQ(number("（3.5）"), "-3.5");
  EXPECT_EQ(number("(1,000)"), "-1000");
  EXPECT_EQ(number("+7"), "7");
  EXPECT_EQ(number("99.71%", {"%"}), "99.71");
  EXPECT_EQ(number("10分", {"分"}), "10");
}

TEST(Number, IsNotReadWhereAnythingElseStandsBesideIt) {
  for (const char* text : {"", "-", "10分", "1,77,020", "1,7760", ",100", "1.2.3", "10 20a", "(3.5",
                           "3.5)", "1..2", "99.71%%", "1e5", "12,"})
    EXPECT_EQ(number(text, {"%"}), "none") << text;
}

TEST(Money, IsInYuanWhateverUnitTheFormPrints) {
  EXPECT_EQ(yuan_of("1,776,020.00", "元"), "1776020.00 元");
  EXPECT_EQ(yuan_of("147.52", "万元"), "1475200.00 万元");
  EXPECT_EQ(yuan_of("147.5234", "(万元)"), "none");  // brackets are the layout's business
  EXPECT_EQ(yuan_of("147.5234", "万元"), "1475234.00 万元");
  EXPECT_EQ(yuan_of("147.523456", "万元"), "1475234.56 万元");
  EXPECT_EQ(yuan_of("330.00万元", "元"), "3300000.00 万元");
  EXPECT_EQ(yuan_of("330.00（万元）"), "3300000.00 万元");
  EXPECT_EQ(yuan_of("1.5亿元"), "150000000.00 亿元");
  EXPECT_EQ(yuan_of("50"), "50.00 ");
  EXPECT_EQ(yuan_of("￥1,200"), "1200.00 ");
  EXPECT_EQ(yuan_of("￥-1,200.5元"), "-1200.50 元");
  EXPECT_EQ(yuan_of("人民币500元整"), "500.00 元");
}

TEST(Money, MayBeNegativeOrInBrackets) {
  EXPECT_EQ(yuan_of("-12.50", "元"), "-12.50 元");
  EXPECT_EQ(yuan_of("（12.50）", "万元"), "-125000.00 万元");
  EXPECT_EQ(yuan_of("(12.50)万元"), "-125000.00 万元");
  EXPECT_EQ(yuan_of("(12.50万元)"), "-125000.00 万元");
}

TEST(Money, IsNotReadWhenItIsNotExactToTheFen) {
  EXPECT_EQ(yuan_of("0.001", "元"), "none");
  EXPECT_EQ(yuan_of("0.0000001", "万元"), "none");
  EXPECT_EQ(yuan_of("0.0100000", "元"), "0.01 元");
  EXPECT_EQ(yuan_of("12元5", "元"), "none");
  EXPECT_EQ(yuan_of("十万元", "元"), "none");
  EXPECT_EQ(yuan_of("100", "美元"), "none");
  EXPECT_EQ(yuan_of("999999999999999999", "万元"), "none");
}

TEST(Dates, AreReadInAllUsualWays) {
  for (const char* text :
       {"2019-01-01", "2019/1/1", "2019.1.1", "2019.01.01", "2019年1月1日", "2019 年 1 月 1 日",
        "2019年\n01月01日", "２０１９年１月１日", "20190101", "2019-1-\n1", "2019年1月1号",
        "二〇一九年一月一日", "二○一九年一月一日", "2019-01-01 00:00:00", "2019/1/1 8:30",
        "2019-01-01T00:00:00", "2019－01－01", "2019—01—01"})
    EXPECT_EQ(date(text), std::string(text) == "2019—01—01" ? "none" : "2019-01-01") << text;
  EXPECT_EQ(date("二〇二三年十二月三十一日"), "2023-12-31");
  EXPECT_EQ(date("2024年二月二十九日"), "2024-02-29");
  EXPECT_EQ(date("2020年十月十日"), "2020-10-10");
}

TEST(Dates, AreNotReadWhereTheyAreIncompleteOrImpossible) {
  for (const char* text : {"", "2019", "2019年", "2019年1月", "2019-01", "19-01-01", "2019-13-01",
                           "2019-02-30", "2019-1/1", "2019年1-1", "2019-01-01至2019-12-31",
                           "2019010", "201901011", "年底", "2019-01-01x", "二〇一九"})
    EXPECT_EQ(date(text), "none") << text;
}

TEST(Year, IsTheOneThatTheFormPrints) {
  EXPECT_EQ(parse_year("(2025年度)", words()), 2025);
  EXPECT_EQ(parse_year("（2019年）", words()), 2019);
  EXPECT_EQ(parse_year("（ 2 0 2 0 年度）", words()), 2020);
  EXPECT_EQ(parse_year("（二〇二三年度）", words()), 2023);
  EXPECT_EQ(parse_year("2021", words()), 2021);
  EXPECT_EQ(parse_year("沪财〔2018〕12号 2019年度", words()), 2019);
  EXPECT_EQ(parse_year("（  年度）", words()), std::nullopt);
  EXPECT_EQ(parse_year("（20250101）", words()), std::nullopt);
  EXPECT_EQ(parse_year("3025年", words()), std::nullopt);
}

}  // namespace
}  // namespace tabularium
