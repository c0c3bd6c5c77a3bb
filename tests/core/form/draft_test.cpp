#include "tabularium/form/draft.h"

#include <gmock/gmock.h>

#include "paper.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Lexicon words() {
  Lexicon lexicon;
  lexicon.record = "grant";
  lexicon.fields = {{"name", {"项目名称"}, {}, false, "", ""},
                    {"unit", {"申报单位", "实施单位"}, {}, false, "", ""},
                    {"total", {"资金总额"}, {}, true, "", ""},
                    {"goal", {"年度目标"}, {}, false, "", ""}};
  Lexicon::Table items;
  items.name = "items";
  items.columns = {{"item", {"名称"}, false, true, {}}, {"cost", {"金额"}, true, true, {}}};
  lexicon.tables = {items};
  return lexicon;
}

const std::vector<std::vector<std::string>> kForm = {
    {"项目名称", "图书\"配送\"", "申报单位", "图书馆（盖章）"},
    {"资金总额（万元）", "12.5", "年度目标", "<"},
    {"联络人", "李", "按月配送。", "<"},
    {"名称", "<", "金额", "<"},
    {"车辆", "<", "8", "<"},
};

TabulatedPage page_of(const std::vector<std::vector<std::string>>& rows) {
  return sheet(1, {ruled({50, 150, 250, 350, 450}, rows)},
               {line(180, 40, "补助资金申报表", 1, 16.0), line(220, 70, "（2016年度）")});
}

LayoutDraft draft(const std::vector<std::vector<std::string>>& rows) {
  return draft_layout_file(words(), "grant-2016", {{page_of(rows)}}, {});
}

TEST(LayoutDraft, IsALayoutThatReadsItsSample) {
  const LayoutSpec spec = parse_layout(draft(kForm).toml, "draft");
  EXPECT_EQ(spec.name, "grant-2016");
  EXPECT_THAT(spec.years, ElementsAre(2016));
  const Form form = make_declarative_layout(spec)->read({page_of(kForm)});
  ASSERT_EQ(form.fields.size(), 4u);
  EXPECT_EQ(form.fields[0].value.text, "图书\"配送\"");
  EXPECT_EQ(form.fields[1].value.text, "图书馆");
  EXPECT_EQ(form.fields[2].value.unit, "万元");
  EXPECT_EQ(form.fields[3].value.text, "按月配送。");
  ASSERT_EQ(form.tables.size(), 1u);
  EXPECT_EQ(form.tables[0].rows.size(), 1u);
}

TEST(LayoutDraft, SaysInCommentsWhatTheSampleHolds) {
  EXPECT_THAT(draft(kForm).toml, HasSubstr("# 按月配送。"));
}

TEST(LayoutDraft, ListsTextsThatNothingTookWithTheirValues) {
  const auto unknown = draft(kForm).unknown;
  EXPECT_THAT(unknown, Contains(testing::AllOf(testing::Field(&UnknownLabel::text, "联络人"),
                                               testing::Field(&UnknownLabel::value, "李"))));
}

TEST(LayoutDraft, GuessesWhatALabelMeansByTheOnesThatAreLikeIt) {
  auto rows = kForm;
  rows[0][2] = "申报单位全称";
  const auto unknown = draft(rows).unknown;
  ASSERT_FALSE(unknown.empty());
  EXPECT_THAT(unknown.front().guesses, Contains("unit"));
}

TEST(LayoutDraft, OfSeveralSamplesWhatOneLacksIsOptional) {
  auto other = kForm;
  other[0][2] = "某";
  const LayoutDraft both =
      draft_layout_file(words(), "grant-2016", {{page_of(kForm)}, {page_of(other)}}, {});
  const LayoutSpec spec = parse_layout(both.toml, "draft");
  for (const FieldSpec& field : spec.fields) {
    EXPECT_EQ(field.optional, field.name == "unit") << field.name;
  }
}

TEST(LayoutDraft, IsToldFromAKnownLayoutByLabelsThatThatOneLacks) {
  LayoutSpec known = parse_layout(draft(kForm).toml, "known");
  known.name = "known";
  std::erase_if(known.fields, [](const FieldSpec& field) { return field.name == "goal"; });
  known.must_have = {make_label("联系方式")};
  const auto other = make_declarative_layout(known);
  const LayoutDraft made =
      draft_layout_file(words(), "grant-2016", {{page_of(kForm)}}, {other.get()});
  EXPECT_THAT(made.collisions, ElementsAre("known"));
  const LayoutSpec spec = parse_layout(made.toml, "draft");
  ASSERT_EQ(spec.must_have.size(), 1u);
  EXPECT_EQ(spec.must_have[0].text, "年度目标");
  ASSERT_EQ(spec.must_not_have.size(), 1u);
  EXPECT_EQ(spec.must_not_have[0].text, "联系方式");
}

TEST(LayoutDraft, WithoutAKnownLabelIsRefused) {
  try {
    draft({{"甲", "乙", "丙", "丁"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_usage);
  }
}

}  // namespace
}  // namespace tabularium
