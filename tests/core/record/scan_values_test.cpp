// Values that were read from pixels: what is set right, what is told, and how sure it is.
#include <gmock/gmock.h>

#include "support.h"
#include "tabularium/record/json.h"
#include "tabularium/record/normalize.h"
#include "tabularium/record/readings_internal.h"
#include "tabularium/record/repair.h"
#include "tabularium/record/validate.h"
#include "tabularium/record/weigh.h"

namespace tabularium {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

RawValue read(std::string text, double confidence = 0.95,
              std::vector<Alternative> alternatives = {}) {
  RawValue value;
  value.evidence = {1, {1, 2, 3, 4}, text, confidence, "test"};
  value.evidence.recognized = true;
  value.evidence.alternatives = std::move(alternatives);
  value.text = std::move(text);
  return value;
}

RawValue stored(std::string text) {
  RawValue value;
  value.evidence = {1, {1, 2, 3, 4}, text, 1.0, "test"};
  value.text = std::move(text);
  return value;
}

Record declare(std::vector<RawField> fields, std::vector<RawTable> tables = {}) {
  Form form;
  form.layout = "declaration-2025";
  form.record = "performance_declaration";
  form.fields = std::move(fields);
  form.tables = std::move(tables);
  return normalize(form, testing::declaration());
}

std::string money_of(const Record& record, std::string_view name) {
  const Value* value = record.field(name);
  const auto* amount = value ? std::get_if<Money>(value) : nullptr;
  return amount ? to_string(*amount) : "none";
}

std::string text_of(const Record& record, std::string_view name) {
  const Value* value = record.field(name);
  const auto* text = value ? std::get_if<std::string>(value) : nullptr;
  return text ? *text : "none";
}

std::vector<std::string> told(const Record& record, Severity least = Severity::info) {
  std::vector<std::string> all;
  for (const Issue& issue : record.issues) {
    if (issue.severity >= least && issue.check != "year_unknown") {
      all.push_back(issue.check + ' ' + issue.pointer);
    }
  }
  return all;
}

TEST(ScanValues, ClosedVocabulariesTakeTheNearestMember) {
  const Record record = declare({{"project_nature", read("其他一坎性顶目")}});
  EXPECT_EQ(text_of(record, "project_nature"), "其他一次性项目");
  EXPECT_THAT(told(record), ElementsAre("repaired /fields/project_nature"));
  EXPECT_EQ(record.evidence.at("/fields/project_nature").text, "其他一坎性顶目");
}

TEST(ScanValues, WhatTheFileStoresStaysAsItIs) {
  const Record record = declare({{"project_nature", stored("其他一坎性顶目")}});
  EXPECT_EQ(text_of(record, "project_nature"), "其他一坎性顶目");
  EXPECT_THAT(told(record), IsEmpty());
}

TEST(ScanValues, AnswersThatAreNearNoMemberStay) {
  const Record record = declare({{"project_nature", read("基本建设")}});
  EXPECT_EQ(text_of(record, "project_nature"), "基本建设");
}

TEST(ScanValues, WhatWasSetRightBeforeIsTold) {
  RawValue mended = read("全市孵化器服务");
  mended.evidence.text = "全市凡化器服务";
  const Record record = declare({{"project_name", mended}});
  EXPECT_EQ(text_of(record, "project_name"), "全市孵化器服务");
  ASSERT_THAT(told(record), ElementsAre("repaired /fields/project_name"));
  EXPECT_THAT(record.issues[0].message,
              HasSubstr("read as `全市凡化器服务`, taken as `全市孵化器服务`"));
  EXPECT_EQ(record.evidence.at("/fields/project_name").text, "全市凡化器服务");
}

TEST(ScanValues, LettersInNumbersAreTheDigitsTheyLookLike) {
  const Record record = declare({{"annual_funding_total", read("|7O,0l5.00.")}});
  EXPECT_EQ(money_of(record, "annual_funding_total"), "70015.00");
  EXPECT_THAT(told(record, Severity::warning),
              ElementsAre("repaired /fields/annual_funding_total"));
}

TEST(ScanValues, FormsPrintNoThousandths) {
  EXPECT_EQ(money_of(declare({{"previous_budget", read("600.000")}}), "previous_budget"),
            "600000.00");
  EXPECT_EQ(money_of(declare({{"previous_budget", read("5.286.280")}}), "previous_budget"),
            "5286280.00");
  EXPECT_EQ(money_of(declare({{"previous_budget", stored("600.000")}}), "previous_budget"),
            "600.00");
}

TEST(ScanValues, SpecksAreNoText) {
  const Record record = declare({{"project_name", read("，")}});
  EXPECT_EQ(text_of(record, "project_name"), "none");
  EXPECT_THAT(told(record), IsEmpty());
  EXPECT_EQ(text_of(declare({{"project_name", read("一一-一一")}}), "project_name"), "none");
}

TEST(ScanValues, MarksAtTheEndsOfATextAreSpecks) {
  EXPECT_EQ(text_of(declare({{"project_name", read(".信息平台,")}}), "project_name"), "信息平台");
  EXPECT_EQ(text_of(declare({{"project_name", stored(".信息平台,")}}), "project_name"),
            ".信息平台,");
  EXPECT_EQ(text_of(declare({{"remarks", read("l")}}), "remarks"), "none");
}

TEST(ScanValues, AQuoteWithoutItsOtherHalfIsASpeck) {
  const Record record = declare({{"project_name", read("”信息平台")}});
  EXPECT_EQ(text_of(record, "project_name"), "信息平台");
  EXPECT_THAT(told(record), ElementsAre("repaired /fields/project_name"));
  EXPECT_EQ(text_of(declare({{"project_name", read("“信息”平台")}}), "project_name"), "“信息”平台");
}

TEST(ScanValues, DatesAreReadFromTheirThreeNumbers) {
  const Record record = declare({{"start_date", read("2O25年l月1曰")}});
  EXPECT_EQ(*record.field("start_date"), Value(Date{2025, 1, 1}));
  EXPECT_THAT(told(record, Severity::warning), ElementsAre("repaired /fields/start_date"));
}

RawTable indicators(const std::string& level1, const std::string& level2,
                    const std::string& target) {
  RawRow row;
  row.cells = {{"level1", read(level1)},
               {"level2", read(level2)},
               {"level3", read("服务")},
               {"target", read(target)}};
  return {"indicators", {row}};
}

const Quantity& target_of(const Record& record) {
  return std::get<Quantity>(*record.table("indicators")->rows[0].find("target"));
}

TEST(ScanValues, LevelsAreThoseOfTheTaxonomy) {
  const Record record = declare({}, {indicators("产岀指标", "|教量指标", "好")});
  EXPECT_EQ(*record.table("indicators")->rows[0].find("level1"), Value(std::string("产出指标")));
  EXPECT_EQ(*record.table("indicators")->rows[0].find("level2"), Value(std::string("数量指标")));
}

TEST(ScanValues, SignsBeforeNumbersAreRecovered) {
  const Record record = declare({}, {indicators("产出指标", "数量指标", "过10.00(次)")});
  EXPECT_EQ(target_of(record).text, "≥10.00(次)");
  EXPECT_EQ(target_of(record).op, ">=");
  EXPECT_THAT(told(record, Severity::warning), ElementsAre("repaired /tables/indicators/0/target"));
}

std::string target_text(const std::string& target, double confidence) {
  RawTable table = indicators("产出指标", "数量指标", target);
  table.rows[0].cells[3].value.evidence.confidence = confidence;
  return target_of(declare({}, {table})).text;
}

TEST(ScanValues, UnknownSignsAreGuessedOnlyWhereTheRecognizerWasUnsure) {
  EXPECT_EQ(target_text("坛10.00(次)", 0.6), "≥10.00(次)");
  EXPECT_EQ(target_text("坛10.00(次)", 0.97), "坛10.00(次)");
  EXPECT_EQ(target_text(">10.00(次)", 0.6), "≥10.00(次)");
  EXPECT_EQ(target_text(">10.00(次)", 0.97), ">10.00(次)");
  EXPECT_EQ(target_text(">=10", 0.6), ">=10");
}

TEST(ScanValues, ANoteMayTellTheSignThatGotLost) {
  EXPECT_EQ(target_text("40次(全年不少于40次)", 0.6), "≥40次(全年不少于40次)");
  EXPECT_EQ(target_text("40次(每季不少于10次)", 0.6), "40次(每季不少于10次)");
  EXPECT_EQ(target_text(">40次(全年不少于40次)", 0.97), "≥40次(全年不少于40次)");
}

TEST(ScanValues, HalfAPairOfBracketsRoundAUnitIsMadeWhole) {
  EXPECT_EQ(target_text("=120(户", 0.97), "=120(户)");
  EXPECT_EQ(target_text("=120户)", 0.97), "=120(户)");
  EXPECT_EQ(target_text("=120户", 0.97), "=120户");
  // What is no unit stays as it was read.
  EXPECT_EQ(target_text("=120(以", 0.97), "=120(以");
}

TEST(ScanValues, AnUnknownUnitIsTheKnownOneItLooksLikeWhereTheRecognizerWasUnsure) {
  EXPECT_EQ(cleared_quantity("≥5000万学", testing::words(), false), "≥5000万字");
  EXPECT_EQ(cleared_quantity("≥5000万学", testing::words(), true), std::nullopt);
  EXPECT_EQ(cleared_quantity("≥5000万字", testing::words(), false), std::nullopt);
  EXPECT_EQ(cleared_quantity("≥5000次", testing::words(), false), std::nullopt);
}

TEST(ScanValues, TheWordForAComparisonIsTheKnownOneItLooksLike) {
  EXPECT_EQ(cleared_quantity("大十120天", testing::words(), false), "大于120天");
  EXPECT_EQ(cleared_quantity("大于120天", testing::words(), false), std::nullopt);
  // It may as well be the beginning of a text.
  EXPECT_EQ(cleared_quantity("第三120天", testing::words(), true), std::nullopt);
}

TEST(ScanValues, AUnitStaysWhereTheNoteBehindItLacksABracket) {
  for (const bool sure : {true, false}) {
    EXPECT_EQ(cleared_quantity("≥3(个)(次", testing::words(), sure), std::nullopt) << sure;
  }
}

TEST(ScanValues, AUnitInItsBracketsIsNotMixedWithWhatStandsBehindIt) {
  for (const bool sure : {true, false}) {
    EXPECT_EQ(cleared_quantity("≥3(个)次)", testing::words(), sure), std::nullopt) << sure;
  }
}

TEST(ScanValues, APointBehindANullPartsNoThousands) {
  EXPECT_FALSE(has_dotted_thousands("0.002"));
  EXPECT_TRUE(has_dotted_thousands("600.000"));
}

TEST(ScanValues, ABracketIsLoneWhereItsOtherHalfIsMissing) {
  for (const char* text : {"=120(户", "120户)", "120)户(", "（户", "((户)"}) {
    EXPECT_TRUE(has_lone_bracket(text)) << text;
  }
  for (const char* text : {"", "120户", "120(户)", "（户)", "((户))(次)"}) {
    EXPECT_FALSE(has_lone_bracket(text)) << text;
  }
}

TEST(ScanValues, TextsAreNoQuantities) {
  const Record record = declare({}, {indicators("产出指标", "数量指标", "第3季度")});
  EXPECT_EQ(target_of(record).text, "第3季度");
}

// ---- repair

constexpr const char* kFunding = R"json({
  "record": "performance_declaration", "layout": "declaration-2025", "title": "t", "year": 2025,
  "fields": { "annual_funding_total": 1776020.00, "annual_funding_fiscal": 1000000.00,
    "annual_funding_carryover": 776020.00, "annual_funding_other": 0.00 },
  "tables": {} })json";

/// The record with every number as if read from pixels.
Record scanned(const char* json, double confidence = 0.8) {
  Record record = record_from_json(json, testing::declaration());
  for (const Field& field : record.fields) {
    Evidence& evidence = record.evidence[field_pointer(field.name)];
    if (const auto* amount = std::get_if<Money>(&field.value)) evidence.text = to_string(*amount);
    evidence.recognized = true;
    evidence.confidence = confidence;
  }
  return record;
}

void misread(Record& record, const std::string& name, Money amount,
             std::vector<Alternative> alternatives = {}, double confidence = 0.6) {
  for (Field& field : record.fields) {
    if (field.name == name) field.value = amount;
  }
  Evidence& evidence = record.evidence[field_pointer(name)];
  evidence.text = to_string(amount);
  evidence.alternatives = std::move(alternatives);
  evidence.confidence = confidence;
}

TEST(Repair, TakesTheReadingThatMakesTheSumHold) {
  Record record = scanned(kFunding);
  misread(record, "annual_funding_carryover", Money{77602900},
          {{"776020.80", 0.2}, {"776020.00", 0.1}});
  repair(record, testing::declaration());
  EXPECT_EQ(money_of(record, "annual_funding_carryover"), "776020.00");
  EXPECT_THAT(told(record), ElementsAre("repaired /fields/annual_funding_carryover"));
  EXPECT_THAT(record.issues[0].message, HasSubstr("funding_parts"));
  EXPECT_THAT(record.issues[0].message, HasSubstr("776029.00"));
}

TEST(Repair, KnowsHowDigitsAreMisread) {
  Record record = scanned(kFunding);
  misread(record, "annual_funding_fiscal", Money{700000000});
  repair(record, testing::declaration());
  EXPECT_EQ(money_of(record, "annual_funding_fiscal"), "1000000.00");
}

TEST(Repair, ChangesNothingThatAddsUp) {
  Record record = scanned(kFunding, 0.3);
  repair(record, testing::declaration());
  EXPECT_THAT(record.issues, IsEmpty());
}

TEST(Repair, ChangesNothingWhereTwoChoicesAreAsLikely) {
  Record record = scanned(kFunding);
  misread(record, "annual_funding_total", Money{177602100}, {{"1776020.00", 0.3}});
  misread(record, "annual_funding_other", Money{0}, {{"1.00", 0.3}});
  repair(record, testing::declaration());
  EXPECT_EQ(money_of(record, "annual_funding_total"), "1776021.00");
  EXPECT_EQ(money_of(record, "annual_funding_other"), "0.00");
  EXPECT_THAT(record.issues, IsEmpty());
}

TEST(Repair, LeavesNumbersThatTheFileStores) {
  Record record = scanned(kFunding);
  misread(record, "annual_funding_fiscal", Money{700000000});
  for (auto& [pointer, evidence] : record.evidence) evidence.recognized = false;
  repair(record, testing::declaration());
  EXPECT_EQ(money_of(record, "annual_funding_fiscal"), "7000000.00");
}

TEST(Repair, LeavesWhatAuthorsAddedUpWrongly) {
  Record record = scanned(kFunding, 0.999);
  misread(record, "annual_funding_fiscal", Money{700000000}, {}, 0.999);
  repair(record, testing::declaration());
  EXPECT_EQ(money_of(record, "annual_funding_fiscal"), "7000000.00");
}

// ---- confidence

TEST(Weigh, ASumThatHoldsMakesItsNumbersSurer) {
  Record record = scanned(kFunding, 0.8);
  weigh(record, testing::declaration());
  EXPECT_GT(record.evidence.at("/fields/annual_funding_total").confidence, kSureReading);
  EXPECT_THAT(told(record), Not(Contains("unsure /fields/annual_funding_total")));
}

double sureness(const Record& record, const std::string& field) {
  return record.evidence.at("/fields/" + field).confidence;
}

TEST(Weigh, ASumThatFailsMakesTheLeastSureOfItsNumbersUnsure) {
  Record record = scanned(kFunding, 0.995);
  misread(record, "annual_funding_other", Money{500}, {}, 0.93);
  record.issues = validate(record, testing::declaration());
  weigh(record, testing::declaration());
  EXPECT_LT(sureness(record, "annual_funding_other"), 0.5);
  EXPECT_LT(sureness(record, "annual_funding_total"), 0.98);
  EXPECT_GT(sureness(record, "annual_funding_total"), sureness(record, "annual_funding_other"));
}

TEST(Weigh, ASumThatFailsLeavesWhatWasReadSurelyToItsAuthor) {
  Record record = scanned(kFunding, 0.999);
  misread(record, "annual_funding_other", Money{500}, {}, 0.999);
  record.issues = validate(record, testing::declaration());
  weigh(record, testing::declaration());
  EXPECT_GT(sureness(record, "annual_funding_other"), kSureReading);
}

TEST(Weigh, WhatNoCheckConfirmsAndNobodyIsSureOfIsTold) {
  const Record read_only = declare({{"previous_budget", read("500.00", 0.7)}});
  Record record = read_only;
  weigh(record, testing::declaration());
  EXPECT_THAT(told(record, Severity::warning), ElementsAre("unsure /fields/previous_budget"));
}

TEST(Weigh, ALongTextIsRarelyRightAsAWholeWhereALineIsUnsure) {
  Record record = declare({{"overview", read("为了补齐短板，完成十二处点位的现场踏勘。", 0.5)}});
  weigh(record, testing::declaration());
  EXPECT_LT(sureness(record, "overview"), 0.3);
  EXPECT_THAT(told(record, Severity::warning), IsEmpty());
}

TEST(Weigh, AnUnsureTextIsTold) {
  Record record = declare({{"project_name", read("信息平台", 0.8)}});
  weigh(record, testing::declaration());
  EXPECT_LT(sureness(record, "project_name"), kSureReading);
  EXPECT_THAT(told(record), ElementsAre("unsure /fields/project_name"));
}

TEST(Weigh, AQuantityOfWhoseBracketsOneIsMissingIsTold) {
  const auto weighed = [](const std::string& target) {
    RawTable table = indicators("产出指标", "数量指标", target);
    for (auto& cell : table.rows[0].cells) cell.value.evidence.confidence = 0.995;
    Record record = declare({}, {table});
    record.issues.clear();
    weigh(record, testing::declaration());
    return told(record);
  };
  EXPECT_THAT(weighed("=120(户"), ElementsAre("unsure /tables/indicators/0/target"));
  EXPECT_THAT(weighed("=120户)"), ElementsAre("unsure /tables/indicators/0/target"));
  EXPECT_THAT(weighed("=120(户)"), IsEmpty());
}

TEST(Weigh, WhatTheFileStoresIsSure) {
  Record record = declare({{"previous_budget", stored("500.00")}});
  weigh(record, testing::declaration());
  EXPECT_THAT(told(record), IsEmpty());
  EXPECT_EQ(record.evidence.at("/fields/previous_budget").confidence, 1.0);
}

}  // namespace
}  // namespace tabularium
