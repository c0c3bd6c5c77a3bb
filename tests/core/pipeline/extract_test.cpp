#include "tabularium/pipeline/extract.h"

#include <gmock/gmock.h>

#include "support.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using testing::FreshFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::note_models;
using ::testing::SizeIs;
using testing::write_file;

/// An issue of this check and severity whose message holds `part`.
auto says(const char* check, Severity severity, const char* part) {
  return AllOf(::testing::Field(&Issue::check, check), ::testing::Field(&Issue::severity, severity),
               ::testing::Field(&Issue::message, HasSubstr(part)));
}

class ExtractTest : public ::testing::Test {
 protected:
  ExtractTest()
      : host_({std::filesystem::path(TABULARIUM_TEST_PLUGINS) / "scripted"}),
        extractor_(host_, note_models()) {}

  ExtractSummary extract(const std::string& script) {
    const Document document = open_document(write_file(folder_ / "a.txt", script));
    records_.clear();
    return extractor_.extract(document,
                              [&](Record record) { records_.push_back(std::move(record)); });
  }

  /// The code of the error that the document ends with, and its message.
  std::pair<Error::Code, std::string> failure(const std::string& script) {
    try {
      extract(script);
    } catch (const Error& error) {
      return {error.code(), error.what()};
    }
    ADD_FAILURE() << "no error";
    return {};
  }

  PluginHost host_;
  Extractor extractor_;
  FreshFolder folder_;
  std::vector<Record> records_;
};

TEST_F(ExtractTest, GivesTheRecordOfAFormWithItsSource) {
  const auto summary = extract(
      "SCRIPT\n"
      "page 300 300\nword 20 20 FORM\nword 20 40 subject=ink\nword 20 60 amount=12.50\n");
  ASSERT_THAT(records_, SizeIs(1));
  const Record& record = records_[0];
  EXPECT_EQ(record.layout, "scripted-1");
  EXPECT_EQ(std::get<std::string>(*record.field("subject")), "ink");
  EXPECT_EQ(std::get<Money>(*record.field("amount")).fen, 1250);
  EXPECT_EQ(record.source.file, (folder_ / "a.txt").string());
  EXPECT_EQ(record.source.sha256, summary.sha256);
  EXPECT_THAT(record.source.sha256, SizeIs(64));
  EXPECT_THAT(record.source.pages, ElementsAre(1));
  EXPECT_EQ(summary.pages, 1);
  EXPECT_EQ(summary.records, 1);
  EXPECT_THAT(summary.issues, IsEmpty());
}

TEST_F(ExtractTest, BoxesOfAPageShownTurnedStandOnThePageInTheFile) {
  // The page in the file is 300 wide and 200 high; text runs up along its left side.
  extract("SCRIPT\npage 200 300\nturned 90\nword 20 20 FORM\nword 20 40 subject=ink\n");
  ASSERT_THAT(records_, SizeIs(1));
  const Box& box = records_[0].evidence.at("/fields/subject").box;
  EXPECT_EQ(box, (Box{40.0, 200.0 - 86.0, 50.0, 180.0}));
}

TEST_F(ExtractTest, AppliesTheChecksOfTheModel) {
  extract("SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 60 amount=\n");
  ASSERT_THAT(records_, SizeIs(1));
  EXPECT_THAT(records_[0].issues, Contains(says("amount_given", Severity::error, "")));
}

TEST_F(ExtractTest, GivesTheFormsInTheOrderOfTheFile) {
  extract(
      "SCRIPT\n"
      "page 300 300\nword 20 20 FORM\nword 20 40 subject=first\n"
      "page 300 300\nword 20 20 more\n"
      "page 300 300\nword 20 20 FORM\nword 20 40 subject=second\n");
  ASSERT_THAT(records_, SizeIs(2));
  EXPECT_EQ(std::get<std::string>(*records_[0].field("subject")), "first");
  EXPECT_THAT(records_[0].source.pages, ElementsAre(1, 2));
  EXPECT_EQ(std::get<std::string>(*records_[1].field("subject")), "second");
  EXPECT_THAT(records_[1].source.pages, ElementsAre(3));
}

TEST_F(ExtractTest, APageThatFailsCostsAnIssueOnItsRecordAndTheOthersGoOn) {
  for (const char* how : {"std", "int", "error", "size", "number"}) {
    const auto summary = extract(std::string("SCRIPT\n") +
                                 "page 300 300\nword 20 20 FORM\nword 20 40 subject=a\n"
                                 "page 300 300\nfail " +
                                 how +
                                 "\npage 300 300\nword 20 40 amount=1.00\n"
                                 "page 300 300\nword 20 20 FORM\nword 20 40 subject=b\n");
    ASSERT_THAT(records_, SizeIs(2)) << how;
    EXPECT_THAT(records_[0].source.pages, ElementsAre(1, 2, 3)) << how;
    EXPECT_EQ(std::get<Money>(*records_[0].field("amount")).fen, 100) << how;
    const char* check = std::string(how) == "error" ? "damaged_input" : "plugin_failed";
    EXPECT_THAT(records_[0].issues, Contains(says(check, Severity::error, "")));
    EXPECT_THAT(records_[1].issues, Not(Contains(says(check, Severity::error, ""))));
    ASSERT_THAT(summary.unread, SizeIs(1)) << how;
    EXPECT_THAT(summary.issues, IsEmpty()) << how;
  }
}

TEST_F(ExtractTest, AFailingPluginIsNamedWithFileAndPage) {
  const auto summary = extract("SCRIPT\npage 300 300\nfail std\n");
  ASSERT_THAT(summary.unread, SizeIs(1));
  EXPECT_THAT(summary.unread[0].message, AllOf(HasSubstr("a.txt, page 1"), HasSubstr("scripted"),
                                               HasSubstr("a page that throws")));
}

TEST_F(ExtractTest, APageOfNoFormThatFailsIsInTheSummary) {
  const auto summary = extract("SCRIPT\npage 300 300\nfail std\npage 300 300\nword 20 20 FORM\n");
  EXPECT_THAT(records_, SizeIs(1));
  EXPECT_THAT(summary.issues, ElementsAre(says("plugin_failed", Severity::error, "page 1")));
}

TEST_F(ExtractTest, AScanIsAnErrorThatAsksForARecognizer) {
  const auto summary = extract("SCRIPT\npage 300 300\nimage\n");
  EXPECT_THAT(records_, IsEmpty());
  EXPECT_THAT(summary.unread, ElementsAre(says("no_text", Severity::error, "recognizer")));
  EXPECT_EQ(summary.issues, summary.unread);
}

TEST_F(ExtractTest, TextThatIsNotToBeTrustedIsAnError) {
  for (const char* why : {"hidden", "unmapped"}) {
    extract(std::string("SCRIPT\npage 300 300\nword 20 20 FORM\n") + why + "\n");
    ASSERT_THAT(records_, SizeIs(1)) << why;
    EXPECT_THAT(records_[0].issues, Contains(says("no_text", Severity::error, "recognizer")))
        << why;
  }
}

TEST_F(ExtractTest, APageOfRulesAloneIsWarnedOfButNoFailure) {
  const auto summary =
      extract("SCRIPT\npage 300 300\nword 20 20 FORM\npage 300 300\nrule 20 10 200\n");
  EXPECT_THAT(summary.unread, IsEmpty());
  ASSERT_THAT(records_, SizeIs(1));
  EXPECT_THAT(records_[0].issues, Contains(says("no_text", Severity::warning, "only rules")));
}

TEST_F(ExtractTest, ABlankPageIsNoError) {
  const auto summary = extract("SCRIPT\npage 300 300\nword 20 20 FORM\npage 300 300\n");
  ASSERT_THAT(records_, SizeIs(1));
  EXPECT_THAT(records_[0].issues, Contains(says("blank_page", Severity::info, "page 2")));
  EXPECT_THAT(summary.unread, IsEmpty());
}

TEST_F(ExtractTest, WordsOffThePageOrWithoutABoxAreLeftOutAndCounted) {
  extract(
      "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 subject=kept\nfail off_page\nfail nan\n");
  ASSERT_THAT(records_, SizeIs(1));
  EXPECT_EQ(std::get<std::string>(*records_[0].field("subject")), "kept");
  EXPECT_THAT(records_[0].issues, Contains(says("reader", Severity::warning, "2 words")));
}

TEST_F(ExtractTest, ALayoutThatThrowsCostsItsFormAndNotTheNext) {
  const auto summary = extract(
      "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 trap_read\n"
      "page 300 300\nword 20 20 FORM\nword 20 40 subject=b\n");
  EXPECT_THAT(records_, SizeIs(1));
  EXPECT_THAT(summary.issues,
              ElementsAre(says("plugin_failed", Severity::error, "plugin scripted-1 failed")));
}

TEST_F(ExtractTest, ALayoutThatThrowsWhileItLooksIsSaidAndKnowsNoForm) {
  for (const char* trap : {"trap_begins", "trap_fit"}) {
    const auto summary =
        extract(std::string("SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 ") + trap + "\n");
    EXPECT_THAT(records_, IsEmpty()) << trap;
    EXPECT_THAT(summary.issues, Contains(says("plugin_failed", Severity::error, "scripted-1")))
        << trap;
  }
}

TEST_F(ExtractTest, BrokenUtf8OfALayoutBecomesAnIssue) {
  extract("SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 trap_utf8\n");
  ASSERT_THAT(records_, SizeIs(1));
  EXPECT_EQ(records_[0].title, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_THAT(records_[0].issues, Contains(says("layout", Severity::warning, "UTF-8")));
}

TEST_F(ExtractTest, ARecordTypeThatNoModelDescribesIsSaid) {
  const auto summary = extract("SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 trap_record\n");
  EXPECT_THAT(records_, IsEmpty());
  EXPECT_THAT(summary.issues,
              ElementsAre(says("unknown_record", Severity::error, "no such record")));
}

TEST_F(ExtractTest, TextOutsideOfAllFormsIsNotDroppedInSilence) {
  const auto summary = extract("SCRIPT\npage 300 300\nword 20 20 cover\n");
  EXPECT_THAT(summary.issues, ElementsAre(says("text_outside_forms", Severity::info, "\"cover\"")));
}

TEST_F(ExtractTest, PagesInARowThatNoLayoutKnowsAreToldOnce) {
  const auto summary = extract(
      "SCRIPT\npage 300 300\nword 20 20 one\npage 300 300\nword 20 20 two\n"
      "page 300 300\nword 20 20 FORM\n");
  EXPECT_THAT(summary.issues,
              ElementsAre(says("text_outside_forms", Severity::info,
                               "pages 1-2: text that belongs to no form: \"one\"")));
}

TEST_F(ExtractTest, AFormThatNoLayoutKnowsIsAWarning) {
  const auto summary = extract(
      "SCRIPT\npage 300 300\nrule 50 50 250\nrule 100 50 250\nrule 150 50 250\n"
      "upright 50 50 150\nupright 150 50 150\nupright 250 50 150\n"
      "word 60 70 strange\nword 60 120 form\n");
  EXPECT_THAT(records_, IsEmpty());
  EXPECT_THAT(summary.issues, ElementsAre(says("unknown_form", Severity::warning, "\"strange")));
}

TEST_F(ExtractTest, AFileThatNoReaderKnowsIsRefused) {
  const auto [code, message] = failure("something else");
  EXPECT_EQ(code, Error::Code::unknown_format);
  EXPECT_THAT(message, HasSubstr("a.txt"));
}

TEST_F(ExtractTest, AReaderThatFailsToOpenCostsTheFile) {
  EXPECT_EQ(failure("SCRIPT\nopen std\n").first, Error::Code::plugin_failed);
  EXPECT_EQ(failure("SCRIPT\nopen int\n").first, Error::Code::plugin_failed);
  EXPECT_EQ(failure("SCRIPT\nopen null\n").first, Error::Code::plugin_failed);
  EXPECT_EQ(failure("SCRIPT\nopen error\n").first, Error::Code::encrypted);
  EXPECT_EQ(failure("SCRIPT accepts std\n").first, Error::Code::plugin_failed);
}

TEST_F(ExtractTest, AFileWithoutPagesIsDamaged) {
  EXPECT_EQ(failure("SCRIPT\n").first, Error::Code::damaged_input);
}

TEST_F(ExtractTest, MorePagesThanTheLimitAreRefused) {
  Document document =
      open_document(write_file(folder_ / "long.txt", "SCRIPT\npage 9 9\npage 9 9\npage 9 9\n"));
  document.limits.max_pages = 2;
  try {
    extractor_.extract(document, [](Record) {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::limit_exceeded);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("3 pages"), HasSubstr("max_pages")));
  }
}

TEST_F(ExtractTest, TablesAreReadFromTheWantedPagesAlone) {
  const Document document = open_document(write_file(
      folder_ / "t.txt", "SCRIPT\npage 99 99\npage 99 99\npage 99 99\nfail std\npage 99 99\n"));
  std::vector<int> pages;
  std::size_t errors = 0;
  extractor_.tables(document,
                    [&](const TabulatedPage& page) {
                      pages.push_back(page.number);
                      for (const Issue& issue : page.issues)
                        errors += issue.severity == Severity::error;
                    },
                    {{4, 4}, {2, 3}});
  EXPECT_THAT(pages, ElementsAre(4, 2, 3));
  EXPECT_EQ(errors, 1U);
}

TEST_F(ExtractTest, PagesThatTheFileDoesNotHaveAreAnError) {
  const Document document = open_document(write_file(folder_ / "t.txt", "SCRIPT\npage 99 99\n"));
  try {
    extractor_.tables(document, [](const TabulatedPage&) {}, {{1, 2}});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_page_number);
  }
}

TEST_F(ExtractTest, TheSameFileGivesTheSameIssuesAndRecordsAgain) {
  const std::string script =
      "SCRIPT\npage 300 300\nword 20 20 FORM\nfail nan\npage 300 300\nfail int\npage 9 9\nimage\n";
  const auto first = extract(script);
  const auto records = records_;
  const auto second = extract(script);
  EXPECT_EQ(first.unread, second.unread);
  EXPECT_EQ(first.issues, second.issues);
  ASSERT_EQ(records.size(), records_.size());
  EXPECT_EQ(records[0].issues, records_[0].issues);
}

}  // namespace
}  // namespace tabularium
