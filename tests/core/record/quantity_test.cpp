#include <gmock/gmock.h>

#include <random>

#include "support.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

using testing::words;

/// "operator value unit note", a dash for what is not there.
std::string parts(std::string_view text) {
  const Quantity q = parse_quantity(text, words());
  EXPECT_EQ(q.text, squeeze(text));
  const std::string value = q.value ? q.value->to_string() : "-";
  return q.op.value_or("-") + ' ' + value + ' ' + q.unit.value_or("-") + ' ' + q.note.value_or("-");
}

TEST(Quantity, HasOperatorNumberUnitAndNote) {
  EXPECT_EQ(parts("≥1000.00(家)"), ">= 1000.00 家 -");
  EXPECT_EQ(parts("≥40次（按计划办完）"), ">= 40 次 按计划办完");
  EXPECT_EQ(parts("约40万人（含外省）"), "~ 400000 人 含外省");
  EXPECT_EQ(parts("=100%"), "= 100 % -");
  EXPECT_EQ(parts("2项（修订）"), "= 2 项 修订");
  EXPECT_EQ(parts("100%"), "= 100 % -");
  EXPECT_EQ(parts("=100"), "= 100 - -");
  EXPECT_EQ(parts("≥150M（不慢于此）"), ">= 150 M 不慢于此");
  EXPECT_EQ(parts("≥3.00(家)（不含分支）"), ">= 3.00 家 不含分支");
}

TEST(Quantity, TakesEveryOperator) {
  for (const auto& [printed, op] :
       std::vector<std::pair<std::string, std::string>>{{"≥", ">="},
                                                        {">=", ">="},
                                                        {"＞＝", ">="},
                                                        {"≧", ">="},
                                                        {"不低于", ">="},
                                                        {"不少于", ">="},
                                                        {"≤", "<="},
                                                        {"<=", "<="},
                                                        {"≦", "<="},
                                                        {"不超过", "<="},
                                                        {"=", "="},
                                                        {"＝", "="},
                                                        {">", ">"},
                                                        {"＞", ">"},
                                                        {"大于", ">"},
                                                        {"<", "<"},
                                                        {"小于", "<"},
                                                        {"约", "~"},
                                                        {"", "="}})
    EXPECT_EQ(parts(printed + "5次"), op + " 5 次 -") << printed;
}

TEST(Quantity, AppliesAMultiplierOnlyDirectlyAfterTheNumber) {
  EXPECT_EQ(parts("5000万元"), "= 50000000 元 -");
  EXPECT_EQ(parts("≤159.00(万元)"), "<= 159.00 万元 -");
  EXPECT_EQ(parts("≥10万次"), ">= 100000 次 -");
  EXPECT_EQ(parts("<5.00(万)"), "< 5.00 万 -");
  EXPECT_EQ(parts("1.25亿元"), "= 125000000 元 -");
  EXPECT_EQ(parts("3万"), "= 30000 - -");
  EXPECT_EQ(parts("2万亿元"), "= 2000000000000 元 -");
}

TEST(Quantity, ReadsSeparatorsAndWidthsAndIgnoresWhiteSpace) {
  EXPECT_EQ(parts("≥ 18,000.00 (次)"), ">= 18000.00 次 -");
  EXPECT_EQ(parts("≥１８，０００．００（次）"), ">= 18000.00 次 -");
  EXPECT_EQ(parts("3000.00(人\n次)"), "= 3000.00 人次 -");
  EXPECT_EQ(parts("≥9\n8.0\n0(%)"), ">= 98.00 % -");
  EXPECT_EQ(parts("100％"), "= 100 % -");
  EXPECT_EQ(parts("≤-3.5℃"), "<= -3.5 ℃ -");
}

TEST(Quantity, KnowsUnitsMadeOfUnits) {
  EXPECT_EQ(parts("≤210.00(元/人/天)"), "<= 210.00 元/人/天 -");
  EXPECT_EQ(parts("=4.00(次/月)"), "= 4.00 次/月 -");
  EXPECT_EQ(parts("≤15000.00(元/辆)"), "<= 15000.00 元/辆 -");
  EXPECT_EQ(parts("≤300元/人/天（含税）"), "<= 300 元/人/天 含税");
  EXPECT_EQ(parts("≤10个工作日"), "<= 10 个工作日 -");
  EXPECT_EQ(parts("≥30台套"), ">= 30 台套 -");
  EXPECT_EQ(parts("≥12平方米/人"), ">= 12 平方米/人 -");
  EXPECT_EQ(parts("≥12.00(任意单位)"), ">= 12.00 任意单位 -");
  EXPECT_EQ(parts("3月"), "= 3 月 -");
  EXPECT_EQ(parts("≥12.00（人次）"), ">= 12.00 人次 -");
  EXPECT_EQ(parts("≥12（每年都要办）"), ">= 12 - 每年都要办");
}

TEST(Quantity, HasNoUnitWhereTheFormSaysNull) {
  EXPECT_EQ(parts("≥90(null)"), ">= 90 - -");
  EXPECT_EQ(parts("90.00(null)"), "= 90.00 - -");
  EXPECT_EQ(parts("90.00()"), "= 90.00 - -");
}

TEST(Quantity, TakesANoteInBracketsOrAfterAFullStop) {
  EXPECT_EQ(parts("100%。1、先做一。2、再做二"), "= 100 % 1、先做一。2、再做二");
  EXPECT_EQ(parts("大于80%。对外开放"), "> 80 % 对外开放");
  EXPECT_EQ(parts("≥85.00%。发放问卷"), ">= 85.00 % 发放问卷");
  EXPECT_EQ(parts("≥3次。"), ">= 3 次 -");
  EXPECT_EQ(parts("100%（甲（乙）丙）"), "= 100 % 甲（乙）丙");
  EXPECT_EQ(parts("≥40（每月按计划统计后上报一次）"), ">= 40 - 每月按计划统计后上报一次");
  EXPECT_EQ(parts("≥40次（办完）。"), ">= 40 次 办完");
  EXPECT_EQ(parts("≥64个（地址不少于64个）"), ">= 64 个 地址不少于64个");
}

TEST(Quantity, IsNoneWhereTheTextIsAnythingElse) {
  for (const char* text : {"",
                           "达成指标",
                           "健全",
                           "年底前完成",
                           "不低于2018年",
                           "2025年年底前完成",
                           "2025年",
                           "≥",
                           "100%合规（符合规定）",
                           "在用率100%",
                           "促成1-3项合作",
                           "1-3项",
                           "80%-90%",
                           "≥3次；≥2场",
                           "1、100%合规",
                           "12月底前完成",
                           "3天内完成",
                           "80分以上",
                           "7*24小时",
                           "1:5",
                           "100余人",
                           "≥90%，较上年提升",
                           "期刊受众=1000人",
                           "不超过",
                           "第3名",
                           "2019-12-31",
                           "≥40次（甲）且≥3场",
                           "≥9999999999999999999家",
                           "≥9O%",
                           "≥9O",
                           "1O0%",
                           "≥l5家"})
    EXPECT_EQ(parts(text), "- - - -") << text;
}

TEST(Quantity, CountsYearsThatAreNoCalendarYears) {
  EXPECT_EQ(parts("≥2.00(年)"), ">= 2.00 年 -");
  EXPECT_EQ(parts("≥10年"), ">= 10 年 -");
  EXPECT_EQ(parts("2000人"), "= 2000 人 -");
}

TEST(Quantity, KnowsWhatBeginsLikeOne) {
  EXPECT_TRUE(begins_like_quantity("100%合规", words()));
  EXPECT_TRUE(begins_like_quantity(" ≥很多", words()));
  EXPECT_TRUE(begins_like_quantity("不低于2018年", words()));
  EXPECT_FALSE(begins_like_quantity("健全100%", words()));
  EXPECT_FALSE(begins_like_quantity("", words()));
}

// Whatever is printed by the grammar comes back, with white space anywhere in it.
TEST(Quantity, ComesBackFromAnyPrintedForm) {
  std::mt19937 random(7);
  const auto pick = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
  const std::vector<std::string> operators = {"", "≥", "≤", "=", ">", "<", ">=", "<=", "约"};
  const std::vector<std::string> names = {"=", ">=", "<=", "=", ">", "<", ">=", "<=", "~"};
  const std::vector<std::string> units = {"",         "家",       "次", "人次", "%",
                                          "元/人/天", "个工作日", "篇", "M"};
  const std::vector<std::string> notes = {"", "按年度计划完成", "其中（上海）三成",
                                          "含2018年的8次"};
  for (int i = 0; i < 20000; ++i) {
    const std::size_t op = random() % operators.size();
    const Decimal value(static_cast<std::int64_t>(random() % 100'000'000), random() % 3);
    const std::string unit = pick(units);
    const std::string note = pick(notes);
    const bool bracketed = random() % 2 && !unit.empty();
    // A year of the calendar is no quantity, so we keep clear of them before 年.
    std::string digits = value.to_string();
    if (random() % 2 && value.scale() == 0 && digits.size() > 3 && digits.size() < 7)
      digits.insert(digits.size() - 3, 1, ',');
    std::string text = operators[op] + digits + (bracketed ? "(" + unit + ")" : unit);
    if (!note.empty())
      text += random() % 2 ? "（" + note + "）" : (unit.empty() ? "" : "。" + note);
    const bool has_note = !note.empty() && text.size() > 3 && text.find(note) != std::string::npos;
    if (unit.empty() && has_note && text.find("（") == std::string::npos) continue;
    std::u32string codes = to_utf32(text);
    codes.insert(random() % codes.size(), 1, random() % 2 ? U'\n' : U' ');
    const Quantity q = parse_quantity(to_utf8(codes), words());
    ASSERT_EQ(q.value, value) << text;
    ASSERT_EQ(q.op, names[op]) << text;
    ASSERT_EQ(q.unit.value_or(""), unit) << text;
    ASSERT_EQ(q.note.value_or(""), has_note ? note : "") << text;
  }
}

}  // namespace
}  // namespace tabularium
