#include <algorithm>

#include "scan_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

constexpr std::size_t kMaxUnit = 10;        ///< characters of one measure word
constexpr std::size_t kMaxUnknownUnit = 6;  ///< of one that the vocabulary does not have

bool has_word(const std::vector<std::u32string>& sorted, std::u32string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word, std::less<>());
}

bool is_latin(char32_t code) {
  return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
}

bool is_unit_sign(char32_t code) {
  return code == U'%' || code == U'‰' || code == U'℃' || code == U'㎡' || code == U'°';
}

bool is_measure_letter(char32_t code) { return code >= 0x3400 && code <= 0x9FFF; }

/// Whether measure words of the vocabulary, one after the other, make up the whole text: 人次,
/// 台套.
bool is_made_of_units(std::u32string_view text, const Vocabulary& words) {
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (std::size_t from = 0; from < text.size(); ++from) {
    if (!reached[from]) continue;
    for (std::size_t to = from + 1; to <= text.size(); ++to) {
      if (!reached[to]) reached[to] = has_word(words.units, text.substr(from, to - from));
    }
  }
  return reached[text.size()];
}

/// One unit without a slash: known, in Latin letters, or a single character nobody has described.
bool is_simple_unit(std::u32string_view text, const Vocabulary& words) {
  if (text.empty() || text.size() > kMaxUnit || has_word(words.no_units, text)) return false;
  if (std::all_of(text.begin(), text.end(), is_latin)) return true;
  if (is_made_of_units(text, words)) return true;
  return text.size() == 1 && (is_measure_letter(text[0]) || is_unit_sign(text[0]));
}

/// 元/人/天 is a unit because 元, 人 and 天 are.
bool is_unit(std::u32string_view text, const Vocabulary& words) {
  if (text.empty() || text.size() > 2 * kMaxUnit) return false;
  for (std::size_t slash = 0; slash != std::u32string_view::npos;) {
    slash = text.find(U'/');
    if (!is_simple_unit(text.substr(0, slash), words)) return false;
    if (slash != std::u32string_view::npos) text.remove_prefix(slash + 1);
  }
  return true;
}

/// What stands in plain brackets right after a number is its unit if it looks the least like one:
/// software that fills forms prints "12.00(标准箱)", with any unit that somebody typed. Full-width
/// brackets are a writer's own, and hold notes as well: only units that we know are units there.
bool is_bracketed_unit(std::u32string_view text, bool full_width, const Vocabulary& words) {
  if (is_unit(text, words)) return true;
  if (full_width || text.empty() || text.size() > kMaxUnknownUnit) return false;
  if (has_word(words.no_units, text)) return false;
  return std::all_of(text.begin(), text.end(), [](char32_t code) {
    return is_measure_letter(code) || is_latin(code) || is_unit_sign(code) || code == U'/' ||
           code == U'·';
  });
}

/// Length of the bracket that the text begins with, both brackets included; brackets in it are
/// skipped. A bracket that is never closed, as where a scan lost it, reaches to the end.
std::size_t bracket_length(std::u32string_view plain_text) {
  int depth = 0;
  for (std::size_t at = 0; at < plain_text.size(); ++at) {
    if (plain_text[at] == U'(') ++depth;
    if (plain_text[at] == U')' && --depth == 0) return at + 1;
  }
  return plain_text.size();
}

bool is_full_stop(char32_t code) { return code == U'。' || code == U'｡'; }

/// The parts of a quantity while it is read: `plain` drives the reading, `printed` gives the texts.
class QuantityReader {
 public:
  QuantityReader(std::u32string_view printed, std::u32string_view plain_text,
                 const Vocabulary& words)
      : printed_(printed), scanner_(plain_text), words_(words) {}

  /// Fills all but `text`; false where the text is no quantity.
  bool read(Quantity& quantity);

 private:
  bool read_number(Quantity& quantity);
  bool read_unit(Quantity& quantity);
  bool read_note(Quantity& quantity);
  std::u32string_view printed_rest() const {
    return printed_.substr(printed_.size() - scanner_.rest().size());
  }

  std::u32string_view printed_;
  Scanner scanner_;
  const Vocabulary& words_;
};

bool QuantityReader::read_number(Quantity& quantity) {
  const auto* op = scanner_.take(words_.operators);
  quantity.op = op ? op->name : "=";
  const bool negative = scanner_.take(U'-');
  auto number = scanner_.take_number();
  if (!number) return false;
  // A year of the calendar is no quantity: 不低于2018年, 2025年年底前完成.
  const bool year = number->scale() == 0 && number->units() >= words_.first_year &&
                    number->units() <= words_.last_year;
  if (year && scanner_.next() == U'年') return false;
  if (const auto* multiplier = scanner_.take(words_.multipliers)) {
    number = shifted(*number, multiplier->exponent);
  }
  if (!number) return false;
  quantity.value = negative ? Decimal(-number->units(), number->scale()) : *number;
  return true;
}

bool QuantityReader::read_unit(Quantity& quantity) {
  std::u32string_view rest = scanner_.rest();
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != U'(' && !is_full_stop(rest[length])) ++length;
  if (length > 0) {
    if (!is_unit(rest.substr(0, length), words_)) return false;
    quantity.unit = to_utf8(rest.substr(0, length));
    scanner_.skip(length);
    return true;
  }
  if (scanner_.next() != U'(') return true;
  length = bracket_length(rest);
  if (length < 2 || rest[length - 1] != U')') return true;
  const std::u32string_view inside = rest.substr(1, length - 2);
  const bool nothing = inside == U"null" || inside.empty();
  const bool full_width = printed_rest().front() != U'(';
  if (!nothing && !is_bracketed_unit(inside, full_width, words_)) return true;
  if (!nothing) quantity.unit = to_utf8(inside);
  scanner_.skip(length);
  return true;
}

bool QuantityReader::read_note(Quantity& quantity) {
  if (scanner_.next() == U'(') {
    const std::size_t length = bracket_length(scanner_.rest());
    const bool closed = scanner_.rest()[length - 1] == U')' && length > 1;
    const std::u32string_view inside = printed_rest().substr(1, length - (closed ? 2 : 1));
    if (!inside.empty()) quantity.note = to_utf8(inside);
    scanner_.skip(length);
    while (is_full_stop(scanner_.next())) scanner_.skip(1);
    return scanner_.done();
  }
  if (!is_full_stop(scanner_.next())) return scanner_.done();
  scanner_.skip(1);
  if (!scanner_.done()) quantity.note = to_utf8(printed_rest());
  return true;
}

bool QuantityReader::read(Quantity& quantity) {
  return read_number(quantity) && read_unit(quantity) && read_note(quantity);
}

}  // namespace

Quantity parse_quantity(std::string_view text, const Vocabulary& words) {
  Quantity quantity;
  quantity.text = squeeze(text);
  const std::u32string printed = to_utf32(quantity.text);
  const std::u32string plain_text = plain(printed);
  Quantity read = quantity;
  if (QuantityReader(printed, plain_text, words).read(read)) return read;
  return quantity;
}

bool begins_like_quantity(std::string_view text, const Vocabulary& words) {
  const std::u32string plain_text = plain(to_utf32(squeeze(text)));
  Scanner scanner(plain_text);
  scanner.take(words.operators);
  return scanner.rest().size() < plain_text.size() || is_digit(scanner.next());
}

}  // namespace tabularium
