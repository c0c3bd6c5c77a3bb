#include "context.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tabularium::lines {

namespace {

/// How much more often the fitting one of two look-alikes stands among such neighbours.
constexpr double kFits = 30.0;

enum class Kind : std::uint8_t { none, digit, capital, small, han, mark };

bool is_alike(char32_t code) {
  static constexpr std::u32string_view kAlike = U"0Oo1Il|—一-";
  return kAlike.find(code) != kAlike.npos;
}

/// Marks of punctuation whose small print looks alike.
bool is_mark(char32_t code) {
  static constexpr std::u32string_view kMarks = U".,，·。";
  return kMarks.find(code) != kMarks.npos;
}

/// What a character tells of its neighbours. Those that may be another one tell nothing.
Kind kind_of(char32_t code) {
  if (is_alike(code)) return Kind::none;
  if (code >= U'0' && code <= U'9') return Kind::digit;
  if (code >= U'A' && code <= U'Z') return Kind::capital;
  if (code >= U'a' && code <= U'z') return Kind::small;
  if (code >= 0x4E00 && code <= 0x9FFF) return Kind::han;
  return code == 0 ? Kind::none : Kind::mark;
}

char32_t code_of(const Place& place) {
  return place.names.empty() || place.presence < 0.5 ? 0 : place.names.front().code;
}

/// The nearest character to one side that tells something, past others that look alike.
Kind neighbour(const std::vector<Place>& places, std::size_t at, int step) {
  constexpr int kReach = 3;
  auto place = static_cast<std::ptrdiff_t>(at);
  for (int i = 0; i < kReach; ++i) {
    place += step;
    if (place < 0 || place >= static_cast<std::ptrdiff_t>(places.size())) return Kind::none;
    const char32_t code = code_of(places[static_cast<std::size_t>(place)]);
    const Kind kind = kind_of(code);
    if (kind != Kind::none || !is_alike(code)) return kind;
  }
  return Kind::none;
}

/// Whether `code` is the one of its look-alikes that stands between such neighbours.
bool fits(char32_t code, Kind left, Kind right) {
  const auto any = [&](Kind kind) { return left == kind || right == kind; };
  const bool letters = any(Kind::capital) || any(Kind::small);
  switch (code) {
    case U'0':
    case U'1':
      return any(Kind::digit) && !letters;
    case U'O':
    case U'I':
      return any(Kind::capital) && !any(Kind::digit) && !any(Kind::small);
    case U'o':
    case U'l':
      return any(Kind::small) && !any(Kind::digit);
    case U'一':
      // At the begin of a line it is rather what is left of a rule, or a bullet.
      return right == Kind::han && (left == Kind::han || left == Kind::mark);
    case U'，':
    case U',':
    case U'。':
      return left == Kind::han && (right == Kind::han || right == Kind::none);
    default:
      return false;
  }
}

void weigh(Place& place, Kind left, Kind right) {
  double sum = 0.0;
  for (Name& name : place.names) {
    if (fits(name.code, left, right)) name.probability *= static_cast<float>(kFits);
    sum += name.probability;
  }
  if (sum > 1.0) {
    for (Name& name : place.names) name.probability /= static_cast<float>(sum);
  }
  std::stable_sort(place.names.begin(), place.names.end(),
                   [](const Name& a, const Name& b) { return a.probability > b.probability; });
}

/// Whether a circle stands where the oxygen of CO2, SO2 or NO3 does: between a lone capital that
/// oxygen goes with and a digit.
bool is_oxygen(const std::vector<Place>& places, std::size_t at) {
  static constexpr std::u32string_view kCircles = U"0Oo";
  static constexpr std::u32string_view kBefore = U"CSN";
  if (at == 0 || at + 1 >= places.size() || kCircles.find(code_of(places[at])) == kCircles.npos ||
      kBefore.find(code_of(places[at - 1])) == kBefore.npos) {
    return false;
  }
  const char32_t behind = code_of(places[at + 1]);
  if (behind != U'2' && behind != U'3') return false;
  const Kind before = at >= 2 ? kind_of(code_of(places[at - 2])) : Kind::none;
  return before != Kind::capital && before != Kind::small && before != Kind::digit;
}

bool is_numeral(char32_t code) {
  static constexpr std::u32string_view kNumerals = U"一二三四五六七八九十〇○";
  return code != 0 && kNumerals.find(code) != kNumerals.npos;
}

/// ⑴ between brackets is a 1 whose brackets were read twice.
void take_brackets_once(std::vector<Place>& places) {
  static constexpr std::u32string_view kOpen = U"（(";
  static constexpr std::u32string_view kClose = U"）)";
  for (std::size_t at = 1; at + 1 < places.size(); ++at) {
    const char32_t code = code_of(places[at]);
    if (code < U'⑴' || code > U'⑼') continue;
    if (kOpen.find(code_of(places[at - 1])) == kOpen.npos) continue;
    if (kClose.find(code_of(places[at + 1])) == kClose.npos) continue;
    places[at].names.front().code = U'1' + (code - U'⑴');
  }
}

}  // namespace

void heed_neighbours(std::vector<Place>& places) {
  for (std::size_t at = 0; at < places.size(); ++at) {
    const char32_t code = code_of(places[at]);
    // Two dashes in a row are the long dash of Chinese print.
    const bool long_dash =
        code == U'—' && ((at > 0 && code_of(places[at - 1]) == code) ||
                         (at + 1 < places.size() && code_of(places[at + 1]) == code));
    if (is_oxygen(places, at)) {
      weigh(places[at], Kind::capital, Kind::none);
    } else if ((is_alike(code) || is_mark(code)) && !long_dash) {
      weigh(places[at], neighbour(places, at, -1), neighbour(places, at, 1));
    }
    const bool before = at > 0 && is_numeral(code_of(places[at - 1]));
    const bool behind = at + 1 < places.size() && is_numeral(code_of(places[at + 1]));
    if (code == U'○' && (before || behind)) places[at].names.front().code = U'〇';
  }
  take_brackets_once(places);
}

}  // namespace tabularium::lines
