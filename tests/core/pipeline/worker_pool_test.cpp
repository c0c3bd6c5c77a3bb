// The pool with its real worker processes: this program is its own worker, see `main`.
#include "tabularium/pipeline/worker_pool.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include "pool_support.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/worker.h"

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kForm;
using testing::note_models;
using ::testing::SizeIs;

class WorkerPoolTest : public testing::PoolTest {
 protected:
  /// The readings of the files, in their order, by one pool.
  std::vector<FileReading> read(const std::vector<std::string>& files) {
    WorkerPool pool(settings_, note_models());
    std::map<std::int64_t, FileReading> readings;
    for (std::size_t next = 0; readings.size() < files.size();) {
      for (; next < files.size() && pool.has_room(); ++next) {
        pool.submit({static_cast<std::int64_t>(next), files[next], std::nullopt});
      }
      if (auto result = pool.next(1000)) readings[result->id] = std::move(result->reading);
    }
    std::vector<FileReading> all;
    for (auto& [id, reading] : readings) all.push_back(std::move(reading));
    return all;
  }
  std::vector<std::string> reasons(const std::vector<std::string>& files) {
    std::vector<std::string> all;
    for (const FileReading& reading : read(files)) all.push_back(reading.reason);
    return all;
  }
};

TEST_F(WorkerPoolTest, GivesRecordsWithEvidenceIssuesAndPages) {
  const auto readings = read({file("a.txt", kForm + "page 300 300\nfail std\n")});
  ASSERT_THAT(readings, SizeIs(1));
  const FileReading& reading = readings[0];
  EXPECT_EQ(reading.reason, "");
  EXPECT_EQ(reading.pages, 2);
  EXPECT_EQ(reading.unread_pages, 1);
  EXPECT_THAT(reading.sha256, SizeIs(64));
  ASSERT_THAT(reading.records, SizeIs(1));
  const Record& record = reading.records[0];
  EXPECT_EQ(*record.field("amount"), Value(Money{1250}));
  EXPECT_EQ(record.evidence.at("/fields/amount").extractor, "scripted");
  EXPECT_EQ(record.source.sha256, reading.sha256);
  EXPECT_FALSE(record.issues.empty());
}

TEST_F(WorkerPoolTest, AFileThatEndsItsWorkerFailsAloneWithTheReason) {
  settings_.jobs = 2;
  settings_.file_seconds = 3.0;
  settings_.page_seconds = 0.0;
  EXPECT_THAT(reasons({file("good.txt", kForm), file("abort.txt", kForm + "fail abort\n"),
                       file("exit.txt", kForm + "fail exit\n"),
                       file("hang.txt", kForm + "fail hang\n"), file("last.txt", kForm)}),
              ElementsAre("", "crashed", "crashed", "timeout", ""));
}

TEST_F(WorkerPoolTest, SaysHowTheWorkerEnded) {
  const auto readings = read({file("a.txt", kForm + "fail abort\n")});
  EXPECT_THAT(readings[0].message, HasSubstr("a.txt: its worker ended with signal 6"));
}

TEST_F(WorkerPoolTest, TheTimeOfAFileGrowsWithItsPages) {
  settings_.file_seconds = 0.7;
  settings_.page_seconds = 5.0;
  EXPECT_THAT(reasons({file("a.txt", kForm + "wait 1500\n")}), ElementsAre(""));
  settings_.page_seconds = 0.0;
  EXPECT_THAT(reasons({file("a.txt", kForm + "wait 1500\n")}), ElementsAre("timeout"));
}

TEST_F(WorkerPoolTest, MemoryBeyondTheLimitIsTheReason) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer needs the address space";
#endif
  settings_.memory_bytes = std::int64_t{1} << 30;
  settings_.command.back() = std::to_string(settings_.memory_bytes);
  EXPECT_THAT(reasons({file("a.txt", kForm + "fail memory\n"), file("b.txt", kForm)}),
              ElementsAre("memory", ""));
}

TEST_F(WorkerPoolTest, AWorkerThatSomebodyElseKillsCostsNoFile) {
  WorkerPool pool(settings_, note_models());
  pool.submit({1, file("a.txt", kForm + "wait 1000\n"), std::nullopt});
  EXPECT_FALSE(pool.next(300));
  const auto kill_children = [] {
    const std::string command = "kill -9 $(cat /proc/" + std::to_string(::getpid()) + "/task/" +
                                std::to_string(::getpid()) + "/children)";
    return std::system(command.c_str());
  };
  kill_children();  // also the shell itself, which is one of them
  std::optional<PoolResult> result;
  while (!result) result = pool.next(1000);
  EXPECT_EQ(result->reading.reason, "");
  EXPECT_THAT(result->reading.records, SizeIs(1));
}

TEST_F(WorkerPoolTest, AFileThatGetsItsWorkerKilledAgainAndAgainIsGivenUp) {
  EXPECT_THAT(reasons({file("a.txt", kForm + "fail kill\n"), file("b.txt", kForm)}),
              ElementsAre("killed", ""));
}

TEST_F(WorkerPoolTest, WorkersReachNoNetworkAndWriteNowhereElse) {
  {
    const WorkerPool pool(settings_, note_models());
    if (!pool.notes().empty()) GTEST_SKIP() << pool.notes().front();
  }
  const std::string outside = (folder_ / "outside").string();
  const std::string there = file("there.txt", "precious");
  const auto subject = [&](const std::string& what) {
    const auto reading = read({file("a.txt", kForm + "try " + what + "\n")}).at(0);
    return std::get<std::string>(*reading.records.at(0).field("subject"));
  };
  EXPECT_EQ(subject("socket"), "shut");
  EXPECT_EQ(subject(outside), "shut");
  EXPECT_EQ(subject(there), "shut");
  EXPECT_EQ(subject("/dev/null"), "open");
  EXPECT_FALSE(std::filesystem::exists(outside));
}

TEST_F(WorkerPoolTest, WhatAPluginPrintsDoesNotDisturb) {
  EXPECT_THAT(reasons({file("a.txt", kForm + "print hello\n"), file("b.txt", kForm)}),
              ElementsAre("", ""));
}

TEST_F(WorkerPoolTest, WhatAWorkerPrintedBeforeItsEndIsForTheLog) {
  WorkerPool pool(settings_, note_models());
  // Filled beyond the buffer of standard output, which an abort throws away.
  std::string text = kForm;
  for (int i = 0; i < 400; ++i) text += "print the library is not amused\n";
  pool.submit({1, file("a.txt", text + "fail abort\n"), std::nullopt});
  std::optional<PoolResult> result;
  while (!result) result = pool.next(1000);
  EXPECT_EQ(result->reading.reason, "crashed");
  EXPECT_THAT(result->said, HasSubstr("not amused"));
}

TEST_F(WorkerPoolTest, WorkersAreReplacedAfterTheirShareOfFiles) {
  settings_.jobs = 2;
  settings_.files_per_worker = 2;
  std::vector<std::string> files;
  for (int i = 0; i < 9; ++i) files.push_back(file("f" + std::to_string(i) + ".txt", kForm));
  EXPECT_THAT(reasons(files), ::testing::Each(""));
}

TEST_F(WorkerPoolTest, AFileThatCannotBeOpenedSaysWhy) {
  EXPECT_THAT(reasons({(folder_ / "missing.txt").string(), file("empty.txt", ""),
                       file("other.txt", "something else"),
                       file("letter.txt", "SCRIPT\npage 300 300\nword 20 20 hello\n")}),
              ElementsAre("not_found", "empty_input", "unknown_format", "no_form"));
}

TEST_F(WorkerPoolTest, PathsOfAnyBytesAreReadUnderTheNameOfTheLedger) {
  const std::string path = file("\xFF\n.txt", "");
  const auto readings = read({ledger_path(path)});
  EXPECT_EQ(readings[0].reason, "empty_input");
  EXPECT_THAT(readings[0].message, HasSubstr("\\xff\\x0a.txt: the file is empty"));
}

TEST_F(WorkerPoolTest, TasksThatNoWorkerHasBegunCanBeTakenBack) {
  WorkerPool pool(settings_, note_models());
  pool.submit({1, file("a.txt", kForm + "wait 300\n"), std::nullopt});
  pool.submit({2, file("b.txt", kForm), std::nullopt});
  EXPECT_FALSE(pool.has_room());
  EXPECT_EQ(pool.running(), 1);
  const auto back = pool.take_back();
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].id, 2);
  std::optional<PoolResult> result;
  while (!result) result = pool.next(1000);
  EXPECT_EQ(result->id, 1);
  EXPECT_EQ(pool.in_hand(), 0);
}

TEST_F(WorkerPoolTest, NoWorkerOutlivesItsPoolAndNoFolderIsLeft) {
  const auto folder = folder_ / "tmp";
  std::filesystem::create_directory(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  {
    WorkerPool pool(settings_, note_models());
    pool.submit({1, file("a.txt", kForm + "fail hang\n"), std::nullopt});
    pool.next(300);
    EXPECT_FALSE(std::filesystem::is_empty(folder));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  ::unsetenv("TMPDIR");
}

TEST_F(WorkerPoolTest, TheFoldersOfAProgramThatWasKilledGoWithTheNextPool) {
  const auto folder = folder_ / "tmp";
  std::filesystem::create_directory(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  const pid_t program = ::fork();
  if (program == 0) {
    const WorkerPool pool(settings_, note_models());
    ::raise(SIGKILL);
  }
  ::waitpid(program, nullptr, 0);
  EXPECT_FALSE(std::filesystem::is_empty(folder));
  { const WorkerPool pool(settings_, note_models()); }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  ::unsetenv("TMPDIR");
}

TEST_F(WorkerPoolTest, TimeThatTheProgramSpendsElsewhereIsNotTheFiles) {
  settings_.file_seconds = 2.0;
  settings_.page_seconds = 0.0;
  // More than a pipe holds, so that the worker stands still until somebody reads.
  std::string text = kForm;
  for (int i = 0; i < 40; ++i)
    text += "page 300 300\nword 20 20 FORM\nword 20 60 subject=" + std::string(4000, 'x') + "\n";
  WorkerPool pool(settings_, note_models());
  pool.submit({1, file("a.txt", text), std::nullopt});
  std::this_thread::sleep_for(std::chrono::seconds(3));
  std::optional<PoolResult> result;
  while (!result) result = pool.next(1000);
  EXPECT_EQ(result->reading.reason, "");
  EXPECT_THAT(result->reading.records, SizeIs(41));
}

TEST_F(WorkerPoolTest, AWorkerThatCannotStartIsAnErrorAndNoEndlessLoop) {
  settings_.command = {"/bin/false"};
  try {
    const WorkerPool pool(settings_, note_models());
    FAIL() << "it started";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::plugin_failed);
  }
  settings_.command = {"/no/such/program"};
  EXPECT_THROW(WorkerPool(settings_, note_models()), Error);
}

}  // namespace
}  // namespace tabularium

int main(int argc, char** argv) {
  using namespace tabularium;
  if (argc == 5 && std::string(argv[1]) == "worker") {
    const WorkerSettings settings{
        std::atoi(argv[2]), std::atoll(argv[4]), 0, argv[3], {models_folder()}};
    return run_worker(settings, [] {
      return std::make_unique<PluginHost>(std::vector<std::filesystem::path>{
          std::filesystem::path(TABULARIUM_TEST_PLUGINS) / "scripted"});
    });
  }
  ::testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
