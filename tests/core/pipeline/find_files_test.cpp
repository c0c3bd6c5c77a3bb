#include "tabularium/pipeline/find_files.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "support.h"

namespace tabularium {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::FreshFolder;
using ::testing::HasSubstr;
using testing::write_file;

class FindFilesTest : public ::testing::Test {
 protected:
  FindFilesTest() {
    fs::current_path(folder_.path());
    fs::create_directories("in/sub");
  }
  ~FindFilesTest() override { fs::current_path("/"); }

  /// "path" or "path: reason", as the ledger writes them.
  static std::vector<std::string> found(const std::vector<std::string>& roots) {
    std::vector<std::string> all;
    find_files(roots, [&](const FoundPath& path) {
      all.push_back(ledger_path(path.path) + (path.reason.empty() ? "" : ": " + path.reason));
      return true;
    });
    return all;
  }

  FreshFolder folder_;
};

TEST_F(FindFilesTest, VisitsInTheOrderOfWholePaths) {
  for (const char* name : {"in/sub/a", "in/sub.pdf", "in/sub-1", "in/b", "in/B"}) {
    write_file(name, "x");
  }
  // "-" and "." stand before "/", so a folder does not come where its bare name would.
  const auto paths = found({"in"});
  EXPECT_THAT(paths, ElementsAre("in/B", "in/b", "in/sub-1", "in/sub.pdf", "in/sub/a"));
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
}

TEST_F(FindFilesTest, OfARootWithinAnotherEveryPathComesOnce) {
  write_file("in/sub/a", "x");
  write_file("in/b", "x");
  EXPECT_THAT(found({"in/sub", "in", "in/b", "./in//b", "in/"}), ElementsAre("in/b", "in/sub/a"));
  EXPECT_THAT(found({".", "in/sub"}), ElementsAre("in/b", "in/sub/a"));
}

TEST_F(FindFilesTest, WhatIsNoFileIsNamedWithItsReasonAndNeverOpened) {
  ::mkfifo("in/pipe", 0600);
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{AF_UNIX, "in/socket"};
  ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  fs::create_symlink("/dev/zero", "in/device");
  fs::create_symlink("nowhere", "in/dangling");
  fs::create_symlink("b", "in/a");
  fs::create_symlink("a", "in/b");
  fs::create_symlink("..", "in/sub/up");
  EXPECT_THAT(found({"in"}),
              ElementsAre("in/a: unreadable", "in/b: unreadable", "in/dangling: not_found",
                          "in/device: not_a_file", "in/pipe: not_a_file", "in/socket: not_a_file",
                          "in/sub/up: linked_folder"));
  ::close(server);
}

TEST_F(FindFilesTest, ALinkToAFolderThatIsNamedIsFollowed) {
  write_file("in/sub/a", "x");
  fs::create_symlink("in", "link");
  EXPECT_THAT(found({"link"}), ElementsAre("link/sub/a"));
  EXPECT_THAT(found({".", "link/sub"}),
              ElementsAre("in/sub/a", "link: linked_folder", "link/sub/a"));
}

TEST_F(FindFilesTest, NamesMayBeAnyBytes) {
  for (const char* name : {"in/a b", "in/a\nb", "in/\xF0\x9F\x98\x80", "in/\xFF\xFE", "in/a\\b"}) {
    write_file(name, "x");
  }
  // Ordered as the ledger writes them: a backslash stands before the letters.
  EXPECT_THAT(found({"in"}), ElementsAre("in/\\xff\\xfe", "in/a b", "in/a\\x0ab", "in/a\\x5cb",
                                         "in/\xF0\x9F\x98\x80"));
}

TEST_F(FindFilesTest, ANameThatLeadsNowhereIsNotFound) {
  EXPECT_THAT(found({"missing.pdf", "in/none/x"}),
              ElementsAre("in/none/x: not_found", "missing.pdf: not_found"));
}

TEST_F(FindFilesTest, AFolderThatMayNotBeReadIsNamed) {
  write_file("in/sub/a", "x");
  fs::permissions("in/sub", fs::perms::none);
  // Root may read everything, so for a moment the test is nobody.
  const bool root = ::geteuid() == 0;
  constexpr uid_t nobody = 65534;
  if (root) {
    ASSERT_EQ(::seteuid(nobody), 0);
  }
  const auto paths = found({"in"});
  if (root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  fs::permissions("in/sub", fs::perms::owner_all);
  EXPECT_THAT(paths, ElementsAre("in/sub: unreadable"));
}

TEST_F(FindFilesTest, ADeepTreeTakesNoDescriptorForEachFolder) {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit few{40, before.rlim_max};
  fs::path deep = "in";
  for (int i = 0; i < 100; ++i) deep /= "d";
  fs::create_directories(deep);
  write_file(deep / "a", "x");
  ::setrlimit(RLIMIT_NOFILE, &few);
  const auto paths = found({"in"});
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_THAT(paths, ElementsAre((deep / "a").string()));
}

TEST_F(FindFilesTest, LookingGivesBytesOrTheReason) {
  write_file("in/abc", "abc");
  write_file("in/\xFF", "");
  std::vector<FoundPath> paths;
  find_files({"in"}, [&](FoundPath path) {
    paths.push_back(std::move(path));
    return true;
  });
  const auto files = look_at(paths, 4);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].reason, "empty_input");
  EXPECT_THAT(files[0].message, HasSubstr("in/\\xff: the file is empty"));
  EXPECT_EQ(files[1].size, 3);
  EXPECT_EQ(files[1].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace tabularium
