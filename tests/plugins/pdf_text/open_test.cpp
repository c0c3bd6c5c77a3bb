// What the reader refuses, and why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "read_page.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using test::in_memory;
using test::one_page;
using ::testing::HasSubstr;

TEST(Open, AcceptsOnlyFilesThatSayPdf) {
  const auto reader = pdf_text::make_reader();
  EXPECT_TRUE(reader->accepts(in_memory("%PDF-1.4\n")));
  EXPECT_FALSE(reader->accepts(in_memory("\xFF\xD8\xFF\xE0 JFIF")));
}

TEST(Open, RefusesWhatIsNoPdfInside) {
  try {
    pdf_text::make_reader()->open(in_memory("%PDF-1.4\nnothing here", "a.pdf"));
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::damaged_input);
    EXPECT_THAT(error.what(), HasSubstr("a.pdf"));
  }
}

TEST(Open, RefusesAPageNumberThatIsNotThere) {
  const auto opened = pdf_text::make_reader()->open(in_memory(one_page("")));
  EXPECT_EQ(opened->page_count(), 1);
  for (const int number : {0, 2, -1}) {
    try {
      opened->read(number);
      FAIL() << "read page " << number;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::bad_page_number);
    }
  }
}

TEST(Open, RefusesAPageBeyondTheLimitOfSize) {
  const auto opened = pdf_text::make_reader()->open(
      in_memory(one_page("", {.media_box = "0 0 1000000000 1000000000"})));
  try {
    opened->read(1);
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::limit_exceeded);
    EXPECT_THAT(error.what(), HasSubstr("page 1"));
  }
}

Document encrypted(const char* file, std::optional<std::string> password) {
  Document document =
      open_document(std::filesystem::path(TABULARIUM_SOURCE_DIR) / "fixtures/encrypted" / file);
  document.password = std::move(password);
  return document;
}

TEST(Open, ReadsAnEncryptedFileWithItsUserPassword) {
  const auto opened = pdf_text::make_reader()->open(encrypted("password.pdf", "open-sesame"));
  EXPECT_THAT(test::texts(opened->read(1).words), ::testing::ElementsAre("Form"));
}

TEST(Open, ReadsAFileThatIsOnlyProtectedAgainstChange) {
  const auto opened =
      pdf_text::make_reader()->open(encrypted("owner_password_only.pdf", std::nullopt));
  EXPECT_THAT(test::texts(opened->read(1).words), ::testing::ElementsAre("Form"));
}

TEST(Open, TellsOfThePasswordOptionWhereThePasswordIsMissingOrWrong) {
  for (const std::optional<std::string>& password :
       {std::optional<std::string>(), std::optional<std::string>("wrong")}) {
    try {
      pdf_text::make_reader()->open(encrypted("password.pdf", password));
      FAIL() << "opened";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::encrypted);
      EXPECT_THAT(error.what(), HasSubstr("--password"));
    }
  }
}

TEST(Open, GivesAPictureOfThePage) {
  const auto opened =
      pdf_text::make_reader()->open(in_memory(one_page("1 0 0 rg 0 0 200 200 re f")));
  const PageImage image = opened->render(1, 36.0);
  EXPECT_EQ(image.width, 100);
  EXPECT_EQ(image.height, 100);
  ASSERT_EQ(image.samples.size(), 30000U);
  EXPECT_EQ(image.samples[15150], 255);
  EXPECT_EQ(image.samples[15151], 0);
}

}  // namespace
}  // namespace tabularium
