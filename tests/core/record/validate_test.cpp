#include "tabularium/record/validate.h"

#include <gmock/gmock.h>

#include "support.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A self-evaluation in which everything adds up: 330.00 of 350.00 spent is 94.28 %, cut.
constexpr const char* kEvaluation = R"json({
  "record": "performance_self_evaluation", "layout": "self-evaluation-2023", "title": "t", "year": 2023,
  "fields": { "project_name": "a", "supervising_department": "b", "implementing_unit": "c", "annual_goal": "d",
    "actual_completion": "e", "total_weight": 100, "total_score": 95.42, "grade": "优" },
  "tables": {
    "indicators": [
      { "level1": "产出指标", "level2": "数量指标", "level3": "甲",
        "target": { "text": "≥10.00(次)", "operator": ">=", "value": 10.00, "unit": "次", "note": null },
        "actual": { "text": "12.00(次)", "operator": "=", "value": 12.00, "unit": "次", "note": null },
        "weight": 50.00, "score": 50.00, "deviation": null },
      { "level1": "效益指标", "level2": "社会效益指标", "level3": "乙",
        "target": { "text": "=100.00(%)", "operator": "=", "value": 100.00, "unit": "%", "note": null },
        "actual": { "text": "90.00(%)", "operator": "=", "value": 90.00, "unit": "%", "note": null },
        "weight": 30.00, "score": 26.00, "deviation": "晚了" },
      { "level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "丙",
        "target": { "text": "好评", "operator": null, "value": null, "unit": null, "note": null },
        "actual": { "text": "达成指标", "operator": null, "value": null, "unit": null, "note": null },
        "weight": 10.00, "score": 10.00, "deviation": null }
    ],
    "funding": [
      { "source": "total", "initial_budget": 3500000.00, "annual_budget": 3500000.00, "executed": 3300000.00,
        "weight": 10.00, "execution_rate": 94.28, "score": 9.42 },
      { "source": "fiscal", "initial_budget": 3000000.00, "annual_budget": 3000000.00, "executed": 3000000.00,
        "weight": null, "execution_rate": 100.00, "score": null },
      { "source": "carryover", "initial_budget": 500000.00, "annual_budget": 500000.00, "executed": 300000.00,
        "weight": null, "execution_rate": 60.00, "score": null },
      { "source": "other", "initial_budget": 0.00, "annual_budget": 0.00, "executed": 0.00,
        "weight": null, "execution_rate": 0.00, "score": null }
    ]
  }
})json";

constexpr const char* kDeclaration = R"json({
  "record": "performance_declaration", "layout": "declaration-2025", "title": "t", "year": 2025,
  "fields": { "project_name": "a", "project_nature": "结转项目", "fund_use": ["信息化建设类"], "implementing_unit": "b",
    "contact_phone": "64830000", "start_date": "2025-01-01", "end_date": "2025-12-31", "annual_goal": "c",
    "project_funding_total": 80.00, "project_funding_fiscal": 70.00, "project_funding_other": 10.00,
    "annual_funding_total": 80.00, "annual_funding_fiscal": 50.00, "annual_funding_carryover": 20.00,
    "annual_funding_other": 10.00, "previous_budget": 70.00, "previous_executed": 60.00 },
  "tables": {
    "indicators": [
      { "level1": "产出指标", "level2": "数量指标", "level3": "甲",
        "target": { "text": "≥10.00(次)", "operator": ">=", "value": 10.00, "unit": "次", "note": null } },
      { "level1": "成本指标", "level2": "经济成本指标", "level3": "乙",
        "target": { "text": "≤90.00(%)", "operator": "<=", "value": 90.00, "unit": "%", "note": null } }
    ],
    "subprojects": [ { "name": "设备", "amount": 50.00 }, { "name": "劳务", "amount": 30.00 } ]
  }
})json";

const RecordModel& model_of(const Record& record) {
  return *testing::shipped_models().find(record.record);
}

Record evaluation() { return record_from_json(kEvaluation, testing::self_evaluation()); }
Record declared() { return record_from_json(kDeclaration, testing::declaration()); }

void set(Record& record, std::string_view name, Value value) {
  for (Field& field : record.fields)
    if (field.name == name) field.value = std::move(value);
}

void set(Record& record, std::string_view table, std::size_t row, std::string_view name,
         Value value) {
  for (RecordTable& rows : record.tables) {
    if (rows.name != table) continue;
    for (Field& cell : rows.rows[row].cells)
      if (cell.name == name) cell.value = std::move(value);
  }
}

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Quantity quantity(std::string_view text) { return parse_quantity(text, testing::words()); }
Date date(int year, int month, int day) { return *make_date(year, month, day); }

std::vector<std::string> ids(const Record& record) {
  std::vector<std::string> found;
  for (const Issue& issue : validate(record, model_of(record)))
    found.push_back(issue.check + ' ' + issue.pointer);
  return found;
}

const Issue issue_of(const Record& record, std::string_view check) {
  for (const Issue& issue : validate(record, model_of(record)))
    if (issue.check == check) return issue;
  ADD_FAILURE() << "no issue " << check;
  return {};
}

TEST(Validator, FindsNothingInFormsThatAddUp) {
  EXPECT_THAT(ids(evaluation()), IsEmpty());
  EXPECT_THAT(ids(declared()), IsEmpty());
}

TEST(Validator, FindsRequiredValuesThatAreEmptyButNotFieldsThatTheLayoutLacks) {
  Record record = declared();
  set(record, "project_name", {});
  set(record, "indicators", 1, "level3", {});
  EXPECT_THAT(ids(record),
              ElementsAre("required /fields/project_name", "required /tables/indicators/1/level3"));
  std::erase_if(record.fields, [](const Field& field) { return field.name == "project_name"; });
  EXPECT_THAT(ids(record), ElementsAre("required /tables/indicators/1/level3"));
}

TEST(Validator, FindsTablesWithoutRows) {
  Record record = declared();
  record.tables[0].rows.clear();
  EXPECT_THAT(ids(record), ElementsAre("indicators_present /tables/indicators"));
  record.tables.clear();
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, FindsDatesOutOfOrderAndOutOfTheYear) {
  Record record = declared();
  set(record, "end_date", date(2024, 12, 31));
  EXPECT_THAT(ids(record),
              ElementsAre("dates_in_order /fields/end_date", "dates_in_year /fields/end_date"));
  EXPECT_EQ(issue_of(record, "dates_in_order").message,
            "计划开始日期 2025-01-01 is after 计划完成日期 2024-12-31");
  EXPECT_THAT(issue_of(record, "dates_in_order").related, ElementsAre("/fields/start_date"));
  set(record, "end_date", date(2025, 1, 1));
  EXPECT_THAT(ids(record), IsEmpty());
  record.year.reset();
  set(record, "end_date", date(2026, 1, 1));
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, NamesBothSidesOfASumInTheUnitThatTheFormPrints) {
  Record record = evaluation();
  for (std::size_t row = 0; row < 4; ++row)
    record.evidence[cell_pointer("funding", row, "executed")].unit = "万元";
  set(record, "funding", 1, "executed", Money{310'000'000});
  set(record, "funding", 1, "execution_rate", {});
  set(record, "funding", 1, "annual_budget", {});
  const Issue issue = issue_of(record, "funding_parts");
  EXPECT_EQ(issue.severity, Severity::error);
  EXPECT_EQ(issue.pointer, "/tables/funding/0/annual_budget");
  const auto all = validate(record, model_of(record));
  ASSERT_EQ(all.size(), 2);
  EXPECT_EQ(all[1].message,
            "全年执行数: 当年财政拨款 310.00 + 上年结转资金 30.00 + 其他资金 0.00 = 340.00 万元, "
            "年度资金总额 says 330.00 万元");
  EXPECT_EQ(all[1].pointer, "/tables/funding/0/executed");
  EXPECT_THAT(all[1].related,
              ElementsAre("/tables/funding/1/executed", "/tables/funding/2/executed",
                          "/tables/funding/3/executed"));
}

TEST(Validator, IsMilderWhereRoundingCanMakeTheDifference) {
  Record record = declared();
  const auto print_in = [&](const std::string& unit) {
    for (const char* name : {"total", "fiscal", "carryover", "other"})
      record.evidence[field_pointer(std::string("annual_funding_") + name)].unit = unit;
  };
  set(record, "annual_funding_carryover", Money{1900});  // 1 yuan less
  record.tables.pop_back();
  print_in("元");
  EXPECT_EQ(issue_of(record, "funding_parts").severity, Severity::error);
  print_in("万元");
  EXPECT_EQ(issue_of(record, "funding_parts").severity, Severity::warning);
  EXPECT_THAT(issue_of(record, "funding_parts").message, HasSubstr("rounding can make"));
}

TEST(Validator, CountsAnEmptyPartAsNothingAndSkipsASumWithoutParts) {
  Record record = declared();
  set(record, "annual_funding_carryover", {});
  EXPECT_THAT(ids(record), ElementsAre("funding_parts /fields/annual_funding_total"));
  set(record, "annual_funding_fiscal", {});
  set(record, "annual_funding_other", {});
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "annual_funding_total", {});
  EXPECT_THAT(ids(record), ElementsAre("required /fields/annual_funding_total"));
}

TEST(Validator, AddsSubprojectsUpToTheAnnualBudget) {
  Record record = declared();
  set(record, "subprojects", 1, "amount", Money{3100});
  EXPECT_THAT(ids(record), ElementsAre("subprojects_sum /fields/annual_funding_total"));
  EXPECT_EQ(issue_of(record, "subprojects_sum").message,
            "预算金额: 50.00 + 31.00 = 81.00 元, 年度资金申请总额 says 80.00 元");
}

TEST(Validator, KeepsTheYearsFundingWithinTheProjects) {
  Record record = declared();
  set(record, "end_date", date(2027, 12, 31));
  set(record, "project_funding_total", Money{7900});
  set(record, "project_funding_fiscal", Money{6900});
  EXPECT_THAT(ids(record), ElementsAre("dates_in_year /fields/end_date",
                                       "annual_within_project /fields/annual_funding_total"));
  EXPECT_EQ(issue_of(record, "annual_within_project").message,
            "年度资金申请总额 80.00 元 is more than 项目资金总额 79.00 元");
  record = declared();
  set(record, "previous_executed", Money{7001});
  EXPECT_THAT(ids(record), ElementsAre("within_budget /fields/previous_executed"));
}

TEST(Validator, ExpectsAProjectOfOneYearToSpendAllInIt) {
  Record record = declared();
  set(record, "project_funding_total", Money{9000});
  set(record, "project_funding_fiscal", Money{8000});
  EXPECT_THAT(ids(record), ElementsAre("annual_is_all /fields/annual_funding_total"));
  EXPECT_EQ(
      issue_of(record, "annual_is_all").message,
      "年度资金申请总额 is 80.00 元, expected 90.00 元; the project begins and ends within one "
      "year");
  set(record, "end_date", date(2026, 12, 31));
  EXPECT_THAT(ids(record), ElementsAre("dates_in_year /fields/end_date"));
  set(record, "end_date", {});
  EXPECT_THAT(ids(record), ElementsAre("required /fields/end_date"));
}

TEST(Validator, ComparesAQuantityWithTheNumberThatItsNoteRepeats) {
  Record record = declared();
  set(record, "indicators", 0, "target", quantity("≥40次（全年不少于40次）"));
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "indicators", 0, "target", quantity("≥46次（全年不少于40次）"));
  EXPECT_THAT(ids(record), ElementsAre("note_agrees /tables/indicators/0/target"));
  set(record, "indicators", 0, "target", quantity("≥46次（其中培训不少于40次）"));
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "indicators", 0, "target", quantity("≥46次（全年不少于40人）"));
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, AddsWeightsToAHundredWithTheFundingWeight) {
  Record record = evaluation();
  set(record, "indicators", 0, "weight", dec("51"));
  set(record, "indicators", 0, "deviation", std::string("少"));
  EXPECT_THAT(ids(record), ElementsAre("weights_sum /tables/indicators/0/weight"));
  EXPECT_EQ(issue_of(record, "weights_sum").message,
            "分值: 51 + 30.00 + 10.00 + 年度资金总额 10.00 = 101.00, the total says 100");
  EXPECT_THAT(issue_of(record, "weights_sum").related, Contains("/tables/funding/0/weight"));
  record = evaluation();
  set(record, "total_weight", dec("110"));
  EXPECT_THAT(ids(record), ElementsAre("total_weight /fields/total_weight"));
}

TEST(Validator, AddsScoresToTheTotal) {
  Record record = evaluation();
  set(record, "total_score", dec("95.43"));
  EXPECT_THAT(ids(record), ElementsAre("scores_sum /fields/total_score"));
  EXPECT_THAT(issue_of(record, "scores_sum").message, HasSubstr("= 95.42, 总得分 says 95.43"));
}

TEST(Validator, FindsScoresAboveTheirWeight) {
  Record record = evaluation();
  set(record, "indicators", 0, "score", dec("50.01"));
  set(record, "total_score", dec("95.43"));
  EXPECT_THAT(ids(record), ElementsAre("score_within_weight /tables/indicators/0/score"));
  EXPECT_EQ(issue_of(record, "score_within_weight").message,
            "甲, 得分 50.01 is more than 分值 50.00");
}

TEST(Validator, TakesExecutionRatesCutOrRounded) {
  for (const char* rate : {"94.28", "94.29", "94.2", "94.3", "94", "94.2857"}) {
    Record record = evaluation();
    // The form prints as many digits as the others of the column have.
    for (const std::size_t row : {1, 2, 3})
      set(record, "funding", row, "execution_rate", Decimal(0, dec(rate).scale()));
    set(record, "funding", 0, "execution_rate", dec(rate));
    EXPECT_THAT(ids(record), Not(Contains("execution_rate /tables/funding/0/execution_rate")))
        << rate;
  }
  for (const char* rate : {"94.27", "94.30", "94.2", "94.4", "95", "9.43", "0"}) {
    Record record = evaluation();
    set(record, "funding", 0, "execution_rate", dec(rate));
    EXPECT_THAT(ids(record), Contains("execution_rate /tables/funding/0/execution_rate")) << rate;
    EXPECT_EQ(
        issue_of(record, "execution_rate").message,
        std::string("年度资金总额, 执行率: 全年执行数 3300000.00 元 / 全年预算数 3500000.00 元 "
                    "× 100 = 94.2857, the form says ") +
            rate);
  }
}

TEST(Validator, TakesZeroOrFullRateWhereThereIsNoBudget) {
  for (const auto& [rate, fits] : std::vector<std::pair<const char*, bool>>{
           {"0.00", true}, {"100.00", true}, {"50.00", false}}) {
    Record record = evaluation();
    set(record, "funding", 3, "execution_rate", dec(rate));
    EXPECT_EQ(ids(record).empty(), fits) << rate;
  }
}

TEST(Validator, IsMilderAboutARateThatRoundedAmountsCannotSettle) {
  Record record = evaluation();
  for (std::size_t row = 0; row < 4; ++row) {
    for (const char* column : {"initial_budget", "annual_budget", "executed"})
      record.evidence[cell_pointer("funding", row, column)].unit = "万元";
  }
  set(record, "funding", 3, "annual_budget", Money{800'00});  // 0.08 万元
  set(record, "funding", 3, "executed", Money{700'00});
  set(record, "funding", 3, "execution_rate", dec("85.00"));
  EXPECT_EQ(issue_of(record, "execution_rate").severity, Severity::warning);
  set(record, "funding", 3, "execution_rate", dec("60.00"));
  EXPECT_EQ(issue_of(record, "execution_rate").severity, Severity::error);
}

TEST(Validator, TakesFundingScoresCutOrRounded) {
  for (const auto& [score, fits] : std::vector<std::pair<const char*, bool>>{{"9.42", true},
                                                                             {"9.43", true},
                                                                             {"9.4", true},
                                                                             {"9.428", true},
                                                                             {"9.41", false},
                                                                             {"9.44", false},
                                                                             {"10", false},
                                                                             {"0", false}}) {
    Record record = evaluation();
    set(record, "funding", 0, "score", dec(score));
    const auto found = ids(record);
    EXPECT_EQ(std::count(found.begin(), found.end(), "funding_score /tables/funding/0/score"),
              !fits)
        << score;
  }
}

TEST(Validator, CapsTheFundingScoreWhereMoreWasSpentThanPlanned) {
  Record record = evaluation();
  set(record, "funding", 0, "execution_rate", dec("110.00"));
  set(record, "funding", 0, "score", dec("10.00"));
  EXPECT_THAT(ids(record), Not(Contains("funding_score /tables/funding/0/score")));
  set(record, "funding", 0, "executed", Money{385'000'000});
  EXPECT_THAT(ids(record), Contains("within_budget /tables/funding/0/executed"));
}

TEST(Validator, FindsTargetsThatWereMissedWithFullScore) {
  const auto missed = [](std::string_view target, std::string_view actual) {
    Record record = evaluation();
    set(record, "indicators", 0, "target", quantity(target));
    set(record, "indicators", 0, "actual", quantity(actual));
    for (const Issue& issue : validate(record, model_of(record)))
      if (issue.check == "target_missed") return std::string(to_string(issue.severity));
    return std::string("met");
  };
  EXPECT_EQ(missed("≥10次", "9次"), "warning");
  EXPECT_EQ(missed("≥10次", "10次"), "met");
  EXPECT_EQ(missed("≤10次", "11次"), "warning");
  EXPECT_EQ(missed("≤10次", "10次"), "met");
  EXPECT_EQ(missed(">10次", "10次"), "warning");
  EXPECT_EQ(missed("<5.00(万)", "4.00(万)"), "met");
  EXPECT_EQ(missed("<5.00(万)", "5.00(万)"), "warning");
  EXPECT_EQ(missed("=10次", "11次"), "warning");
  EXPECT_EQ(missed("10次", "11次"), "info");
  EXPECT_EQ(missed("10次", "9次"), "warning");
  EXPECT_EQ(missed("约10次", "9次"), "met");
  EXPECT_EQ(missed("≤1.5万元", "14000元"), "met");
  EXPECT_EQ(missed("≤1.20(万元)", "14000.00(元)"), "warning");
  EXPECT_EQ(missed("≥10次", "达成指标"), "met");
}

TEST(Validator, TakesAMissedTargetWhereItCostPoints) {
  Record record = evaluation();
  set(record, "indicators", 1, "deviation", {});
  EXPECT_THAT(ids(record), ElementsAre("lost_points_explained /tables/indicators/1/score"));
  set(record, "indicators", 1, "deviation", std::string(" "));
  EXPECT_THAT(ids(record), ElementsAre("lost_points_explained /tables/indicators/1/score"));
}

TEST(Validator, ComparesTheGradeWithTheScore) {
  Record record = evaluation();
  set(record, "grade", std::string("良"));
  EXPECT_THAT(ids(record), ElementsAre("grade /fields/grade"));
  EXPECT_EQ(issue_of(record, "grade").message, "总得分 95.42 is 优, the form says 良");
  set(record, "grade", std::string("优秀"));
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "grade", {});
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "grade", std::string("甲等"));
  EXPECT_THAT(ids(record), ElementsAre("grade /fields/grade", "known_values /fields/grade"));
}

TEST(Validator, FindsLevelsThatNoFormHas) {
  Record record = evaluation();
  set(record, "indicators", 0, "level1", std::string("产岀指标"));
  EXPECT_THAT(ids(record), ElementsAre("known_levels /tables/indicators/0/level1"));
  record = evaluation();
  set(record, "indicators", 1, "level2", std::string("数量指标"));
  EXPECT_THAT(ids(record), ElementsAre("known_levels /tables/indicators/1/level2"));
  EXPECT_EQ(issue_of(record, "known_levels").message,
            "二级指标 `数量指标` is none of the known ones of 效益指标");
  record = declared();
  set(record, "indicators", 0, "level2", {});
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, FindsQuantitiesThatCouldNotBeRead) {
  Record record = declared();
  set(record, "indicators", 0, "target", quantity("100%合规"));
  EXPECT_THAT(ids(record), ElementsAre("unparsed_quantity /tables/indicators/0/target"));
  EXPECT_EQ(issue_of(record, "unparsed_quantity").severity, Severity::info);
  set(record, "indicators", 0, "target", quantity("≥9O%"));
  EXPECT_EQ(issue_of(record, "unparsed_quantity").severity, Severity::warning);
  set(record, "indicators", 0, "target", quantity("健全"));
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, FindsRatesAboveAHundredPerCent) {
  Record record = declared();
  set(record, "indicators", 1, "target", quantity("≥950.00(%)"));
  EXPECT_THAT(ids(record), ElementsAre("percent_range /tables/indicators/1/target"));
  set(record, "indicators", 1, "target", quantity("≥950.00(人)"));
  EXPECT_THAT(ids(record), IsEmpty());
}

TEST(Validator, FindsActualsInAnotherUnit) {
  Record record = evaluation();
  set(record, "indicators", 0, "actual", quantity("12.00(人)"));
  EXPECT_THAT(ids(record), ElementsAre("one_unit /tables/indicators/0/actual"));
  set(record, "indicators", 0, "target", quantity("≥10"));
  EXPECT_THAT(ids(record), IsEmpty());
  set(record, "indicators", 0, "target", quantity("≥10次"));
  set(record, "indicators", 0, "actual", quantity("12"));
  EXPECT_THAT(ids(record), ElementsAre("one_unit /tables/indicators/0/actual"));
}

TEST(Validator, FindsRowsThatStandTwice) {
  Record record = evaluation();
  set(record, "indicators", 1, "level1", std::string("产出指标"));
  set(record, "indicators", 1, "level2", std::string("数量指标"));
  set(record, "indicators", 1, "level3", std::string("甲 "));
  EXPECT_THAT(ids(record), ElementsAre("repeated_row /tables/indicators/1"));
  EXPECT_EQ(issue_of(record, "repeated_row").message,
            "row 2 repeats row 1: 产出指标, 数量指标, 甲 ");
}

TEST(Validator, FindsLevelsThatStandApart) {
  Record record = evaluation();
  set(record, "indicators", 2, "level1", std::string("产出指标"));
  set(record, "indicators", 2, "level2", std::string("数量指标"));
  EXPECT_THAT(ids(record), ElementsAre("levels_together /tables/indicators/2"));
}

TEST(Validator, FindsUnlikelyTelephoneNumbersNegativeAmountsAndUnknownBoxes) {
  Record record = declared();
  set(record, "contact_phone", std::string("6483"));
  set(record, "fund_use", std::vector<std::string>{"信息化建没类"});
  EXPECT_THAT(ids(record),
              ElementsAre("phone_number /fields/contact_phone", "known_values /fields/fund_use"));
  record = declared();
  set(record, "previous_executed", Money{-1});
  EXPECT_THAT(ids(record), ElementsAre("not_negative /fields/previous_executed"));
}

TEST(Validator, GivesIssuesInTheModelsOrderThenByPointer) {
  Record record = evaluation();
  for (int i = 0; i < 12; ++i) record.tables[0].rows.push_back(record.tables[0].rows[2]);
  for (const std::size_t row : {2, 10, 13}) set(record, "indicators", row, "level3", {});
  const auto found = ids(record);
  EXPECT_THAT(
      std::vector<std::string>(found.begin(), found.begin() + 3),
      ElementsAre("required /tables/indicators/2/level3", "required /tables/indicators/10/level3",
                  "required /tables/indicators/13/level3"));
}

// What is peculiar to a kind of record is in its file: an invoice needs no line of code.
TEST(Validator, ChecksAKindOfRecordThatOnlyAFileDescribes) {
  const Models models = Models::parse({{"v.toml", R"(
vocabulary = "plain"
[money_units]
"元" = 0
)"},
                                       {"invoice.toml", R"(
record = "invoice"
title = "发票"
vocabulary = "plain"
[[field]]
name = "net"
type = "money"
labels = ["金额"]
[[field]]
name = "tax_rate"
type = "percent"
labels = ["税率"]
[[field]]
name = "tax"
type = "money"
labels = ["税额"]
[[field]]
name = "total"
type = "money"
labels = ["价税合计"]
[[check]]
id = "total"
kind = "sum"
severity = "error"
total = "total"
parts = ["net", "tax"]
[[check]]
id = "tax"
kind = "product"
values = ["tax"]
factors = ["net", "tax_rate"]
divisor = "100"
)"}});
  const RecordModel& invoice = *models.find("invoice");
  Record record;
  record.record = "invoice";
  record.fields = {{"net", Money{10000}},
                   {"tax_rate", dec("13")},
                   {"tax", Money{1300}},
                   {"total", Money{11300}}};
  EXPECT_THAT(validate(record, invoice), IsEmpty());
  set(record, "total", Money{11400});
  set(record, "tax", Money{1500});
  const auto issues = validate(record, invoice);
  ASSERT_EQ(issues.size(), 2);
  EXPECT_EQ(issues[0].message, "金额 100.00 + 税额 15.00 = 115.00 元, 价税合计 says 114.00 元");
  EXPECT_THAT(issues[1].message, HasSubstr("the form says 15.00"));
}

}  // namespace
}  // namespace tabularium
