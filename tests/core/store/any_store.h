#pragma once

#include <gmock/gmock.h>

#include "../pipeline/support.h"
#include "tabularium/store/connection_internal.h"
#include "tabularium/store/store.h"

#ifdef TABULARIUM_TEST_POSTGRES
#include "postgres_server.h"
#endif

namespace tabularium::testing {

#ifdef TABULARIUM_TEST_POSTGRES
/// One server for all tests of the program.
inline PostgresServer& postgres_server() {
  static PostgresServer server;
  return server;
}
#endif

/// A record with a value of every kind.
inline Record full_record() {
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
  record.evidence["/fields/subject"] = {1, {1.004, 2.0, 3.0, 4.0}, "it's", 0.95, "pdf_text", "元"};
  return record;
}

/// The same record with another subject.
inline Record note(const std::string& subject) {
  Record record = full_record();
  record.fields[0].value = subject;
  return record;
}

/// Tests of what both databases promise alike: SQLite in the ordinary program, PostgreSQL in the
/// one that is built with TABULARIUM_TEST_POSTGRES.
class AnyStore : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef TABULARIUM_TEST_POSTGRES
    if (!postgres_server().is_installed()) {
      GTEST_SKIP() << "no PostgreSQL server is installed here (package postgresql)";
    }
    ASSERT_TRUE(postgres_server().is_running());
    address_ = postgres_server().fresh_database("forms");
#else
    address_ = (folder_ / "forms.db").string();
#endif
  }

  std::unique_ptr<Store> open(StoreMode mode = StoreMode::create) {
    return Store::open(address_, note_models(), mode);
  }
  /// A connection beside the store's, which may change anything.
  std::unique_ptr<Connection> connection() {
#ifdef TABULARIUM_TEST_POSTGRES
    return connect_postgres(address_);
#else
    return connect_sqlite(address_, true);
#endif
  }
  /// The rows of `sql` as text: columns parted by "|", rows by line feeds.
  std::string rows(const std::string& sql, int columns = 1) {
    std::string text;
    connection()->each(sql, {}, [&](const SqlRow& row) {
      for (int i = 0; i < columns; ++i) {
        text += (i > 0 ? "|" : "") + (row.is_null(i) ? "NULL" : row.text(i));
      }
      text += '\n';
    });
    return text;
  }
  /// First column of the first row.
  std::string value(const std::string& sql) {
    const std::string all = rows(sql);
    return all.empty() ? "no row" : all.substr(0, all.find('\n'));
  }

  /// A file of the ledger whose bytes are told by one letter.
  static FoundFile found(const std::string& path, char bytes = 'a') {
    return {path, std::string(64, bytes), 10, "", ""};
  }
  static FileReading reading(std::vector<Record> records) {
    FileReading read;
    read.records = std::move(records);
    read.pages = 2;
    read.milliseconds = 7;
    return read;
  }
  /// Claims all that waits and puts `read(file)` for each.
  template <typename Read>
  void read_all(Store& store, Read read) {
    for (const ClaimedFile& file : store.claim(1000, seat_, versions_)) {
      EXPECT_TRUE(store.put(file, read(file)).has_value()) << file.path;
    }
  }
  /// Brings one file with one record in.
  void store_record(const Record& record) {
    const auto store = open();
    store->enqueue({found("a.pdf")}, versions_);
    read_all(*store, [&](const ClaimedFile&) { return reading({record}); });
  }

  FreshFolder folder_;
  std::string address_;
  Versions versions_{"v1", "0.1.0", "p\n", "l\n", "m\n"};
  Versions newer_{"v2", "0.2.0", "p\n", "l\n", "m\n"};
  Seat seat_{"host:1:1", 60};
};

}  // namespace tabularium::testing
