#include "tabularium/record/json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>

#include "support.h"
#include "tabularium/page/error.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

using ::testing::HasSubstr;

Record small_record() {
  Record record;
  record.record = "performance_self_evaluation";
  record.layout = "self-evaluation-2023";
  record.title = "财政项目支出绩效自评表";
  record.year = 2023;
  record.fields = {{"project_name", std::string("说\"明\"/甲\n乙")},
                   {"annual_goal", {}},
                   {"total_weight", Decimal(100, 0)},
                   {"total_score", Decimal(9950, 2)}};
  Row row;
  row.cells = {{"level1", std::string("产出指标")},
               {"target", parse_quantity("≥1000.00(家)", testing::words())},
               {"weight", Decimal(75, 1)}};
  record.tables = {
      {"indicators", {row}},
      {"funding", {{{{"source", std::string("total")}, {"executed", Money{7000000}}}}}}};
  record.source = {"a.pdf", "00ff", {1, 2}};
  record.evidence["/tables/indicators/0/target"] = {
      2, {10.126, 20, 30.999, 40}, "≥1000.00(家)", 0.98765, "pdf_text"};
  record.evidence["/tables/funding/0/executed"] = {1, {}, "7.00", 1.0, "pdf_text", "万元"};
  record.issues = {
      {"sum", Severity::error, "/fields/total_score", {"/tables/indicators/0/score"}, "不符"}};
  return record;
}

// clang-format off
constexpr const char* kExpected = R"json({
  "record": "performance_self_evaluation",
  "layout": "self-evaluation-2023",
  "title": "财政项目支出绩效自评表",
  "year": 2023,
  "fields": {
    "project_name": "说\"明\"/甲\n乙",
    "annual_goal": null,
    "total_weight": 100,
    "total_score": 99.50
  },
  "tables": {
    "indicators": [
      {
        "level1": "产出指标",
        "target": { "text": "≥1000.00(家)", "operator": ">=", "value": 1000.00, "unit": "家", "note": null },
        "weight": 7.5
      }
    ],
    "funding": [
      {
        "source": "total",
        "executed": 70000.00
      }
    ]
  },
  "source": {
    "file": "a.pdf",
    "sha256": "00ff",
    "pages": [1, 2]
  },
  "evidence": {
    "/tables/funding/0/executed": { "page": 1, "bbox": [0, 0, 0, 0], "text": "7.00", "confidence": 1, "extractor": "pdf_text", "unit": "万元" },
    "/tables/indicators/0/target": { "page": 2, "bbox": [10.13, 20, 31, 40], "text": "≥1000.00(家)", "confidence": 0.9877, "extractor": "pdf_text" }
  },
  "issues": [
    { "check": "sum", "severity": "error", "pointer": "/fields/total_score", "related": ["/tables/indicators/0/score"], "message": "不符" }
  ]
})json";
// clang-format on

TEST(Json, HasTheShapeThatTheDocumentsGive) { EXPECT_EQ(to_json(small_record()), kExpected); }

TEST(Json, StandsOnOneLineWithoutIndent) {
  const std::string line = to_json(small_record(), 0);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(line), nlohmann::json::parse(to_json(small_record(), 2)));
}

TEST(Json, ReplacesBrokenUtf8AndEscapesControlCharacters) {
  Record record;
  record.record = "performance_declaration";
  record.fields = {{"project_name", std::string("a\xff\x01z")}};
  const auto json = nlohmann::json::parse(to_json(record));
  EXPECT_EQ(json["fields"]["project_name"], "a\uFFFD\u0001z");
}

TEST(Json, ComesBackFromItsText) {
  const Record record = small_record();
  const std::string text = to_json(record);
  const Record back = record_from_json(text, testing::self_evaluation());
  EXPECT_EQ(to_json(back), text);
  EXPECT_EQ(back.issues, record.issues);
  EXPECT_EQ(std::get<Money>(*back.tables[1].rows[0].find("executed")).fen, 7000000);
}

TEST(Json, ReadsNumbersExactlyHoweverTheyAreWritten) {
  const auto read = [](const std::string& number) {
    return record_from_json(
        R"({"record":"performance_declaration","fields":{"previous_budget":)" + number + "}}",
        testing::declaration());
  };
  const auto fen = [&](const std::string& number) {
    return std::get<Money>(*read(number).field("previous_budget")).fen;
  };
  EXPECT_EQ(fen("0.1"), 10);
  EXPECT_EQ(fen("9694800.0"), 969480000);
  EXPECT_EQ(fen("1e6"), 100000000);
  EXPECT_EQ(fen("1.25E+2"), 12500);
  EXPECT_EQ(fen("12345678901234.56"), 1234567890123456);
  EXPECT_THROW(read("0.001"), Error);
  EXPECT_THROW(read("1e400"), Error);
  EXPECT_THROW(read("\"12\""), Error);
}

TEST(Json, RefusesWhatIsNoRecordAndSaysWhere) {
  const auto reason = [](const std::string& json) -> std::string {
    try {
      record_from_json(json, testing::declaration());
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::damaged_input);
      return error.what();
    }
    return "taken";
  };
  const std::string begin = R"({"record":"performance_declaration",)";
  EXPECT_THAT(reason("{"), HasSubstr("no JSON at byte"));
  EXPECT_THAT(reason("[]"), HasSubstr("expected an object, found an array"));
  EXPECT_THAT(reason("{}"), HasSubstr("/record"));
  EXPECT_THAT(reason(begin + R"("fields":{"start_date":"2019-02-30"}})"),
              HasSubstr("/fields/start_date: `2019-02-30` is no date"));
  EXPECT_THAT(reason(begin + R"("fields":{"starting":null}})"), HasSubstr("no `starting`"));
  EXPECT_THAT(reason(begin + R"("tables":{"indicators":[{"target":3}]}})"),
              HasSubstr("/tables/indicators/0/target"));
  EXPECT_THAT(reason(begin + R"("tables":{"rows":[]}})"), HasSubstr("no table `rows`"));
  EXPECT_THAT(reason(begin + R"("year":2019.5})"), HasSubstr("expected an integer"));
  EXPECT_THAT(reason(begin + R"("issues":[{"severity":"bad"}]})"), HasSubstr("none of info"));
  EXPECT_THAT(reason(std::string(100000, '[')), HasSubstr("nested deeper than 32"));
}

TEST(Json, ReadsListsOfRecordsOfAnyType) {
  const std::string one = to_json(small_record(), 0);
  EXPECT_EQ(records_from_json(one, testing::shipped_models()).size(), 1);
  EXPECT_EQ(records_from_json('[' + one + ',' + one + ']', testing::shipped_models()).size(), 2);
  EXPECT_THROW(records_from_json(R"([{"record":"invoice"}])", testing::shipped_models()), Error);
}

// Records with random values of every type come back, whatever stands in their texts.
TEST(Json, ComesBackFromItsTextForRandomRecords) {
  std::mt19937 random(11);
  const auto text = [&] {
    std::string out;
    for (unsigned i = random() % 12; i > 0; --i)
      out += std::vector<std::string>{
          "绩", "\"", "\\", "\n", "~", "/", "a", "\t", "é", "😀"}[random() % 10];
    return out;
  };
  const auto value = [&](ValueType type) -> Value {
    if (random() % 4 == 0) return {};
    const auto units = static_cast<std::int64_t>(random()) - (1LL << 31);
    switch (type) {
      case ValueType::boolean:
        return random() % 2 == 0;
      case ValueType::money:
        return Money{units};
      case ValueType::number:
      case ValueType::percent:
        return Decimal(units, random() % 6);
      case ValueType::date:
        return *make_date(1990 + random() % 60, 1 + random() % 12, 1 + random() % 28);
      case ValueType::list:
        return std::vector<std::string>{text(), text()};
      case ValueType::quantity:
        return Quantity{text(), ">=", Decimal(units, 2), text(), std::nullopt};
      default:
        return text();
    }
  };
  for (int i = 0; i < 500; ++i) {
    const RecordModel& model = random() % 2 ? testing::declaration() : testing::self_evaluation();
    Record record;
    record.record = model.name;
    record.layout = text();
    if (random() % 2) record.year = 2000 + static_cast<int>(random() % 50);
    for (const FieldModel& field : model.fields)
      if (random() % 3) record.fields.push_back({field.name, value(field.type)});
    for (const TableModel& table : model.tables) {
      RecordTable& rows = record.tables.emplace_back(RecordTable{table.name, {}});
      for (unsigned n = random() % 4; n > 0; --n) {
        Row& row = rows.rows.emplace_back();
        for (const FieldModel& column : table.columns)
          row.cells.push_back({column.name, value(column.type)});
      }
    }
    record.evidence[text()] = {1, {0.5, 1, 2, 3}, text(), 0.5, text(), text()};
    const std::string json = to_json(record, static_cast<int>(random() % 3));
    const Record back = record_from_json(json, model);
    ASSERT_EQ(to_json(back, 2), to_json(record, 2)) << json;
  }
}

}  // namespace
}  // namespace tabularium
