#pragma once

#include <string>

#include "tabularium/table/table.h"

namespace tabularium::tool {

/// A table as JSON: page, bbox, cells; boxes in points rounded to two decimals. `indent` spaces
/// before each line but the first.
std::string table_json(const Table& table, int indent);

/// A table as CSV lines (RFC 4180). The text of a merged cell stands at its first place; the other
/// places that it spans are empty.
std::string table_csv(const Table& table);

/// A table as an HTML `table` element with rowspan and colspan; places that no cell covers are
/// empty `td`s. `file` and page go into the caption.
std::string table_html(const Table& table, const std::string& file, int ordinal);

/// What stands before and after all tables of an HTML page.
std::string html_head(const std::string& title);
std::string html_foot();

/// `text` with &, <, > and " replaced by entities; control characters that HTML does not have are
/// left out.
std::string html_escaped(std::string_view text);

}  // namespace tabularium::tool
