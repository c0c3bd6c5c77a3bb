#include "tabularium/store/store.h"

#include "any_store.h"
#include "tabularium/page/error.h"
#include "tabularium/store/schema_internal.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using testing::full_record;
using ::testing::HasSubstr;
using testing::note;
using testing::note_models;
using ::testing::SizeIs;

class StoreTest : public AnyStore {};

TEST_F(StoreTest, KeepsEveryKindOfValueInAColumnOfItsOwn) {
  store_record(full_record());
  EXPECT_EQ(value("SELECT subject FROM note"), "it's \"ink\"");
  EXPECT_EQ(value("SELECT amount_fen FROM note"), "10");
  EXPECT_EQ(value("SELECT CAST(amount * 100 AS INTEGER) FROM note"), "10");
  EXPECT_EQ(value("SELECT paid_on FROM note"), "2025-02-28");
  EXPECT_EQ(value("SELECT settled FROM note"), "1");
  EXPECT_EQ(value("SELECT tags FROM note"), "[\"a\",\"b\"]");
  EXPECT_EQ(value("SELECT total FROM note"), "99.71");
  EXPECT_EQ(value("SELECT target_operator || target_value || target_unit FROM items i WHERE "
                  "i.row = 0"),
            ">=40pieces");
  EXPECT_EQ(value("SELECT count(*) FROM items i WHERE i.row = 1 AND target_text IS NULL"), "1");
  EXPECT_EQ(value("SELECT sum(cost_fen) FROM items"), "3");
}

TEST_F(StoreTest, TheViewOfARecordTypeSaysWhereARecordIsFromAndHowItStands) {
  Record record = full_record();
  record.issues = {{"amount_given", Severity::error, "/fields/amount", {"/fields/total"}, "odd"}};
  store_record(record);
  EXPECT_EQ(rows("SELECT record_id, file, ordinal, first_page, layout, title, year, state, errors, "
                 "warnings FROM note",
                 10),
            "100001|a.pdf|1|1|plain-1|Note|2025|review|1|0\n");
}

TEST_F(StoreTest, ProblemsShowWhatIsPrintedWhereTheIssueIs) {
  Record record = full_record();
  record.issues = {{"amount_given", Severity::error, "/fields/subject", {}, "odd"},
                   {"unclaimed_text", Severity::info, "", {}, "left over"}};
  store_record(record);
  EXPECT_EQ(rows("SELECT severity, file, page, ordinal, printed, message FROM problems", 6),
            "error|a.pdf|1|1|it's|odd\n");
}

TEST_F(StoreTest, GivesRecordsBackAsTheyWere) {
  Record wanted = full_record();
  wanted.issues = {{"unclaimed_text", Severity::info, "", {}, "left over"},
                   {"amount_given", Severity::error, "/fields/amount", {"/fields/total"}, "odd"}};
  store_record(wanted);
  const auto records = open(StoreMode::existing)->records_of("a.pdf");
  ASSERT_THAT(records, SizeIs(1));
  const StoredRecord& stored = records[0];
  EXPECT_EQ(stored.id, 100001);
  EXPECT_EQ(stored.ordinal, 1);
  EXPECT_EQ(stored.record.title, wanted.title);
  EXPECT_EQ(stored.record.source.file, "a.pdf");
  for (const Field& field : wanted.fields) {
    ASSERT_NE(stored.record.field(field.name), nullptr) << field.name;
    EXPECT_EQ(*stored.record.field(field.name), field.value) << field.name;
  }
  const Evidence& evidence = stored.record.evidence.at("/fields/subject");
  EXPECT_EQ(evidence, (Evidence{1, {1.0, 2.0, 3.0, 4.0}, "it's", 0.95, "pdf_text", "元"}));
  EXPECT_EQ(stored.record.issues, wanted.issues);
}

TEST_F(StoreTest, TextThatADatabaseCannotHoldIsKeptAsFarAsItCan) {
  Record record = note(std::string("a\0b\xff\t\\N\n\r", 10));
  record.evidence["/fields/subject"].text = std::string("\\.\n\t\\N\0", 7);
  store_record(record);
  EXPECT_EQ(value("SELECT subject FROM note WHERE subject LIKE 'a%'").substr(0, 8),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(rows("SELECT text FROM evidence"), "\\.\n\t\\N\xEF\xBF\xBD\n");
}

TEST_F(StoreTest, NewFindingsOfChecksReplaceTheOldOnesAloneAndMoveTheState) {
  Record record = full_record();
  record.issues = {{"amount_given", Severity::error, "/fields/amount", {}, "old"},
                   {"unclaimed_text", Severity::info, "", {}, "left over"}};
  store_record(record);
  EXPECT_EQ(value("SELECT state FROM files"), "review");
  open(StoreMode::existing)->check_anew([](const StoredRecord&, const std::vector<Issue>& found) {
    EXPECT_THAT(found, SizeIs(0)) << "the amount is given";
  });
  EXPECT_EQ(rows("SELECT message FROM issues"), "left over\n");
  EXPECT_EQ(value("SELECT state FROM files"), "done");
}

TEST_F(StoreTest, RefusesADatabaseOfANewerProgramWithBothVersions) {
  open();
  connection()->set_mark(99);
  try {
    open();
    ADD_FAILURE() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::store_failed);
    EXPECT_THAT(error.what(), ::testing::AllOf(HasSubstr("99"), HasSubstr("up to 3")));
  }
}

TEST_F(StoreTest, RefusesAnEmptyDatabaseWhereThereShouldBeOne) {
  connection()->execute("SELECT 1");
  try {
    open(StoreMode::existing);
    ADD_FAILURE() << "opened";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nothing was imported"));
  }
}

TEST_F(StoreTest, RefusesADatabaseOfAnotherProgram) {
  connection()->execute("CREATE TABLE files (a INTEGER)");
  try {
    open();
    ADD_FAILURE() << "opened";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("another program"));
  }
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

TEST_F(StoreTest, AFieldThatIsNewInTheModelGetsItsColumn) {
  const Models small = models_with("[[field]]\nname = \"subject\"\ntype = \"text\"\n");
  Store::open(address_, small, StoreMode::create);
  const Models large = models_with(
      "[[field]]\nname = \"subject\"\ntype = \"text\"\n"
      "[[field]]\nname = \"amount\"\ntype = \"money\"\n");
  Store::open(address_, large, StoreMode::create);
  EXPECT_EQ(value("SELECT count(amount) + count(amount_fen) FROM note"), "0");
}

TEST_F(StoreTest, AFieldThatChangedItsTypeIsRefused) {
  const Models text = models_with("[[field]]\nname = \"amount\"\ntype = \"text\"\n");
  Store::open(address_, text, StoreMode::create);
  const Models number = models_with("[[field]]\nname = \"amount\"\ntype = \"number\"\n");
  EXPECT_THROW(Store::open(address_, number, StoreMode::create), Error);
}

TEST(ModelTables, RefuseANameThatTheStoreNeedsItself) {
  const Models models =
      models_with("[[table]]\nname = \"files\"\n[[table.column]]\nname = \"a\"\ntype = \"text\"\n");
  EXPECT_THROW(model_tables(models), Error);
}

TEST_F(StoreTest, FilesComeInTheOrderOfTheirPathsWithAllThatBelongsToThem) {
  const auto store = open();
  std::vector<FoundFile> files;
  for (int i = 0; i < 450; ++i) {
    files.push_back(found("f" + std::to_string(i) + ".pdf"));
    files.back().sha256 += std::to_string(i);
  }
  files.push_back({"z.pdf", "", 0, "not_found", "z.pdf: no such file"});
  store->enqueue(files, versions_);
  read_all(*store, [&](const ClaimedFile& file) {
    FileReading read = reading({note(file.path), note(file.path)});
    read.issues = {{"unknown_form", Severity::warning, "", {}, file.path}};
    return read;
  });
  std::vector<std::string> paths;
  store->each_file({}, [&](const StoredFile& file) {
    paths.push_back(file.row.path);
    ASSERT_THAT(file.records, SizeIs(file.row.path == "z.pdf" ? 0 : 2));
    for (const StoredRecord& record : file.records) {
      EXPECT_EQ(*record.record.field("subject"), Value(file.row.path));
      EXPECT_THAT(record.record.evidence, SizeIs(1));
    }
    EXPECT_THAT(file.issues, SizeIs(file.row.path == "z.pdf" ? 0 : 1));
  });
  EXPECT_THAT(paths, SizeIs(451));
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
}

TEST_F(StoreTest, AFilterLooksAtStateYearAndLayout) {
  const auto store = open();
  store->enqueue({found("a", 'a'), found("b", 'b'), found("c", 'c')}, versions_);
  read_all(*store, [&](const ClaimedFile& file) {
    Record first = note("x");
    Record second = note("y");
    second.year = 2024;
    second.layout = "plain-2";
    if (file.path == "c") second.issues = {{"amount_given", Severity::error, "", {}, "odd"}};
    return file.path == "a" ? reading({first}) : reading({first, second});
  });
  const auto seen = [&](const StoreFilter& filter) {
    std::string text;
    store->each_file(filter, [&](const StoredFile& file) {
      text += file.row.path + std::to_string(file.records.size());
    });
    return text;
  };
  const std::vector<FileState> any;
  EXPECT_EQ(seen({}), "a1b2c2");
  EXPECT_EQ(seen({any, {2024}, {}, {}}), "b1c1");
  EXPECT_EQ(seen({any, {2024, 2025}, {}, {}}), "a1b2c2");
  EXPECT_EQ(seen({any, {}, {"plain-2"}, {}}), "b1c1");
  EXPECT_EQ(seen({{FileState::review}, {}, {}, {}}), "c2");
  EXPECT_EQ(seen({{FileState::done}, {2024}, {}, {}}), "b1");
  EXPECT_EQ(seen({any, {1999}, {}, {}}), "");
}

}  // namespace
}  // namespace tabularium
