#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tabularium/page/export.h"

namespace tabularium {

/// A decimal number, exact: `units` times 10 to the power of minus `scale`. 99.50 is {9950, 2};
/// the scale as printed is kept, comparison is by value.
class TABULARIUM_API Decimal {
 public:
  Decimal() = default;
  /// `units` has at most 18 digits, `scale` is 0 to 18.
  Decimal(std::int64_t units, int scale);

  /// Reads "-1234.50"; thousands separators are the caller's business. Nothing where the text is no
  /// plain number, or needs more than 18 digits.
  static std::optional<Decimal> parse(std::string_view text);

  std::int64_t units() const noexcept { return units_; }
  int scale() const noexcept { return scale_; }  ///< 0 to 18

  /// With the digits after the point that the scale says: "99.50".
  std::string to_string() const;
  /// The same value without trailing zeros after the point.
  Decimal reduced() const;
  bool is_zero() const noexcept { return units_ == 0; }

  friend TABULARIUM_API std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend TABULARIUM_API bool operator==(const Decimal& a, const Decimal& b);

 private:
  std::int64_t units_ = 0;
  int scale_ = 0;
};

/// Exact sums and products. Nothing where the result needs more than 18 digits.
TABULARIUM_API std::optional<Decimal> add(const Decimal& a, const Decimal& b);
TABULARIUM_API std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
TABULARIUM_API std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
/// a / b cut (not rounded) after `scale` digits. Nothing where b is 0.
TABULARIUM_API std::optional<Decimal> divide_truncated(const Decimal& a, const Decimal& b,
                                                       int scale);

/// `d` times 10 to the power of `exponent`, -18 to 18. The scale follows: 1.50 times 10^4 is 15000.
TABULARIUM_API std::optional<Decimal> shifted(const Decimal& d, int exponent);

/// An amount of yuan, exact to the fen.
struct Money {
  std::int64_t fen = 0;
  auto operator<=>(const Money&) const = default;
};

/// Nothing where the amount is finer than a fen or needs more than 18 digits.
TABULARIUM_API std::optional<Money> money(const Decimal& yuan);
TABULARIUM_API Decimal yuan(Money amount);           ///< with two digits after the point
TABULARIUM_API std::string to_string(Money amount);  ///< in yuan: "70000.00"

/// A day of the Gregorian calendar; always a valid one.
struct Date {
  int year = 0;
  int month = 1;
  int day = 1;
  auto operator<=>(const Date&) const = default;
};

/// Nothing where there is no such day. Years are 1 to 9999.
TABULARIUM_API std::optional<Date> make_date(int year, int month, int day);
TABULARIUM_API std::string to_string(const Date& date);  ///< "2019-01-01"

/// "≥1000.00(家)": what is printed, and what it means where it begins with a quantity.
struct Quantity {
  std::string text;               ///< white space removed
  std::optional<std::string> op;  ///< ">=", "<=", "=", ">", "<", "~"
  std::optional<Decimal> value;
  std::optional<std::string> unit;
  std::optional<std::string> note;
  bool operator==(const Quantity&) const = default;
};

/// A value of a record. `monostate` is JSON null: the form leaves it empty.
using Value = std::variant<std::monostate, std::string, bool, Decimal, Money, Date,
                           std::vector<std::string>, Quantity>;

}  // namespace tabularium
