#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/record/value.h"

// What a text that was read from pixels may have been on paper.
namespace tabularium {

/// Another text, and how much less likely than what was read it is (tenths of a natural logarithm).
struct Guess {
  std::string text;
  int cost = 0;
};

/// Whether values of the type are numbers: money, number, percent.
bool is_number(ValueType type);

/// A number as the model types it; null where the text is none.
Value read_number(std::string_view text, const std::string& unit, const FieldModel& model,
                  const Vocabulary& words);

/// Numbers that recognizers are known to take for `text`: one digit for another, a point that was
/// lost or made of a speck, a digit made of a rule.
std::vector<Guess> likely_numbers(std::string_view text);

/// `text` with what can be no part of a number or date taken for what it looks like: O for 0, l
/// for 1, the second point of a number for a comma, specks at its ends for nothing. Nothing where
/// that changes nothing.
std::optional<std::string> cleared_number(std::string_view text);
std::optional<std::string> cleared_date(std::string_view text);

/// Whether a point parts thousands in the number: "600.000" is a misread "600,000".
bool has_dotted_thousands(std::string_view text);

/// Whether the text is made of marks alone that specks and rules look like, and that stand for no
/// value.
bool is_speck_alone(std::string_view folded);

/// Whether a text is nothing but strokes, as the ends of rules look.
bool is_stroke_alone(std::string_view folded);

/// `text` without the marks at its ends that end no text and begin none: they are specks.
std::string without_end_specks(std::string_view text);

/// `text` with a misread or lost sign before its number, or a misread unit behind it, set right.
/// Nothing where it is a quantity as it stands, or none in any case. `sure`: the recognizer was, so
/// that only what looks like a sign is taken for one.
std::optional<std::string> cleared_quantity(std::string_view text, const Vocabulary& words,
                                            bool sure);

/// The parts in which two texts differ, with a little of what stands around them.
std::pair<std::string, std::string> difference(std::string_view one, std::string_view other);

/// Whether a bracket of `text` is open that none closes, or closed that none opened. Half of the
/// pair was misread or cut off.
bool has_lone_bracket(std::string_view text);

/// Index of the word that `text` is, or clearly nearest to; nothing where it is near to none or to
/// several.
std::optional<std::size_t> nearest_word(std::string_view text,
                                        const std::vector<std::string>& words);

}  // namespace tabularium
