#include "tabularium/record/edit.h"

#include <gmock/gmock.h>

#include "support.h"
#include "tabularium/record/json.h"

namespace tabularium {
namespace {

using testing::declaration;
using testing::self_evaluation;
using testing::words;

Record small_record() {
  Record record;
  record.title = "表";
  record.year = 2023;
  record.fields = {{"project_name", std::string("甲")}, {"total_score", Value()}};
  record.tables = {{"funding", {{{{"source", std::string("total")}, {"executed", Money{1}}}}}}};
  return record;
}

TEST(ValueAt, FindsTitleYearFieldsAndCells) {
  const Record record = small_record();
  EXPECT_EQ(value_at(record, "/title"), Value(std::string("表")));
  EXPECT_EQ(value_at(record, "/year"), Value(Decimal(2023, 0)));
  EXPECT_EQ(value_at(record, "/fields/project_name"), Value(std::string("甲")));
  EXPECT_EQ(value_at(record, "/fields/total_score"), Value()) << "a null value is one";
  EXPECT_EQ(value_at(record, "/tables/funding/0/executed"), Value(Money{1}));
}

TEST(ValueAt, FindsNothingWhereThereIsNothing) {
  const Record record = small_record();
  for (const char* pointer :
       {"", "/", "title", "/fields", "/fields/grade", "/fields/project_name/x", "/tables/funding",
        "/tables/funding/1/executed", "/tables/funding/-1/executed", "/tables/funding/0x/executed",
        "/tables/funding/99999999999999999999/executed", "/tables/none/0/x", "/source/file"}) {
    EXPECT_FALSE(value_at(record, pointer).has_value()) << pointer;
  }
}

TEST(SetValue, PutsAValueInItsPlaceAlone) {
  Record record = small_record();
  EXPECT_TRUE(set_value(record, "/tables/funding/0/executed", Money{7}));
  EXPECT_TRUE(set_value(record, "/year", Value()));
  EXPECT_FALSE(set_value(record, "/fields/grade", std::string("优")));
  EXPECT_EQ(record.year, std::nullopt);
  EXPECT_EQ(record.fields.size(), 2U);
  EXPECT_EQ(*record.tables[0].rows[0].find("executed"), Value(Money{7}));
}

TEST(ModelAt, KnowsTheTypeOfEveryPlace) {
  EXPECT_EQ(model_at(self_evaluation(), "/year")->type, ValueType::number);
  EXPECT_EQ(model_at(self_evaluation(), "/tables/funding/3/executed")->type, ValueType::money);
  EXPECT_EQ(model_at(self_evaluation(), "/fields/nothing"), nullptr);
  EXPECT_EQ(model_at(self_evaluation(), "/tables/funding/3"), nullptr);
}

/// What a person's text is, as JSON; "none" where it is no value of the type.
std::string typed(const RecordModel& model, const char* pointer, const char* text) {
  const auto value = typed_value(text, *model_at(model, pointer), words());
  return value ? to_json(*value) : "none";
}

TEST(TypedValue, ReadsWhatAFormWouldPrint) {
  EXPECT_EQ(typed(declaration(), "/fields/annual_funding_total", "1,776,020.00"), "1776020.00");
  EXPECT_EQ(typed(declaration(), "/fields/annual_funding_total", "147.52万元"), "1475200.00");
  EXPECT_EQ(typed(declaration(), "/fields/annual_funding_total", "-5"), "-5.00");
  EXPECT_EQ(typed(declaration(), "/fields/annual_funding_total", "much"), "none");
  EXPECT_EQ(typed(declaration(), "/fields/start_date", "2019/1/1"), "\"2019-01-01\"");
  EXPECT_EQ(typed(declaration(), "/fields/start_date", "2019-02-30"), "none");
  EXPECT_EQ(typed(declaration(), "/fields/government_procurement", "是"), "true");
  EXPECT_EQ(typed(declaration(), "/fields/government_procurement", "FALSE"), "none");
  EXPECT_EQ(typed(declaration(), "/fields/government_procurement", "false"), "false");
  EXPECT_EQ(typed(declaration(), "/fields/fund_use", "甲、乙; 丙；"), "[\"甲\",\"乙\",\"丙\"]");
  EXPECT_EQ(typed(declaration(), "/fields/project_name", "  甲 乙 "), "\"甲 乙\"");
  EXPECT_EQ(typed(declaration(), "/fields/project_name", " "), "null");
  EXPECT_EQ(typed(self_evaluation(), "/fields/total_score", "98.50分"), "98.50");
  EXPECT_EQ(typed(self_evaluation(), "/tables/funding/0/execution_rate", "99.71%"), "99.71");
  EXPECT_EQ(typed(self_evaluation(), "/tables/funding/0/source", "fiscal"), "\"fiscal\"");
  EXPECT_EQ(typed(self_evaluation(), "/tables/funding/0/source", "nowhere"), "none");
  EXPECT_EQ(typed(declaration(), "/tables/indicators/0/level1", "产出 指标"), "\"产出指标\"");
  EXPECT_EQ(typed(declaration(), "/tables/indicators/0/target", "≥40次"),
            "{\"text\":\"≥40次\",\"operator\":\">=\",\"value\":40,\"unit\":\"次\",\"note\":null}");
}

TEST(ValueFromJson, GivesBackWhatToJsonWrote) {
  const FieldModel& money = *declaration().field("annual_funding_total");
  const FieldModel& target = *declaration().table("indicators")->column("target");
  EXPECT_EQ(value_from_json("70000.00", money), Value(Money{7'000'000}));
  EXPECT_EQ(value_from_json("null", money), Value());
  const Value quantity = *typed_value("约40万人（估计）", target, words());
  EXPECT_EQ(value_from_json(to_json(quantity), target), quantity);
}

}  // namespace
}  // namespace tabularium
