#include <algorithm>
#include <array>

#include "readings_internal.h"
#include "scan_internal.h"
#include "tabularium/page/misreading.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

constexpr std::size_t kMostDigits = 18;
constexpr int kLooksLike = 4;  // the cost of a look-alike
constexpr std::u32string_view kSpecks = U"|_'`\"~^:;!\\*·•.,、。’‘“”-—";

bool is_speck(char32_t code) { return kSpecks.find(code) != kSpecks.npos; }

std::u32string folded(std::string_view text) { return to_utf32(fold(text)); }

/// Without specks at its ends. A sign before a number is none.
std::u32string_view without_specks(std::u32string_view text) {
  while (!text.empty() && is_speck(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_speck(text.front()) && text.front() != U'-') text.remove_prefix(1);
  return text;
}

/// The separators of a number as they must be: the last is the point, unless three digits follow
/// it, since forms print no thousandths; all others part thousands.
std::u32string with_plain_separators(std::u32string_view text) {
  static constexpr std::u32string_view kSeparators = U".,、。·'`‘’;:";
  const auto is_separator = [](char32_t code) {
    return kSeparators.find(code) != kSeparators.npos;
  };
  std::size_t last = text.npos;
  std::size_t digits_behind = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_separator(text[i]))
      last = i, digits_behind = 0;
    else
      digits_behind += is_digit(text[i]);
  }
  std::u32string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_separator(text[i])) plain += text[i];
    if (i == last && digits_behind != 3) plain += U'.';
  }
  return plain;
}

std::u32string with_likely_digits(std::u32string_view text) {
  std::u32string digits(text);
  for (char32_t& code : digits) code = is_speck(code) ? code : likely_digit(code);
  return digits;
}

std::size_t count_digits(std::u32string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

/// `made` where it is another text than `read`.
std::optional<std::string> other(const std::u32string& made, std::u32string_view read) {
  return made == read ? std::nullopt : std::optional(to_utf8(made));
}

/// Digits that are taken for each other, by how often.
constexpr std::array<std::u32string_view, 10> kConfused = {U"869", U"74",  U"7",  U"85",   U"19",
                                                           U"638", U"508", U"12", U"3609", U"048"};

/// Runs of digits in `text`.
std::vector<std::u32string> digit_runs(std::u32string_view text) {
  std::vector<std::u32string> runs;
  bool open = false;
  for (const char32_t code : text) {
    if (!is_digit(code)) {
      open = false;
      continue;
    }
    if (!open) runs.emplace_back();
    runs.back() += code;
    open = true;
  }
  return runs;
}

/// What a sign before a number was, that a recognizer took for `read`; 0 where it is none.
char32_t likely_sign(char32_t read, bool sure) {
  // Words that begin a text before a number.
  static constexpr std::u32string_view kWords =
      U"约第共近每达超满前后年月日各完到增为至不大小于期全含总累余多";
  if (is_digit(read) || kWords.find(read) != kWords.npos) return 0;
  for (const char32_t sign : {U'≥', U'≤', U'='}) {
    if (misreading_cost(sign, read) == kLooksLike) return sign;
  }
  // Before numbers of these forms stands ≥, if any sign: nine of ten times.
  return !sure && read >= 0x4E00 && read <= 0x9FFF ? U'≥' : 0;
}

/// Which of `known` is clearly nearest to `read`; nothing where none or several are.
std::optional<std::u32string> nearest_of(std::u32string_view read,
                                         const std::vector<std::u32string>& known) {
  std::vector<std::string> all;
  for (const std::u32string& one : known) all.push_back(to_utf8(one));
  const auto nearest = nearest_word(to_utf8(read), all);
  return nearest ? std::optional(known[*nearest]) : std::nullopt;
}

/// `read` with the unit that looks like its own, where no form counts in that: 万学 is 万字.
std::optional<std::string> with_known_unit(const std::u32string& read, const Quantity& quantity,
                                           const Vocabulary& words) {
  const std::u32string unit = folded(*quantity.unit);
  const std::size_t at = read.rfind(unit);
  if (unit.size() > 2 || at == read.npos ||
      std::binary_search(words.units.begin(), words.units.end(), unit)) {
    return std::nullopt;
  }
  std::vector<std::u32string> units = words.units;
  std::erase_if(units, [&](const std::u32string& one) { return one.size() != unit.size(); });
  const auto known = nearest_of(unit, units);
  if (!known) return std::nullopt;
  std::u32string made = read;
  return to_utf8(made.replace(at, unit.size(), *known));
}

/// `read` with the word for a comparison before its number that looks like what was read: 大十5 is
/// 大于5.
std::optional<std::u32string> with_known_operator(const std::u32string& read,
                                                  const Vocabulary& words) {
  const auto digit = std::find_if(read.begin(), read.end(), is_digit);
  const auto length = static_cast<std::size_t>(digit - read.begin());
  if (digit == read.end() || length < 2) return std::nullopt;
  std::vector<std::u32string> operators;
  for (const Vocabulary::Word& one : words.operators) {
    if (one.text.size() == length) operators.push_back(one.text);
  }
  const auto known = nearest_of(read.substr(0, length), operators);
  return known ? std::optional(*known + read.substr(length)) : std::nullopt;
}

bool is_bracket(char32_t code) {
  static constexpr std::u32string_view kBrackets = U"()[]{}<>〔〕〈〉《》";
  return kBrackets.find(code) != kBrackets.npos;
}

/// `read` with the known unit that is nearest to what stands behind its last digit, in brackets
/// where half of a pair is left.
std::optional<std::u32string> with_nearest_unit(const std::u32string& read,
                                                const Vocabulary& words) {
  const auto last = std::find_if(read.rbegin(), read.rend(), is_digit);
  if (last == read.rend()) return std::nullopt;
  const auto from = static_cast<std::size_t>(read.rend() - last);
  std::u32string_view unit = std::u32string_view(read).substr(from);
  const bool bracketed = !unit.empty() && (is_bracket(unit.front()) || is_bracket(unit.back()));
  while (!unit.empty() && is_bracket(unit.front())) unit.remove_prefix(1);
  while (!unit.empty() && is_bracket(unit.back())) unit.remove_suffix(1);
  if (unit.empty() || unit.size() > 4 || std::any_of(unit.begin(), unit.end(), is_bracket)) {
    return std::nullopt;
  }
  const auto known = nearest_of(unit, words.units);
  if (!known) return std::nullopt;
  return read.substr(0, from) + (bracketed ? U"(" + *known + U")" : *known);
}

/// Whether a note says of its number that it is the least: "40次（按计划不少于40次）" has lost a ≥.
bool says_at_least(const Quantity& quantity) {
  if (!quantity.note || !quantity.value) return false;
  for (const std::string_view words : {"不少于", "不低于", "不小于"}) {
    const std::size_t at = quantity.note->find(words);
    if (at == std::string::npos) continue;
    const std::u32string rest =
        to_utf32(std::string_view(*quantity.note).substr(at + words.size()));
    const auto number = Scanner(rest).take_number();
    if (number && *number == *quantity.value) return true;
  }
  return false;
}

}  // namespace

bool is_number(ValueType type) {
  return type == ValueType::money || type == ValueType::number || type == ValueType::percent;
}

Value read_number(std::string_view text, const std::string& unit, const FieldModel& model,
                  const Vocabulary& words) {
  if (model.type == ValueType::money) {
    const auto printed = parse_money(text, unit, words);
    return printed ? Value(printed->amount) : Value();
  }
  std::vector<std::string> suffixes = model.suffixes;
  if (model.type == ValueType::percent) suffixes.emplace_back("%");
  const auto number = parse_number(text, suffixes);
  return number ? Value(*number) : Value();
}

std::vector<Guess> likely_numbers(std::string_view text) {
  constexpr int kOtherDigit = 12;
  constexpr int kLostPoint = 5;
  constexpr int kOtherPoint = 15;
  constexpr int kAddedDigit = 20;
  std::vector<Guess> guesses;
  const std::u32string read = folded(text);
  const std::size_t digits = count_digits(read);
  if (digits == 0 || digits > kMostDigits) return guesses;
  const auto add = [&](const std::u32string& guess, int cost) {
    guesses.push_back({to_utf8(guess), cost});
  };
  if (const auto cleared = cleared_number(text)) guesses.push_back({*cleared, 0});
  const bool pointed = read.find(U'.') != read.npos;
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i] == U'.') add(read.substr(0, i) + read.substr(i + 1), kOtherPoint);
    if (!is_digit(read[i])) continue;
    for (const char32_t digit : kConfused[read[i] - U'0']) {
      std::u32string guess = read;
      guess[i] = digit;
      add(guess, kOtherDigit);
    }
    if (digits > 1) add(read.substr(0, i) + read.substr(i + 1), kAddedDigit);
    const std::size_t behind = count_digits(std::u32string_view(read).substr(i + 1));
    if (!pointed && behind > 0) {
      add(read.substr(0, i + 1) + U'.' + read.substr(i + 1),
          behind == 2 ? kLostPoint : kOtherPoint);
    }
  }
  return guesses;
}

std::optional<std::string> cleared_number(std::string_view text) {
  const std::u32string read = folded(text);
  std::u32string_view body = without_specks(read);
  // A suffix, a unit or a percent sign is no digit, whatever it looks like.
  std::size_t end = body.size();
  while (end > 0 && !is_digit(likely_digit(body[end - 1]))) --end;
  const std::u32string_view number = body.substr(0, end);
  if (count_digits(number) == 0) return std::nullopt;
  std::u32string made = with_plain_separators(with_likely_digits(number));
  made += body.substr(end);
  return other(made, read);
}

bool has_dotted_thousands(std::string_view text) {
  const std::u32string read = folded(text);
  const std::size_t point = read.rfind(U'.');
  if (point == read.npos || point == 0 || point > 3 || read[0] == U'0') return false;
  const std::u32string_view behind = std::u32string_view(read).substr(point + 1);
  return behind.size() >= 3 && count_digits(behind.substr(0, 3)) == 3 &&
         (behind.size() == 3 || !is_digit(behind[3]));
}

bool is_speck_alone(std::string_view folded) {
  const std::u32string text = to_utf32(folded);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char32_t code) {
    return code == U'=' || (is_speck(code) && code != U'-' && code != U'—');
  });
}

bool is_stroke_alone(std::string_view folded) {
  const std::u32string text = to_utf32(folded);
  const bool dashes = text.size() > 1 && std::all_of(text.begin(), text.end(), [](char32_t code) {
                        return code == U'一' || code == U'-' || code == U'—';
                      });
  if (dashes) return true;
  return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char32_t c) {
    return c == U'l' || c == U'I' || c == U'i' || c == U'1' || c == U'-' || is_speck(c);
  });
}

std::string without_end_specks(std::string_view text) {
  static constexpr std::u32string_view kBefore = U".,:;、。，；：·'`_";
  static constexpr std::u32string_view kBehind = U",:;、，；：·'`_";
  static constexpr std::u32string_view kQuotes = U"“”\"〝〞";
  const std::u32string all = to_utf32(text);
  std::u32string_view kept = all;
  const auto quotes = std::count_if(
      all.begin(), all.end(), [](char32_t code) { return kQuotes.find(code) != kQuotes.npos; });
  // A quote without its other half.
  if (quotes == 1 && kQuotes.find(kept.front()) != kQuotes.npos) kept.remove_prefix(1);
  while (!kept.empty() && kBefore.find(kept.front()) != kBefore.npos) kept.remove_prefix(1);
  while (!kept.empty() && kBehind.find(kept.back()) != kBehind.npos) kept.remove_suffix(1);
  return to_utf8(kept);
}

std::optional<std::string> cleared_date(std::string_view text) {
  const std::u32string read = folded(text);
  std::u32string digits = with_likely_digits(read);
  const auto runs = digit_runs(digits);
  if (runs.size() != 3 || runs[0].size() != 4 || runs[1].size() > 2 || runs[2].size() > 2) {
    return std::nullopt;
  }
  return other(runs[0] + U"-" + runs[1] + U"-" + runs[2], read);
}

std::optional<std::string> cleared_quantity(std::string_view text, const Vocabulary& words,
                                            bool sure) {
  const std::u32string read = folded(text);
  if (read.size() < 2) return std::nullopt;
  const Quantity as_read = parse_quantity(text, words);
  if (is_digit(read[0]) && says_at_least(as_read)) return to_utf8(U"≥" + read);
  // Forms print the sign > as a word, if at all; a ≥ often loses its lower stroke, also where the
  // recognizer is sure of what is left.
  const bool cut = read[0] == U'>' && is_digit(read[1]) && (!sure || says_at_least(as_read));
  std::u32string made = read;
  if (cut) {
    made[0] = U'≥';
    return to_utf8(made);
  }
  if (as_read.value && as_read.unit && !sure) return with_known_unit(read, as_read, words);
  if (as_read.value && (as_read.unit || !has_lone_bracket(text))) return std::nullopt;
  if (!as_read.value && is_digit(made[1])) {
    if (const char32_t sign = likely_sign(made[0], sure); sign != 0) made[0] = sign;
  }
  if (!as_read.value) {
    if (const auto known = with_known_operator(made, words)) made = *known;
    if (parse_quantity(to_utf8(made), words).value) return other(made, read);
  }
  const auto snapped = with_nearest_unit(made, words);
  if (!snapped || !parse_quantity(to_utf8(*snapped), words).value) return std::nullopt;
  return other(*snapped, read);
}

bool has_lone_bracket(std::string_view text) {
  int open = 0;
  for (const char32_t code : folded(text)) {
    open += code == U'(' ? 1 : 0;
    open -= code == U')' ? 1 : 0;
    if (open < 0) return true;
  }
  return open > 0;
}

std::optional<std::size_t> nearest_word(std::string_view text,
                                        const std::vector<std::string>& words) {
  constexpr int kOneLookAlike = 4;
  const std::u32string read = folded(text);
  std::optional<std::size_t> best;
  int least = 1000;
  int second = 1000;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::u32string word = folded(words[i]);
    if (word == read) return i;
    const int most = std::max(misreading_budget(word.size()), kOneLookAlike);
    const auto found = explain_reading(word, read, most + kMisreadingMargin);
    if (!found) continue;
    if (found->cost > most || found->cost >= least) {
      second = std::min(second, found->cost);
      continue;
    }
    second = least;
    least = found->cost;
    best = i;
  }
  if (second < least + kMisreadingMargin) return std::nullopt;
  return best;
}

std::pair<std::string, std::string> difference(std::string_view one, std::string_view other) {
  constexpr std::size_t kAround = 4;
  constexpr std::size_t kMost = 40;
  const std::u32string a = to_utf32(one);
  const std::u32string b = to_utf32(other);
  std::size_t same = 0;
  while (same < std::min(a.size(), b.size()) && a[same] == b[same]) ++same;
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - same &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  const std::size_t begin = same - std::min(same, kAround);
  const auto part = [&](const std::u32string& text) {
    const std::size_t length = text.size() - tail + std::min(tail, kAround) - begin;
    std::string shown = to_utf8(std::u32string_view(text).substr(begin, std::min(length, kMost)));
    return (begin > 0 ? "…" : "") + shown +
           (begin + std::min(length, kMost) < text.size() ? "…" : "");
  };
  return {part(a), part(b)};
}

}  // namespace tabularium
