// Search, ledger, reading and store together, without processes: what an import leaves behind.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <iterator>

#include "support.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/find_files.h"
#include "tabularium/pipeline/read_file.h"
#include "tabularium/pipeline/versions.h"
#include "tabularium/store/store.h"

namespace tabularium {
namespace {

using testing::FreshFolder;
using ::testing::HasSubstr;
using testing::note_models;
using testing::write_file;

constexpr const char* kForm =
    "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 subject=ink\nword 20 60 amount=12.50\n";
constexpr const char* kOtherForm =
    "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 40 subject=pen\nword 20 60 amount=3.00\n";

/// One text: the rows of `sql`, columns parted by "|", rows by line feeds.
std::string query(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  std::string text;
  const auto add = [](void* out, int count, char** values, char**) {
    auto& rows = *static_cast<std::string*>(out);
    for (int i = 0; i < count; ++i) {
      if (i > 0) rows += '|';
      rows += values[i] ? values[i] : "NULL";
    }
    rows += '\n';
    return 0;
  };
  char* message = nullptr;
  sqlite3_exec(database, sql.c_str(), add, &text, &message);
  if (message != nullptr) ADD_FAILURE() << message;
  sqlite3_free(message);
  sqlite3_close(database);
  return text;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ImportTest : public ::testing::Test {
 protected:
  ImportTest()
      : host_({std::filesystem::path(TABULARIUM_TEST_PLUGINS) / "scripted"}),
        extractor_(host_, note_models()),
        database_(folder_ / "forms.db") {}

  /// Enters the paths and reads what waits, one file after the other.
  Enqueued import(const std::vector<std::filesystem::path>& files,
                  const std::string& fingerprint = "v1", Retry retry = Retry::none) {
    const auto store = Store::open(database_.string(), note_models(), StoreMode::create);
    const Versions versions{fingerprint, "0", "p\n", "l\n", "m\n"};
    std::vector<FoundPath> found;
    find_files({files.begin(), files.end()}, [&](FoundPath path) {
      found.push_back(std::move(path));
      return true;
    });
    const Enqueued entered = store->enqueue(look_at(found, 1), versions, retry);
    for (auto claimed = store->claim(1, seat_, versions); !claimed.empty();
         claimed = store->claim(1, seat_, versions)) {
      EXPECT_TRUE(store->put(claimed[0], read(claimed[0])));
    }
    return entered;
  }
  Enqueued import(const std::filesystem::path& file, const std::string& fingerprint = "v1") {
    return import(std::vector{file}, fingerprint);
  }
  FileReading read(const ClaimedFile& claimed) {
    Document document = open_document(path_of_ledger(claimed.path));
    std::vector<Record> records;
    FileReading reading = read_file(extractor_, document,
                                    [&](Record record) { records.push_back(std::move(record)); });
    reading.records = std::move(records);
    return reading;
  }
  std::string rows(const std::string& sql) { return query(database_, sql); }
  std::string name(const char* file) { return (folder_ / file).string(); }

  PluginHost host_;
  Extractor extractor_;
  FreshFolder folder_;
  std::filesystem::path database_;
  const Seat seat_{"test", 60};
};

TEST_F(ImportTest, StoresTheRecordsOfAFile) {
  EXPECT_EQ(import(write_file(folder_ / "a.txt", kForm)).added, 1);
  EXPECT_EQ(rows("SELECT subject, amount_fen FROM note"), "ink|1250\n");
  EXPECT_EQ(rows("SELECT path, state, pages, unread_pages, records FROM files"),
            name("a.txt") + "|done|1|0|1\n");
}

TEST_F(ImportTest, TheSameFileAgainChangesNotOneByte) {
  const auto file = write_file(folder_ / "a.txt", kForm);
  import(file);
  const std::string before = bytes_of(database_);
  EXPECT_EQ(import(file).unchanged, 1);
  EXPECT_EQ(bytes_of(database_), before);
}

TEST_F(ImportTest, AFailedFileAgainChangesNotOneByte) {
  for (const char* script : {"SCRIPT\nopen error\n", "SCRIPT\npage 9 9\nimage\n", "no form", ""}) {
    const auto file = write_file(folder_ / "a.txt", script);
    import(file);
    EXPECT_EQ(rows("SELECT state FROM files"), "failed\n") << script;
    const std::string before = bytes_of(database_);
    import(file);
    EXPECT_EQ(bytes_of(database_), before) << script;
  }
}

TEST_F(ImportTest, AFileThatCannotBeReadGetsARowWithTheReason) {
  import({write_file(folder_ / "a.txt", "SCRIPT\nopen error\n"),
          write_file(folder_ / "b.txt", "SCRIPT\npage 9 9\nimage\n"),
          write_file(folder_ / "c.txt", "SCRIPT\npage 300 300\nword 20 20 hello\n"),
          write_file(folder_ / "d.txt", "something"), write_file(folder_ / "e.txt", ""),
          folder_ / "missing.txt"});
  EXPECT_EQ(rows("SELECT reason FROM files ORDER BY path"),
            "encrypted\nno_text\nno_form\nunknown_format\nempty_input\nnot_found\n");
  EXPECT_EQ(rows("SELECT count(*) FROM files WHERE state <> 'failed' OR message IS NULL"), "0\n");
  EXPECT_EQ(rows("SELECT unread_pages FROM files WHERE reason = 'no_text'"), "1\n");
}

TEST_F(ImportTest, AnotherPathWithTheSameBytesIsADuplicate) {
  import(write_file(folder_ / "a.txt", kForm));
  std::filesystem::create_symlink("a.txt", folder_ / "c.txt");
  EXPECT_EQ(import({write_file(folder_ / "b.txt", kForm), folder_ / "c.txt"}).duplicates, 2);
  EXPECT_EQ(rows("SELECT count(*) FROM records"), "1\n");
  EXPECT_EQ(rows("SELECT DISTINCT o.path FROM files f JOIN files o ON o.id = f.duplicate_of"),
            name("a.txt") + "\n");
  EXPECT_EQ(import(folder_ / "b.txt").unchanged, 1);
}

TEST_F(ImportTest, AChangedFileReplacesItsRecords) {
  import(write_file(folder_ / "a.txt", kForm));
  EXPECT_EQ(import(write_file(folder_ / "a.txt", kOtherForm)).changed, 1);
  EXPECT_EQ(rows("SELECT subject FROM note"), "pen\n");
  EXPECT_EQ(rows("SELECT count(*) FROM files"), "1\n");
  EXPECT_EQ(rows("SELECT count(*) FROM evidence WHERE record_id NOT IN (SELECT id FROM records)"),
            "0\n");
}

TEST_F(ImportTest, WhenTheOriginalChangesItsDuplicateKeepsTheRecords) {
  import({write_file(folder_ / "a.txt", kForm), write_file(folder_ / "b.txt", kForm)});
  import(write_file(folder_ / "a.txt", kOtherForm));
  EXPECT_EQ(rows("SELECT file, subject FROM note ORDER BY file"),
            name("a.txt") + "|pen\n" + name("b.txt") + "|ink\n");
  EXPECT_EQ(rows("SELECT state, duplicate_of FROM files ORDER BY path"), "done|NULL\ndone|NULL\n");
}

TEST_F(ImportTest, AnotherVersionReadsTheFileAnew) {
  const auto file = write_file(folder_ / "a.txt", kForm);
  import(file, "v1");
  EXPECT_EQ(import(file, "v2").changed, 1);
  EXPECT_EQ(import(file, "v2").unchanged, 1);
  EXPECT_EQ(rows("SELECT count(*) FROM records"), "1\n");
  EXPECT_EQ(rows("SELECT fingerprint FROM versions v JOIN files f ON f.version_id = v.id"), "v2\n");
}

TEST_F(ImportTest, RecordsStayWhenTheirFileIsGone) {
  import(write_file(folder_ / "a.txt", kForm));
  std::filesystem::remove(folder_ / "a.txt");
  import(folder_ / "a.txt");
  EXPECT_EQ(rows("SELECT subject FROM note"), "ink\n");
}

TEST_F(ImportTest, AnUnreadPageIsCountedAndItsIssueStored) {
  import(write_file(folder_ / "a.txt",
                    "SCRIPT\npage 300 300\nword 20 20 FORM\npage 300 300\nfail std\n"));
  EXPECT_EQ(rows("SELECT unread_pages FROM files"), "1\n");
  EXPECT_EQ(rows("SELECT count(*) FROM issues WHERE check_id = 'plugin_failed' AND record_id IS "
                 "NOT NULL AND found_by = 'reading'"),
            "1\n");
}

TEST_F(ImportTest, IssuesOfChecksAreToldFromThoseOfReading) {
  import(
      write_file(folder_ / "a.txt", "SCRIPT\npage 300 300\nword 20 20 FORM\nword 20 60 amount=\n"));
  EXPECT_EQ(rows("SELECT found_by, severity, pointer FROM issues WHERE check_id = 'amount_given'"),
            "check|error|/fields/amount\n");
  EXPECT_EQ(rows("SELECT state FROM files"), "review\n");
}

TEST(CurrentVersions, ChangeWithTheContentsOfModels) {
  const PluginHost host({std::filesystem::path(TABULARIUM_TEST_PLUGINS) / "scripted"});
  const FreshFolder folder;
  write_file(folder / "a.toml", "record = 1");
  const Versions before = current_versions(host, {folder.path()});
  EXPECT_EQ(before.fingerprint, current_versions(host, {folder.path()}).fingerprint);
  EXPECT_THAT(before.plugins, HasSubstr("scripted 1.0"));
  write_file(folder / "a.toml", "record = 2");
  EXPECT_NE(before.fingerprint, current_versions(host, {folder.path()}).fingerprint);
}

TEST(CurrentVersions, ChangeWithTheRecognizerThatIsAskedFor) {
  const FreshFolder folder;
  const auto fingerprint = [&](const std::string& recognizer) {
    const PluginHost host({std::filesystem::path(TABULARIUM_TEST_PLUGINS) / "scripted"},
                          PluginLoading{.recognizer = recognizer});
    return current_versions(host, {folder.path()}).fingerprint;
  };
  EXPECT_EQ(fingerprint("ocr"), fingerprint("ocr"));
  EXPECT_NE(fingerprint("ocr"), fingerprint("lines"));
}

}  // namespace
}  // namespace tabularium
