#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/record/model.h"
#include "tabularium/record/value.h"

namespace tabularium {

// How printed values are read. White space never matters: forms break lines anywhere, also within
// numbers. Full-width digits and signs count as plain ones. Each function gives nothing where the
// text as a whole is not such a value.

/// "1,776,020.00", "－3.5", "（3.5）" (brackets make a number negative, as accountants write it).
/// `suffixes` may follow the number: "%", "分".
TABULARIUM_API std::optional<Decimal> parse_number(std::string_view text,
                                                   const std::vector<std::string>& suffixes = {});

/// An amount and the unit it is printed in.
struct PrintedMoney {
  Money amount;
  std::string unit;  ///< of the text itself, else `unit`; folded
};

/// "1,776,020.00", "￥330.00万元", "147.52 (万元)". `unit` is what the label or the layout says; a
/// unit in the text goes before it; without any the amount is in yuan.
TABULARIUM_API std::optional<PrintedMoney> parse_money(std::string_view text, std::string_view unit,
                                                       const Vocabulary& words);

/// The power of ten of a unit of money: 万元 gives 4. Nothing where it is none.
TABULARIUM_API std::optional<int> money_exponent(std::string_view unit, const Vocabulary& words);

/// "2019-01-01", "2019/1/1", "2019.1.1", "20190101", "2019年1月1日", "二〇一九年一月一日"; a time
/// of day may follow.
TABULARIUM_API std::optional<Date> parse_date(std::string_view text);

/// The calendar year of "(2025年度)", "2019年", "二〇二五年度".
TABULARIUM_API std::optional<int> parse_year(std::string_view text, const Vocabulary& words);

/// Reads a quantity where `text` begins with one; the rules are those of docs/record.md. The
/// `text` of the result is without white space; the other members are empty where the text is no
/// quantity.
TABULARIUM_API Quantity parse_quantity(std::string_view text, const Vocabulary& words);

/// Whether the text begins as quantities do, with a digit or an operator.
TABULARIUM_API bool begins_like_quantity(std::string_view text, const Vocabulary& words);

}  // namespace tabularium
