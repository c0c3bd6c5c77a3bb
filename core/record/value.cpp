#include "tabularium/record/value.h"

#include <array>
#include <cassert>

namespace tabularium {
namespace {

__extension__ typedef __int128 Int128;

constexpr int kMaxDigits = 18;
constexpr std::int64_t kUnitsLimit = 1'000'000'000'000'000'000;  // 10^18: the first with 19 digits

constexpr std::array<std::int64_t, kMaxDigits + 1> kPowers = [] {
  std::array<std::int64_t, kMaxDigits + 1> powers{};
  std::int64_t power = 1;
  for (int i = 0; i <= kMaxDigits; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i < kMaxDigits) power *= 10;
  }
  return powers;
}();

Int128 power_of_ten(int exponent) { return kPowers[static_cast<std::size_t>(exponent)]; }

/// The units of `d` at a scale that is not below its own. Fits: 18 digits times 10^18.
Int128 units_at(const Decimal& d, int scale) {
  return Int128{d.units()} * power_of_ten(scale - d.scale());
}

/// Cuts zeros after the point until the number fits; nothing where it does not.
std::optional<Decimal> fitted(Int128 units, int scale) {
  while (scale > 0 && units % 10 == 0 &&
         (scale > kMaxDigits || units >= kUnitsLimit || units <= -kUnitsLimit)) {
    units /= 10;
    --scale;
  }
  if (scale > kMaxDigits || units >= kUnitsLimit || units <= -kUnitsLimit) return std::nullopt;
  return Decimal(static_cast<std::int64_t>(units), scale);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

std::string padded(int number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

}  // namespace

Decimal::Decimal(std::int64_t units, int scale) : units_(units), scale_(scale) {
  assert(scale >= 0 && scale <= kMaxDigits);
  assert(units > -kUnitsLimit && units < kUnitsLimit);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
  std::int64_t units = 0;
  int scale = 0;
  bool point = false;
  bool digits = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point && digits) {
      point = true;
      continue;
    }
    if (!is_digit(c) || scale == kMaxDigits || units >= kUnitsLimit / 10) return std::nullopt;
    units = units * 10 + (c - '0');
    digits = true;
    if (point) ++scale;
  }
  if (!digits || text.back() == '.') return std::nullopt;
  return Decimal(negative ? -units : units, scale);
}

std::string Decimal::to_string() const {
  std::string digits = std::to_string(units_ < 0 ? -units_ : units_);
  const auto scale = static_cast<std::size_t>(scale_);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  if (units_ < 0) digits.insert(0, 1, '-');
  return digits;
}

Decimal Decimal::reduced() const {
  Decimal result = *this;
  while (result.scale_ > 0 && result.units_ % 10 == 0) {
    result.units_ /= 10;
    --result.scale_;
  }
  return result;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const Int128 left = units_at(a, scale);
  const Int128 right = units_at(b, scale);
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

bool operator==(const Decimal& a, const Decimal& b) { return std::is_eq(a <=> b); }

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return fitted(units_at(a, scale) + units_at(b, scale), scale);
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return fitted(units_at(a, scale) - units_at(b, scale), scale);
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  return fitted(Int128{a.units()} * b.units(), a.scale() + b.scale());
}

std::optional<Decimal> divide_truncated(const Decimal& a, const Decimal& b, int scale) {
  assert(scale >= 0 && scale <= kMaxDigits);
  if (b.is_zero()) return std::nullopt;
  // a / b * 10^scale = a.units * 10^(b.scale - a.scale + scale) / b.units. Long division digit by
  // digit keeps every step within 128 bits, whatever the scales are.
  int shift = b.scale() - a.scale() + scale;
  Int128 numerator = a.units();
  Int128 denominator = b.units();
  for (; shift < 0; ++shift) {
    // A numerator of 18 digits: once the denominator is far above it the quotient is 0.
    if (denominator > Int128{kUnitsLimit} * 10 || denominator < -Int128{kUnitsLimit} * 10) break;
    denominator *= 10;
  }
  Int128 quotient = numerator / denominator;
  Int128 rest = numerator % denominator;
  for (; shift > 0; --shift) {
    rest *= 10;
    quotient = quotient * 10 + rest / denominator;
    rest %= denominator;
    if (quotient >= kUnitsLimit || quotient <= -kUnitsLimit) return std::nullopt;
  }
  return fitted(quotient, scale);
}

std::optional<Decimal> shifted(const Decimal& d, int exponent) {
  int scale = d.scale() - exponent;
  Int128 units = d.units();
  for (; scale < 0; ++scale) {
    units *= 10;
    if (units >= kUnitsLimit || units <= -kUnitsLimit) return std::nullopt;
  }
  return fitted(units, scale);
}

std::optional<Money> money(const Decimal& yuan) {
  const Decimal exact = yuan.reduced();
  if (exact.scale() > 2) return std::nullopt;
  const Int128 fen = units_at(exact, 2);
  if (fen >= kUnitsLimit || fen <= -kUnitsLimit) return std::nullopt;
  return Money{static_cast<std::int64_t>(fen)};
}

Decimal yuan(Money amount) { return {amount.fen, 2}; }

std::string to_string(Money amount) { return yuan(amount).to_string(); }

std::optional<Date> make_date(int year, int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const int days = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year));
  if (day > days) return std::nullopt;
  return Date{year, month, day};
}

std::string to_string(const Date& date) {
  return padded(date.year, 4) + '-' + padded(date.month, 2) + '-' + padded(date.day, 2);
}

}  // namespace tabularium
