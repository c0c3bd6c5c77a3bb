#include <gmock/gmock.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "../plugins/pdf_text/pdf_builder.h"
#include "run.h"

namespace tabularium::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const fs::path kFixtures = fs::path(TABULARIUM_SOURCE_DIR) / "fixtures";

/// Two columns and two rows, the upper row one cell; text that CSV and HTML must take care of.
constexpr const char* kTable =
    "1 w 20 180 m 180 180 l S 20 150 m 180 150 l S 20 120 m 180 120 l S "
    "20 180 m 20 120 l S 180 180 m 180 120 l S 100 150 m 100 120 l S "
    "BT /F1 10 Tf 60 160 Td (a, \\042b\\042) Tj ET "
    "BT /F1 10 Tf 30 130 Td (<c>) Tj ET BT /F1 10 Tf 110 130 Td (d&e) Tj ET";

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() : folder_(test_folder()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ProgramTest() override { fs::remove_all(folder_); }

  Finished run(const std::string& arguments) { return run_program(folder_, arguments); }
  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  /// A fixture, under a short name.
  void bring(const std::string& fixture, const std::string& name) {
    fs::create_directories((folder_ / name).parent_path());
    fs::copy_file(kFixtures / fixture / "input.pdf", folder_ / name);
  }
  /// First column of the first row.
  std::string value(const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_open((folder_ / "forms.db").c_str(), &database);
    std::string text = "nothing";
    const auto keep = [](void* out, int, char** values, char**) {
      *static_cast<std::string*>(out) = values[0] == nullptr ? "NULL" : values[0];
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), keep, &text, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
    return text;
  }

  fs::path folder_;
};

TEST_F(ProgramTest, HelpAndVersionGoToStandardOutput) {
  const Finished version = run("--version");
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, StartsWith("tabularium "));
  const Finished help = run("--help");
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out, AllOf(HasSubstr("extract"), HasSubstr("Exit status")));
  EXPECT_THAT(help.err, IsEmpty());
}

TEST_F(ProgramTest, EveryCommandTeachesWithAnExample) {
  for (const char* command : {"extract", "tables", "inspect", "plugins", "import", "validate",
                              "export", "status", "correct", "report", "work"}) {
    const Finished help = run(std::string(command) + " --help");
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_THAT(help.out, HasSubstr(std::string("$ tabularium ") + command)) << command;
  }
}

TEST_F(ProgramTest, WrongUsageIsTwo) {
  bring("declaration-2025/plain", "a.pdf");
  for (const char* wrong :
       {"", "unknown", "extract", "extract --no-such-option a.pdf", "extract --format xml a.pdf",
        "tables a.pdf --pages 3-1", "tables a.pdf --pages x", "inspect a.pdf --page 0 -o p.png",
        "inspect a.pdf --page 1", "import a.pdf", "validate", "export", "export forms.db", "status",
        "correct forms.db 1", "report forms.db", "work", "import a.pdf --to x.db --jobs 0",
        "import a.pdf --to x.db --queue --watch"}) {
    const Finished finished = run(wrong);
    EXPECT_EQ(finished.status, 2) << wrong;
    EXPECT_THAT(finished.out, IsEmpty()) << wrong;
    EXPECT_THAT(finished.err, Not(IsEmpty())) << wrong;
  }
}

TEST_F(ProgramTest, ListsThePluginsInTextAndJson) {
  const Finished text = run("plugins");
  EXPECT_EQ(text.status, 0);
  EXPECT_THAT(text.out, AllOf(HasSubstr("pdf_text"), HasSubstr("declaration-2025")));
  const auto list = nlohmann::json::parse(run("plugins --format json").out);
  EXPECT_GE(list.size(), 6U);
  EXPECT_EQ(list[0]["kind"], "reader");
}

TEST_F(ProgramTest, ARefusedPluginIsNamedAndTheOthersAreListed) {
  const Finished finished = run("plugins --plugin-path '" TABULARIUM_TEST_PLUGINS "/wrong_api'");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("pdf_text"));
  EXPECT_THAT(finished.err, AllOf(HasSubstr("wrong_api.so"), HasSubstr("999")));
}

TEST_F(ProgramTest, ExtractPrintsAnArrayOfRecordsWithSourceEvidenceAndIssues) {
  bring("declaration-2025/plain", "a.pdf");
  const Finished finished = run("extract a.pdf");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.err, IsEmpty());
  const auto records = nlohmann::json::parse(finished.out);
  ASSERT_THAT(records, SizeIs(1));
  const auto& record = records[0];
  EXPECT_EQ(record["layout"], "declaration-2025");
  EXPECT_EQ(record["source"]["file"], "a.pdf");
  EXPECT_THAT(record["source"]["sha256"].get<std::string>(), SizeIs(64));
  EXPECT_EQ(record["source"]["pages"], nlohmann::json({1}));
  const auto& evidence = record["evidence"]["/fields/project_name"];
  EXPECT_EQ(evidence["extractor"], "pdf_text");
  EXPECT_EQ(evidence["bbox"].size(), 4U);
  EXPECT_TRUE(record["issues"].is_array());
}

TEST_F(ProgramTest, ExtractGivesOneArrayForSeveralFiles) {
  bring("declaration-2025/plain", "a.pdf");
  bring("mixed/three-years", "b.pdf");
  const auto records = nlohmann::json::parse(run("extract a.pdf b.pdf").out);
  ASSERT_THAT(records, SizeIs(4));
  EXPECT_EQ(records[0]["source"]["file"], "a.pdf");
  EXPECT_EQ(records[3]["source"]["file"], "b.pdf");
}

TEST_F(ProgramTest, AFileThatCannotBeReadIsNamedAndTheOthersGoOn) {
  bring("declaration-2025/plain", "good.pdf");
  write("empty.pdf", "");
  write("text.pdf", "this is a text");
  write("cut.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
  const Finished finished = run("extract empty.pdf text.pdf good.pdf cut.pdf missing.pdf");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(nlohmann::json::parse(finished.out), SizeIs(1));
  for (const char* file : {"empty.pdf", "text.pdf", "cut.pdf", "missing.pdf"}) {
    EXPECT_THAT(finished.err, HasSubstr(std::string("error: ") + file));
  }
  EXPECT_THAT(finished.err, Not(HasSubstr("good.pdf")));
}

TEST_F(ProgramTest, AFileWithoutFormsIsSaidAndIsOne) {
  write("letter.pdf", test::one_page("BT /F1 10 Tf 20 100 Td (Dear reader) Tj ET"));
  const Finished finished = run("extract letter.pdf");
  EXPECT_EQ(finished.status, 1);
  EXPECT_EQ(finished.out, "[]\n");
  EXPECT_THAT(finished.err, HasSubstr("letter.pdf: no form that a layout knows"));
}

TEST_F(ProgramTest, APictureWithoutTextIsSaidToHaveNone) {
  const std::string image = "q 200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q";
  write("scan.pdf", test::one_page(image));
  const Finished finished = run("extract scan.pdf");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("scan.pdf, page 1"), HasSubstr("no text found")));
}

TEST_F(ProgramTest, APasswordOpensAnEncryptedFile) {
  const fs::path locked = kFixtures / "damaged" / "unknown_password.pdf";
  if (!fs::exists(locked)) GTEST_SKIP() << "no " << locked;
  fs::copy_file(locked, folder_ / "locked.pdf");
  const Finished finished = run("extract locked.pdf --password certainly-not-this");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("locked.pdf"), HasSubstr("password")));
}

TEST_F(ProgramTest, StrictSaysWhichChecksFail) {
  bring("mixed/three-years", "a.pdf");
  EXPECT_EQ(run("extract a.pdf").status, 0);
  const Finished strict = run("extract --strict a.pdf");
  EXPECT_EQ(strict.status, 1);
  EXPECT_THAT(strict.err, AllOf(HasSubstr("error: a.pdf, page"), HasSubstr("(subprojects_sum)")));
  bring("declaration-2025/plain", "b.pdf");
  EXPECT_EQ(run("extract --strict b.pdf").status, 0);
}

TEST_F(ProgramTest, ExtractWritesCsvInLongForm) {
  bring("declaration-2025/plain", "a.pdf");
  const Finished finished = run("extract --format csv a.pdf");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, StartsWith("file,record,layout,pointer,value,page,confidence\n"));
  EXPECT_THAT(finished.out, HasSubstr("a.pdf,1,declaration-2025,/fields/annual_funding_total,"
                                      "1576020.00,1,1\n"));
}

TEST_F(ProgramTest, ExtractWritesToTheFileThatIsNamed) {
  bring("declaration-2025/plain", "a.pdf");
  const Finished finished = run("extract a.pdf -o out.json");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, IsEmpty());
  EXPECT_EQ(read_file(folder_ / "out.json"), run("extract a.pdf").out);
  const Finished refused = run("extract a.pdf -o no/such/folder/out.json");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("no/such/folder/out.json"));
}

TEST_F(ProgramTest, AnInputIsNeverOverwritten) {
  bring("declaration-2025/plain", "a.pdf");
  const std::string before = read_file(folder_ / "a.pdf");
  for (const char* command :
       {"extract a.pdf -o ./a.pdf", "tables a.pdf -o a.pdf", "inspect a.pdf --page 1 -o a.pdf"}) {
    const Finished finished = run(command);
    EXPECT_EQ(finished.status, 2) << command;
    EXPECT_THAT(finished.err, HasSubstr("overwrite")) << command;
  }
  EXPECT_EQ(read_file(folder_ / "a.pdf"), before);
}

TEST_F(ProgramTest, AFileNameThatIsNoUtf8IsStoredReadably) {
  bring("declaration-2025/plain", "in/\xFF.pdf");
  EXPECT_EQ(run("import in --to forms.db").status, 0);
  EXPECT_EQ(value("SELECT file FROM performance_declaration"), "in/\\xff.pdf");
  EXPECT_THAT(run("import in --to forms.db").err, HasSubstr("1 unchanged"));
}

TEST_F(ProgramTest, TwoRunsGiveTheSameBytes) {
  bring("mixed/three-years", "a.pdf");
  for (const char* command : {"extract a.pdf", "extract --format csv a.pdf", "tables a.pdf",
                              "tables --format html a.pdf"}) {
    EXPECT_EQ(run(command).out, run(command).out) << command;
  }
}

TEST_F(ProgramTest, TablesPrintsCellsWithSpansBoxesAndText) {
  write("t.pdf", test::one_page(kTable));
  const Finished finished = run("tables t.pdf");
  EXPECT_EQ(finished.status, 0);
  const auto json = nlohmann::json::parse(finished.out);
  EXPECT_EQ(json["file"], "t.pdf");
  ASSERT_THAT(json["tables"], SizeIs(1));
  const auto& table = json["tables"][0];
  EXPECT_EQ(table["page"], 1);
  EXPECT_EQ(table["bbox"], nlohmann::json({20, 20, 180, 80}));
  ASSERT_THAT(table["cells"], SizeIs(3));
  EXPECT_EQ(table["cells"][0],
            nlohmann::json::parse(R"({"row": 0, "col": 0, "row_span": 1, "col_span": 2,
                "bbox": [20, 20, 180, 50], "text": "a, \"b\"", "confidence": 1.0})"));
  EXPECT_EQ(table["cells"][2]["text"], "d&e");
}

TEST_F(ProgramTest, TablesPrintsCsvWithQuotes) {
  write("t.pdf", test::one_page(kTable));
  EXPECT_EQ(run("tables --format csv t.pdf").out, "\"a, \"\"b\"\"\",\n<c>,d&e\n");
}

TEST_F(ProgramTest, TablesPrintsHtmlWithSpansAndNothingUnescaped) {
  write("<t>.pdf", test::one_page(kTable));
  const Finished finished = run("tables --format html '<t>.pdf'");
  EXPECT_THAT(finished.out, HasSubstr("<td colspan=\"2\">a, &quot;b&quot;</td>"));
  EXPECT_THAT(finished.out, HasSubstr("<td>&lt;c&gt;</td><td>d&amp;e</td>"));
  EXPECT_THAT(finished.out, HasSubstr("<title>&lt;t&gt;.pdf</title>"));
  EXPECT_THAT(finished.out, EndsWith("</html>\n"));
}

TEST_F(ProgramTest, TablesOfAFileWithoutAnyIsAnEmptyList) {
  write("t.pdf", test::one_page("BT /F1 10 Tf 20 100 Td (Dear reader) Tj ET"));
  const Finished finished = run("tables t.pdf");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(nlohmann::json::parse(finished.out)["tables"], IsEmpty());
}

TEST_F(ProgramTest, TablesOfPagesThatAreNotThereIsAnError) {
  write("t.pdf", test::one_page(kTable));
  const Finished finished = run("tables t.pdf --pages 2-3");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("t.pdf"), HasSubstr("2-3")));
  EXPECT_EQ(run("tables t.pdf --pages 1").status, 0);
}

TEST_F(ProgramTest, InspectDrawsAPng) {
  bring("declaration-2025/plain", "a.pdf");
  const Finished finished = run("inspect a.pdf --page 1 -o p.png --dpi 72");
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, IsEmpty());
  EXPECT_THAT(finished.err, AllOf(HasSubstr("page 1 of 1"), HasSubstr("9 rows")));
  EXPECT_THAT(read_file(folder_ / "p.png"), StartsWith("\x89PNG"));
  EXPECT_THAT(run("--quiet inspect a.pdf --page 1 -o p.png --dpi 72").err, IsEmpty());
  EXPECT_EQ(run("inspect a.pdf --page 2 -o q.png").status, 1);
  EXPECT_EQ(run("inspect a.pdf --page 1 -o no/such/p.png").status, 1);
}

TEST_F(ProgramTest, ImportFillsADatabaseAndItsSummaryAddsUp) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("declaration-2025/plain", "in/sub/twin.pdf");
  bring("mixed/three-years", "in/b.PDF");
  write("in/bad.pdf", "");
  write("in/notes.txt", "no form");
  const Finished finished = run("import in --to forms.db");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, IsEmpty());
  EXPECT_THAT(finished.err, HasSubstr("error: in/bad.pdf: the file is empty"));
  EXPECT_THAT(
      finished.err,
      HasSubstr("5 files: 1 done, 1 review (4 records), 2 failed, 0 unchanged, 1 duplicate\n"));
  EXPECT_EQ(value("SELECT count(*) FROM records"), "4");
  EXPECT_EQ(value("SELECT reason FROM files WHERE path = 'in/bad.pdf'"), "empty_input");
  EXPECT_EQ(value("SELECT annual_funding_total_fen FROM performance_declaration WHERE file = "
                  "'in/a.pdf'"),
            "157602000");
}

TEST_F(ProgramTest, ImportAgainChangesNothing) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("mixed/three-years", "in/b.pdf");
  EXPECT_EQ(run("import in --to forms.db").status, 0);
  const std::string before = read_file(folder_ / "forms.db");
  const Finished again = run("import in --to forms.db");
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.err, HasSubstr("0 done, 0 review (0 records), 0 failed, 2 unchanged"));
  EXPECT_EQ(read_file(folder_ / "forms.db"), before);
}

TEST_F(ProgramTest, ImportIntoAFileThatIsNoDatabaseIsRefusedAndLeavesItAlone) {
  bring("declaration-2025/plain", "a.pdf");
  write("forms.db", "precious text that is no database, long enough to look at: do not touch it");
  const std::string before = read_file(folder_ / "forms.db");
  EXPECT_EQ(run("import a.pdf --to forms.db").status, 1);
  EXPECT_EQ(read_file(folder_ / "forms.db"), before);
}

TEST_F(ProgramTest, ValidateFindsWhatAPersonBroke) {
  bring("declaration-2025/plain", "a.pdf");
  run("import a.pdf --to forms.db");
  const Finished well = run("validate forms.db --strict");
  EXPECT_EQ(well.status, 0);
  EXPECT_THAT(well.out, HasSubstr("1 record: 0 errors"));
  value("UPDATE records SET json = replace(json, '1576020.00', '1576021.00')");
  const Finished broken = run("validate forms.db --strict");
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.out, AllOf(HasSubstr("funding_parts"), HasSubstr("a.pdf, record 1")));
  EXPECT_EQ(value("SELECT check_id FROM issues WHERE severity = 'error'"), "funding_parts");
  EXPECT_EQ(run("validate forms.db").status, 0);
}

TEST_F(ProgramTest, ValidateOfWhatIsNoDatabaseIsRefused) {
  EXPECT_EQ(run("validate missing.db").status, 1);
  EXPECT_FALSE(fs::exists(folder_ / "missing.db"));
}

TEST_F(ProgramTest, ControlCharactersOfAFileNameDoNotReachTheTerminal) {
  const Finished finished = run("extract \"$(printf 'a\\033[31mb.pdf')\"");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("\\x1b[31m"), Not(HasSubstr("\033"))));
}

}  // namespace
}  // namespace tabularium::testing
