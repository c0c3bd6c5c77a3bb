#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>

#include "../pipeline/support.h"
#include "tabularium/page/error.h"
#include "tabularium/store/connection_internal.h"
#include "tabularium/store/store.h"

namespace tabularium {
namespace {

using testing::FreshFolder;

/// A database that version 0.1.0 made of three fixtures and an empty file (`sqlite3 .dump`), and
/// the record models of today.
class MigrationTest : public ::testing::Test {
 protected:
  MigrationTest() : models_(Models::load({TABULARIUM_SOURCE_DIR "/models"})) {
    address_ = (folder_ / "forms.db").string();
    std::ifstream in(TABULARIUM_SOURCE_DIR "/tests/core/store/schema_1.sql");
    const std::string dump(std::istreambuf_iterator<char>(in), {});
    const auto old = connect_sqlite(address_, true);
    old->execute(dump);
    old->set_mark(1);
  }
  std::string rows(const std::string& file, const std::string& sql, int columns = 1) {
    std::string text;
    connect_sqlite(file, true)->each(sql, {}, [&](const SqlRow& row) {
      for (int i = 0; i < columns; ++i) text += (i > 0 ? "|" : "") + row.text(i);
      text += '\n';
    });
    return text;
  }
  std::string rows(const std::string& sql, int columns = 1) { return rows(address_, sql, columns); }

  FreshFolder folder_;
  std::string address_;
  Models models_;
};

TEST_F(MigrationTest, KeepsEveryFileRecordAndValue) {
  const std::string evidence = rows("SELECT count(*) FROM evidence");
  const std::string money =
      rows("SELECT annual_funding_total_fen FROM performance_declaration ORDER BY file, ordinal");
  const std::string indicators = rows(
      "SELECT level3 FROM indicators i JOIN records r ON r.id = i.record_id JOIN files f ON "
      "f.id = r.file_id ORDER BY f.path, r.ordinal, i.row");
  Store::open(address_, models_, StoreMode::existing);
  EXPECT_EQ(rows("PRAGMA user_version"), "3\n");
  EXPECT_EQ(rows("SELECT id, path, state FROM files ORDER BY id", 3),
            "1|in/b.pdf|review\n2|in/a.pdf|done\n3|in/bad\\x5cname.pdf|failed\n"
            "4|in/twin.pdf|duplicate\n");
  EXPECT_EQ(rows("SELECT id FROM records ORDER BY id"), "100001\n100002\n100003\n200001\n");
  EXPECT_EQ(rows("SELECT count(*) FROM evidence"), evidence);
  EXPECT_EQ(
      rows("SELECT annual_funding_total_fen FROM performance_declaration ORDER BY file, ordinal"),
      money);
  EXPECT_EQ(rows("SELECT level3 FROM indicators i JOIN records r ON r.id = i.record_id JOIN files "
                 "f ON f.id = r.file_id ORDER BY f.path, r.ordinal, i.row"),
            indicators);
  EXPECT_EQ(rows("SELECT * FROM pragma_foreign_key_check"), "");
  EXPECT_EQ(rows("PRAGMA integrity_check"), "ok\n");
}

TEST_F(MigrationTest, GivesTheTablesThatANewDatabaseHas) {
  Store::open(address_, models_, StoreMode::existing);
  const std::string fresh = (folder_ / "fresh.db").string();
  Store::open(fresh, models_, StoreMode::create);
  const std::string sql =
      "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2";
  EXPECT_EQ(rows(sql, 3), rows(fresh, sql, 3));
  const std::string fixed =
      "SELECT sql FROM sqlite_schema WHERE type = 'view' OR name IN ('files', 'records', "
      "'evidence', 'issues', 'versions', 'work', 'corrections') ORDER BY name";
  EXPECT_EQ(rows(fixed), rows(fresh, fixed));
}

TEST_F(MigrationTest, TheRecordsCanBeReadCheckedAndCorrectedAfterwards) {
  const auto store = Store::open(address_, models_, StoreMode::existing);
  int records = 0;
  store->check_anew([&](const StoredRecord& stored, const std::vector<Issue>& found) {
    ++records;
    EXPECT_FALSE(stored.record.evidence.empty());
    for (const Issue& issue : found) {
      EXPECT_EQ(std::count(stored.record.issues.begin(), stored.record.issues.end(), issue), 1)
          << issue.message;
    }
  });
  EXPECT_EQ(records, 4);
  const Corrected corrected =
      store->correct({200001, "/fields/project_name", "名", "me", "", "2025-01-31T08:15:00Z"});
  EXPECT_EQ(corrected.after, "\"名\"");
}

TEST_F(MigrationTest, FilesReadByTheOldVersionAreKnown) {
  const auto store = Store::open(address_, models_, StoreMode::existing);
  const FileRow row = store->find_path("in/a.pdf").value();
  Versions versions;
  versions.fingerprint = row.versions;
  EXPECT_EQ(store->enqueue({{row.path, row.sha256, row.size, "", ""}}, versions).unchanged, 1);
  versions.fingerprint = "newer";
  EXPECT_EQ(store->enqueue({{row.path, row.sha256, row.size, "", ""}}, versions).changed, 1);
  EXPECT_EQ(rows("SELECT count(*) FROM records WHERE file_id = 2"), "1\n");
}

TEST_F(MigrationTest, AMigrationThatStopsHalfwayLeavesTheOldDatabase) {
  const std::string before = rows("SELECT name FROM sqlite_schema ORDER BY name");
  // A model that wants another type of a column ends it at its last step.
  const Models other = Models::parse(
      {{"m.toml",
        "record = \"performance_declaration\"\ntitle = \"N\"\nvocabulary = \"v\"\n"
        "[[field]]\nname = \"project_name\"\ntype = \"number\"\n"},
       {"v.toml",
        "vocabulary = \"v\"\nblanks = []\nyes = [\"y\"]\nno = [\"n\"]\ncurrency_marks = "
        "[]\nunits = []\nno_units = []\n[operators]\n\">=\" = [\">=\"]\n[multipliers]\n"
        "\"k\" = 3\n[money_units]\n\"yuan\" = 0\n"}});
  EXPECT_THROW(Store::open(address_, other, StoreMode::existing), Error);
  EXPECT_EQ(rows("SELECT name FROM sqlite_schema ORDER BY name"), before);
  EXPECT_EQ(rows("PRAGMA user_version"), "1\n");
  Store::open(address_, models_, StoreMode::existing);
  EXPECT_EQ(rows("SELECT count(*) FROM records"), "4\n");
}

TEST_F(MigrationTest, AddsTheLinesOfTextFilesToSchema2) {
  Store::open(address_, models_, StoreMode::existing);
  {
    const auto old = connect_sqlite(address_, true);
    old->execute("ALTER TABLE evidence DROP COLUMN first_line");
    old->execute("ALTER TABLE evidence DROP COLUMN last_line");
    old->set_mark(2);
  }
  const std::string evidence = rows("SELECT count(*) FROM evidence");
  Store::open(address_, models_, StoreMode::existing);
  EXPECT_EQ(rows("PRAGMA user_version"), "3\n");
  EXPECT_EQ(rows("SELECT count(*) FROM evidence WHERE first_line IS NULL"), evidence);
}

}  // namespace
}  // namespace tabularium
