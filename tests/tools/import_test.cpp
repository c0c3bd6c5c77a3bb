// `tabularium import` and `work` as a user runs them: the pool, the ledger and what is said about
// it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "../plugins/pdf_text/pdf_builder.h"
#include "run.h"

namespace tabularium::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const fs::path kFixtures = fs::path(TABULARIUM_SOURCE_DIR) / "fixtures";

class ImportProgramTest : public ::testing::Test {
 protected:
  ImportProgramTest() : folder_(test_folder()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ImportProgramTest() override { fs::remove_all(folder_); }

  Finished run(const std::string& arguments) { return run_program(folder_, arguments); }
  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  void bring(const std::string& fixture, const std::string& name, const std::string& tail = "") {
    write(name, read_file(kFixtures / fixture / "input.pdf") + tail);
  }
  /// Rows of the database, columns parted by "|", rows by line feeds.
  std::string rows(const std::string& sql, const std::string& database = "forms.db") {
    sqlite3* handle = nullptr;
    sqlite3_open_v2((folder_ / database).c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    std::string text;
    const auto keep = [](void* out, int count, char** values, char**) {
      auto& all = *static_cast<std::string*>(out);
      for (int i = 0; i < count; ++i) {
        all += (i > 0 ? "|" : "") + std::string(values[i] == nullptr ? "NULL" : values[i]);
      }
      all += '\n';
      return 0;
    };
    const int status = sqlite3_exec(handle, sql.c_str(), keep, &text, nullptr);
    if (!being_made_) {
      EXPECT_EQ(status, SQLITE_OK) << sqlite3_errmsg(handle);
    }
    sqlite3_close(handle);
    return text;
  }
  /// Whether so many files are done, in a database that a program may be making just now.
  bool has_done(int count, const std::string& where = "1") {
    being_made_ = true;
    const std::string done = rows("SELECT count(*) FROM files WHERE state = 'done' AND " + where);
    being_made_ = false;
    return !done.empty() && std::stoi(done) >= count;
  }
  void change(const std::string& sql) {
    sqlite3* handle = nullptr;
    sqlite3_open((folder_ / "forms.db").c_str(), &handle);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
  /// Runs the program beside the test; `during` gets its process. Gives its exit status, -1 where
  /// it had to be killed.
  int run_beside(const std::string& arguments, const std::function<void(pid_t)>& during) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string command = "cd '" + folder_.string() +
                                  "' && exec '" TABULARIUM_PROGRAM "' " + arguments +
                                  " >stdout 2>stderr </dev/null";
      ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      std::_Exit(127);
    }
    during(child);
    int status = 0;
    for (int i = 0; i < 600; ++i) {
      if (::waitpid(child, &status, WNOHANG) == child) {
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return -1;
  }
  bool soon(const std::function<bool()>& is_so) {
    for (int i = 0; i < 300; ++i) {
      if (is_so()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
  std::string states() { return rows("SELECT path, state, reason FROM files ORDER BY path"); }

  fs::path folder_;
  bool being_made_ = false;  ///< the database: it may lack its tables
};

TEST_F(ImportProgramTest, EveryPathOfAMixedFolderHasOneStateAndTheCountsAddUp) {
  bring("declaration-2025/plain", "in/form.pdf");
  bring("declaration-2025/plain", "in/twin.pdf");
  bring("declaration-2025/plain", "in/a b\n\xF0\x9F\x98\x80\xFF.pdf", "%1\n");
  write("in/cut.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
  write("in/letter.pdf", test::one_page("BT /F1 10 Tf 20 100 Td (Dear reader) Tj ET"));
  write("in/empty.pdf", "");
  write("in/notes.txt", "no form");
  ::mkfifo((folder_ / "in/pipe").c_str(), 0600);
  fs::create_symlink(".", folder_ / "in/loop");
  fs::create_symlink("circle", folder_ / "in/circle");
  fs::create_symlink("/dev/zero", folder_ / "in/zero.pdf");
  const Finished finished = run("import in --to forms.db --jobs 2");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("11 files: 2 done, 0 review (2 records), 8 failed, 0 "
                                      "unchanged, 1 duplicate\n"));
  EXPECT_EQ(states(),
            "in/a b\\x0a\xF0\x9F\x98\x80\\xff.pdf|done|NULL\n"
            "in/circle|failed|unreadable\n"
            "in/cut.pdf|failed|damaged_input\n"
            "in/empty.pdf|failed|empty_input\n"
            "in/form.pdf|done|NULL\n"
            "in/letter.pdf|failed|no_form\n"
            "in/loop|failed|linked_folder\n"
            "in/notes.txt|failed|no_form\n"
            "in/pipe|failed|not_a_file\n"
            "in/twin.pdf|duplicate|NULL\n"
            "in/zero.pdf|failed|not_a_file\n");
  const Finished again = run("import in --to forms.db");
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.err, HasSubstr("11 files: 0 done, 0 review (0 records), 8 failed, 3 "
                                   "unchanged, 0 duplicates\n"));
}

TEST_F(ImportProgramTest, WhatIsNoFormByItsKindIsNoFailureOfTheImport) {
  bring("declaration-2025/plain", "in/form.pdf");
  write("in/notes.txt", "no form");
  ::mkfifo((folder_ / "in/pipe").c_str(), 0600);
  const Finished finished = run("import in --to forms.db");
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, Not(HasSubstr("error:")));
  EXPECT_EQ(run("import in --to forms.db").status, 0);
  EXPECT_EQ(run("import in/notes.txt --to forms.db").status, 1);
}

TEST_F(ImportProgramTest, TheDatabaseDoesNotDependOnTheNumberOfWorkers) {
  for (int i = 0; i < 6; ++i) {
    bring("declaration-2025/plain", fmt::format("in/{}.pdf", i), fmt::format("%{}\n", i));
    bring("mixed/three-years", fmt::format("in/m{}.pdf", i), fmt::format("%{}\n", i));
  }
  write("in/empty.pdf", "");
  std::string first;
  for (const int jobs : {1, 2, 8}) {
    const std::string database = fmt::format("{}.db", jobs);
    run(fmt::format("import in --to {} --jobs {}", database, jobs));
    const std::string exported = run("export " + database + " --format jsonl").out;
    EXPECT_THAT(exported, Not(IsEmpty()));
    if (first.empty()) first = exported;
    EXPECT_EQ(exported, first) << jobs;
  }
}

TEST_F(ImportProgramTest, TheDatabaseInTheFolderIsNoInput) {
  bring("declaration-2025/plain", "in/form.pdf");
  const Finished finished = run("import in --to in/forms.db");
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("1 file: 1 done"));
  EXPECT_THAT(run("import ./in --to in/../in/forms.db").err, HasSubstr("1 file: 0 done"));
}

TEST_F(ImportProgramTest, ADryRunSaysWhatWouldChangeAndWritesNothing) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("declaration-2025/plain", "in/b.pdf", "%1\n");
  const Finished first = run("import in --to forms.db --dry-run");
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("2 files: 2 new, 0 read anew"));
  EXPECT_FALSE(fs::exists(folder_ / "forms.db"));
  run("import in --to forms.db");
  const std::string before = read_file(folder_ / "forms.db");
  EXPECT_THAT(run("import in --to forms.db --dry-run").out, HasSubstr("2 unchanged"));
  // The layouts of the program, one of them changed.
  const fs::path models = folder_ / "models";
  fs::copy(fs::path(TABULARIUM_PROGRAM).parent_path() / "../share/tabularium/models", models,
           fs::copy_options::recursive);
  std::ofstream(models / "performance_declaration.toml", std::ios::app) << "\n# another version\n";
  ::setenv("TABULARIUM_MODELS", models.c_str(), 1);
  const Finished changed = run("import in --to forms.db --dry-run");
  EXPECT_THAT(changed.out, HasSubstr("2 files: 0 new, 2 read anew"));
  EXPECT_THAT(changed.out, Not(HasSubstr("changes")));
  EXPECT_EQ(read_file(folder_ / "forms.db"), before);
  // As if an older layout had read another amount.
  change("UPDATE records SET json = replace(json, '1576020.00', '1576021.00')");
  EXPECT_THAT(run("import in --to forms.db --dry-run").out,
              HasSubstr("layout declaration-2025 0.1.0 changes 2 values in 2 records\n"));
  // What a person corrected stays as it is, whatever is read.
  EXPECT_EQ(run("correct forms.db 'in/a.pdf#1' /fields/project_name other --by me").status, 0);
  EXPECT_THAT(run("import in --to forms.db --dry-run").out, HasSubstr("changes 2 values in 2"));
  ::unsetenv("TABULARIUM_MODELS");
}

TEST_F(ImportProgramTest, EventsAreOneJsonObjectALineAndTheSummaryAddsUp) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("declaration-2025/plain", "in/twin.pdf");
  write("in/empty.pdf", "");
  const Finished finished = run("import in --to forms.db --json");
  EXPECT_EQ(finished.status, 1);
  std::istringstream lines(finished.out);
  std::map<std::string, std::string> states;
  nlohmann::json summary;
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    if (event["event"] == "file") states[event["path"]] = event["state"];
    if (event["event"] == "summary") summary = event;
  }
  EXPECT_EQ(states,
            (std::map<std::string, std::string>{{"in/a.pdf", "done"}, {"in/empty.pdf", "failed"}}));
  EXPECT_EQ(summary["files"], 3);
  EXPECT_EQ(summary["done"].get<int>() + summary["failed"].get<int>() +
                summary["duplicates"].get<int>() + summary["unchanged"].get<int>() +
                summary["review"].get<int>() + summary["left"].get<int>(),
            3);
}

TEST_F(ImportProgramTest, AnInterruptedImportSaysWhatIsLeftAndTheNextOneGoesOn) {
  for (int i = 0; i < 150; ++i) {
    bring("declaration-2025/plain", fmt::format("in/{}.pdf", i), fmt::format("%{}\n", i));
  }
  const int status = run_beside("import in --to forms.db --jobs 1", [&](pid_t program) {
    EXPECT_TRUE(soon([&] { return has_done(1); }));
    ::kill(program, SIGINT);
  });
  EXPECT_EQ(status, 1);
  EXPECT_THAT(read_file(folder_ / "stderr"), HasSubstr("left: the same command goes on"));
  EXPECT_EQ(rows("SELECT count(*) FROM files WHERE state = 'claimed'"), "0\n");
  EXPECT_NE(rows("SELECT count(*) FROM files WHERE state = 'pending'"), "0\n");
  EXPECT_EQ(run("import in --to forms.db").status, 0);
  EXPECT_EQ(rows("SELECT count(*) FROM files WHERE state = 'done'"), "150\n");
}

TEST_F(ImportProgramTest, AKilledImportGoesOnAtOnceWhereItWas) {
  for (int i = 0; i < 60; ++i) {
    bring("declaration-2025/plain", fmt::format("in/{}.pdf", i), fmt::format("%{}\n", i));
  }
  run_beside("import in --to forms.db --jobs 1 --lease 3600", [&](pid_t program) {
    EXPECT_TRUE(soon([&] { return has_done(1); }));
    ::kill(program, SIGKILL);
  });
  EXPECT_NE(rows("SELECT count(*) FROM files WHERE state = 'claimed'"), "0\n");
  const Finished next = run("import in --to forms.db --lease 3600");
  EXPECT_EQ(next.status, 0) << next.err;
  EXPECT_EQ(rows("SELECT count(*) FROM files WHERE state = 'done'"), "60\n");
}

TEST_F(ImportProgramTest, WatchImportsWhatArrivesOnceItIsWholeAndEndsCleanly) {
  fs::create_directories(folder_ / "in");
  bring("declaration-2025/plain", "in/first.pdf");
  const std::string bytes = read_file(kFixtures / "declaration-2025/plain/input.pdf");
  const auto done = [&](const std::string& path) { return has_done(1, "path = '" + path + "'"); };
  const int status = run_beside("import --watch in --to forms.db --jobs 1", [&](pid_t program) {
    EXPECT_TRUE(soon([&] { return done("in/first.pdf"); }));
    // A file that is written slowly, in a folder that is new.
    fs::create_directories(folder_ / "in/new/deep");
    std::ofstream slow(folder_ / "in/new/deep/slow.pdf", std::ios::binary);
    slow << bytes.substr(0, 1000) << std::flush;
    std::this_thread::sleep_for(std::chrono::seconds(4));
    EXPECT_EQ(rows("SELECT count(*) FROM files WHERE path LIKE '%slow%'"), "0\n");
    slow << bytes.substr(1000) << "%slow\n" << std::flush;
    slow.close();
    EXPECT_TRUE(soon([&] { return done("in/new/deep/slow.pdf"); }));
    ::kill(program, SIGTERM);
  });
  EXPECT_EQ(status, 0) << read_file(folder_ / "stderr");
  EXPECT_THAT(read_file(folder_ / "stderr"), HasSubstr("2 files: 2 done"));
}

TEST_F(ImportProgramTest, ALockedDatabaseIsWaitedForAndThenSaid) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("declaration-2025/plain", "in/b.pdf", "%b\n");
  run("import in/a.pdf --to forms.db");
  sqlite3* other = nullptr;
  sqlite3_open((folder_ / "forms.db").c_str(), &other);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  const Finished locked = run("import in --to forms.db --patience 0");
  EXPECT_EQ(locked.status, 1);
  EXPECT_THAT(locked.err, AllOf(HasSubstr("forms.db"), HasSubstr("locked")));
  const int status = run_beside("import in --to forms.db", [&](pid_t) {
    std::this_thread::sleep_for(std::chrono::seconds(2));
    sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  });
  sqlite3_close(other);
  EXPECT_EQ(status, 0) << read_file(folder_ / "stderr");
  EXPECT_EQ(rows("SELECT count(*) FROM files WHERE state = 'done'"), "2\n");
}

TEST_F(ImportProgramTest, AFullDiskIsSaidTheDatabaseIsWholeAndTheNextRunGoesOn) {
  const fs::path disk = folder_ / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=600k") != 0) GTEST_SKIP() << "no tmpfs";
  for (int i = 0; i < 60; ++i) {
    bring("declaration-2025/plain", fmt::format("in/{}.pdf", i), fmt::format("%{}\n", i));
  }
  const Finished full = run("import in --to disk/forms.db --patience 1");
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, AllOf(HasSubstr("disk/forms.db"), HasSubstr("full")));
  ::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m");
  EXPECT_EQ(rows("PRAGMA integrity_check", "disk/forms.db"), "ok\n");
  EXPECT_EQ(run("import in --to disk/forms.db").status, 0);
  EXPECT_EQ(rows("SELECT state, count(*) FROM files GROUP BY 1", "disk/forms.db"), "done|60\n");
  ::umount(disk.c_str());
}

TEST_F(ImportProgramTest, AFolderThatCannotBeWrittenIsSaid) {
  bring("declaration-2025/plain", "in/a.pdf");
  const fs::path disk = folder_ / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", MS_RDONLY, "") != 0) GTEST_SKIP() << "no tmpfs";
  const Finished finished = run("import in --to disk/forms.db --patience 0");
  ::umount(disk.c_str());
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("disk/forms.db"));
}

TEST_F(ImportProgramTest, ASeatReadsWhatWasQueued) {
  bring("declaration-2025/plain", "in/a.pdf");
  bring("mixed/three-years", "in/b.pdf");
  EXPECT_EQ(run("import in --to forms.db --queue").status, 0);
  EXPECT_EQ(states(), "in/a.pdf|pending|NULL\nin/b.pdf|pending|NULL\n");
  ::setenv("JOB_COMPLETION_INDEX", "7", 1);
  const Finished seat = run("work --to forms.db");
  ::unsetenv("JOB_COMPLETION_INDEX");
  EXPECT_EQ(seat.status, 0) << seat.err;
  EXPECT_THAT(seat.err, AllOf(HasSubstr("seat index-7@"), HasSubstr("2 files: 1 done, 1 review")));
  EXPECT_EQ(run("work --to missing.db").status, 1);
}

TEST_F(ImportProgramTest, ThePasswordReachesTheWorkersButNoCommandLine) {
  fs::create_directories(folder_ / "in");
  fs::copy_file(kFixtures / "encrypted/password.pdf", folder_ / "in/locked.pdf");
  EXPECT_EQ(run("import in --to forms.db").status, 1);
  EXPECT_EQ(states(), "in/locked.pdf|failed|encrypted\n");
  ::setenv("TABULARIUM_PASSWORD", "open-sesame", 1);
  run("import in --to forms.db");
  ::unsetenv("TABULARIUM_PASSWORD");
  EXPECT_EQ(states(), "in/locked.pdf|failed|no_form\n");  // so it has been opened
}

}  // namespace
}  // namespace tabularium::testing
