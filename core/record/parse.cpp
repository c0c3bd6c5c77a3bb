#include "tabularium/record/parse.h"

#include "scan_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// Folded, with the variants of signs made plain.
std::u32string squeezed(std::string_view text) { return plain(to_utf32(fold(text))); }

std::optional<Decimal> negated(const Decimal& number, bool negative) {
  return negative ? Decimal(-number.units(), number.scale()) : number;
}

/// Takes a sign or the opening bracket of a negative number.
struct Sign {
  bool negative = false;
  bool bracket = false;
};

Sign take_sign(Scanner& scanner) {
  if (scanner.take(U'-')) return {true, false};
  if (scanner.take(U'+')) return {};
  if (scanner.take(U'(')) return {true, true};
  return {};
}

/// Takes a unit of money, bare or in brackets. Nothing is taken where there is none.
const Vocabulary::Word* take_unit(Scanner& scanner, const Vocabulary& words) {
  const Scanner before = scanner;
  const bool bracket = scanner.take(U'(');
  const auto* unit = scanner.take(words.money_units);
  if (unit && (!bracket || scanner.take(U')'))) return unit;
  scanner = before;
  return nullptr;
}

/// 12 of "一二", "十二", "12"; up to 99, and nothing where there is no number.
std::optional<int> take_small_number(Scanner& scanner) {
  if (const auto digits = scanner.take_digits(1, 2)) return digits;
  int number = 0;
  bool any = false;
  for (;; any = true) {
    const char32_t code = scanner.next();
    const int digit = chinese_digit(code);
    if (code == U'十') {
      number = any ? number * 10 : 10;
      scanner.skip(1);
      const int ones = chinese_digit(scanner.next());
      if (ones > 0) {
        number += ones;
        scanner.skip(1);
      }
      return number;
    }
    if (digit < 0 || number > 9) break;
    number = number * 10 + digit;
    scanner.skip(1);
  }
  return any ? std::optional(number) : std::nullopt;
}

std::optional<int> take_year(Scanner& scanner) {
  if (const auto year = scanner.take_digits(4, 4)) return year;
  int year = 0;
  const Scanner before = scanner;
  for (int i = 0; i < 4; ++i) {
    const int digit = scanner.done() ? -1 : chinese_digit(scanner.next());
    if (digit < 0) {
      scanner = before;
      return std::nullopt;
    }
    year = year * 10 + digit;
    scanner.skip(1);
  }
  return year;
}

/// "8:30", "T08:30:00".
bool is_time_of_day(Scanner scanner) {
  scanner.take(U'T');
  if (!scanner.take_digits(1, 2) || !scanner.take(U':') || !scanner.take_digits(2, 2)) return false;
  if (scanner.take(U':') && !scanner.take_digits(2, 2)) return false;
  return scanner.done();
}

/// The text without a time of day that stands after a space: "2019/1/1 8:30".
std::string without_time(std::string_view text) {
  std::string trimmed = trim(nfkc(text));
  const std::size_t space = trimmed.rfind(' ');
  if (space == std::string::npos) return trimmed;
  const std::u32string last = to_utf32(std::string_view(trimmed).substr(space + 1));
  return is_time_of_day(Scanner(last)) ? trimmed.substr(0, space) : trimmed;
}

/// The day and what follows, after year and month. `marked`: written with 年 and 月.
std::optional<Date> finish_date(Scanner scanner, int year, int month, bool marked) {
  const auto day = take_small_number(scanner);
  if (!day) return std::nullopt;
  if (marked && !scanner.take(U'日')) scanner.take(U'号');
  if (!scanner.done() && !is_time_of_day(scanner)) return std::nullopt;
  return make_date(year, month, *day);
}

}  // namespace

std::optional<Decimal> parse_number(std::string_view text,
                                    const std::vector<std::string>& suffixes) {
  const std::u32string code = squeezed(text);
  Scanner scanner(code);
  const Sign sign = take_sign(scanner);
  const auto number = scanner.take_number();
  if (!number || (sign.bracket && !scanner.take(U')'))) return std::nullopt;
  for (const std::string& suffix : suffixes) {
    if (scanner.take(to_utf32(fold(suffix)))) break;
  }
  return scanner.done() ? negated(*number, sign.negative) : std::nullopt;
}

std::optional<int> money_exponent(std::string_view unit, const Vocabulary& words) {
  const std::u32string code = squeezed(unit);
  for (const auto& word : words.money_units) {
    if (word.text == code) return word.exponent;
  }
  return std::nullopt;
}

std::optional<PrintedMoney> parse_money(std::string_view text, std::string_view unit,
                                        const Vocabulary& words) {
  const std::u32string code = squeezed(text);
  Scanner scanner(code);
  Sign sign = take_sign(scanner);
  for (const auto& mark : words.currency_marks) {
    if (scanner.take(mark)) break;
  }
  if (!sign.negative) sign.negative = scanner.take(U'-');  // ￥-3.50
  const auto number = scanner.take_number();
  if (!number) return std::nullopt;
  const auto* printed = take_unit(scanner, words);
  if (sign.bracket && !scanner.take(U')')) return std::nullopt;
  if (!printed) printed = take_unit(scanner, words);
  scanner.take(U'整');
  if (!scanner.done()) return std::nullopt;
  PrintedMoney result;
  result.unit = printed ? to_utf8(printed->text) : fold(unit);
  const auto exponent = printed               ? std::optional(printed->exponent)
                        : result.unit.empty() ? std::optional(0)
                                              : money_exponent(result.unit, words);
  if (!exponent) return std::nullopt;
  const auto in_yuan = shifted(*number, *exponent);
  const auto amount = in_yuan ? money(*in_yuan) : std::nullopt;
  if (!amount) return std::nullopt;
  result.amount = Money{sign.negative ? -amount->fen : amount->fen};
  return result;
}

std::optional<Date> parse_date(std::string_view text) {
  const std::u32string code = squeezed(without_time(text));
  Scanner scanner(code);
  const auto year = take_year(scanner);
  if (!year) return std::nullopt;
  const char32_t separator = scanner.next();
  if (is_digit(separator)) {  // 20190101
    const auto month = scanner.take_digits(2, 2);
    const auto day = scanner.take_digits(2, 2);
    return month && day && scanner.done() ? make_date(*year, *month, *day) : std::nullopt;
  }
  scanner.skip(scanner.done() ? 0 : 1);
  const bool marked = separator == U'年';
  if (!marked && separator != U'-' && separator != U'/' && separator != U'.' && separator != U'、')
    return std::nullopt;
  const auto month = take_small_number(scanner);
  if (!month || !scanner.take(marked ? U'月' : separator)) return std::nullopt;
  return finish_date(scanner, *year, *month, marked);
}

std::optional<int> parse_year(std::string_view text, const Vocabulary& words) {
  const std::u32string code = squeezed(text);
  std::optional<int> found;
  for (std::size_t at = 0; at < code.size(); ++at) {
    Scanner scanner(std::u32string_view(code).substr(at));
    const bool inside = at > 0 && (is_digit(code[at - 1]) || chinese_digit(code[at - 1]) >= 0);
    const auto year = inside ? std::nullopt : take_year(scanner);
    if (!year || is_digit(scanner.next())) continue;
    if (*year < words.first_year || *year > words.last_year) continue;
    if (scanner.next() == U'年') return year;
    if (!found) found = year;
  }
  return found;
}

}  // namespace tabularium
