// Layout files that are wrong in one way each, and what is said of them.
#include <gmock/gmock.h>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kGood = R"(layout = "a"
version = "1"
record = "r"
years = [2025]
titles = ["表"]
must_have = ["甲"]
[fields]
name = "甲"
kind = { label = "乙", value = "below", nth = 1, half = "left", optional = true }
boxes = { label = "丙", ticked = ["是", "否"], strip = ["（盖章）"], unit = "元", unit_label = "丁" }
sum = { total_of = "items", column = "cost" }
[tables.items]
rows_by = ["item"]
until = ["戊"]
total = "合计"
unnamed_total = true
[tables.items.columns]
item = "己"
cost = { header = "庚", unit = "元", words = ["辛"], optional = true }
[tables.parts]
key = "part"
rows_by = ["amount"]
[tables.parts.columns]
amount = "壬"
[tables.parts.rows]
own = "癸"
)";

/// `from`, replaced by `to`, makes the file wrong.
struct Broken {
  const char* from;
  const char* to;
  const char* said;
};

const Broken kBroken[] = {
    // Keys that nobody knows, with what was perhaps meant.
    {"layout = ", "layuot = ",
     "a.toml:1:1: the layout: the key `layout` is missing; is `layuot` meant?"},
    {"version = ", "verson = ", "the key `version` is missing"},
    {"record = ", "recrod = ", "the key `record` is missing"},
    {"years = ", "year_list = ", ":4:1: the layout: unknown key `year_list`"},
    {"must_have = ", "must_heve = ",
     ":6:1: the layout: unknown key `must_heve`; did you mean `must_have`?"},
    {"[fields]", "[field]", "`[fields]` is missing"},
    {"[tables.items]", "[tabels.items]", "did you mean `tables`?"},
    {"label = \"乙\"", "lable = \"乙\"",
     ":9:10: field `kind`: unknown key `lable`; did you mean `label`?"},
    {"value = ", "vlaue = ", "unknown key `vlaue`; did you mean `value`?"},
    {"optional = true }\nboxes", "optinal = true }\nboxes", "did you mean `optional`?"},
    {"ticked = ", "tick = ", "field `boxes`: unknown key `tick`"},
    {"unit_label = ", "unit_lable = ", "did you mean `unit_label`?"},
    {"total_of = ", "totl_of = ", "did you mean `total_of`?"},
    {"rows_by = [\"item\"]", "row_by = [\"item\"]",
     "table `items`: unknown key `row_by`; did you mean `rows_by`?"},
    {"unnamed_total", "unamed_total", "did you mean `unnamed_total`?"},
    {"header = ", "heder = ", "column `cost`: unknown key `heder`; did you mean `header`?"},
    {"words = ", "wrods = ", "did you mean `words`?"},
    // Values of another type.
    {"layout = \"a\"", "layout = 3", "`layout` must be a text, found an integer"},
    {"layout = \"a\"", "layout = \"\"", "`layout` must not be empty"},
    {"years = [2025]", "years = 2025", "`years` must be a list of integers, found an integer"},
    {"years = [2025]", "years = [\"2025\"]", "`years` must be an integer from 1 to 9999"},
    {"years = [2025]", "years = [0]",
     ":4:10: the layout: `years` must be an integer from 1 to 9999"},
    {"titles = [\"表\"]", "titles = []", "`titles` is missing"},
    {"titles = [\"表\"]", "titles = [3]", "`titles` must hold texts, found an integer"},
    {"titles = [\"表\"]", "titles = [\"\"]", "`titles` must hold texts, found an empty one"},
    {"titles = [\"表\"]", "titles = [\"  \"]", "`titles` holds an empty text"},
    {"name = \"甲\"", "name = 1.5",
     "`name` must be a text or a list of texts, found a number with a point"},
    {"name = \"甲\"", "name = true", "found true or false"},
    {"name = \"甲\"", "name = 2025-01-01", "found a date or time"},
    {"name = \"甲\"", "name = []", "needs either `label` or `total_of`"},
    {"optional = true }\nboxes", "optional = \"yes\" }\nboxes",
     "`optional` must be true or false, found a text"},
    {"nth = 1", "nth = 0", "`nth` must be an integer from 1 to 9999"},
    {"nth = 1", "nth = \"1\"", "`nth` must be an integer from 1 to 9999"},
    {"ticked = [\"是\", \"否\"]", "ticked = true", "`ticked` must be a text or a list of texts"},
    {"[tables.items.columns]", "[tables.items.column]", "the key `columns` is missing"},
    {"[fields]", "fields = 3\n[more]", "`fields` must be a table, found an integer"},
    // Words that are none of those known.
    {"value = \"below\"", "value = \"belw\"", "`value` is \"belw\"; did you mean \"below\"?"},
    {"value = \"below\"", "value = \"above\"", "known are \"right\" and \"below\""},
    {"value = \"below\"", "value = [\"below\", \"left\"]", "`value` is \"left\""},
    {"value = \"below\"", "value = []", "`value` names no place"},
    {"half = \"left\"", "half = \"lft\"", "`half` is \"lft\"; did you mean \"left\"?"},
    {"half = \"left\"", "half = \"top\"", "known are \"left\" and \"right\""},
    // Names of things that are not there.
    {"total_of = \"items\"", "total_of = \"itmes\"",
     "`itmes`, which is no table; did you mean `items`?"},
    {"column = \"cost\"", "column = \"csot\"",
     "`csot`, which is no column of `items`; did you mean `cost`?"},
    {"rows_by = [\"item\"]", "rows_by = [\"itm\"]",
     "`itm`, which is no column of `items`; did you mean `item`?"},
    {"key = \"part\"\n", "", "needs `key` and `rows` together"},
    {"[tables.parts.rows]\nown = \"癸\"\n", "", "needs `key` and `rows` together"},
    {"label = \"乙\", ", "", "needs either `label` or `total_of`"},
    {"total_of = \"items\"", "label = \"x\", total_of = \"items\"",
     "needs either `label` or `total_of`"},
    {"header = \"庚\", ", "", "`cost` has no `header`"},
    {"record = ", "extends = \"b\"\nrecord = ", "a.toml:3:11: the layout: there is no layout `b`"},
    // No TOML at all.
    {"[fields]", "[fields", "a.toml:7:"},
    {"titles = [\"表\"]", "titles = [\"表\"", "a.toml:6:"},
    {"name = \"甲\"", "name = \"甲\"\nname = \"乙\"", "a.toml:9:"},
    {"version = \"1\"", "version = \"\\q\"", "a.toml:2:"},
};

std::string said_of(const std::string& text) {
  try {
    parse_layout(text, "a.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_layout);
    return error.what();
  }
  return "was taken";
}

TEST(BrokenLayout, TheGoodOneIsTaken) { EXPECT_EQ(said_of(kGood), "was taken"); }

TEST(BrokenLayout, EveryMistakeIsNamedWithItsPlace) {
  for (const Broken& broken : kBroken) {
    std::string text = kGood;
    const std::size_t at = text.find(broken.from);
    ASSERT_NE(at, text.npos) << broken.from;
    text.replace(at, std::string(broken.from).size(), broken.to);
    const std::string said = said_of(text);
    EXPECT_THAT(said, StartsWith("a.toml:")) << broken.from << " -> " << broken.to;
    EXPECT_THAT(said, HasSubstr(broken.said)) << broken.from << " -> " << broken.to;
  }
}

TEST(BrokenLayout, WhatIsCutOffAnywhereIsRefusedOrTakenButNeverWorse) {
  const std::string text = kGood;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::string said = said_of(text.substr(0, size));
    EXPECT_TRUE(said == "was taken" || said.starts_with("a.toml:")) << size;
  }
}

TEST(BrokenLayout, BytesThatAreNoTextAreRefused) {
  EXPECT_THAT(said_of(std::string("\xff\xfe\x00layout", 9)), StartsWith("a.toml:1:"));
  EXPECT_THAT(said_of("layout = \"\xc3\x28\""), StartsWith("a.toml:1:"));
}

TEST(BrokenLayout, AFileThatIsNotThereIsNamed) {
  try {
    parse_layout(std::filesystem::path("/nowhere/layout.toml"));
    FAIL() << "was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/layout.toml: cannot be read"));
  }
}

}  // namespace
}  // namespace tabularium
