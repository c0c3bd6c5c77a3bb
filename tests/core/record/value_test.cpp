#include "tabularium/record/value.h"

#include <gmock/gmock.h>

#include <random>

namespace tabularium {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, KeepsTheDigitsAsPrinted) {
  for (const char* text : {"0", "7.50", "-7.50", "0.00", "-0.05", "70000.00", "999999999999999999",
                           "0.000000000000000001", "-999999999999999.999"})
    EXPECT_EQ(dec(text).to_string(), text);
  EXPECT_EQ(dec("+3.5").to_string(), "3.5");
  EXPECT_EQ(dec("007").to_string(), "7");
  EXPECT_EQ(dec("7.50").reduced().to_string(), "7.5");
  EXPECT_EQ(dec("100").reduced().to_string(), "100");
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
  for (const char* text : {"", "-", ".", ".5", "5.", "1,000", "1e3", " 1", "1 ", "1.2.3", "--1",
                           "٣", "1000000000000000000", "0.0000000000000000001", "nan"})
    EXPECT_EQ(Decimal::parse(text), std::nullopt) << text;
}

TEST(Decimal, ComparesByValueNotByScale) {
  EXPECT_EQ(dec("7.5"), dec("7.500"));
  EXPECT_LT(dec("-7.51"), dec("-7.5"));
  EXPECT_GT(dec("999999999999999999"), dec("0.999999999999999999"));
  EXPECT_EQ(dec("0"), dec("-0.000"));
}

TEST(Decimal, AddsWhereBinaryFloatsWouldDrift) {
  Decimal sum;
  for (int i = 0; i < 1000; ++i) sum = add(sum, dec("0.1")).value();
  EXPECT_EQ(sum, dec("100"));
  EXPECT_EQ(subtract(dec("147.52"), dec("147.53"))->to_string(), "-0.01");
}

TEST(Decimal, GivesNothingWhereAResultHasTooManyDigits) {
  const Decimal most = dec("999999999999999999");
  EXPECT_EQ(add(most, dec("1")), std::nullopt);
  EXPECT_EQ(subtract(dec("-999999999999999999"), dec("1")), std::nullopt);
  EXPECT_EQ(multiply(most, dec("10")), std::nullopt);
  EXPECT_EQ(add(most, dec("0.1")), std::nullopt);
  EXPECT_EQ(add(most, dec("0.0")), most);  // zeros after the point may go
  EXPECT_EQ(multiply(dec("0.5"), dec("0.000000000000000001")), std::nullopt);
}

TEST(Decimal, MultipliesAndDividesExactly) {
  EXPECT_EQ(multiply(dec("10.00"), dec("99.71"))->to_string(), "997.1000");
  EXPECT_EQ(divide_truncated(dec("147.10"), dec("147.52"), 4)->to_string(), "0.9971");
  EXPECT_EQ(divide_truncated(dec("-1"), dec("3"), 3)->to_string(), "-0.333");
  EXPECT_EQ(divide_truncated(dec("1"), dec("0.00"), 3), std::nullopt);
  EXPECT_EQ(divide_truncated(dec("1"), dec("999999999999999999"), 18)->to_string(),
            "0.000000000000000001");
  EXPECT_EQ(divide_truncated(dec("0.000000000000000001"), dec("999999999999999999"), 0), dec("0"));
  EXPECT_EQ(divide_truncated(dec("999999999999999999"), dec("0.1"), 0), std::nullopt);
}

TEST(Decimal, ShiftsByPowersOfTen) {
  EXPECT_EQ(shifted(dec("1.50"), 4)->to_string(), "15000");
  EXPECT_EQ(shifted(dec("147.523"), 2)->to_string(), "14752.3");
  EXPECT_EQ(shifted(dec("5"), -2)->to_string(), "0.05");
  EXPECT_EQ(shifted(dec("999999999999999999"), 1), std::nullopt);
}

// Every sum and difference is checked against 128 bit arithmetic on the same scale.
TEST(Decimal, AgreesWithWideIntegersOnRandomNumbers) {
  std::mt19937_64 random(20240501);
  const auto any = [&] {
    std::string text = std::to_string(random() % 1'000'000'000'000ULL);
    const std::size_t scale = random() % 4;
    if (text.size() > scale && scale > 0) text.insert(text.size() - scale, 1, '.');
    if (random() % 2) text.insert(0, 1, '-');
    return dec(text);
  };
  const auto wide = [](const Decimal& d) {
    __extension__ __int128 units = d.units();
    for (int i = d.scale(); i < 3; ++i) units *= 10;
    return units;
  };
  for (int i = 0; i < 20000; ++i) {
    const Decimal a = any();
    const Decimal b = any();
    EXPECT_TRUE(wide(*add(a, b)) == wide(a) + wide(b));
    EXPECT_TRUE(wide(*subtract(a, b)) == wide(a) - wide(b));
    EXPECT_EQ(a < b, wide(a) < wide(b));
    EXPECT_EQ(add(*subtract(a, b), b), a);
    EXPECT_EQ(Decimal::parse(a.to_string()), a);
    if (b.is_zero()) continue;
    const Decimal quotient = divide_truncated(a, b, 2).value_or(Decimal());
    const auto rest = subtract(a, multiply(quotient, b).value_or(a));
    if (rest) {
      EXPECT_LE(*rest < Decimal() ? Decimal(-rest->units(), rest->scale()) : *rest,
                Decimal(b.units() < 0 ? -b.units() : b.units(), b.scale()));
    }
  }
}

TEST(Money, IsExactToTheFenOrNothing) {
  EXPECT_EQ(money(dec("70000"))->fen, 7000000);
  EXPECT_EQ(money(dec("0.010"))->fen, 1);
  EXPECT_EQ(money(dec("0.011")), std::nullopt);
  EXPECT_EQ(money(dec("-12.5"))->fen, -1250);
  EXPECT_EQ(money(dec("999999999999999999")), std::nullopt);
  EXPECT_EQ(to_string(Money{7000000}), "70000.00");
  EXPECT_EQ(to_string(Money{-5}), "-0.05");
  EXPECT_EQ(yuan(Money{14752}), dec("147.52"));
}

TEST(Date, IsADayOfTheCalendar) {
  EXPECT_TRUE(make_date(2024, 2, 29));
  EXPECT_TRUE(make_date(2000, 2, 29));
  EXPECT_FALSE(make_date(1900, 2, 29));
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_FALSE(make_date(2023, 4, 31));
  EXPECT_FALSE(make_date(2023, 0, 1));
  EXPECT_FALSE(make_date(2023, 13, 1));
  EXPECT_FALSE(make_date(2023, 1, 0));
  EXPECT_FALSE(make_date(0, 1, 1));
  EXPECT_EQ(to_string(*make_date(2019, 1, 1)), "2019-01-01");
  EXPECT_EQ(to_string(*make_date(815, 12, 31)), "0815-12-31");
  EXPECT_LT(*make_date(2019, 12, 31), *make_date(2020, 1, 1));
}

}  // namespace
}  // namespace tabularium
