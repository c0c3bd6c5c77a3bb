// The commands that work at a database, run as a user runs them.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run.h"

namespace tabularium::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const fs::path kFixtures = fs::path(TABULARIUM_SOURCE_DIR) / "fixtures";

/// A database of two files with four records, a twin and an empty file.
class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest() : folder_(test_folder()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "in");
    bring("declaration-2025/plain", "in/a.pdf");
    bring("declaration-2025/plain", "in/twin.pdf");
    bring("mixed/three-years", "in/b.pdf");
    std::ofstream(folder_ / "in/bad.pdf");
    run("import in --to forms.db");
  }
  ~DatabaseTest() override { fs::remove_all(folder_); }

  Finished run(const std::string& arguments) { return run_program(folder_, arguments); }
  void bring(const std::string& fixture, const std::string& name) {
    fs::copy_file(kFixtures / fixture / "input.pdf", folder_ / name);
  }
  std::string read(const char* name) { return read_file(folder_ / name); }
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

TEST_F(DatabaseTest, StatusCountsStatesAndReasons) {
  const Finished finished = run("status forms.db");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.err, IsEmpty());
  EXPECT_THAT(finished.out, StartsWith("4 files: 0 pending, 0 claimed, 1 done, 1 review, 1 failed, "
                                       "1 duplicate\n4 records; 3 errors and 1 warning"));
  EXPECT_THAT(finished.out, AllOf(HasSubstr("failed: 1 empty_input\n"), HasSubstr("slowest:\n"),
                                  HasSubstr("  in/b.pdf\n")));
  const auto json = nlohmann::json::parse(run("status forms.db --json").out);
  EXPECT_EQ(json["files"], 4);
  EXPECT_EQ(json["states"]["review"], 1);
  EXPECT_EQ(json["reasons"]["empty_input"], 1);
  EXPECT_THAT(json["slowest"], SizeIs(2));
  EXPECT_THAT(json["seats"], SizeIs(0));
}

TEST_F(DatabaseTest, CorrectTakesARecordByIdOrByPathAndSaysWhatTheChecksFind) {
  const std::string id = value(
      "SELECT record_id FROM performance_declaration WHERE file = "
      "'in/a.pdf'");
  const Finished first = run("correct forms.db " + id +
                             " /fields/annual_funding_total 1576021.00 --by li --why paper");
  EXPECT_EQ(first.status, 0);
  EXPECT_EQ(first.out,
            "in/a.pdf, record 1, /fields/annual_funding_total: 1576020.00 -> 1576021.00\n");
  EXPECT_THAT(first.err, HasSubstr("error: funding_parts: "));
  EXPECT_EQ(value("SELECT who || why FROM corrections"), "lipaper");
  EXPECT_EQ(value("SELECT annual_funding_total_fen FROM performance_declaration WHERE file = "
                  "'in/a.pdf'"),
            "157602100");
  EXPECT_THAT(value("SELECT made_at FROM corrections"), MatchesRegex("20..-..-..T..:..:..Z"));
  const Finished second = run("correct forms.db 'in/b.pdf#2' /fields/grade ''");
  EXPECT_EQ(second.status, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("-> null"));
  EXPECT_THAT(value("SELECT who FROM corrections WHERE id = 2"), Not(IsEmpty()));
  EXPECT_EQ(run("correct forms.db " + id + " /fields/annual_funding_total -5.00").status, 0);
}

TEST_F(DatabaseTest, CorrectRefusesWhatIsNotThereAsWrongUsage) {
  for (const char* wrong :
       {"7 /title x", "in/a.pdf /title x", "'in/a.pdf#9' /title x", "'in/a.pdf#1' /fields/none x",
        "'in/a.pdf#1' /fields/start_date soon"}) {
    const Finished finished = run(std::string("correct forms.db ") + wrong);
    EXPECT_EQ(finished.status, 2) << wrong;
    EXPECT_THAT(finished.err, StartsWith("error: ")) << wrong;
  }
  EXPECT_EQ(value("SELECT count(*) FROM corrections"), "0");
}

TEST_F(DatabaseTest, ExportedLinesAreWhatExtractPrints) {
  const Finished lines = run("export forms.db --format jsonl");
  EXPECT_EQ(lines.status, 0);
  auto extracted = nlohmann::json::parse(run("extract in/a.pdf in/b.pdf").out);
  std::istringstream all(lines.out);
  std::string line;
  std::size_t count = 0;
  const auto by_text = [](const nlohmann::json& a, const nlohmann::json& b) {
    return a.dump() < b.dump();
  };
  while (std::getline(all, line)) {
    auto stored = nlohmann::json::parse(line);
    auto& wanted = extracted.at(count++);
    // The store keeps issues of reading before those of checks.
    for (auto* record : {&stored, &wanted}) {
      std::sort((*record)["issues"].begin(), (*record)["issues"].end(), by_text);
    }
    EXPECT_EQ(stored, wanted);
  }
  EXPECT_EQ(count, 4U);
  EXPECT_EQ(run("export forms.db --format jsonl -o out.jsonl").status, 0);
  EXPECT_EQ(read("out.jsonl"), lines.out);
}

TEST_F(DatabaseTest, TwoImportsGiveTheSameExport) {
  run("import in/b.pdf --to other.db");
  run("import in --to other.db");
  EXPECT_EQ(run("export forms.db --format jsonl").out, run("export other.db --format jsonl").out);
}

TEST_F(DatabaseTest, ExportFiltersByYearLayoutUnitAndState) {
  const auto lines = [&](const std::string& where) {
    const std::string out = run("export forms.db --format jsonl " + where).out;
    return std::count(out.begin(), out.end(), '\n');
  };
  EXPECT_EQ(lines(""), 4);
  EXPECT_EQ(lines("--where year=2025"), 2);
  EXPECT_EQ(lines("--where year=2025 --where state=review"), 1);
  EXPECT_EQ(lines("--where year=2025 --where year=2019"), 3);
  EXPECT_EQ(lines("--where layout=declaration-2019"), 1);
  const std::string unit =
      value("SELECT implementing_unit FROM performance_declaration WHERE file = 'in/a.pdf'");
  EXPECT_GE(lines("--where 'unit=" + unit + "'"), 1);
  EXPECT_EQ(lines("--where unit=nobody"), 0);
  for (const char* wrong : {"year=last", "state=gone", "colour=red", "year"}) {
    EXPECT_EQ(run(std::string("export forms.db --format jsonl --where ") + wrong).status, 2);
  }
}

TEST_F(DatabaseTest, ExportWritesTablesAsCsvAndAsAWorkbook) {
  const Finished csv = run("export forms.db --format csv --bom -o tables");
  EXPECT_EQ(csv.status, 0);
  EXPECT_THAT(csv.err, HasSubstr("4 files, 4 records written to tables"));
  EXPECT_THAT(read("tables/files.csv"), StartsWith("\xEF\xBB\xBFpath,state,reason,"));
  EXPECT_THAT(read("tables/performance_declaration.csv"), HasSubstr(",1576020.00,"));
  EXPECT_THAT(read("tables/indicators.csv"), HasSubstr("in/b.pdf,2,self-evaluation-2023,2023,0,"));
  EXPECT_EQ(run("export forms.db --format xlsx -o forms.xlsx").status, 0);
  EXPECT_THAT(read("forms.xlsx"), StartsWith("PK"));
  EXPECT_EQ(std::system(("cd '" + folder_.string() +
                         "' && python3 '" TABULARIUM_SOURCE_DIR
                         "/tests/tools/read_workbook.py' forms.xlsx >book.txt")
                            .c_str()),
            0);
  const std::string book = read("book.txt");
  EXPECT_THAT(book, StartsWith("files frozen widths "));
  EXPECT_THAT(book, AllOf(HasSubstr("\nperformance_self_evaluation frozen"),
                          HasSubstr("\nindicators frozen"), HasSubstr("\ncorrections frozen")));
  EXPECT_THAT(book, HasSubstr("n:1576020")) << "an amount is a number";
  EXPECT_THAT(book, HasSubstr("s:declaration-2025"));
  EXPECT_THAT(book, Not(ContainsRegex("formulas [1-9]")));
  EXPECT_EQ(run("export forms.db --format csv").status, 2);
  const std::string before = read("forms.db");
  EXPECT_EQ(run("export forms.db --format xlsx -o ./forms.db").status, 2);
  EXPECT_EQ(read("forms.db"), before);
}

TEST_F(DatabaseTest, TheReportNeedsNothingBesideItselfAndEscapesWhatItShows) {
  fs::create_directories(folder_ / "odd");
  bring("declaration-2025/plain", "odd/<script>alert('x') \"&.pdf");
  fs::resize_file(folder_ / "odd/<script>alert('x') \"&.pdf",
                  fs::file_size(folder_ / "in/a.pdf") + 1);
  run("import odd --to forms.db");
  const Finished finished = run("report forms.db -o report.html");
  EXPECT_EQ(finished.status, 0) << finished.err;
  const std::string page = read("report.html");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(page, AllOf(HasSubstr("Records by year and layout"), HasSubstr("declaration-2019"),
                          HasSubstr("empty_input"), HasSubstr("subprojects_sum"),
                          HasSubstr("performance_self_evaluation"), HasSubstr("in/b.pdf")));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert"));
  for (const char* outside : {"http", "src=", "@import", "url("}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  EXPECT_EQ(run("report forms.db -o forms.db").status, 2);
}

TEST_F(DatabaseTest, AnEmptyDatabaseHasAStatusAReportAndAnExport) {
  fs::remove(folder_ / "forms.db");
  fs::remove_all(folder_ / "in");
  fs::create_directories(folder_ / "in");
  run("import in --to forms.db");
  EXPECT_THAT(run("status forms.db").out, StartsWith("0 files: "));
  EXPECT_EQ(run("report forms.db -o report.html").status, 0);
  EXPECT_EQ(run("export forms.db --format jsonl").out, "");
  EXPECT_EQ(run("export forms.db --format xlsx -o a.xlsx").status, 0);
}

TEST_F(DatabaseTest, WhatIsNoDatabaseIsRefusedAndNothingIsMade) {
  for (const char* command : {"status missing.db", "export missing.db --format jsonl",
                              "report missing.db -o r.html", "correct missing.db 1 /title x"}) {
    const Finished finished = run(command);
    EXPECT_EQ(finished.status, 1) << command;
    EXPECT_THAT(finished.err, HasSubstr("no such database")) << command;
  }
  EXPECT_FALSE(fs::exists(folder_ / "missing.db"));
}

}  // namespace
}  // namespace tabularium::testing
