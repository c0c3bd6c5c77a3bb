#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <iterator>

#include "any_store.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using testing::full_record;
using ::testing::HasSubstr;
using testing::note;
using testing::note_models;
using testing::write_file;

class SqliteTest : public AnyStore {
 protected:
  /// The message of the error that opening ends with.
  std::string refusal(StoreMode mode = StoreMode::create) {
    try {
      open(mode);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::store_failed);
      return error.what();
    }
    ADD_FAILURE() << "opened";
    return "";
  }
  std::string bytes() const {
    std::ifstream in(address_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(SqliteTest, KnowsItsOwnDatabasesByTheirApplicationIdAndVersion) {
  open();
  EXPECT_EQ(value("PRAGMA user_version"), "3");
  EXPECT_EQ(value("PRAGMA application_id"), std::to_string(0x5442554C));
}

TEST_F(SqliteTest, OpeningAgainAndFindingNothingNewChangesNotOneByte) {
  store_record(full_record());
  const std::string before = bytes();
  const auto store = open();
  EXPECT_EQ(store->enqueue({found("a.pdf")}, versions_).unchanged, 1);
  store->plan({found("b.pdf")}, versions_);
  store->each_file({}, [](const StoredFile&) {});
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteTest, RefusesAFileThatIsNoDatabase) {
  write_file(address_, std::string(5000, 'x'));
  EXPECT_THAT(refusal(), HasSubstr("not a database"));
}

TEST_F(SqliteTest, RefusesADatabaseThatIsNotThereWhereItShouldBe) {
  EXPECT_THAT(refusal(StoreMode::existing), HasSubstr("no such database"));
  EXPECT_FALSE(std::filesystem::exists(address_));
}

TEST_F(SqliteTest, AFolderThatDoesNotExistIsSaid) {
  address_ = (folder_ / "no/such/forms.db").string();
  EXPECT_THAT(refusal(), HasSubstr("cannot be opened"));
}

TEST_F(SqliteTest, AnotherProgramThatHoldsTheDatabaseIsSaidAndTheDatabaseGoesOn) {
  store_record(full_record());
  const auto store = open();
  {
    const auto other = connection();
    other->begin(Access::write);
    try {
      store->enqueue({found("b.pdf", 'b')}, versions_);
      ADD_FAILURE() << "not locked";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::store_unavailable);
      EXPECT_THAT(error.what(), HasSubstr("locked by another program"));
    }
    other->roll_back();
  }
  EXPECT_EQ(store->enqueue({found("b.pdf", 'b')}, versions_).added, 1);
}

TEST_F(SqliteTest, AFullDiskIsSaidAndLeavesTheDatabaseWhole) {
  store_record(full_record());
  const auto store = open();
  store->enqueue({found("b.pdf", 'b'), found("c.pdf", 'c')}, versions_);
  const auto claimed = store->claim(2, seat_, versions_);
  // A file that may not grow looks to SQLite as a full disk does.
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{300'000, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  EXPECT_THROW(store->put_all({{claimed[0], reading({note("small")})},
                               {claimed[1], reading({note(std::string(2'000'000, 'x'))})}}),
               Error);
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(rows("SELECT path, state FROM files ORDER BY path", 2),
            "a.pdf|done\nb.pdf|claimed\nc.pdf|claimed\n");
  EXPECT_EQ(store->put(claimed[0], reading({note("y")})), FileState::done);
}

/// What a user without rights finds: "" where all is as it should be.
std::string read_without_rights(const std::string& address, const Versions& versions,
                                const FoundFile& file) {
  constexpr uid_t nobody_id = 65534;
  if (::geteuid() == 0 && ::setuid(nobody_id) != 0) return "cannot become nobody";
  try {
    const auto store = Store::open(address, note_models(), StoreMode::existing);
    if (store->overview(1).records != 1) return "the records are not read";
    int files = 0;
    store->each_file({}, [&](const StoredFile&) { ++files; });
    if (files != 1) return "the files are not read";
    store->enqueue({file}, versions);
    return "written";
  } catch (const Error& error) {
    const std::string message = error.what();
    return message.find("cannot be written") != std::string::npos ? "" : message;
  }
}

TEST_F(SqliteTest, InAFolderThatCannotBeWrittenItIsReadAndWritingIsRefused) {
  namespace fs = std::filesystem;
  store_record(full_record());
  const auto read_only = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  const auto enter = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(address_, read_only);
  fs::permissions(folder_.path(), read_only | enter);
  const std::string before = bytes();
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string found_wrong = read_without_rights(address_, versions_, found("b.pdf", 'b'));
    if (!found_wrong.empty()) fprintf(stderr, "%s\n", found_wrong.c_str());
    ::_exit(found_wrong.empty() ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  fs::permissions(folder_.path(), fs::perms::owner_all);
  fs::permissions(address_, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(bytes(), before);
}

TEST_F(SqliteTest, AReaderDoesNotHoldUpAnImport) {
  store_record(full_record());
  const auto reader = open(StoreMode::existing);
  const auto writer = open();
  reader->each_file({}, [&](const StoredFile&) {
    EXPECT_EQ(writer->enqueue({found("b.pdf", 'b')}, versions_).added, 1);
  });
}

TEST_F(SqliteTest, AProcessThatIsKilledLeavesADatabaseThatGoesOn) {
  store_record(full_record());
  for (int round = 0; round < 12; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto store = open();
      for (int i = 0;; ++i) {
        store->enqueue({found("f" + std::to_string(i) + ".pdf", 'f')}, versions_);
        for (const ClaimedFile& file : store->claim(1, seat_, versions_)) {
          store->put(file, reading({note("x"), note("y")}));
        }
        store->enqueue({found("a.pdf", i % 2 == 0 ? 'b' : 'a')}, versions_);
      }
    }
    ::usleep(20'000 + round * 7'000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(rows("SELECT * FROM pragma_foreign_key_check"), "");
    EXPECT_EQ(value("SELECT count(*) FROM files f WHERE f.records <> (SELECT count(*) FROM records "
                    "r WHERE r.file_id = f.id)"),
              "0");
    EXPECT_EQ(value("SELECT count(*) FROM records WHERE id NOT IN (SELECT record_id FROM "
                    "note_fields)"),
              "0");
    const auto store = open();
    store->release(seat_);
    read_all(*store, [&](const ClaimedFile&) { return reading({note("x"), note("y")}); });
    EXPECT_EQ(store->counts()[FileState::claimed] + store->counts()[FileState::pending], 0);
  }
}

}  // namespace
}  // namespace tabularium
