#include <gmock/gmock.h>

#include "run.h"

namespace tabularium::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kFixtures = std::string(TABULARIUM_SOURCE_DIR) + "/fixtures";

class LayoutCommandTest : public ::testing::Test {
 protected:
  LayoutCommandTest() : folder_(test_folder()) { fs::create_directories(folder_ / "layouts"); }
  ~LayoutCommandTest() override { fs::remove_all(folder_); }

  Finished run(const std::string& arguments) { return run_program(folder_, arguments); }

  fs::path folder_;
};

TEST_F(LayoutCommandTest, DraftWritesALayoutThatTheProgramLoadsAndReadsWith) {
  const Finished drafted =
      run("layout draft '" + kFixtures +
          "/declaration-2025/plain/input.pdf' --name mine-2025 -o layouts/layout.toml");
  EXPECT_EQ(drafted.status, 0) << drafted.err;
  EXPECT_THAT(drafted.err, HasSubstr("layout declaration-2025 reads these samples too"));
  const Finished plugins = run("plugins --plugin-path layouts");
  EXPECT_THAT(plugins.out, HasSubstr("mine-2025")) << plugins.err;
}

TEST_F(LayoutCommandTest, DraftGoesToStandardOutputWithoutAFile) {
  const Finished drafted =
      run("layout draft '" + kFixtures + "/declaration-2019/two-columns/input.pdf' --name mine");
  EXPECT_EQ(drafted.status, 0);
  EXPECT_THAT(drafted.out, StartsWith("#:schema file://"));
  EXPECT_THAT(drafted.out, HasSubstr("layout = \"mine\""));
  EXPECT_THAT(drafted.out, HasSubstr("ticked = [\"市委市政府已确定的新增项目\""));
}

TEST_F(LayoutCommandTest, DraftNeedsAFormAndAName) {
  std::ofstream(folder_ / "empty.pdf");
  EXPECT_EQ(run("layout draft empty.pdf --name mine").status, 1);
  EXPECT_EQ(run("layout draft empty.pdf").status, 2);
  EXPECT_EQ(run("layout").status, 2);
}

}  // namespace
}  // namespace tabularium::testing
