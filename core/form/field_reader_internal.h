#pragma once

#include <map>
#include <string>
#include <utility>

#include "tabularium/form/form_view_internal.h"
#include "tabularium/form/layout_trace_internal.h"

namespace tabularium {

/// Values of rows of totals, by table and column; filled by the tables, used by the fields.
using Totals = std::map<std::pair<std::string, std::string>, RawValue>;

/// Finds the value of one field and claims it and its label. Adds to `issues` what it could not
/// find, and to `trace`, if given, where it found the label.
RawValue read_field(FormView& view, const LayoutSpec& spec, const FieldSpec& field,
                    const Totals& totals, std::vector<Issue>& issues, LayoutTrace* trace);

/// The unit that one of the labels prints, wherever it stands; empty where none does.
std::string printed_unit(FormView& view, const Labels& labels);

/// Reads one table and claims its cells. `trace`: if given, learns where its headers stand.
RawTable read_table(FormView& view, const TableSpec& spec, Totals& totals,
                    std::vector<Issue>& issues, LayoutTrace* trace);

}  // namespace tabularium
