#include "any_store.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using testing::AnyStore;
using testing::full_record;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::note;
using ::testing::SizeIs;

class CorrectionTest : public AnyStore {
 protected:
  Corrected correct(Store& store, const std::string& pointer, const std::string& text) {
    return store.correct({100001, pointer, text, "li", "seen on paper", "2025-01-31T08:15:00Z"});
  }
  /// Reads the file again, with a newer program, as `record`.
  void read_again(Store& store, const Record& record, char bytes = 'a') {
    store.enqueue({found("a.pdf", bytes)}, newer_);
    const auto claimed = store.claim(1, seat_, newer_);
    ASSERT_THAT(claimed, SizeIs(1));
    store.put(claimed[0], reading({record}));
  }
  std::string message_of(Store& store, const std::string& pointer, const std::string& text) {
    try {
      correct(store, pointer, text);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Error::Code::bad_usage);
      return error.what();
    }
    ADD_FAILURE() << pointer << " taken";
    return "";
  }
};

TEST_F(CorrectionTest, KeepsWhoWhenBeforeAndAfterAndChangesTheTables) {
  store_record(full_record());
  const auto store = open(StoreMode::existing);
  const Corrected corrected = correct(*store, "/fields/amount", "1,234.50");
  EXPECT_EQ(corrected.before, "0.10");
  EXPECT_EQ(corrected.after, "1234.50");
  EXPECT_EQ(value("SELECT amount_fen FROM note"), "123450");
  EXPECT_EQ(rows("SELECT file_id, sha256, ordinal, pointer, before, after, who, made_at, why FROM "
                 "corrections",
                 9),
            "1|" + std::string(64, 'a') +
                "|1|/fields/amount|0.10|1234.50|li|2025-01-31T08:15:00Z|seen on paper\n");
}

TEST_F(CorrectionTest, ReadsValuesOfEveryTypeAsAFormPrintsThem) {
  store_record(full_record());
  const auto store = open(StoreMode::existing);
  EXPECT_EQ(correct(*store, "/title", "Plan").after, "\"Plan\"");
  EXPECT_EQ(correct(*store, "/year", "2024").after, "2024");
  EXPECT_EQ(correct(*store, "/fields/subject", " pen ").after, "\"pen\"");
  EXPECT_EQ(correct(*store, "/fields/paid_on", "2024年3月1日").after, "\"2024-03-01\"");
  EXPECT_EQ(correct(*store, "/fields/settled", "no").after, "false");
  EXPECT_EQ(correct(*store, "/fields/tags", "x; y").after, "[\"x\",\"y\"]");
  EXPECT_EQ(correct(*store, "/fields/total", "").after, "null");
  EXPECT_EQ(correct(*store, "/tables/items/1/target", ">=3pieces").after,
            "{\"text\":\">=3pieces\",\"operator\":\">=\",\"value\":3,\"unit\":\"pieces\","
            "\"note\":null}");
  const Record record = store->find_record(100001)->record;
  EXPECT_EQ(record.title, "Plan");
  EXPECT_EQ(record.year, 2024);
  EXPECT_EQ(*record.field("paid_on"), Value(Date{2024, 3, 1}));
  EXPECT_EQ(value("SELECT year FROM records"), "2024");
  EXPECT_EQ(value("SELECT target_value FROM items i WHERE i.row = 1"), "3");
}

TEST_F(CorrectionTest, RefusesWhatIsNoValueOrNoPlaceAndChangesNothing) {
  store_record(full_record());
  const auto store = open(StoreMode::existing);
  EXPECT_THAT(message_of(*store, "/fields/amount", "much"), HasSubstr("`much` is no money"));
  EXPECT_THAT(message_of(*store, "/year", "2024.5"), HasSubstr("no year"));
  EXPECT_THAT(message_of(*store, "/fields/nothing", "1"), HasSubstr("no /fields/nothing"));
  EXPECT_THAT(message_of(*store, "/tables/items/7/name", "1"), HasSubstr("/tables/items/7/name"));
  EXPECT_THAT(message_of(*store, "", "1"), HasSubstr("there is no"));
  EXPECT_THROW(store->correct({1, "/title", "x", "li", "", ""}), Error);
  EXPECT_EQ(value("SELECT count(*) FROM corrections"), "0");
}

TEST_F(CorrectionTest, ChecksTheRecordAnewAndMovesTheStateOfTheFile) {
  store_record(full_record());
  const auto store = open(StoreMode::existing);
  const Corrected emptied = correct(*store, "/fields/amount", "");
  ASSERT_THAT(emptied.issues, SizeIs(1));
  EXPECT_EQ(emptied.issues[0].check, "amount_given");
  EXPECT_EQ(emptied.state, FileState::review);
  EXPECT_EQ(value("SELECT state FROM files"), "review");
  EXPECT_THAT(correct(*store, "/fields/amount", "3").issues, IsEmpty());
  EXPECT_EQ(value("SELECT state FROM files"), "done");
}

TEST_F(CorrectionTest, SettlesWhatReadingDoubtedOfTheValueAlone) {
  Record record = full_record();
  record.evidence["/fields/subject"].confidence = 0.3;
  record.issues = {{"unsure", Severity::warning, "/fields/subject", {}, "read unsurely"},
                   {"unsure", Severity::warning, "/fields/total", {}, "read unsurely"}};
  store_record(record);
  EXPECT_EQ(value("SELECT state FROM files"), "review");
  const auto store = open(StoreMode::existing);
  correct(*store, "/fields/subject", "ink");
  EXPECT_EQ(value("SELECT state FROM files"), "done");
  EXPECT_EQ(rows("SELECT pointer FROM issues"), "/fields/total\n");
  EXPECT_EQ(rows("SELECT extractor, text FROM evidence WHERE confidence = 1", 2), "person|it's\n");
}

TEST_F(CorrectionTest, ANewReadingKeepsThePersonsValue) {
  store_record(full_record());
  const auto store = open();
  correct(*store, "/fields/amount", "5");
  correct(*store, "/fields/amount", "7");
  read_again(*store, full_record());
  EXPECT_EQ(value("SELECT amount_fen FROM note"), "700");
  EXPECT_EQ(value("SELECT count(*) FROM issues"), "0") << "the file still reads what was corrected";
}

TEST_F(CorrectionTest, AReadingThatSaysSomethingElseNowIsTold) {
  store_record(full_record());
  const auto store = open();
  correct(*store, "/fields/amount", "5");
  Record other = full_record();
  other.fields[1].value = Money{99};
  read_again(*store, other);
  EXPECT_EQ(value("SELECT amount_fen FROM note"), "500");
  EXPECT_EQ(rows("SELECT check_id, severity, pointer FROM issues", 3),
            "correction_kept|warning|/fields/amount\n");
}

TEST_F(CorrectionTest, AReadingWithoutThePlaceIsToldToo) {
  store_record(full_record());
  const auto store = open();
  correct(*store, "/tables/items/1/name", "z");
  Record shorter = full_record();
  shorter.tables[0].rows.pop_back();
  read_again(*store, shorter);
  EXPECT_EQ(rows("SELECT check_id FROM issues"), "correction_lost\n");
  EXPECT_THAT(store->corrections_of("a.pdf"), SizeIs(1));
}

TEST_F(CorrectionTest, ChecksOfANewReadingSeeThePersonsValue) {
  Record empty = full_record();
  empty.fields[1].value = Value();
  empty.issues = {{"amount_given", Severity::error, "/fields/amount", {}, "missing"}};
  store_record(empty);
  const auto store = open();
  correct(*store, "/fields/amount", "5");
  read_again(*store, empty);
  EXPECT_EQ(value("SELECT count(*) FROM issues"), "0");
  EXPECT_EQ(value("SELECT state FROM files"), "done");
}

TEST_F(CorrectionTest, FollowsTheBytesToAnotherPathAndThePathToOtherBytes) {
  store_record(full_record());
  const auto store = open();
  correct(*store, "/fields/amount", "5");
  // The path has other bytes now, the old bytes are read under a new path.
  store->enqueue({found("a.pdf", 'n'), found("moved.pdf", 'a')}, versions_);
  read_all(*store, [&](const ClaimedFile&) { return reading({full_record()}); });
  EXPECT_EQ(rows("SELECT file, amount_fen FROM note ORDER BY file", 2),
            "a.pdf|500\nmoved.pdf|500\n");
}

}  // namespace
}  // namespace tabularium
