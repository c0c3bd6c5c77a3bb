#include "tabularium/record/compare.h"

#include <gtest/gtest.h>

#include "support.h"

namespace tabularium::testing {
namespace {

Record read(const std::string& fields, const std::string& tables = "") {
  return record_from_json(R"({"record": "performance_self_evaluation", "layout": "x", "title": "表",
                              "year": 2023, "fields": {)" +
                              fields + R"(}, "tables": {)" + tables + "}}",
                          self_evaluation());
}

RecordScore compared(const std::vector<Record>& gold, const std::vector<Record>& records) {
  RecordScore score;
  compare_records(gold, records, self_evaluation(), {{"indicators", "deviation"}}, score);
  return score;
}

std::string row(const std::string& name, const std::string& weight, const std::string& remark) {
  return R"row({"level1": "产出指标", "level2": "数量指标", "level3": ")row" + name +
         R"row(", "target":
         {"text": "≥2(次)", "operator": ">=", "value": 2, "unit": "次", "note": null},
         "weight": )row" +
         weight + R"row(, "deviation": )row" + remark + "}";
}

std::string rows(const std::vector<std::string>& all) {
  std::string text = R"("indicators": [)";
  for (const std::string& one : all) text += (&one == all.data() ? "" : ",") + one;
  return text + "]";
}

TEST(Compare, TextsAreEqualWithoutWhiteSpaceAndWidth) {
  const RecordScore score = compared({read(R"("project_name": "甲（乙）", "grade": null)")},
                                     {read(R"text("project_name": " 甲 (乙)")text")});
  EXPECT_EQ(score.fields.at("project_name").values.right, 1);
  // What gold has as null may be absent, and counts as a value but not as a filled one.
  EXPECT_EQ(score.fields.at("grade").values.right, 1);
  EXPECT_EQ(score.fields.at("grade").filled.total, 0);
}

TEST(Compare, RecordsArePairedByNameAndAMissingOneIsWrongInEveryValue) {
  const Record a = read(R"("project_name": "甲项目建设", "total_score": 90)");
  const Record b = read(R"("project_name": "乙园区绿化", "total_score": 80)");
  const RecordScore both = compared({a, b}, {b, a});
  EXPECT_EQ(both.fields.at("total_score").values.right, 2);
  const RecordScore one = compared({a, b}, {b});
  EXPECT_EQ(one.matched, 1);
  EXPECT_EQ(one.fields.at("total_score").values.right, 1);
  EXPECT_EQ(one.fields.at("total_score").values.total, 2);
}

TEST(Compare, NumbersAreEqualByValue) {
  const RecordScore score = compared({read(R"("project_name": "甲", "total_score": 90.0)")},
                                     {read(R"("project_name": "甲", "total_score": 90.00)")});
  EXPECT_EQ(score.fields.at("total_score").values.right, 1);
}

TEST(Compare, LongTextsCountTheirEdits) {
  const RecordScore score =
      compared({read(R"("project_name": "甲", "annual_goal": "一二三四五六七八九十")")},
               {read(R"("project_name": "甲", "annual_goal": "一二三改五六七八九")")});
  EXPECT_EQ(score.fields.at("annual_goal").edits, 2);
  EXPECT_EQ(score.fields.at("annual_goal").characters, 10);
}

TEST(Compare, AValueThatGoldDoesNotHaveIsExtra) {
  const RecordScore score =
      compared({read(R"("project_name": "甲")")}, {read(R"("project_name": "甲", "grade": "优")")});
  EXPECT_EQ(score.fields.at("grade").extra, 1);
}

TEST(Compare, ARowCountsWhereAllButItsRemarksMatch) {
  const std::string name = R"("project_name": "甲")";
  const RecordScore score =
      compared({read(name, rows({row("一", "10", "null"), row("二", "20", "null")}))},
               {read(name, rows({row("一", "10", "\"迟\""), row("二", "21", "null")}))});
  const TableScore& table = score.tables.at("indicators");
  EXPECT_EQ(table.same_rows, 1);
  EXPECT_EQ(table.columns.at("deviation").values.right, 1);
  EXPECT_EQ(table.columns.at("weight").values.right, 1);
  EXPECT_DOUBLE_EQ(table.f1(), 0.5);
}

TEST(Compare, AMissingRowMovesNoOther) {
  const std::string name = R"("project_name": "甲")";
  const RecordScore score = compared(
      {read(name, rows({row("一", "1", "null"), row("二", "2", "null"), row("三", "3", "null")}))},
      {read(name, rows({row("二", "2", "null"), row("三", "3", "null")}))});
  EXPECT_EQ(score.tables.at("indicators").columns.at("level3").values.right, 2);
  EXPECT_EQ(score.tables.at("indicators").columns.at("level3").values.total, 3);
  EXPECT_EQ(score.tables.at("indicators").columns.at("target").meanings.right, 2);
}

TEST(Compare, RowsWithAKeyArePairedByIt) {
  const auto funding = [](const std::string& first, const std::string& second) {
    return R"("funding": [{"source": ")" + first + R"(", "executed": 1}, {"source": ")" + second +
           R"(", "executed": 2}])";
  };
  const std::string name = R"("project_name": "甲")";
  const RecordScore score =
      compared({read(name, funding("total", "fiscal"))}, {read(name, funding("fiscal", "total"))});
  EXPECT_EQ(score.tables.at("funding").columns.at("executed").values.right, 0);
  EXPECT_EQ(score.tables.at("funding").columns.at("source").values.right, 2);
}

TEST(Compare, NothingOnBothSidesIsRight) {
  EXPECT_EQ(compared({}, {}).gold_records, 0);
  EXPECT_DOUBLE_EQ(TableScore().f1(), 1.0);
}

TEST(Compare, TotalsGoByTheKindOfValue) {
  const RecordScore score =
      compared({read(R"("project_name": "甲", "total_score": 90, "annual_goal": "一")")},
               {read(R"("project_name": "甲", "total_score": 91, "annual_goal": "一")")});
  const ScoreTotals sums = totals(score, self_evaluation());
  EXPECT_EQ(sums.short_fields.total, 1);
  EXPECT_EQ(sums.numbers.right, 0);
  EXPECT_EQ(sums.characters, 1);
}

}  // namespace
}  // namespace tabularium::testing
