#include "tabularium/record/normalize.h"

#include <gmock/gmock.h>

#include "support.h"

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

RawValue raw(std::string text, std::string unit = "") {
  RawValue value;
  value.evidence = {3, {1, 2, 3, 4}, text, 0.75, "test"};
  value.text = std::move(text);
  value.unit = std::move(unit);
  return value;
}

RawValue ticked(std::vector<std::string> labels) {
  RawValue value = raw("");
  value.ticked = std::move(labels);
  return value;
}

Form form(std::vector<RawField> fields) {
  Form form;
  form.layout = "declaration-2019";
  form.record = "performance_declaration";
  form.title = "申报 表";
  form.year = raw("（2019年）");
  form.pages = {2, 3};
  form.fields = std::move(fields);
  return form;
}

Record declare(std::vector<RawField> fields) {
  return normalize(form(std::move(fields)), testing::declaration());
}

std::string text_of(const Value* value) {
  if (!value) return "absent";
  if (std::holds_alternative<std::monostate>(*value)) return "null";
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  if (const auto* amount = std::get_if<Money>(value)) return to_string(*amount);
  if (const auto* day = std::get_if<Date>(value)) return to_string(*day);
  if (const auto* number = std::get_if<Decimal>(value)) return number->to_string();
  if (const auto* yes = std::get_if<bool>(value)) return *yes ? "true" : "false";
  return "something else";
}

std::vector<std::string> checks(const Record& record) {
  std::vector<std::string> ids;
  for (const Issue& issue : record.issues) ids.push_back(issue.check + ' ' + issue.pointer);
  return ids;
}

TEST(Normalizer, GivesTypedValuesInTheModelsOrderWithEvidence) {
  const Record record = declare({{"annual_funding_total", raw("147.52", "万元")},
                                 {"start_date", raw("2019/1/1")},
                                 {"project_name", raw(" 信息化\n运维 ")},
                                 {"government_procurement", raw("否")}});
  ASSERT_EQ(record.fields.size(), 4);
  EXPECT_EQ(record.fields[0].name, "project_name");
  EXPECT_EQ(text_of(record.field("project_name")), "信息化运维");
  EXPECT_EQ(text_of(record.field("start_date")), "2019-01-01");
  EXPECT_EQ(text_of(record.field("government_procurement")), "false");
  EXPECT_EQ(text_of(record.field("annual_funding_total")), "1475200.00");
  EXPECT_EQ(text_of(record.field("end_date")), "absent");
  EXPECT_EQ(record.title, "申报表");
  EXPECT_EQ(record.year, 2019);
  EXPECT_THAT(record.source.pages, ElementsAre(2, 3));
  EXPECT_THAT(record.issues, IsEmpty());
  const Evidence& evidence = record.evidence.at("/fields/annual_funding_total");
  EXPECT_EQ(evidence.text, "147.52");
  EXPECT_EQ(evidence.unit, "万元");
  EXPECT_EQ(evidence.page, 3);
  EXPECT_EQ(evidence.confidence, 0.75);
  EXPECT_TRUE(record.evidence.contains("/year"));
}

TEST(Normalizer, GivesNullForWhatTheFormLeavesEmpty) {
  const Record record = declare({{"project_leader", raw("")},
                                 {"contact_phone", raw(" \n")},
                                 {"previous_budget", raw("-", "元")},
                                 {"previous_executed", raw("——", "元")},
                                 {"start_date", raw("/")},
                                 {"fund_use", ticked({})},
                                 {"remarks", raw("无")}});
  for (const char* name : {"project_leader", "contact_phone", "previous_budget",
                           "previous_executed", "start_date", "fund_use"})
    EXPECT_EQ(text_of(record.field(name)), "null") << name;
  EXPECT_EQ(text_of(record.field("remarks")), "无");  // in a text a word is a word
  EXPECT_THAT(record.issues, IsEmpty());
  EXPECT_EQ(record.evidence.size(), 2);  // remarks and year
}

TEST(Normalizer, ReportsWhatItCannotReadAndKeepsTheRawText) {
  const Record record = declare({{"start_date", raw("2019年13月")},
                                 {"previous_budget", raw("约3万", "元")},
                                 {"government_procurement", raw("部分")}});
  EXPECT_EQ(text_of(record.field("start_date")), "null");
  EXPECT_THAT(checks(record),
              ElementsAre("unparsed /fields/start_date", "unparsed /fields/government_procurement",
                          "unparsed /fields/previous_budget"));
  EXPECT_EQ(record.issues[0].severity, Severity::warning);
  EXPECT_THAT(record.issues[0].message, HasSubstr("2019年13月"));
  EXPECT_EQ(record.evidence.at("/fields/start_date").text, "2019年13月");
}

TEST(Normalizer, TakesTickedBoxes) {
  const Record record = declare({{"project_nature", ticked({"其他一次性项目"})},
                                 {"fund_use", ticked({"信息化建设类", "资产 购置类"})}});
  EXPECT_EQ(text_of(record.field("project_nature")), "其他一次性项目");
  EXPECT_THAT(std::get<std::vector<std::string>>(*record.field("fund_use")),
              ElementsAre("信息化建设类", "资产 购置类"));
  const Record two = declare({{"project_nature", ticked({"结转项目", "其他经常性项目"})}});
  EXPECT_THAT(checks(two), ElementsAre("several_ticked /fields/project_nature"));
  EXPECT_EQ(text_of(two.field("project_nature")), "结转项目");
}

TEST(Normalizer, KeepsParagraphsAndTypedSpacesOfNarrative) {
  const Record record = declare({{"overview", raw("  一、 甲乙 \n\n二、A  B\n")}});
  EXPECT_EQ(text_of(record.field("overview")), "一、 甲乙\n二、A B");
}

TEST(Normalizer, ReadsRowsOfTables) {
  Form input = form({});
  input.tables = {
      {"indicators",
       {{{{"level1", raw("产出 目标")},
          {"level2", raw("")},
          {"level3", raw("完成 率")},
          {"target", raw("≥40次（按计 划）")}}},
        {{{"level1", raw("产出目标")}, {"level3", raw("质量")}, {"target", raw("健全")}}}}},
      {"subprojects", {{{{"name", raw("设备")}, {"amount", raw("3587500", "元")}}}}}};
  const Record record = normalize(input, testing::declaration());
  ASSERT_EQ(record.tables.size(), 2);
  const Row& row = record.tables[0].rows[0];
  EXPECT_EQ(text_of(row.find("level1")), "产出目标");
  EXPECT_EQ(text_of(row.find("level2")), "null");
  const auto& target = std::get<Quantity>(*row.find("target"));
  EXPECT_EQ(target.text, "≥40次（按计划）");
  EXPECT_EQ(target.note, "按计划");
  EXPECT_EQ(record.tables[0].rows[1].find("level2"), nullptr);
  EXPECT_EQ(text_of(record.tables[1].rows[0].find("amount")), "3587500.00");
  EXPECT_TRUE(record.evidence.contains("/tables/indicators/0/target"));
  EXPECT_TRUE(record.evidence.contains("/tables/subprojects/0/amount"));
  EXPECT_FALSE(record.evidence.contains("/tables/indicators/0/level2"));
}

Record evaluate(Form input) {
  input.record = "performance_self_evaluation";
  return normalize(input, testing::self_evaluation());
}

TEST(Normalizer, KnowsRowsByTheirPrintedLabels) {
  Form input = form({});
  input.tables = {{"funding", {}}};
  for (const char* label :
       {"年度资金总额：", "其中：当年财政拨款", "上年结转资金", "other", "谁知道"})
    input.tables[0].rows.push_back(
        {{{"source", raw(label)}, {"weight", raw("-")}, {"execution_rate", raw("99.71%")}}});
  const Record record = evaluate(input);
  const auto& rows = record.tables[0].rows;
  EXPECT_EQ(text_of(rows[0].find("source")), "total");
  EXPECT_EQ(text_of(rows[1].find("source")), "fiscal");
  EXPECT_EQ(text_of(rows[2].find("source")), "carryover");
  EXPECT_EQ(text_of(rows[3].find("source")), "other");
  EXPECT_EQ(text_of(rows[4].find("source")), "null");
  EXPECT_EQ(text_of(rows[0].find("weight")), "null");
  EXPECT_EQ(text_of(rows[0].find("execution_rate")), "99.71");
  EXPECT_THAT(checks(record), ElementsAre("unparsed /tables/funding/4/source"));
}

TEST(Normalizer, SettlesTheYearFromTheTextsWhereTheFormPrintsNone) {
  const auto year_of = [](std::string goal, std::string done) {
    Form input =
        form({{"annual_goal", raw(std::move(goal))}, {"actual_completion", raw(std::move(done))}});
    input.year = RawValue();
    return evaluate(input);
  };
  const Record clear =
      year_of("2023年办会。2023 年起推广。", "比2022年多，2023年10月开幕，2030规划。");
  EXPECT_EQ(clear.year, 2023);
  EXPECT_THAT(checks(clear), ElementsAre("year_inferred /year"));
  EXPECT_EQ(clear.issues[0].severity, Severity::info);
  const Record unclear = year_of("2022年办会。", "2023年开幕。");
  EXPECT_EQ(unclear.year, std::nullopt);
  EXPECT_THAT(checks(unclear), ElementsAre("year_unknown /year"));
  EXPECT_EQ(year_of("邮政编码200023，电话20230001。", "").year, std::nullopt);
}

TEST(Normalizer, TakesTheYearThatTheLayoutIsMadeForAmongThoseThatTheTextsMention) {
  const auto year_of = [](std::vector<int> years, std::string goal) {
    Form input = form({{"annual_goal", raw(std::move(goal))}});
    input.year = RawValue();
    input.years = std::move(years);
    return evaluate(input).year;
  };
  const std::string goal = "2023年按《定额(2016版)》和《规程(2016版)》维护，2016年起。";
  EXPECT_EQ(year_of({2023}, goal), 2023);
  EXPECT_EQ(year_of({}, goal), 2016);
  EXPECT_EQ(year_of({2024}, goal), 2016);
  EXPECT_EQ(year_of({2022, 2023}, "2022年和2023年。"), std::nullopt);
}

TEST(Normalizer, PassesOnWhatTheLayoutNoticedAndWhatNoFieldTook) {
  Form input = form({{"colour", raw("红")}});
  input.issues = {{"layout", Severity::warning, "/fields/remarks", {}, "两处"}};
  input.unclaimed = {{{4, {}, "盖 章", 1.0, "test"}}};
  const Record record = normalize(input, testing::declaration());
  EXPECT_THAT(checks(record),
              ElementsAre("layout /fields/remarks", "unknown_field ", "unclaimed_text "));
  EXPECT_EQ(record.issues[2].severity, Severity::info);
  EXPECT_THAT(record.issues[2].message, HasSubstr("page 4: no field took `盖 章`"));
}

}  // namespace
}  // namespace tabularium
