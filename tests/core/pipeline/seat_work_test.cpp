// A seat with a real store and real workers.
#include "tabularium/pipeline/seat_work.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "pool_support.h"
#include "tabularium/pipeline/find_files.h"

namespace tabularium {
namespace {

using testing::kForm;
using testing::note_models;
using ::testing::UnorderedElementsAre;

class SeatWorkTest : public testing::PoolTest {
 protected:
  SeatWorkTest()
      : pool_(settings_, note_models()),
        store_((folder_ / "forms.db").string(), note_models(), StoreMode::create, {1.0, {}, {}}) {
    events_.done = [this](const SeatResult& result) { done_.push_back(result.row); };
  }

  /// Enters so many files that are all different.
  void enter(int count, const std::string& more = "") {
    std::vector<FoundPath> paths;
    for (int i = 0; i < count; ++i) {
      const std::string word = "word 20 90 number" + std::to_string(i) + "\n";
      paths.push_back({file(std::to_string(i) + ".txt", kForm + word + more), "", "", false});
    }
    store_.call(
        [&](Store& store) { store.enqueue(look_at(paths, 1), pool_.versions(), Retry::none); });
  }
  SeatEnd work() { return SeatWork(store_, pool_, own_seat(60), events_).run(std::nullopt); }
  std::vector<ClaimedFile> claim(int count, const Seat& seat) {
    return store_.call([&](Store& store) { return store.claim(count, seat, pool_.versions()); });
  }
  std::int64_t files(FileState state) {
    return store_.call([&](Store& store) { return store.counts(); })[state];
  }

  WorkerPool pool_;
  LastingStore store_;
  SeatEvents events_;
  std::vector<FileRow> done_;
};

TEST_F(SeatWorkTest, ReadsEveryFileOnceUntilNothingIsLeft) {
  enter(40);
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  EXPECT_EQ(files(FileState::done), 40);
  EXPECT_EQ(done_.size(), 40U);
  EXPECT_EQ(done_[0].records, 1);
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  EXPECT_EQ(done_.size(), 40U);
}

TEST_F(SeatWorkTest, WhatADeadSeatHeldIsReadAtOnce) {
  enter(3);
  const std::string own = own_seat(60).name;
  const pid_t child = ::fork();
  if (child == 0) std::_Exit(0);
  ::waitpid(child, nullptr, 0);
  const std::string place = own.substr(0, own.rfind(':', own.rfind(':') - 1));
  EXPECT_EQ(claim(2, {place + ":" + std::to_string(child) + ":1", 3600}).size(), 2U);
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  EXPECT_EQ(files(FileState::done), 3);
}

TEST_F(SeatWorkTest, WhatASeatElsewhereHoldsIsWaitedFor) {
  enter(3);
  EXPECT_EQ(claim(2, {"import@elsewhere:1:1:1", 2}).size(), 2U);
  EXPECT_EQ(work(), SeatEnd::nothing_left);  // once its lease has ended
  EXPECT_EQ(files(FileState::done), 3);
}

TEST_F(SeatWorkTest, FilesThatAreItsOwnWithoutItsKnowingAreReadToo) {
  enter(3);
  // As when the connection is lost between a claim and its answer.
  EXPECT_EQ(claim(2, own_seat(3600)).size(), 2U);
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  EXPECT_EQ(files(FileState::done), 3);
}

TEST_F(SeatWorkTest, ToldToStopItEndsWhatItBeganAndGivesTheRestBack) {
  enter(30, "wait 100\n");
  events_.stopped = [&] { return done_.size() >= 3; };
  EXPECT_EQ(work(), SeatEnd::stopped);
  EXPECT_EQ(files(FileState::claimed), 0);
  EXPECT_EQ(files(FileState::done) + files(FileState::pending), 30);
  EXPECT_EQ(files(FileState::done), static_cast<std::int64_t>(done_.size()));
  EXPECT_GT(files(FileState::pending), 20);
  events_.stopped = {};
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  EXPECT_EQ(files(FileState::done), 30);
}

TEST_F(SeatWorkTest, LeavesAloneWhatWasEnteredForOtherVersions) {
  const std::string path = file("a.txt", kForm);
  store_.call([&](Store& store) {
    store.enqueue(look_at({{path, "", "", false}}, 1), {"other", "0", "", "", ""}, Retry::none);
  });
  EXPECT_EQ(work(), SeatEnd::other_versions);
  EXPECT_EQ(files(FileState::pending), 1);
}

TEST_F(SeatWorkTest, AFileThatChangedSinceItWasEnteredFailsAndIsReadNextTime) {
  enter(1);
  file("0.txt", kForm + "word 20 90 changed\n");
  EXPECT_EQ(work(), SeatEnd::nothing_left);
  ASSERT_EQ(done_.size(), 1U);
  EXPECT_EQ(done_[0].reason, "changed");
}

}  // namespace
}  // namespace tabularium
