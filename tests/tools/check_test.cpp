#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run.h"

namespace tabularium::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

const fs::path kSource(TABULARIUM_SOURCE_DIR);
const std::string k2025 = (kSource / "plugins/layouts/declaration_2025/layout.toml").string();

/// `layout check` on copies of the fixtures, with layouts that are wrong in one way each.
class LayoutCheckTest : public ::testing::Test {
 protected:
  LayoutCheckTest() : folder_(test_folder()) { fs::create_directories(folder_ / "samples"); }
  ~LayoutCheckTest() override { fs::remove_all(folder_); }

  void add_sample(const std::string& fixture, const std::string& name) const {
    fs::copy_file(kSource / "fixtures" / fixture / "input.pdf",
                  folder_ / "samples" / (name + ".pdf"));
    fs::copy_file(kSource / "fixtures" / fixture / "expected.json",
                  folder_ / "samples" / (name + ".gold.json"));
  }

  /// The layout of 2025 with `from` replaced by `to`.
  void write_layout(const std::string& from, const std::string& to) const {
    std::string text = read_file(k2025);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, text.npos);
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / "layout.toml") << text;
  }

  Finished run(const std::string& arguments) const { return run_program(folder_, arguments); }

  Json check(int status, const std::string& more = "") const {
    const Finished finished = run("layout check layout.toml --samples samples --json " + more);
    EXPECT_EQ(finished.status, status) << finished.err;
    return Json::parse(finished.out, nullptr, false);
  }

  static Json field(const Json& check, const std::string& name) {
    for (const Json& one : check.at("fields")) {
      if (one.at("name") == name) return one;
    }
    return {};
  }

  static std::vector<std::string> findings(const Json& check) {
    std::vector<std::string> all;
    for (const Json& one : check.at("findings")) {
      all.push_back(one.at("kind").get<std::string>() + " " + one.at("key").get<std::string>());
    }
    return all;
  }

  fs::path folder_;
};

TEST_F(LayoutCheckTest, AShippedLayoutHasNothingToLookAt) {
  add_sample("declaration-2025/plain", "plain");
  add_sample("declaration-2025/spreadsheet", "spreadsheet");
  const Finished words = run("layout check declaration-2025 --samples samples --gold samples");
  EXPECT_EQ(words.status, 0) << words.out << words.err;
  EXPECT_THAT(words.out, HasSubstr("2 files"));
  EXPECT_THAT(words.out, HasSubstr("Nothing to look at."));
  EXPECT_THAT(words.out, HasSubstr("rows right 18/18, F1 1.000"));
  const Finished folder = run("layout check '" + fs::path(k2025).parent_path().string() +
                              "' --samples samples/plain.pdf");
  EXPECT_EQ(folder.status, 0) << folder.err;
}

TEST_F(LayoutCheckTest, CountsHowOftenALabelIsFoundAndAValueStandsThere) {
  add_sample("declaration-2025/plain", "plain");
  write_layout("= \"主管部门\"", "= \"主管单位名称\"");
  const Json found = check(1);
  EXPECT_EQ(field(found, "supervising_department").at("found"), 0);
  EXPECT_EQ(field(found, "project_name").at("found"), found.at("own_forms"));
  EXPECT_EQ(field(found, "project_name").at("filled"), found.at("own_forms"));
  EXPECT_THAT(findings(found), Contains("never_found supervising_department"));
  // The text is then nobody's, and the words of the record model tell whose it may be.
  const Json& unclaimed = found.at("unclaimed");
  const auto left = std::find_if(unclaimed.begin(), unclaimed.end(),
                                 [](const Json& one) { return one.at("text") == "主管部门"; });
  ASSERT_NE(left, unclaimed.end());
  EXPECT_THAT(left->at("guesses").get<std::vector<std::string>>(),
              Contains("supervising_department"));
}

TEST_F(LayoutCheckTest, SaysWhichLabelStandsInMoreThanOnePlaceAndWhoseItIsToo) {
  add_sample("declaration-2025/plain", "plain");
  write_layout("label = \"其他资金\", half = \"left\"", "label = \"其他资金\"");
  const Json found = check(1);
  const Json ambiguous = field(found, "project_funding_other").at("ambiguous");
  ASSERT_THAT(ambiguous, SizeIs(1));
  EXPECT_EQ(ambiguous[0].at("with"), "annual_funding_other");
  EXPECT_THAT(findings(found), Contains("ambiguous project_funding_other"));
}

TEST_F(LayoutCheckTest, ComparesWithGoldRecordsFieldByField) {
  add_sample("declaration-2025/plain", "plain");
  write_layout("start_date = \"计划开始日期\"", "start_date = \"计划完成日期\"");
  const Json found = check(1, "--gold samples");
  EXPECT_EQ(field(found, "start_date").at("right").at("right"), 0);
  EXPECT_EQ(field(found, "project_name").at("right").at("right"), 1);
  EXPECT_THAT(findings(found),
              AllOf(Contains("wrong_value start_date"), Not(Contains("wrong_value project_name"))));
  // Two fields that read one place are ambiguous, whatever gold records say.
  EXPECT_THAT(findings(found), Contains("ambiguous start_date"));
}

TEST_F(LayoutCheckTest, AFieldThatTheLayoutLacksIsWrongWhereGoldRecordsHaveIt) {
  add_sample("declaration-2025/plain", "plain");
  write_layout("project_category = \"项目类别\"\n", "");
  const Json found = check(1, "--gold samples/plain.gold.json");
  EXPECT_EQ(field(found, "project_category").at("right").at("right"), 0);
  EXPECT_THAT(findings(found), Contains("wrong_value project_category"));
}

TEST_F(LayoutCheckTest, NamesTheLayoutThatFitsAsWell) {
  add_sample("declaration-2025/plain", "plain");
  write_layout("layout = \"declaration-2025\"", "layout = \"another-2025\"");
  const Json found = check(1);
  ASSERT_THAT(found.at("claims"), Not(IsEmpty()));
  EXPECT_EQ(found.at("claims")[0].at("other"), "declaration-2025");
  EXPECT_EQ(found.at("claims")[0].at("kind"), "shared");
  EXPECT_THAT(findings(found), Contains("collision "));
}

TEST_F(LayoutCheckTest, NamesForeignFormsThatItWouldRead) {
  add_sample("self-evaluation-2023/missed-target", "evaluation");
  add_sample("declaration-2025/plain", "plain");
  // A layout of wide labels for everything that has a project's name.
  std::ofstream(folder_ / "layout.toml") << R"(layout = "wide"
version = "1"
record = "performance_self_evaluation"
titles = ["财政项目支出绩效自评表"]
[fields]
project_name = "项目名称"
supervising_department = "主管部门"
grade = "没有这样的字"
annual_goal = "也没有这样的字"
)";
  const Json found = check(1);
  ASSERT_THAT(found.at("claims"), SizeIs(1));
  EXPECT_EQ(found.at("claims")[0].at("kind"), "foreign");
  EXPECT_EQ(found.at("claims")[0].at("other"), "self-evaluation-2023");
  EXPECT_EQ(found.at("own_forms"), 0);
  EXPECT_THAT(findings(found), Contains("no_form "));
}

TEST_F(LayoutCheckTest, ASampleWithoutItsFormsIsToLookAt) {
  add_sample("declaration-2020/labels-beside", "other");
  const Finished finished = run("layout check declaration-2025 --samples samples");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("is one that this layout reads"));
}

TEST_F(LayoutCheckTest, BadSamplesAreNamedAndOtherFilesOfAFolderPassedOver) {
  add_sample("declaration-2025/plain", "plain");
  std::ofstream(folder_ / "samples/notes.txt.bak") << "no form";
  fs::copy_file(kSource / "fixtures/damaged/header_only.pdf", folder_ / "samples/broken.pdf");
  const Finished finished = run("layout check declaration-2025 --samples samples");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("broken.pdf"));
  EXPECT_THAT(finished.out, Not(HasSubstr("notes")));
  EXPECT_THAT(run("layout check declaration-2025 --samples nowhere").out, HasSubstr("nowhere"));
}

TEST_F(LayoutCheckTest, WrongUsageIsSaidAndHasStatusTwo) {
  add_sample("declaration-2025/plain", "plain");
  const Finished unknown = run("layout check declaration-1999 --samples samples");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("neither a layout file nor a layout that is loaded"));
  EXPECT_EQ(run("layout check declaration-2025").status, 2);
  add_sample("declaration-2025/spreadsheet", "spreadsheet");
  const Finished gold =
      run("layout check declaration-2025 --samples samples --gold samples/plain.gold.json");
  EXPECT_EQ(gold.status, 2);
  EXPECT_THAT(gold.err, HasSubstr("needs one sample"));
  fs::create_directories(folder_ / "empty");
  fs::remove(folder_ / "samples/plain.gold.json");
  fs::remove(folder_ / "samples/spreadsheet.gold.json");
  EXPECT_EQ(run("layout check declaration-2025 --samples samples --gold empty").status, 2);
}

TEST_F(LayoutCheckTest, ALayoutThatCannotBeReadIsAnError) {
  std::ofstream(folder_ / "layout.toml") << "layout = \"x\"\n";
  const Finished finished = run("layout check layout.toml --samples .");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("layout.toml:1:1"));
  write_layout("record = \"performance_declaration\"", "record = \"invoice\"");
  EXPECT_THAT(run("layout check layout.toml --samples .").err,
              HasSubstr("which no record model describes"));
}

TEST_F(LayoutCheckTest, DraftSaysTheSameAsJson) {
  add_sample("declaration-2025/plain", "plain");
  const Finished drafted = run("layout draft samples/plain.pdf --name mine --json -o mine.toml");
  EXPECT_EQ(drafted.status, 0) << drafted.err;
  const Json draft = Json::parse(drafted.out);
  EXPECT_EQ(draft.at("layout"), "mine");
  EXPECT_EQ(draft.at("record"), "performance_declaration");
  EXPECT_EQ(draft.at("toml"), read_file(folder_ / "mine.toml"));
  EXPECT_THAT(draft.at("collisions").get<std::vector<std::string>>(), Contains("declaration-2025"));
}

}  // namespace
}  // namespace tabularium::testing
