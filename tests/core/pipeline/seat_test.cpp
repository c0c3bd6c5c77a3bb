#include "tabularium/pipeline/seat.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "support.h"
#include "tabularium/pipeline/lasting_store.h"

namespace tabularium {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(OwnSeat, BeginsWithItsPlaceAmongManySeats) {
  EXPECT_THAT(own_seat(60).name, StartsWith("import@"));
  ::setenv("JOB_COMPLETION_INDEX", "3", 1);
  EXPECT_THAT(own_seat(60).name, StartsWith("index-3@"));
  ::setenv("SLURM_ARRAY_TASK_ID", "7", 1);
  EXPECT_THAT(own_seat(60).name, StartsWith("slurm-7@"));
  ::setenv("SLURM_ARRAY_JOB_ID", "12", 1);
  EXPECT_THAT(own_seat(60).name, StartsWith("slurm-12_7@"));
  for (const char* name : {"JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_JOB_ID"}) {
    ::unsetenv(name);
  }
}

TEST(DeadSeats, AreThoseOfThisMachineWhoseProcessHasEnded) {
  const std::string own = own_seat(60).name;
  const std::string place = own.substr(0, own.rfind(':', own.rfind(':') - 1));
  const pid_t child = ::fork();
  if (child == 0) std::_Exit(0);
  ::waitpid(child, nullptr, 0);
  const std::string gone = place + ":" + std::to_string(child) + ":1";
  // The number of a process is given again; when it started tells it from the one before.
  const std::string before = own + "0";
  const std::vector<SeatRow> seats{{own, 1, 0},
                                   {gone, 1, 0},
                                   {before, 1, 0},
                                   {"import@elsewhere:4026531836:1:1", 1, 0},
                                   {"a name that somebody made up", 1, 0}};
  EXPECT_THAT(dead_seats(seats), ElementsAre(gone, before));
  EXPECT_THAT(dead_seats({}), IsEmpty());
}

TEST(LastingStore, MakesACallAgainUntilItsPatienceEnds) {
  const testing::FreshFolder folder;
  int logged = 0;
  LastingStore store((folder / "a.db").string(), testing::note_models(), StoreMode::create,
                     {0.3, [&](const std::string&) { ++logged; }, {}});
  int calls = 0;
  const auto fail_twice = [&](Store&) {
    if (++calls < 3) throw Error(Error::Code::store_unavailable, "away");
    return calls;
  };
  EXPECT_EQ(store.call(fail_twice), 3);
  EXPECT_EQ(store.losses(), 2);
  EXPECT_EQ(logged, 1);
  const auto fail = [](Store&) { throw Error(Error::Code::store_unavailable, "away"); };
  EXPECT_THROW(store.call(fail), Error);
  const auto refuse = [&](Store&) {
    ++calls;
    throw Error(Error::Code::store_failed, "no");
  };
  calls = 0;
  EXPECT_THROW(store.call(refuse), Error);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace tabularium
