#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// The beginning of a text as labels are compared: NFKC, no white space. Long texts are cut, since
/// no label is long.
struct FoldedText {
  std::u32string text;
  std::vector<std::size_t> line_ends;  // in `text`, of the lines that it holds whole
  bool complete = true;                // false: the text goes on
};

FoldedText fold_lines(const std::vector<TextLine>& lines);

/// A label found at the beginning of a text.
struct LabelMatch {
  std::size_t length = 0;  // of the folded text that it takes, with its unit and colon
  std::string unit;        // "万元" of "项目资金（万元）"
  bool whole = false;      // nothing follows
};

/// Finds `label` at the beginning of `text`. What follows it may be a unit or note in brackets, a
/// colon, and then a value: only after a colon or at the end of a line. A "#" of the label stands
/// for any digit. This is the one place where labels are compared.
std::optional<LabelMatch> match_label(const FoldedText& text, const Label& label);

/// The first of the alternatives that matches the whole text.
std::optional<LabelMatch> match_whole(const FoldedText& text, const Labels& labels);

/// Where `pattern` stands in `text`, "#" for any digit; npos where it does not.
std::size_t find_pattern(std::u32string_view text, std::u32string_view pattern);

/// `lines` without the glyphs that the first `length` characters of their folded text stand for.
std::vector<TextLine> without_prefix(const std::vector<TextLine>& lines, std::size_t length);

/// Folds one character; appends nothing for white space.
void append_folded(std::u32string& out, char32_t code);

}  // namespace tabularium
