#include "context.h"

#include <gmock/gmock.h>

#include <string>

namespace tabularium::lines {
namespace {

/// A place for each character of `text`; where `other` differs, it is the second thought.
std::vector<Place> places_of(std::u32string_view text, std::u32string_view other) {
  std::vector<Place> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    Place place{{{text[at], text[at] == other[at] ? 0.99F : 0.7F}}, 1.0};
    if (text[at] != other[at]) place.names.push_back({other[at], 0.25F});
    places.push_back(place);
  }
  return places;
}

std::u32string heeded(std::u32string_view text, std::u32string_view other) {
  auto places = places_of(text, other);
  heed_neighbours(places);
  std::u32string read;
  for (const Place& place : places) read += place.names.front().code;
  return read;
}

TEST(Neighbours, TellLettersFromDigits) {
  EXPECT_EQ(heeded(U"BI0F0RUM", U"BIOFORUM"), U"BIOFORUM");
  EXPECT_EQ(heeded(U"B1OFORUM", U"BIOFORUM"), U"BIOFORUM");
  EXPECT_EQ(heeded(U"scival", U"sciva1"), U"scival");
  EXPECT_EQ(heeded(U"2O25", U"2025"), U"2025");
  EXPECT_EQ(heeded(U"l50", U"150"), U"150");
}

TEST(Neighbours, TellTheNumeralOneFromADash) {
  EXPECT_EQ(heeded(U"第—名", U"第一名"), U"第一名");
  EXPECT_EQ(heeded(U"第——名", U"第一一名"), U"第——名");
  EXPECT_EQ(heeded(U"A—3", U"A一3"), U"A—3");
}

TEST(Neighbours, TellTheNumeralOneAtTheBeginOfAPhrase) {
  EXPECT_EQ(heeded(U"，—是", U"，一是"), U"，一是");
  EXPECT_EQ(heeded(U"—是", U"一是"), U"—是");
}

TEST(Neighbours, TellTheCommaOfATextFromAPoint) {
  EXPECT_EQ(heeded(U"卷.并", U"卷，并"), U"卷，并");
  EXPECT_EQ(heeded(U"查·", U"查。"), U"查。");
  EXPECT_EQ(heeded(U"1.5", U"1，5"), U"1.5");
  EXPECT_EQ(heeded(U"1.建", U"1，建"), U"1.建");
}

TEST(Neighbours, ReadTheBracketsOfANumberOnce) {
  EXPECT_EQ(heeded(U"（⑴）按", U"（⑴）按"), U"（1）按");
  EXPECT_EQ(heeded(U"⑴按", U"⑴按"), U"⑴按");
}

TEST(Neighbours, KnowTheOxygenOfGases) {
  EXPECT_EQ(heeded(U"C02排", U"CO2排"), U"CO2排");
  EXPECT_EQ(heeded(U"SC02", U"SCO2"), U"SC02");
  EXPECT_EQ(heeded(U"C05", U"CO5"), U"C05");
}

TEST(Neighbours, MakeACircleANumeral) {
  EXPECT_EQ(heeded(U"二○二四", U"二○二四"), U"二〇二四");
  EXPECT_EQ(heeded(U"○同意", U"○同意"), U"○同意");
}

TEST(Neighbours, ChangeNothingThatTheNetworkDidNotThinkOf) {
  EXPECT_EQ(heeded(U"B0B", U"B0B"), U"B0B");
}

TEST(Neighbours, LeaveProbabilitiesThatAreSome) {
  auto places = places_of(U"B0B", U"BOB");
  heed_neighbours(places);
  double sum = 0.0;
  for (const Name& name : places[1].names) sum += name.probability;
  EXPECT_LE(sum, 1.0 + 1e-6);
  EXPECT_GT(places[1].names.front().probability, 0.9);
}

}  // namespace
}  // namespace tabularium::lines
