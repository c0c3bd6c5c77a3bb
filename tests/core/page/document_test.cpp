#include "tabularium/page/document.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::HasSubstr;

std::filesystem::path write_file(const std::string& name, const std::string& content) {
  const auto path = std::filesystem::path(::testing::TempDir()) / name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

Error::Code refusal(const std::filesystem::path& path, const Limits& limits = {}) {
  try {
    open_document(path, limits);
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(path.string()));
    return error.code();
  }
  ADD_FAILURE() << path << " was taken";
  return Error::Code::bad_usage;
}

TEST(Document, RefusesWhatIsNoReadableFileWithTheReason) {
  EXPECT_EQ(refusal("/nowhere/a.pdf"), Error::Code::not_found);
  EXPECT_EQ(refusal(::testing::TempDir()), Error::Code::not_found);
  EXPECT_EQ(refusal("/dev/zero"), Error::Code::not_found);
  EXPECT_EQ(refusal(write_file("empty.pdf", "")), Error::Code::empty_input);
  Limits small;
  small.max_file_bytes = 3;
  EXPECT_EQ(refusal(write_file("long.pdf", "abcd"), small), Error::Code::limit_exceeded);
}

TEST(Document, KnowsItsHeadSizeAndDigest) {
  const Document document = open_document(write_file("abc", "abc"));
  EXPECT_EQ(document.head, "abc");
  EXPECT_EQ(document.size, 3);
  // The test vector of FIPS 180-2, B.1.
  EXPECT_EQ(sha256(document), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace tabularium
