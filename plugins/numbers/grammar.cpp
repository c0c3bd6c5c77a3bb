#include "grammar.h"

#include <algorithm>
#include <cstddef>

#include "network.h"

namespace tabularium::numbers {

namespace {

/// So often a form really holds what looks like a slip of the network: people mistype too.
constexpr double kMalformed = 0.02;

/// Brackets that do not pair: cells that wrap give such lines.
constexpr double kUnpaired = 0.25;

/// Probability from the pixels that a well-formed reading has at least, though it was not listed.
constexpr double kUnseen = 0.05;

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

/// The character at `at`, or 0 beyond the ends.
char32_t char_at(std::u32string_view text, std::size_t at) {
  return at < text.size() ? text[at] : 0;
}

/// How many digits stand from `at` on.
std::size_t digits_from(std::u32string_view text, std::size_t at) {
  std::size_t count = 0;
  while (is_digit(char_at(text, at + count))) ++count;
  return count;
}

/// How many digits stand right before `at`.
std::size_t digits_before(std::u32string_view text, std::size_t at) {
  std::size_t count = 0;
  while (count < at && is_digit(text[at - count - 1])) ++count;
  return count;
}

/// The same character twice that forms write once. Dashes alone stand for "nothing".
bool has_doubled_character(std::u32string_view text) {
  const bool has_digits = std::any_of(text.begin(), text.end(), is_digit);
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char32_t code = text[at];
    if (code != text[at - 1] || is_digit(code) || code == kForeign) continue;
    const bool dash = code == U'-' || code == U'—' || code == U'/';
    if (!dash || has_digits) return true;
  }
  return false;
}

/// A comma that parts no thousands. A group of fewer than three digits may end the line, because
/// cells wrap within numbers, but then it must have begun like one.
bool is_misplaced_comma(std::u32string_view text, std::size_t at) {
  const std::size_t before = digits_before(text, at);
  const std::size_t after = digits_from(text, at + 1);
  if (before > 3 || after > 3) return true;
  const char32_t next = char_at(text, at + 1);
  if (next == U'.' || next == U',') return true;
  const bool at_end = at + 1 + after == text.size();
  return before > 0 && after > 0 && after < 3 && !at_end;
}

/// `2025-01.01`: a date whose two marks differ.
bool is_uneven_date(std::u32string_view text, std::size_t at) {
  const auto is_mark = [](char32_t code) { return code == U'-' || code == U'.' || code == U'/'; };
  const char32_t first = text[at];
  if (!is_mark(first) || digits_before(text, at) != 4) return false;
  const std::size_t month = digits_from(text, at + 1);
  if (month < 1 || month > 2) return false;
  const char32_t second = char_at(text, at + 1 + month);
  return is_mark(second) && second != first && digits_from(text, at + 2 + month) > 0;
}

bool is_malformed(std::u32string_view text) {
  if (has_doubled_character(text)) return true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char32_t next = char_at(text, at + 1);
    if (text[at] == U'(' && next == U')') return true;
    if (text[at] == U'%' && is_digit(next)) return true;
    if (text[at] == U',' && is_misplaced_comma(text, at)) return true;
    if (is_uneven_date(text, at)) return true;
  }
  return false;
}

bool is_paired(std::u32string_view text) {
  return std::count(text.begin(), text.end(), U'(') == std::count(text.begin(), text.end(), U')');
}

}  // namespace

double frequency_of(std::u32string_view text) {
  if (is_malformed(text)) return kMalformed;
  return is_paired(text) ? 1.0 : kUnpaired;
}

std::vector<Reading> weighed(std::vector<Reading> readings,
                             const std::vector<double>& frequencies) {
  double listed = 0.0;
  double sum = 0.0;
  double best_frequency = 0.0;
  for (std::size_t at = 0; at < readings.size(); ++at) {
    listed += readings[at].probability;
    readings[at].probability *= frequencies[at];
    sum += readings[at].probability;
    best_frequency = std::max(best_frequency, frequencies[at]);
  }
  sum += std::max(0.0, 1.0 - listed) + kUnseen * (1.0 - best_frequency);
  for (Reading& reading : readings) reading.probability /= sum;
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return a.probability > b.probability;
  });
  return readings;
}

}  // namespace tabularium::numbers
