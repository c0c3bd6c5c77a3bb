#include <gmock/gmock.h>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view kHead = R"(layout = "a"
version = "1"
record = "r"
titles = ["表"]
)";

std::string complaint(std::string_view rest, std::string_view head = kHead) {
  try {
    parse_layout(std::string(head) + std::string(rest), "a/layout.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_layout);
    EXPECT_THAT(error.what(), StartsWith("a/layout.toml:"));
    return error.what();
  }
  ADD_FAILURE() << "was taken";
  return {};
}

TEST(LayoutFile, KeepsTheOrderOfFieldsAndColumns) {
  const LayoutSpec spec = parse_layout(std::string(kHead) + R"([fields]
z = "丙"
a = { label = ["甲", "乙："], value = "below" }
[tables.t]
rows_by = ["y"]
[tables.t.columns]
y = "指标"
b = { header = "值", unit = "元", optional = true }
)",
                                       "t");
  ASSERT_THAT(spec.fields, SizeIs(2));
  EXPECT_EQ(spec.fields[0].name, "z");
  EXPECT_EQ(spec.fields[1].labels[1].folded, U"乙");
  EXPECT_EQ(spec.fields[1].places[0], Place::below);
  ASSERT_THAT(spec.tables, SizeIs(1));
  EXPECT_EQ(spec.tables[0].columns[0].name, "y");
  EXPECT_EQ(spec.tables[0].columns[1].unit, "元");
}

TEST(LayoutFile, ComplaintsNameLineColumnAndWhatWasPerhapsMeant) {
  EXPECT_THAT(complaint("headigns = []\n[fields]\n"),
              HasSubstr("layout.toml:5:1: the layout: unknown key `headigns`; did you mean "
                        "`headings`?"));
  EXPECT_THAT(complaint("[fields]\na = { labl = \"甲\" }\n"), HasSubstr("did you mean `label`?"));
  EXPECT_THAT(complaint("[fields]\na = { label = \"甲\", colour = 1 }\n"),
              HasSubstr("known are: "));
}

TEST(LayoutFile, ComplaintsSayWhatWasExpected) {
  EXPECT_THAT(complaint("[fields\n"), HasSubstr("layout.toml:5:"));
  EXPECT_THAT(complaint(""), HasSubstr("`[fields]` is missing"));
  EXPECT_THAT(complaint("[fields]\na = 3\n"), HasSubstr("a text or a list of texts"));
  EXPECT_THAT(complaint("[fields]\na = { value = \"right\" }\n"),
              HasSubstr("needs either `label`"));
  EXPECT_THAT(complaint("[fields]\na = { label = \"甲\", value = \"above\" }\n"),
              HasSubstr("known are \"right\" and \"below\""));
  EXPECT_THAT(complaint("[fields]\na = { label = \"甲\", nth = 0 }\n"), HasSubstr("from 1"));
  EXPECT_THAT(complaint("[fields]\na = { label = \"\" }\n"),
              HasSubstr("`label` must not be empty"));
  EXPECT_THAT(complaint("[fields]\n", "version = \"1\"\n"),
              HasSubstr("the key `layout` is missing"));
  EXPECT_THAT(complaint("years = 2025\n[fields]\n"), HasSubstr("`years` must be a list"));
}

TEST(LayoutFile, ReferencesMustHoldGood) {
  EXPECT_THAT(complaint("[fields]\na = { total_of = \"t\", column = \"x\" }\n"),
              HasSubstr("`t`, which is no table"));
  EXPECT_THAT(
      complaint("[fields]\n[tables.t]\nrows_by = [\"x\"]\n[tables.t.columns]\ny = \"甲\"\n"),
      HasSubstr("`x`, which is no column of `t`"));
  EXPECT_THAT(complaint("[fields]\n[tables.t]\nkey = \"x\"\n[tables.t.columns]\ny = \"甲\"\n"),
              HasSubstr("needs `key` and `rows` together"));
}

}  // namespace
}  // namespace tabularium
