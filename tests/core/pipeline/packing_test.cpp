#include "tabularium/pipeline/packing_internal.h"

#include <gmock/gmock.h>

#include <limits>

#include "support.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/pipeline/message_internal.h"
#include "tabularium/record/json.h"

namespace tabularium {
namespace {

Record a_record() {
  Record record;
  record.record = "note";
  record.layout = "note-1";
  record.title = "\xE8\xA1\xA8";
  record.year = 2025;
  record.fields = {{"empty", std::monostate()},
                   {"subject", std::string("ink")},
                   {"settled", true},
                   {"total", Decimal(-9950, 2)},
                   {"amount", Money{std::numeric_limits<std::int32_t>::max() * 1000LL}},
                   {"paid_on", *make_date(2019, 2, 28)},
                   {"tags", std::vector<std::string>{"a", ""}}};
  record.tables = {{"items", {{{{"target", Quantity{">=3", ">=", Decimal(3, 0), "", {}}}}}, {}}},
                   {"none", {}}};
  record.source = {"a.pdf", std::string(64, 'f'), {1, 300}};
  record.evidence["/fields/subject"] = {
      2, {0.125, -1.0, 3.0, 1e9}, "ink", 0.123456789, "scripted", "k", 12, 14, true, {}};
  record.issues = {{"sum", Severity::error, "/fields/total", {"/a", "/b"}, "no"}};
  return record;
}

TEST(Packing, GivesTheRecordAgainInEveryDetail) {
  const Record record = a_record();
  const Record again = unpacked(packed(record));
  EXPECT_EQ(to_json(again), to_json(record));
  EXPECT_EQ(again.evidence, record.evidence);
  EXPECT_EQ(again.issues, record.issues);
  EXPECT_EQ(again.fields.at(4).value, record.fields.at(4).value);
  EXPECT_EQ(packed(again), packed(record));
  EXPECT_EQ(to_json(unpacked(packed(Record()))), to_json(Record()));
}

TEST(Packing, BytesThatAreCutOrChangedAreRefusedOrMakeARecordThatCanBeStored) {
  const std::string bytes = packed(a_record());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW(unpacked(bytes.substr(0, size)), Error) << size;
  }
  EXPECT_THROW(unpacked(bytes + "x"), Error);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      try {
        const Record record = unpacked(changed);
        EXPECT_EQ(storable(record.title), record.title);
        to_json(record);
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::Code::damaged_input);
      }
    }
  }
}

TEST(Frames, ComeOutOfBytesAsTheyArrive) {
  FrameReader reader;
  EXPECT_FALSE(reader.next());
  const std::string bytes = std::string("r\x03\x00\x00\x00", 5) + "abc" + "e";
  for (const char byte : bytes.substr(0, 7)) {
    reader.add({&byte, 1});
    EXPECT_FALSE(reader.next());
  }
  reader.add(bytes.substr(7));
  const auto frame = reader.next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->kind, FrameKind::record);
  EXPECT_EQ(frame->text, "abc");
  EXPECT_FALSE(reader.next());
}

TEST(Frames, WhatIsNoFrameIsRefused) {
  FrameReader unknown;
  unknown.add("x1234567");
  EXPECT_THROW(unknown.next(), Error);
  FrameReader endless;
  endless.add("r\xFF\xFF\xFF\xFF");
  EXPECT_THROW(endless.next(), Error);
  EXPECT_THROW(reading_from("{}"), Error);
  EXPECT_THROW(reading_from("no json"), Error);
  EXPECT_THROW(request_from("[]"), Error);
}

TEST(Frames, AReadingComesBackWithoutItsRecords) {
  FileReading reading;
  reading.pages = 7;
  reading.unread_pages = 2;
  reading.sha256 = "abc";
  reading.reason = "no_form";
  reading.message = "a\xFF.pdf";
  reading.issues = {{"reader", Severity::warning, "", {}, "page 1"}};
  const FileReading again = reading_from(to_text(reading));
  EXPECT_EQ(again.pages, 7);
  EXPECT_EQ(again.unread_pages, 2);
  EXPECT_EQ(again.reason, "no_form");
  EXPECT_EQ(again.message, "a\xEF\xBF\xBD.pdf");
  EXPECT_EQ(again.issues, reading.issues);
}

}  // namespace
}  // namespace tabularium
