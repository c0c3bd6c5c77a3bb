#pragma once

#include <vector>

#include "tabularium/page/rule.h"
#include "tabularium/table/scale_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Takes the rows and columns out that are too narrow for text and hold none: the room between the
/// two lines of a doubled rule. `table` has its text.
Table without_slivers(Table table, const Scale& scale);

/// Whether a lattice with its text is a table rather than a diagram, whose grid lines cross too:
/// there is text in two rows and two columns, and not mostly empty cells beside the labels of an
/// axis. `outside` are the words that no table holds.
bool is_ruled_table(const Table& table, const std::vector<Word>& outside, const Scale& scale);

/// Whether the lattice is only the head of a table that goes on below it without rules: a few rows
/// without data, and right below, within its width, a row of several pieces among the words
/// `outside` of all tables. `table` has its text.
bool is_head_of_unruled(const Table& table, const std::vector<Word>& outside, const Scale& scale);

/// Where diagrams stand that draw grid lines in one direction: numbers that horizontal rules begin
/// or end beside, at half their height. Rules of tables pass between the lines of text.
std::vector<Box> find_plots(const std::vector<Word>& words, const std::vector<Rule>& rules,
                            const Scale& scale);

}  // namespace tabularium
