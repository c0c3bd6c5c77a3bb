#pragma once

#include <map>
#include <string>
#include <vector>

#include "tabularium/form/layout.h"
#include "tabularium/page/evidence.h"

namespace tabularium {

/// What a declarative layout met while it read a form: for whoever tries a layout.
struct LayoutTrace {
  struct Column {
    std::string name;
    std::vector<Evidence> headers;  ///< cells of the header row that fit: the one taken first
  };
  struct Table {
    bool found = false;  ///< a row of headers
    std::vector<Column> columns;
    bool total = false;  ///< a row of totals
  };

  /// By field: the places where its label stands and that are as good as the one taken, which is
  /// the first. None: the form does not have the label. Without fields that are totals of a table.
  std::map<std::string, std::vector<Evidence>> labels;
  std::map<std::string, Table> tables;
};

/// Reads a form as `layout.read` does and tells how. The trace stays empty where `layout` is a
/// plugin's own code.
Form read_traced(const Layout& layout, const std::vector<TabulatedPage>& pages, LayoutTrace& trace);

}  // namespace tabularium
