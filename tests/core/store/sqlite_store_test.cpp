#include <gmock/gmock.h>

#include "../pipeline/support.h"
#include "tabularium/page/error.h"
#include "tabularium/store/record_store.h"
#include "tabularium/store/schema_internal.h"

namespace tabularium {
namespace {

using testing::FreshFolder;
using ::testing::HasSubstr;
using testing::note_models;
using testing::write_file;

/// A record with a value of every kind.
Record full_record() {
  Record record;
  record.record = "note";
  record.layout = "plain-1";
  record.title = "Note";
  record.year = 2025;
  record.source = {"a.pdf", std::string(64, 'a'), {1, 2}};
  record.fields = {{"subject", std::string("it's \"ink\"")},
                   {"amount", Money{10}},
                   {"paid_on", Date{2025, 2, 28}},
                   {"settled", true},
                   {"tags", std::vector<std::string>{"a", "b"}},
                   {"total", Decimal(9971, 2)}};
  Quantity target;
  target.text = ">=40pieces";
  target.op = ">=";
  target.value = Decimal(40, 0);
  target.unit = "pieces";
  record.tables = {{"items",
                    {{{{"name", std::string("x")}, {"target", target}, {"cost", Money{1}}}},
                     {{{"name", std::string("y")}, {"target", Value()}, {"cost", Money{2}}}}}}};
  record.evidence["/fields/subject"] = {1, {1.004, 2.0, 3.0, 4.0}, "it's", 0.5, "pdf_text", "元"};
  record.issues = {{"amount_given", Severity::error, "/fields/amount", {"/fields/total"}, "odd"},
                   {"unclaimed_text", Severity::info, "", {}, "left over"}};
  return record;
}

class SqliteStoreTest : public ::testing::Test {
 protected:
  SqliteStoreTest() : file_(folder_.path() / "forms.db") {}

  std::unique_ptr<RecordStore> open(StoreMode mode = StoreMode::create) {
    return open_sqlite_store(file_, note_models(), mode);
  }
  FileRow file_row() {
    FileRow row;
    row.state = FileState::done;
    row.path = "a.pdf";
    row.sha256 = std::string(64, 'a');
    row.size = 10;
    row.records = 1;
    row.versions = versions_.fingerprint;
    return row;
  }
  void store_record(const Record& record) {
    const auto store = open();
    store->begin();
    store->add_record(store->put_file(file_row(), versions_), 1, record);
    store->commit();
  }
  /// First column of the first row, as text.
  std::string value(const std::string& sql) {
    return Database(file_, false)
        .prepare(sql)
        .one({}, [](const Statement& row) { return row.text(0); })
        .value_or("no row");
  }

  FreshFolder folder_;
  std::filesystem::path file_;
  Versions versions_{"v1", "0.1.0", "p\n", "l\n", "m\n"};
};

TEST_F(SqliteStoreTest, KeepsEveryKindOfValueInAColumnOfItsOwn) {
  store_record(full_record());
  EXPECT_EQ(value("SELECT subject FROM note"), "it's \"ink\"");
  EXPECT_EQ(value("SELECT amount_fen FROM note"), "10");
  EXPECT_EQ(value("SELECT amount FROM note"), "0.1");
  EXPECT_EQ(value("SELECT paid_on FROM note"), "2025-02-28");
  EXPECT_EQ(value("SELECT settled FROM note"), "1");
  EXPECT_EQ(value("SELECT group_concat(value) FROM note, json_each(tags)"), "a,b");
  EXPECT_EQ(value("SELECT total FROM note"), "99.71");
  EXPECT_EQ(value("SELECT typeof(total) FROM note"), "real");
  EXPECT_EQ(value("SELECT target_operator || target_value || target_unit FROM items WHERE row = 0"),
            ">=40pieces");
  EXPECT_EQ(value("SELECT count(*) FROM items WHERE row = 1 AND target_text IS NULL"), "1");
  EXPECT_EQ(value("SELECT sum(cost_fen) FROM items"), "3");
}

TEST_F(SqliteStoreTest, TheViewOfARecordTypeSaysWhereARecordIsFromAndHowItStands) {
  store_record(full_record());
  EXPECT_EQ(value("SELECT file || ordinal || first_page || layout || title || year || errors || "
                  "warnings FROM note"),
            "a.pdf11plain-1Note202510");
}

TEST_F(SqliteStoreTest, ProblemsShowWhatIsPrintedWhereTheIssueIs) {
  Record record = full_record();
  record.issues[0].pointer = "/fields/subject";
  store_record(record);
  EXPECT_EQ(value("SELECT severity || file || page || ordinal || printed || message FROM problems"),
            "errora.pdf11it'sodd");
  EXPECT_EQ(value("SELECT count(*) FROM problems"), "1");
}

TEST_F(SqliteStoreTest, GivesRecordsBackAsTheyWere) {
  store_record(full_record());
  int seen = 0;
  open(StoreMode::existing)->each_record([&](const StoredRecord& stored) {
    ++seen;
    EXPECT_EQ(stored.file, "a.pdf");
    EXPECT_EQ(stored.ordinal, 1);
    const Record wanted = full_record();
    EXPECT_EQ(stored.record.title, wanted.title);
    EXPECT_EQ(stored.record.source.file, "a.pdf");
    for (const Field& field : wanted.fields) {
      ASSERT_NE(stored.record.field(field.name), nullptr) << field.name;
      EXPECT_EQ(*stored.record.field(field.name), field.value) << field.name;
    }
    const Evidence& evidence = stored.record.evidence.at("/fields/subject");
    EXPECT_EQ(evidence, (Evidence{1, {1.0, 2.0, 3.0, 4.0}, "it's", 0.5, "pdf_text", "元"}));
    ASSERT_EQ(stored.record.issues.size(), 1U) << "only what a check of the model found";
    EXPECT_EQ(stored.record.issues[0], wanted.issues[0]);
  });
  EXPECT_EQ(seen, 1);
}

TEST_F(SqliteStoreTest, NewFindingsOfChecksReplaceTheOldOnesAlone) {
  store_record(full_record());
  const auto store = open(StoreMode::existing);
  store->begin();
  store->each_record([&](const StoredRecord& stored) {
    store->replace_checks(stored.id,
                          {{"amount_given", Severity::warning, "/fields/amount", {}, "new"}});
  });
  store->commit();
  EXPECT_EQ(value("SELECT group_concat(message, ', ') FROM (SELECT message FROM issues ORDER BY "
                  "message)"),
            "left over, new");
}

TEST_F(SqliteStoreTest, WhatIsNotCommittedNeverHappened) {
  {
    const auto store = open();
    store->begin();
    store->add_record(store->put_file(file_row(), versions_), 1, full_record());
    store->roll_back();
  }
  EXPECT_EQ(value("SELECT count(*) FROM files"), "0");
  EXPECT_EQ(value("SELECT count(*) FROM note_fields"), "0");
}

TEST_F(SqliteStoreTest, KnowsItsOwnDatabasesByTheirApplicationIdAndVersion) {
  open();
  EXPECT_EQ(value("PRAGMA user_version"), "1");
  EXPECT_EQ(value("PRAGMA application_id"), std::to_string(0x5442554C));
}

TEST_F(SqliteStoreTest, OpeningADatabaseAgainChangesNothing) {
  open();
  const auto before = std::filesystem::last_write_time(file_);
  const auto changes = value("SELECT count(*) FROM sqlite_schema");
  open();
  EXPECT_EQ(std::filesystem::last_write_time(file_), before);
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_schema"), changes);
}

/// The message of the error that opening ends with.
std::string refusal(const std::filesystem::path& file, StoreMode mode = StoreMode::create) {
  try {
    open_sqlite_store(file, note_models(), mode);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::store_failed);
    return error.what();
  }
  ADD_FAILURE() << "opened";
  return "";
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfAnotherProgram) {
  Database(file_, true).execute("CREATE TABLE theirs (a)");
  EXPECT_THAT(refusal(file_), HasSubstr("another program"));
}

TEST_F(SqliteStoreTest, RefusesADatabaseOfANewerProgramWithBothVersions) {
  open();
  Database(file_, false).execute("PRAGMA user_version = 99");
  EXPECT_THAT(refusal(file_), ::testing::AllOf(HasSubstr("99"), HasSubstr("up to 1")));
}

TEST_F(SqliteStoreTest, RefusesAFileThatIsNoDatabase) {
  write_file(file_, std::string(5000, 'x'));
  EXPECT_THAT(refusal(file_), HasSubstr("not a database"));
}

TEST_F(SqliteStoreTest, RefusesADatabaseThatIsNotThereWhereItShouldBe) {
  EXPECT_THAT(refusal(file_, StoreMode::existing), HasSubstr("no such database"));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

Models models_with(const std::string& fields) {
  return Models::parse(
      {{"note.toml", "record = \"note\"\ntitle = \"N\"\nvocabulary = \"small\"\n" + fields},
       {"small.toml", R"(
vocabulary = "small"
blanks = ["-"]
yes = ["yes"]
no = ["no"]
currency_marks = ["$"]
units = ["pieces"]
no_units = ["or"]
[operators]
">=" = [">="]
[multipliers]
"k" = 3
[money_units]
"yuan" = 0
)"}});
}

TEST_F(SqliteStoreTest, AFieldThatIsNewInTheModelGetsItsColumn) {
  const Models small = models_with("[[field]]\nname = \"subject\"\ntype = \"text\"\n");
  open_sqlite_store(file_, small, StoreMode::create);
  const Models large = models_with(
      "[[field]]\nname = \"subject\"\ntype = \"text\"\n"
      "[[field]]\nname = \"amount\"\ntype = \"money\"\n");
  open_sqlite_store(file_, large, StoreMode::create);
  EXPECT_EQ(value("SELECT count(amount) + count(amount_fen) FROM note"), "0");
}

TEST_F(SqliteStoreTest, AFieldThatChangedItsTypeIsRefused) {
  const Models text = models_with("[[field]]\nname = \"amount\"\ntype = \"text\"\n");
  open_sqlite_store(file_, text, StoreMode::create);
  const Models number = models_with("[[field]]\nname = \"amount\"\ntype = \"number\"\n");
  EXPECT_THROW(open_sqlite_store(file_, number, StoreMode::create), Error);
}

TEST(ModelTables, RefuseANameThatTheStoreNeedsItself) {
  const Models models =
      models_with("[[table]]\nname = \"files\"\n[[table.column]]\nname = \"a\"\ntype = \"text\"\n");
  EXPECT_THROW(model_tables(models), Error);
}

}  // namespace
}  // namespace tabularium
