#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "tabularium/form/layout_internal.h"
#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kBase = R"(layout = "base-2019"
version = "1"
record = "grant"
years = [2019]
titles = ["申报表"]
must_have = ["项目类型", "资金用途"]
[fields]
name = "项目名称"
total = { label = ["总额", "资金总额"], unit = "元", optional = true }
remarks = "备注"
sum = { total_of = "items", column = "cost" }
[tables.items]
rows_by = ["item"]
until = ["备注"]
[tables.items.columns]
item = "名称"
cost = { header = "金额", words = ["甲", "乙"] }
note = { header = "说明", optional = true }
[tables.sources]
key = "source"
rows_by = ["amount"]
[tables.sources.columns]
amount = "数额"
[tables.sources.rows]
own = "自有"
other = ["其他", "其它"]
)";

class LayoutExtends : public ::testing::Test {
 protected:
  LayoutExtends()
      : folder_(fs::temp_directory_path() / ("tabularium_extends_" + std::to_string(::getpid()))) {
    add("base_2019", kBase);
  }
  ~LayoutExtends() override { fs::remove_all(folder_); }

  fs::path add(const std::string& name, const std::string& text) const {
    fs::create_directories(folder_ / name);
    std::ofstream(folder_ / name / "layout.toml") << text;
    return folder_ / name / "layout.toml";
  }

  /// The layout that extends the base and says `more`.
  LayoutSpec variant(const std::string& more) const {
    return parse_layout(add("variant", kVariant + more));
  }

  std::string complaint(const std::string& more) const {
    try {
      variant(more);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::bad_layout);
      return error.what();
    }
    return "was taken";
  }

  static const FieldSpec* field(const LayoutSpec& spec, const std::string& name) {
    for (const FieldSpec& one : spec.fields) {
      if (one.name == name) return &one;
    }
    return nullptr;
  }

  static std::vector<std::string> texts(const Labels& labels) {
    std::vector<std::string> all;
    for (const Label& label : labels) all.push_back(label.text);
    return all;
  }

  static inline const std::string kVariant =
      "layout = \"grant-2020\"\nversion = \"2\"\nextends = \"base-2019\"\n";
  fs::path folder_;
};

TEST_F(LayoutExtends, TakesAllThatItDoesNotSay) {
  const LayoutSpec spec = variant("years = [2020]\n");
  EXPECT_EQ(spec.name, "grant-2020");
  EXPECT_EQ(spec.version, "2");
  EXPECT_EQ(spec.record, "grant");
  EXPECT_THAT(spec.years, ElementsAre(2020));
  EXPECT_THAT(texts(spec.titles), ElementsAre("申报表"));
  EXPECT_THAT(spec.fields, SizeIs(4));
  EXPECT_THAT(spec.tables, SizeIs(2));
}

TEST_F(LayoutExtends, ChangesKeysOfAFieldAndKeepsItsPlace) {
  const LayoutSpec spec = variant(
      "[fields]\ntotal = { unit = \"万元\", optional = false }\nname = \"名称\"\nyear = "
      "\"年份\"\n");
  EXPECT_EQ(spec.fields[0].name, "name");
  EXPECT_THAT(texts(spec.fields[0].labels), ElementsAre("名称"));
  EXPECT_EQ(spec.fields[1].unit, "万元");
  EXPECT_FALSE(spec.fields[1].optional);
  EXPECT_THAT(texts(spec.fields[1].labels), ElementsAre("总额", "资金总额"));
  EXPECT_EQ(spec.fields.back().name, "year");
}

TEST_F(LayoutExtends, AddsAndRemovesTextsOfLists) {
  const LayoutSpec spec = variant(R"(must_have = { add = ["绩效类型"], remove = ["资金用途"] }
[fields]
total = { label = { add = ["总预算", "总额"] } }
[tables.items.columns]
cost = { words = { remove = ["甲"] } }
[tables.sources.rows]
other = { remove = ["其它"] }
)");
  EXPECT_THAT(texts(spec.must_have), ElementsAre("项目类型", "绩效类型"));
  EXPECT_THAT(texts(field(spec, "total")->labels), ElementsAre("总额", "资金总额", "总预算"));
  EXPECT_THAT(texts(spec.tables[0].columns[1].words), ElementsAre("乙"));
  EXPECT_THAT(texts(spec.tables[1].rows[1].labels), ElementsAre("其他"));
}

TEST_F(LayoutExtends, RemovesFieldsTablesColumnsAndRows) {
  const LayoutSpec spec = variant(
      "remove = [\"fields.remarks\", \"tables.items.columns.note\", "
      "\"tables.sources.rows.own\"]\n");
  EXPECT_EQ(field(spec, "remarks"), nullptr);
  EXPECT_THAT(spec.tables[0].columns, SizeIs(2));
  EXPECT_THAT(spec.tables[1].rows, SizeIs(1));
  EXPECT_THAT(variant("remove = [\"tables.sources\"]\n").tables, SizeIs(1));
}

TEST_F(LayoutExtends, AFreshFieldTakesNothing) {
  const LayoutSpec spec = variant("[fields]\ntotal = { fresh = true, label = \"总计\" }\n");
  EXPECT_THAT(texts(field(spec, "total")->labels), ElementsAre("总计"));
  EXPECT_THAT(field(spec, "total")->unit, IsEmpty());
}

TEST_F(LayoutExtends, AVariantMayBeExtendedToo) {
  variant("years = [2020]\n[fields]\nyear = \"年份\"\n");
  const LayoutSpec spec = parse_layout(
      add("third", "layout = \"grant-2021\"\nversion = \"1\"\nextends = \"grant-2020\"\n"));
  EXPECT_THAT(spec.years, ElementsAre(2020));
  EXPECT_NE(field(spec, "year"), nullptr);
}

TEST_F(LayoutExtends, UnknownBasesAreRefusedWithTheNearest) {
  const fs::path file = add("wrong", "layout = \"x\"\nversion = \"1\"\nextends = \"base-2091\"\n");
  try {
    parse_layout(file);
    FAIL() << "was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("layout.toml:3:"), HasSubstr("no layout `base-2091`"),
                                    HasSubstr("did you mean `base-2019`?")));
  }
}

TEST_F(LayoutExtends, CirclesAreRefused) {
  add("one", "layout = \"one\"\nversion = \"1\"\nextends = \"two\"\n");
  const fs::path file = add("two", "layout = \"two\"\nversion = \"1\"\nextends = \"one\"\n");
  try {
    parse_layout(file);
    FAIL() << "was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("layout.toml:3:"),
                                    HasSubstr("in a circle: `two` extends `one` extends `two`")));
  }
  add("self", "layout = \"self\"\nversion = \"1\"\nextends = \"self\"\n");
  EXPECT_THROW(parse_layout(folder_ / "self" / "layout.toml"), Error);
}

TEST_F(LayoutExtends, WhatTheBaseDoesNotHaveCannotBeTakenAway) {
  EXPECT_THAT(complaint("remove = [\"fields.remark\"]\n"),
              AllOf(HasSubstr(":4:"), HasSubstr("did you mean `fields.remarks`?")));
  EXPECT_THAT(complaint("must_have = { remove = [\"资金\"] }\n"),
              HasSubstr("the base has no `资金`"));
  EXPECT_THAT(complaint("remove = [\"tables.items.columns.item\"]\n"),
              HasSubstr("`rows_by` names `item`"));
  EXPECT_THAT(complaint("remove = [\"tables.items\"]\n"), HasSubstr("`items`, which is no table"));
  EXPECT_THAT(complaint("record = \"invoice\"\n"), HasSubstr("the same record"));
  EXPECT_THAT(complaint("must_have = { ad = [\"资金\"] }\n"), HasSubstr("did you mean `add`?"));
}

TEST_F(LayoutExtends, ALayoutWithoutABaseHasNothingToChange) {
  const auto said = [&](const std::string& from, const std::string& to) -> std::string {
    std::string text = kBase;
    text.replace(text.find(from), from.size(), to);
    try {
      parse_layout(add("alone", text));
    } catch (const Error& error) {
      return error.what();
    }
    return "was taken";
  };
  EXPECT_THAT(said("must_have = [", "remove = [\"fields.name\"]\nmust_have = ["),
              HasSubstr("only a layout that `extends`"));
  EXPECT_THAT(said("[\"项目类型\", \"资金用途\"]", "{ add = [\"项目类型\"] }"),
              HasSubstr("only a layout that `extends`"));
  EXPECT_THAT(said("optional = true }\nremarks", "fresh = true }\nremarks"),
              HasSubstr("only a layout that `extends`"));
}

}  // namespace
}  // namespace tabularium
