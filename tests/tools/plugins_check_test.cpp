// `tabularium plugins check` on plugins that break one promise each.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "run.h"

namespace tabularium {
namespace {

using testing::Finished;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run_program;
using testing::test_folder;
namespace fs = std::filesystem;

#ifdef __SANITIZE_ADDRESS__
constexpr bool kOwnAllocator = true;  // mallinfo2 knows nothing of it
#else
constexpr bool kOwnAllocator = false;
#endif

class PluginsCheckTest : public ::testing::Test {
 protected:
  PluginsCheckTest() : folder_(test_folder()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ / "sample.ill") << "ILL, but whole";
  }
  ~PluginsCheckTest() override { fs::remove_all(folder_); }

  Finished check(const std::string& plugin) {
    return run_program(folder_, "plugins check " TABULARIUM_TEST_PLUGINS "/" + plugin + "/" +
                                    plugin + ".so --sample sample.ill");
  }
  void expect_found(const std::string& plugin, const std::string& what) {
    const Finished finished = check(plugin);
    EXPECT_EQ(finished.status, 1) << plugin << finished.err;
    EXPECT_THAT(finished.out, HasSubstr(what)) << plugin;
  }

  fs::path folder_;
};

TEST_F(PluginsCheckTest, AGoodPluginIsSaidToBeGood) {
  const Finished finished = check("well_behaved");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, HasSubstr("nothing to complain of (7 trials)"));
  EXPECT_THAT(finished.err, IsEmpty());
}

TEST_F(PluginsCheckTest, BrokenPromisesAreNamed) {
  expect_found("throws",
               "reader ill, sample.ill: something else than `Error` is thrown: no such luck");
  expect_found("boasts", "page 1: a confidence outside of 0 to 1");
  expect_found("reads_on", "page 0, which there is not, is read");
  expect_found("wavers", "the same input gives something else the second time");
  expect_found("shares", "gives something else another object");
  if (!kOwnAllocator) expect_found("forgets", "memory grows by 1");
}

TEST_F(PluginsCheckTest, ACrashIsToldWithWhatWasGoingOn) {
  const Finished finished = check("crashes");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("reader ill, sample.ill: it ended the process with s"));
}

TEST_F(PluginsCheckTest, WhatDoesNotLoadIsSaidWithTheReason) {
  expect_found("wrong_api", "built for plugin API 999");
  expect_found("no_symbol", "not a plugin of Tabularium");
  expect_found("throws_int", "no exception");
  const Finished finished = run_program(folder_, "plugins check sample.ill");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("it registers nothing"));
  EXPECT_EQ(run_program(folder_, "plugins check").status, 2);
  EXPECT_EQ(run_program(folder_, "plugins check no-such.so").status, 2);
}

}  // namespace
}  // namespace tabularium
