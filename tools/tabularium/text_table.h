#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tabularium::tool {

/// Columns that a terminal gives the text: Chinese characters take two.
std::size_t display_width(std::string_view text);

/// Rows of cells, aligned for a terminal.
class TextTable {
 public:
  enum class Align : std::uint8_t { left, right };

  /// `columns`: how each is aligned. Rows may be shorter.
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  /// The lines, each behind `indent` and without white space at its end.
  std::string text(std::string_view indent = "") const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tabularium::tool
