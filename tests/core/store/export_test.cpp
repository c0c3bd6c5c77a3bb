#include "tabularium/store/export.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <iterator>
#include <sstream>

#include "any_store.h"
#include "tabularium/page/error.h"
#include "tabularium/record/json.h"
#include "tabularium/store/export_tables_internal.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using testing::full_record;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::note;
using testing::note_models;
using ::testing::StartsWith;
using testing::write_file;

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ExportTest : public AnyStore {
 protected:
  /// Files, a duplicate, a failed one, a correction; the order of work as the caller wants it.
  void fill(bool backwards = false) {
    const auto store = open();
    store->enqueue({found("b 2.pdf", 'b'),
                    found("a,1.pdf", 'a'),
                    found("twin.pdf", 'a'),
                    {"gone.pdf", "", 0, "not_found", "gone.pdf: no such file"},
                    found("目录/c.pdf", 'c')},
                   versions_);
    auto claimed = store->claim(9, seat_, versions_);
    if (backwards) std::reverse(claimed.begin(), claimed.end());
    for (const ClaimedFile& file : claimed) {
      Record second = note("=1+1");
      second.year = 2024;
      second.issues = {{"amount_given", Severity::error, "/fields/amount", {"/year"}, "odd, \"x\""},
                       {"unclaimed_text", Severity::info, "", {}, "left"}};
      FileReading read = reading({full_record(), second});
      read.issues = {{"unknown_form", Severity::warning, "", {}, "page 3"}};
      store->put(file, read);
    }
    store->correct({store->records_of("a,1.pdf").at(0).id, "/fields/amount", "-5", "li", "",
                    "2025-01-31T08:15:00Z"});
  }
  std::string lines(const StoreFilter& filter = {}) {
    std::string text;
    export_lines(*open(StoreMode::existing), filter, [&](std::string_view line) { text += line; });
    return text;
  }
  Exported write(ExportFormat format, const char* name, bool bom = false) {
    return export_store(*open(StoreMode::existing), note_models(), {format, {}, bom},
                        folder_ / name);
  }
};

/// The export of `fill`: from both databases, whatever the order of work was. A change of it is a
/// change of the format.
constexpr const char* kDigest = "9c3255d9123863a82688cbcf37b6e5ed20214a71459d420b2b156803d51110a5";

std::string sha256_of(const std::string& text) {
  std::string digest(32, '\0');
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             EVP_sha256(), nullptr);
  std::string hex;
  for (const char c : digest) {
    constexpr const char* digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4U];
    hex += digits[static_cast<unsigned char>(c) & 15U];
  }
  return hex;
}

TEST_F(ExportTest, LinesAreWholeRecordsInTheOrderOfPathAndOrdinal) {
  fill();
  std::istringstream all(lines());
  std::string line;
  std::vector<std::string> order;
  while (std::getline(all, line)) {
    const Record record = record_from_json(line, *note_models().find("note"));
    order.push_back(record.source.file + "/" + std::to_string(record.year.value_or(0)));
    EXPECT_FALSE(record.evidence.empty());
    EXPECT_EQ(record.issues.size(), record.year == 2024 ? 2U : 0U);
  }
  EXPECT_THAT(order, ::testing::ElementsAre("a,1.pdf/2025", "a,1.pdf/2024", "b 2.pdf/2025",
                                            "b 2.pdf/2024", "目录/c.pdf/2025", "目录/c.pdf/2024"));
}

TEST_F(ExportTest, BothDatabasesGiveTheSameBytesWhateverTheOrderOfWork) {
  fill();
  EXPECT_EQ(sha256_of(lines()), kDigest);
  SetUp();
#ifndef TABULARIUM_TEST_POSTGRES
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(address_ + end);
#endif
  fill(true);
  EXPECT_EQ(sha256_of(lines()), kDigest);
}

TEST_F(ExportTest, TablesOfBothDatabasesHaveTheSameBytesToo) {
  fill();
  write(ExportFormat::csv, "csv");
  std::string all;
  for (const char* table : {"files", "note", "items", "evidence", "issues", "corrections"}) {
    all += read_file(folder_ / "csv" / (std::string(table) + ".csv"));
  }
  EXPECT_EQ(sha256_of(all), "cf0ed94d08b6c80fa82e46c010b862abcfb1d0dc194b23ba9d2e786fdf61392c")
      << all;
}

TEST_F(ExportTest, CsvHasAFileForEachTableAndIsSafeToOpen) {
  fill();
  const Exported exported = write(ExportFormat::csv, "csv");
  EXPECT_EQ(exported.files, 5);
  EXPECT_EQ(exported.records, 6);
  EXPECT_EQ(exported.written.size(), 6U);
  EXPECT_THAT(read_file(folder_ / "csv/files.csv"), HasSubstr("\"a,1.pdf\",review,,,2,0,2,,aaaa"));
  EXPECT_THAT(read_file(folder_ / "csv/files.csv"),
              HasSubstr("twin.pdf,duplicate,,,0,0,0,\"a,1.pdf\""));
  const std::string notes = read_file(folder_ / "csv/note.csv");
  EXPECT_THAT(notes, StartsWith("file,record,first_page,layout,title,year,state,errors,warnings,"
                                "subject,amount,paid_on,settled,tags,total\n"));
  EXPECT_THAT(notes, HasSubstr(",'=1+1,0.10,2025-02-28,true,a; b,99.71\n"));
  EXPECT_THAT(notes, HasSubstr(",-5.00,2025-02-28")) << "a number stays a number";
  EXPECT_THAT(read_file(folder_ / "csv/items.csv"),
              HasSubstr("\"a,1.pdf\",1,plain-1,2025,0,x,>=40pieces,>=,40,pieces,,0.01\n"));
  EXPECT_THAT(read_file(folder_ / "csv/issues.csv"),
              HasSubstr("error,amount_given,/fields/amount,\"odd, \"\"x\"\"\",/year\n"));
  EXPECT_THAT(read_file(folder_ / "csv/corrections.csv"),
              HasSubstr("\"a,1.pdf\",1,/fields/amount,0.10,-5.00,li,2025-01-31T08:15:00Z,\n"));
  EXPECT_THAT(notes, Not(StartsWith("\xEF\xBB\xBF")));
  write(ExportFormat::csv, "marked", true);
  EXPECT_THAT(read_file(folder_ / "marked/note.csv"), StartsWith("\xEF\xBB\xBF"
                                                                 "file,"));
}

TEST_F(ExportTest, EveryTextThatIsAFormulaToASpreadsheetIsMarked) {
  const auto store = open();
  const std::vector<std::string> dangerous = {
      "=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1"};
  std::vector<Record> records;
  for (const std::string& text : dangerous) records.push_back(note(text));
  for (const char* harmless : {"-5.00", "+3", "=", "a=b"}) records.push_back(note(harmless));
  store->enqueue({found("a.pdf")}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading(records); });
  write(ExportFormat::csv, "csv");
  const std::string notes = read_file(folder_ / "csv/note.csv");
  for (const std::string& text : dangerous) {
    const bool quoted = text.find_first_of("\r\"") != std::string::npos;
    EXPECT_THAT(notes, HasSubstr((quoted ? ",\"'" : ",'") + text)) << text;
  }
  for (const char* harmless : {",-5.00,", ",+3,", ",=,", ",a=b,"}) {
    EXPECT_THAT(notes, HasSubstr(harmless));
  }
}

TEST_F(ExportTest, XlsxIsAWorkbookAndTheSameBytesTwice) {
  fill();
  write(ExportFormat::xlsx, "a.xlsx");
  write(ExportFormat::xlsx, "b.xlsx");
  const std::string bytes = read_file(folder_ / "a.xlsx");
  EXPECT_THAT(bytes, StartsWith("PK"));
  EXPECT_EQ(bytes, read_file(folder_ / "b.xlsx"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.xlsx.part"));
}

TEST_F(ExportTest, ASheetThatIsFullGoesOnInAnotherOne) {
  const auto file = folder_ / "long.xlsx";
  const auto sink = xlsx_sink({{"numbers", {"n"}}}, file);
  constexpr int rows_of_a_sheet = 1'048'576 - 1;
  for (int i = 0; i < rows_of_a_sheet + 2; ++i) sink->add(0, {Decimal(i, 0)});
  sink->finish();
  const std::string script =
      "import sys, zipfile\n"
      "book = zipfile.ZipFile(sys.argv[1])\n"
      "assert b'name=\"numbers (2)\"' in book.read('xl/workbook.xml')\n"
      "assert book.read('xl/worksheets/sheet1.xml').count(b'<row ') == 1048576\n"
      "assert book.read('xl/worksheets/sheet2.xml').count(b'<row ') == 3\n";
  write_file(folder_ / "check.py", script);
  EXPECT_EQ(
      std::system(
          ("python3 '" + (folder_ / "check.py").string() + "' '" + file.string() + "'").c_str()),
      0);
}

TEST_F(ExportTest, AnOutputThatCannotBeWrittenIsSaidAndLeavesNothingBehind) {
  fill();
  for (const ExportFormat format : {ExportFormat::jsonl, ExportFormat::xlsx}) {
    try {
      write(format, "no/such/file");
      ADD_FAILURE() << "written";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::unwritable);
    }
  }
  write_file(folder_ / "taken", "x");
  EXPECT_THROW(write(ExportFormat::csv, "taken"), Error);
  EXPECT_EQ(read_file(folder_ / "taken"), "x");
}

}  // namespace
}  // namespace tabularium
