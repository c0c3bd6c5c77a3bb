#include <atomic>
#include <thread>

#include "any_store.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::note;
using testing::note_models;
using testing::postgres_server;

/// What a server does that a file does not.
class PostgresTest : public AnyStore {};

TEST_F(PostgresTest, SeatsAtOnceReadEveryFileOnce) {
  constexpr int file_count = 120;
  constexpr int seat_count = 4;
  std::vector<FoundFile> files;
  for (int i = 0; i < file_count; ++i) {
    files.push_back(found("f" + std::to_string(i)));
    files.back().sha256 += std::to_string(i);
  }
  open()->enqueue(files, versions_);
  std::atomic<int> read{0};
  std::vector<std::thread> seats;
  for (int number = 0; number < seat_count; ++number) {
    seats.emplace_back([&, number] {
      const auto store = open();
      const Seat seat{"seat " + std::to_string(number), 60};
      while (true) {
        const auto claimed = store->claim(3, seat, versions_);
        if (claimed.empty()) return;
        for (const ClaimedFile& file : claimed) {
          if (store->put(file, reading({note(file.path)}))) ++read;
        }
      }
    });
  }
  for (std::thread& seat : seats) seat.join();
  EXPECT_EQ(read, file_count);
  EXPECT_EQ(open()->counts()[FileState::done], file_count);
  EXPECT_EQ(value("SELECT count(*) FROM records"), std::to_string(file_count));
  EXPECT_EQ(value("SELECT max(attempts) FROM work"), "1");
}

TEST_F(PostgresTest, ProgramsThatStartAtOnceMakeOneSchema) {
  std::vector<std::thread> programs;
  for (int number = 0; number < 4; ++number) {
    programs.emplace_back([&] { open()->enqueue({found("a"), found("b", 'b')}, versions_); });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(rows("SELECT path, state FROM files ORDER BY path", 2), "a|pending\nb|pending\n");
  EXPECT_EQ(value("SELECT count(*) FROM versions"), "1");
}

TEST_F(PostgresTest, ALostConnectionIsSaidAndAnotherOneGoesOn) {
  auto store = open();
  store->enqueue({found("a"), found("b", 'b')}, versions_);
  const auto claimed = store->claim(2, seat_, versions_);
  ASSERT_TRUE(store->put(claimed[0], reading({note("x")})).has_value());
  ASSERT_TRUE(postgres_server().crash());
  try {
    store->put(claimed[1], reading({note("y")}));
    ADD_FAILURE() << "still connected";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::store_unavailable) << error.what();
  }
  store = open();
  EXPECT_FALSE(store->put(claimed[0], reading({note("again")})).has_value());
  EXPECT_EQ(store->put(claimed[1], reading({note("y")})), FileState::done);
  EXPECT_EQ(rows("SELECT subject FROM note ORDER BY file"), "x\ny\n");
}

TEST_F(PostgresTest, AServerThatIsNotThereIsSaidWithoutThePassword) {
  try {
    Store::open("postgresql://me:secret@127.0.0.1:1/forms", note_models(), StoreMode::create);
    ADD_FAILURE() << "connected";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::store_unavailable);
    EXPECT_THAT(error.what(), HasSubstr("127.0.0.1"));
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
  }
}

TEST_F(PostgresTest, ADatabaseInAnotherEncodingIsRefused) {
  open();
  connection()->execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
  EXPECT_THROW(Store::open(postgres_server().address("latin"), note_models(), StoreMode::create),
               Error);
  connection()->execute("DROP DATABASE latin");
}

}  // namespace
}  // namespace tabularium
