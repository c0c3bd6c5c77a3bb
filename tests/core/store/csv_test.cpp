#include "tabularium/store/csv.h"

#include <gmock/gmock.h>

namespace tabularium {
namespace {

TEST(CsvField, StaysAsItIsWhereNothingNeedsQuotes) {
  EXPECT_EQ(csv_field("信息化建设项目"), "信息化建设项目");
  EXPECT_EQ(csv_field(""), "");
}

TEST(CsvField, IsQuotedWhereItHoldsACommaAQuoteOrALineBreak) {
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(csv_field("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_field("a\rb"), "\"a\rb\"");
  EXPECT_EQ(csv_field(" a"), "\" a\"");
}

TEST(PlainText, IsExactForEveryKindOfValue) {
  EXPECT_EQ(plain_text(Value()), "");
  EXPECT_EQ(plain_text(Value(std::string("x"))), "x");
  EXPECT_EQ(plain_text(Value(true)), "true");
  EXPECT_EQ(plain_text(Value(Decimal(9950, 2))), "99.50");
  EXPECT_EQ(plain_text(Value(Money{-5})), "-0.05");
  EXPECT_EQ(plain_text(Value(Date{2019, 1, 31})), "2019-01-31");
  EXPECT_EQ(plain_text(Value(std::vector<std::string>{"a", "b"})), "a; b");
}

TEST(ToCsv, GivesOneLineForEachValueWithItsPlace) {
  Record record;
  record.layout = "plan-1";
  record.title = "Plan, yearly";
  record.year = 2025;
  record.source.file = "a.pdf";
  record.fields = {{"subject", std::string("ink")}, {"amount", Money{1250}}, {"left_empty", {}}};
  record.evidence["/fields/amount"] = {3, {1.0, 2.0, 3.0, 4.0}, "12.50", 0.9, "pdf_text"};
  Quantity target;
  target.text = ">=40";
  target.op = ">=";
  target.value = Decimal(40, 0);
  record.tables = {{"items", {{{{"target", target}}}}}};
  EXPECT_EQ(to_csv(record, 2),
            "a.pdf,2,plan-1,/title,\"Plan, yearly\",,\n"
            "a.pdf,2,plan-1,/year,2025,,\n"
            "a.pdf,2,plan-1,/fields/subject,ink,,\n"
            "a.pdf,2,plan-1,/fields/amount,12.50,3,0.9\n"
            "a.pdf,2,plan-1,/fields/left_empty,,,\n"
            "a.pdf,2,plan-1,/tables/items/0/target/text,>=40,,\n"
            "a.pdf,2,plan-1,/tables/items/0/target/operator,>=,,\n"
            "a.pdf,2,plan-1,/tables/items/0/target/value,40,,\n");
}

}  // namespace
}  // namespace tabularium
