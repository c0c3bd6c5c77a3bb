#include "tabularium/record/model.h"

#include <gmock/gmock.h>

#include "support.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kWords = "vocabulary = \"plain\"\n";

std::string refusal(const std::string& model, const std::string& vocabulary = kWords) {
  try {
    Models::parse({{"m.toml", model}, {"v.toml", vocabulary}});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
    return error.what();
  }
  return "taken";
}

const std::string kHead = "record = \"invoice\"\ntitle = \"发票\"\nvocabulary = \"plain\"\n";
const std::string kField = "[[field]]\nname = \"total\"\ntype = \"money\"\n";

TEST(Model, ShippedOnesAreReadWithFieldsInTheirOrder) {
  const Models& models = testing::shipped_models();
  EXPECT_THAT(models.names(),
              ElementsAre("performance_declaration", "performance_self_evaluation"));
  const RecordModel& model = testing::self_evaluation();
  EXPECT_EQ(model.fields.front().name, "project_name");
  EXPECT_EQ(model.field("total_score")->type, ValueType::number);
  EXPECT_EQ(model.table("funding")->column("executed")->type, ValueType::money);
  EXPECT_EQ(model.field("nothing"), nullptr);
  EXPECT_EQ(models.find("invoice"), nullptr);
}

TEST(Model, NewKindsOfRecordNeedOnlyAFile) {
  const Models models = Models::parse({{"m.toml", kHead + kField}, {"v.toml", kWords}});
  ASSERT_NE(models.find("invoice"), nullptr);
  EXPECT_EQ(models.find("invoice")->field("total")->type, ValueType::money);
}

TEST(Model, IsRefusedWithPlaceReasonAndHint) {
  EXPECT_EQ(refusal(kHead + kField + "lable = []\nlabels = []\n"),
            "m.toml:7:1: total: unknown key `lable`; did you mean `labels`?");
  EXPECT_EQ(refusal(kHead + "[[field]]\nname = \"total\"\ntype = \"mony\"\n"),
            "m.toml:6:8: total: unknown type `mony`; did you mean `money`?");
  EXPECT_EQ(refusal(kHead + "[[field]]\ntype = \"money\"\n"),
            "m.toml:4:1: [[field]]: the key `name` is missing");
  EXPECT_EQ(refusal(kHead + "[[field]]\nname = 3\n"),
            "m.toml:5:8: [[field]]: `name` must be a text, found an integer");
  EXPECT_THAT(refusal("record = \n"), HasSubstr("m.toml:1:"));
  EXPECT_THAT(refusal(kHead + kField + "total_of = \"rows.cost\"\n"),
              HasSubstr("total: `total_of` names \"rows.cost\", which is no"));
  EXPECT_THAT(refusal(kHead + kField + kField), HasSubstr("two of this name"));
  EXPECT_THAT(refusal(kHead + "[[field]]\nname = \"项目\"\ntype = \"text\"\n"),
              HasSubstr("must be of a-z"));
  EXPECT_THAT(refusal(kHead + "colour = 1\n" + kField), HasSubstr("unknown key `colour`"));
  EXPECT_THAT(refusal("title = \"x\"\n"), HasSubstr("must begin with `record` or `vocabulary`"));
  EXPECT_THAT(refusal(kHead), HasSubstr("at least one [[field]] or [[table]]"));
  EXPECT_THAT(refusal(kHead + "[[table]]\nname = \"rows\"\n"),
              HasSubstr("at least one [[table.column]]"));
  EXPECT_THAT(refusal(kHead + "[[field]]\nname = \"k\"\ntype = \"key\"\n"),
              HasSubstr("a key needs `options`"));
  EXPECT_THAT(refusal(kHead + kField + "options = [\"a\"]\n"), HasSubstr("have `options`"));
  EXPECT_THAT(refusal(kHead + kField + "[year]\nfrom = [\"goal\"]\n"),
              HasSubstr("no field `goal`"));
}

TEST(Model, NeedsItsVocabulary) {
  EXPECT_THAT(refusal(kHead + kField, "vocabulary = \"plan\"\n"),
              HasSubstr("m.toml:3:14: the file: no file beside it defines the vocabulary `plain`; "
                        "did you mean `plan`?"));
  EXPECT_THAT(refusal(kHead + kField, kWords + "[multipliers]\n\"万\" = 40\n"),
              HasSubstr("v.toml:3:7: [multipliers]: the power of ten of `万`"));
  EXPECT_THAT(refusal(kHead + kField, kWords + "[operators]\n\"=>\" = [\"x\"]\n"),
              HasSubstr("`=>` is no operator"));
  EXPECT_THAT(refusal(kHead + kField, kWords + "first_year = 20\n"), HasSubstr("four digits"));
  EXPECT_THAT(refusal(kHead + kField, kWords + "first_year = 2020\nlast_year = 2019\n"),
              HasSubstr("before `first_year`"));
}

TEST(Model, RefusesTwoOfOneName) {
  try {
    Models::parse({{"a.toml", kHead + kField}, {"b.toml", kHead + kField}, {"v.toml", kWords}});
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("b.toml:1:10: the file: `invoice` stands in a.toml, too"));
  }
}

TEST(Model, RefusesAFolderWithoutModels) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "no_models";
  std::filesystem::create_directories(folder);
  for (const auto& path : {folder, folder / "not_there"}) {
    try {
      Models::load({path});
      FAIL() << "taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::not_found);
      EXPECT_THAT(error.what(), HasSubstr(path.string()));
    }
  }
}

TEST(Model, RefusesChecksThatSpeakOfWhatIsNotThere) {
  const std::string begin = kHead + kField + "[[check]]\nid = \"c\"\n";
  EXPECT_THAT(refusal(begin + "kind = \"requird\"\n"), HasSubstr("did you mean `required`?"));
  EXPECT_THAT(refusal(begin + "kind = \"required\"\nvalues = [\"totl\"]\n"),
              HasSubstr("the check `c`: there is no field `totl`; did you mean `total`?"));
  EXPECT_THAT(refusal(begin + "kind = \"required\"\n"), HasSubstr("must name at least 1"));
  EXPECT_THAT(refusal(begin + "kind = \"required\"\nvalues = [\"rows.total\"]\n"),
              HasSubstr("there is no table `rows`"));
  EXPECT_THAT(refusal(begin + "kind = \"filled\"\ntable = \"rows\"\n"),
              HasSubstr("no table `rows`"));
  EXPECT_THAT(refusal(begin + "kind = \"required\"\nvalues = [\"total\"]\nseverity = \"bad\"\n"),
              HasSubstr("none of info, warning, error"));
  EXPECT_THAT(refusal(begin + "kind = \"range\"\nvalues = [\"total\"]\nleast = \"x\"\n"),
              HasSubstr("`x` is no number"));
  EXPECT_THAT(refusal(begin + "kind = \"required\"\nvalues = [\"total\"]\nlimit = \"total\"\n"),
              HasSubstr("unknown key `limit`"));
}

TEST(Model, ASummaryNamesWhatOverviewsCountBy) {
  EXPECT_EQ(testing::declaration().unit->name, "implementing_unit");
  EXPECT_EQ(testing::self_evaluation().amount,
            (ValuePath{"funding", "annual_budget", "source", "total"}));
  EXPECT_EQ(testing::declaration().score, std::nullopt);
  EXPECT_THAT(refusal(kHead + "[summary]\namount = \"totl\"\n" + kField), HasSubstr("`total`"));
  EXPECT_THAT(refusal(kHead + "[summary]\nscore = \"total\"\n" + kField),
              HasSubstr("another type"));
  EXPECT_THAT(refusal(kHead + "[summary]\nunit = \"rows.name\"\n" + kField +
                      "[[table]]\nname = \"rows\"\n[[table.column]]\nname = \"name\"\ntype = "
                      "\"text\"\n"),
              HasSubstr("a field of the record"));
  EXPECT_THAT(refusal(kHead + "[summary]\ncolour = \"total\"\n" + kField),
              HasSubstr("unknown key `colour`"));
}

}  // namespace
}  // namespace tabularium
