#include "tabularium/store/ledger.h"

#include "any_store.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::note;
using ::testing::SizeIs;

TEST(LedgerPath, GivesUtf8ThatComesBackToTheSameBytes) {
  for (const std::string path :
       {"2025/a.pdf", "目录/表 1.pdf", "bad\xff\xfe.pdf", "line\nbreak", "back\\slash", "\\xff",
        "cut\xe7\x9b", "\xed\xa0\x80", "\xc0\x80", "emoji\xf0\x9f\x93\x84"}) {
    EXPECT_EQ(path_of_ledger(ledger_path(path)), path) << ledger_path(path);
  }
  EXPECT_EQ(ledger_path("目录/a.pdf"), "目录/a.pdf");
  EXPECT_EQ(ledger_path("a\xff\\\n"), "a\\xff\\x5c\\x0a");
  EXPECT_EQ(path_of_ledger("a\\x"), "a\\x");
}

class LedgerTest : public AnyStore {
 protected:
  std::string files() {
    return rows(
        "SELECT f.path, f.state, o.path FROM files f LEFT JOIN files o ON o.id = "
        "f.duplicate_of ORDER BY f.path",
        3);
  }
};

TEST_F(LedgerTest, WhatIsNewWaitsAndWhatIsKnownStaysUntouched) {
  const auto store = open();
  const Enqueued first = store->enqueue({found("b", 'b'), found("a", 'a')}, versions_);
  EXPECT_EQ(first.added, 2);
  EXPECT_EQ(rows("SELECT id, path, state FROM files ORDER BY id", 3), "1|a|pending\n2|b|pending\n");
  EXPECT_EQ(store->enqueue({found("a", 'a')}, versions_).waiting, 1);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("x")}); });
  const Enqueued again = store->enqueue({found("a", 'a'), found("b", 'b')}, versions_);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(again.added + again.changed + again.waiting + again.duplicates + again.failed, 0);
  EXPECT_EQ(store->counts()[FileState::done], 2);
}

TEST_F(LedgerTest, OfEqualBytesTheSmallestPathIsTheOriginal) {
  const auto store = open();
  const Enqueued enqueued =
      store->enqueue({found("c"), found("b"), found("a"), found("d", 'd')}, versions_);
  EXPECT_EQ(enqueued.added, 2);
  EXPECT_EQ(enqueued.duplicates, 2);
  EXPECT_EQ(files(), "a|pending|NULL\nb|duplicate|a\nc|duplicate|a\nd|pending|NULL\n");
  EXPECT_EQ(
      store->enqueue({found("c"), found("b"), found("a"), found("d", 'd')}, versions_).waiting, 2);
}

TEST_F(LedgerTest, AFileThatTheLedgerHasStaysTheOriginalOfALaterSmallerPath) {
  const auto store = open();
  store->enqueue({found("b")}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("x")}); });
  EXPECT_EQ(store->enqueue({found("a"), found("b")}, versions_).duplicates, 1);
  EXPECT_EQ(files(), "a|duplicate|b\nb|done|NULL\n");
}

TEST_F(LedgerTest, DuplicatesOfAFailedFileStayItsDuplicates) {
  const auto store = open();
  store->enqueue({found("a"), found("b")}, versions_);
  read_all(*store, [&](const ClaimedFile&) {
    FileReading failed;
    failed.reason = "encrypted";
    failed.message = "a: encrypted";
    return failed;
  });
  EXPECT_EQ(files(), "a|failed|NULL\nb|duplicate|a\n");
  const Enqueued again = store->enqueue({found("a"), found("b")}, versions_);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(again.unchanged_failed, 1);
  EXPECT_EQ(store->enqueue({found("a"), found("b")}, versions_, Retry::failed).changed, 1);
  EXPECT_EQ(files(), "a|pending|NULL\nb|duplicate|a\n");
}

TEST_F(LedgerTest, AFileThatCannotBeReadFailsAtOnceAndWhatWasReadBeforeStays) {
  const auto store = open();
  store->enqueue({found("a", 'a')}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("x")}); });
  const FoundFile gone{"a", "", 0, "not_found", "a: no such file"};
  const FoundFile never{"b", "", 0, "not_found", "b: no such file"};
  const Enqueued enqueued = store->enqueue({gone, never}, versions_);
  EXPECT_EQ(enqueued.unchanged, 1);
  EXPECT_EQ(enqueued.failed, 1);
  EXPECT_EQ(files(), "a|done|NULL\nb|failed|NULL\n");
  EXPECT_EQ(value("SELECT subject FROM note"), "x");
  EXPECT_EQ(store->enqueue({gone, never}, versions_).unchanged, 2);
  // It is there again.
  EXPECT_EQ(store->enqueue({found("b", 'b')}, versions_).changed, 1);
}

TEST_F(LedgerTest, ChangedBytesReplaceTheRecordsAndADuplicateKeepsTheOldOnes) {
  const auto store = open();
  store->enqueue({found("a"), found("b"), found("c")}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("old")}); });
  store->enqueue({found("a", 'n'), found("b"), found("c")}, versions_);
  EXPECT_EQ(files(), "a|pending|NULL\nb|done|NULL\nc|duplicate|b\n");
  read_all(*store, [&](const ClaimedFile&) { return reading({note("new"), note("more")}); });
  EXPECT_EQ(rows("SELECT file, ordinal, subject, record_id FROM note ORDER BY file, ordinal", 4),
            "a|1|new|100001\na|2|more|100002\nb|1|old|200001\n");
  EXPECT_EQ(rows("SELECT record_id FROM evidence ORDER BY record_id"), "100001\n100002\n200001\n");
  EXPECT_EQ(rows("SELECT count(*) FROM items"), "6\n");
}

TEST_F(LedgerTest, ADuplicateOfAFileThatStillWaitsIsReadWhenThatOneChanges) {
  const auto store = open();
  store->enqueue({found("a"), found("b")}, versions_);
  store->enqueue({found("a", 'n')}, versions_);
  EXPECT_EQ(files(), "a|pending|NULL\nb|pending|NULL\n");
  EXPECT_THAT(store->claim(9, seat_, versions_), SizeIs(2));
}

TEST_F(LedgerTest, AnotherVersionReadsAnewAndKeepsTheRecordsUntilThen) {
  const auto store = open();
  store->enqueue({found("a"), found("b")}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("old")}); });
  const Enqueued enqueued = store->enqueue({found("a"), found("b")}, newer_);
  EXPECT_EQ(enqueued.changed, 1);
  EXPECT_EQ(enqueued.unchanged, 1) << "a duplicate stays one";
  EXPECT_EQ(value("SELECT subject FROM note"), "old");
  EXPECT_THAT(store->claim(9, seat_, versions_), IsEmpty()) << "it waits for the newer program";
  const auto claimed = store->claim(9, seat_, newer_);
  ASSERT_THAT(claimed, SizeIs(1));
  store->put(claimed[0], reading({note("new")}));
  EXPECT_EQ(value("SELECT subject FROM note"), "new");
  EXPECT_EQ(store->find_path("a")->versions, "v2");
  EXPECT_EQ(store->enqueue({found("a"), found("b")}, newer_).unchanged, 2);
}

TEST_F(LedgerTest, AFileThatVanishesBeforeItsNewReadingKeepsTheOldOne) {
  const auto store = open();
  store->enqueue({found("a")}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("old")}); });
  store->enqueue({found("a")}, newer_);
  FileReading gone;
  gone.reason = "not_found";
  EXPECT_EQ(store->put(store->claim(1, seat_, newer_).at(0), gone), FileState::done);
  EXPECT_EQ(value("SELECT subject FROM note"), "old");
  EXPECT_EQ(store->find_path("a")->versions, "v1");
}

TEST_F(LedgerTest, ThePlanSaysWhatEnqueueDoesAndChangesNothing) {
  const auto store = open();
  store->enqueue({found("a"), found("b", 'b'), found("e", 'e')}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({note("x")}); });
  store->enqueue({found("w", 'w')}, versions_);
  const std::string before = files();
  const FoundFile gone{"z", "", 0, "unreadable", "z: no"};
  const std::vector<FoundFile> all{gone,
                                   found("b", 'n'),
                                   found("a"),
                                   found("c"),
                                   found("d", 'd'),
                                   found("w", 'w'),
                                   found("d", 'd'),
                                   found("e", 'e')};
  EXPECT_THAT(store->plan(all, versions_),
              ElementsAre(LedgerChange::failed, LedgerChange::changed, LedgerChange::unchanged,
                          LedgerChange::duplicate, LedgerChange::added, LedgerChange::waiting,
                          LedgerChange::unchanged, LedgerChange::unchanged));
  EXPECT_EQ(files(), before);
  const Enqueued done = store->enqueue(all, versions_);
  EXPECT_EQ(done.failed, 1);
  EXPECT_EQ(done.changed, 1);
  EXPECT_EQ(done.unchanged, 2);
  EXPECT_EQ(done.duplicates, 1);
  EXPECT_EQ(done.added, 1);
  EXPECT_EQ(done.waiting, 1);
}

TEST_F(LedgerTest, TwoSeatsNeverGetOneFile) {
  const auto one = open();
  const auto two = open();
  one->enqueue({found("a", 'a'), found("b", 'b'), found("c", 'c')}, versions_);
  const auto first = one->claim(2, {"one", 60}, versions_);
  const auto second = two->claim(2, {"two", 60}, versions_);
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_EQ(first[0].path, "a");
  EXPECT_EQ(first[1].path, "b");
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].path, "c");
  EXPECT_EQ(one->counts()[FileState::claimed], 3);
  const auto seats = one->seats();
  ASSERT_THAT(seats, SizeIs(2));
  EXPECT_EQ(seats[0].name, "one");
  EXPECT_EQ(seats[0].files, 2);
  EXPECT_GT(seats[0].ends_in_ms, 0);
}

TEST_F(LedgerTest, WhatIsReleasedWaitsAgainAndNoAttemptIsCounted) {
  const auto store = open();
  store->enqueue({found("a")}, versions_);
  for (int i = 0; i < 5; ++i) {
    const auto claimed = store->claim(1, seat_, versions_);
    ASSERT_THAT(claimed, SizeIs(1));
    EXPECT_EQ(claimed[0].attempt, 1);
    store->release({seat_.name});
  }
  EXPECT_EQ(files(), "a|pending|NULL\n");
}

TEST_F(LedgerTest, ALeaseThatEndedIsGivenOutAgainAndTheLateReadingIsRefused) {
  const auto store = open();
  store->enqueue({found("a")}, versions_);
  const auto late = store->claim(1, {"late", -1}, versions_);
  const auto fresh = store->claim(1, {"fresh", 60}, versions_);
  ASSERT_THAT(fresh, SizeIs(1));
  EXPECT_EQ(fresh[0].attempt, 2);
  EXPECT_FALSE(store->put(late[0], reading({note("late")})).has_value());
  EXPECT_EQ(store->put(fresh[0], reading({note("fresh")})), FileState::done);
  EXPECT_FALSE(store->put(fresh[0], reading({note("twice")})).has_value());
  EXPECT_EQ(rows("SELECT subject FROM note"), "fresh\n");
}

TEST_F(LedgerTest, OfManyReadingsEachHasItsOwnEnd) {
  const auto store = open();
  store->enqueue({found("a"), found("b", 'b'), found("c", 'c')}, versions_);
  const auto late = store->claim(1, {"late", -1}, versions_);
  const auto claimed = store->claim(3, seat_, versions_);
  ASSERT_THAT(claimed, SizeIs(3));
  const auto states = store->put_all({{claimed[2], reading({note("third")})},
                                      {late[0], reading({note("late")})},
                                      {claimed[1], reading({})},
                                      {claimed[0], reading({note("first")})}});
  EXPECT_THAT(states,
              ElementsAre(FileState::done, std::nullopt, FileState::failed, FileState::done));
  EXPECT_EQ(rows("SELECT subject FROM note ORDER BY subject"), "first\nthird\n");
  EXPECT_THAT(store->put_all({}), IsEmpty());
}

TEST_F(LedgerTest, AHeartbeatBeginsTheLeaseAnew) {
  const auto store = open();
  store->enqueue({found("a"), found("b", 'b')}, versions_);
  store->claim(2, {"seat", -1}, versions_);
  EXPECT_EQ(store->heartbeat({"seat", 60}), 2);
  EXPECT_THAT(store->claim(2, {"other", 60}, versions_), IsEmpty());
  EXPECT_EQ(store->heartbeat({"other", 60}), 0);
}

TEST_F(LedgerTest, AFileThatEndedThreeReadersFails) {
  const auto store = open();
  store->enqueue({found("a"), found("b", 'b')}, versions_);
  for (int i = 1; i <= 3; ++i) {
    const auto claimed = store->claim(1, {"dies", -1}, versions_);
    ASSERT_THAT(claimed, SizeIs(1));
    EXPECT_EQ(claimed[0].path, "a");
  }
  const auto next = store->claim(1, {"lives", 60}, versions_);
  ASSERT_THAT(next, SizeIs(1));
  EXPECT_EQ(next[0].path, "b");
  EXPECT_EQ(rows("SELECT path, state, reason FROM files ORDER BY path", 3),
            "a|failed|attempts\nb|claimed|NULL\n");
  ASSERT_THAT(store->overview(1).reasons, SizeIs(1));
  EXPECT_EQ(store->overview(1).reasons[0].reason, "attempts");
}

TEST_F(LedgerTest, AFileWhoseBytesChangedSinceFailsAndIsReadByTheNextImport) {
  const auto store = open();
  store->enqueue({found("a")}, versions_);
  FileReading other = reading({note("x")});
  other.sha256 = std::string(64, 'o');
  EXPECT_EQ(store->put(store->claim(1, seat_, versions_).at(0), other), FileState::failed);
  EXPECT_EQ(store->find_path("a")->reason, "changed");
  EXPECT_EQ(store->enqueue({found("a", 'o')}, versions_).changed, 1);
}

TEST_F(LedgerTest, ErrorsAndLowConfidenceAreForReview) {
  const auto store = open();
  store->enqueue({found("a", 'a'), found("b", 'b'), found("c", 'c'), found("d", 'd')}, versions_);
  std::map<std::string, FileState> states;
  for (const ClaimedFile& file : store->claim(9, seat_, versions_)) {
    Record record = note("x");
    FileReading read;
    if (file.path == "a") record.issues = {{"odd", Severity::error, "", {}, "odd"}};
    if (file.path == "b") record.evidence["/fields/subject"].confidence = 0.49;
    if (file.path == "c") record.issues = {{"odd", Severity::warning, "", {}, "odd"}};
    read = reading({record});
    if (file.path == "d") read.issues = {{"no_text", Severity::error, "", {}, "page 2: no text"}};
    states[file.path] = store->put(file, read).value();
  }
  EXPECT_EQ(states["a"], FileState::review);
  EXPECT_EQ(states["b"], FileState::review);
  EXPECT_EQ(states["c"], FileState::done);
  EXPECT_EQ(states["d"], FileState::review);
}

TEST_F(LedgerTest, AReadingWithoutRecordsIsNoForm) {
  const auto store = open();
  store->enqueue({found("a")}, versions_);
  EXPECT_EQ(store->put(store->claim(1, seat_, versions_).at(0), reading({})), FileState::failed);
  EXPECT_EQ(store->find_path("a")->reason, "no_form");
}

TEST_F(LedgerTest, TheSlowestFilesComeFirst) {
  const auto store = open();
  store->enqueue({found("a", 'a'), found("b", 'b')}, versions_);
  read_all(*store, [&](const ClaimedFile& file) {
    FileReading read = reading({note("x")});
    read.milliseconds = file.path == "a" ? 5 : 900;
    return read;
  });
  const auto slowest = store->overview(1).slowest;
  ASSERT_THAT(slowest, SizeIs(1));
  EXPECT_EQ(slowest[0].path, "b");
  EXPECT_EQ(slowest[0].milliseconds, 900);
}

TEST_F(LedgerTest, TheOrderOfWorkLeavesNoTraceInTheTables) {
  std::string first;
  for (const bool backwards : {false, true}) {
    SetUp();
#ifndef TABULARIUM_TEST_POSTGRES
    std::filesystem::remove(address_);
#endif
    const auto store = open();
    store->enqueue({found("a"), found("b", 'b'), found("c", 'c'), found("d")}, versions_);
    auto claimed = store->claim(9, seat_, versions_);
    if (backwards) std::reverse(claimed.begin(), claimed.end());
    for (const ClaimedFile& file : claimed) store->put(file, reading({note(file.path)}));
    std::string all;
    for (const char* table : {"files ORDER BY id", "records ORDER BY id",
                              "evidence ORDER BY record_id", "note ORDER BY record_id"}) {
      all += rows(std::string("SELECT * FROM ") + table, 8);
    }
    if (backwards) {
      EXPECT_EQ(all, first);
    }
    first = all;
  }
}

}  // namespace
}  // namespace tabularium
