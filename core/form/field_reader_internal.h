#pragma once

#include <map>
#include <string>
#include <utility>

#include "tabularium/form/form_view_internal.h"

namespace tabularium {

/// Values of rows of totals, by table and column; filled by the tables, used by the fields.
using Totals = std::map<std::pair<std::string, std::string>, RawValue>;

/// Finds the value of one field and claims it and its label. Adds to `issues` what it could not
/// find.
RawValue read_field(FormView& view, const LayoutSpec& spec, const FieldSpec& field,
                    const Totals& totals, std::vector<Issue>& issues);

/// The unit that one of the labels prints, wherever it stands; empty where none does.
std::string printed_unit(FormView& view, const Labels& labels);

/// Reads one table and claims its cells.
RawTable read_table(FormView& view, const TableSpec& spec, Totals& totals,
                    std::vector<Issue>& issues);

}  // namespace tabularium
