#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tabularium {

/// A text that a form prints, as the layout spells it and as it is compared.
struct Label {
  std::string text;
  std::u32string folded;  // NFKC, no white space, no colon at the end
};

using Labels = std::vector<Label>;  // alternatives

/// Where a value stands relative to its label. Text after the label in the label's own cell or
/// line comes first in any case.
enum class Place : std::uint8_t { right, below };

enum class Half : std::uint8_t { any, left, right };

/// How to find one field.
struct FieldSpec {
  std::string name;  // the record's key
  Labels labels;
  std::vector<Place> places = {Place::right};
  int nth = 0;  // of several equal labels, from 1; 0: the first
  Half half = Half::any;
  bool optional = false;  // forms without the label are complete
  bool boxes = false;     // tick boxes
  Labels options;         // their texts, where the layout knows them
  Labels strip;           // what may stand at the end of the value and is no part of it
  std::string unit;       // of amounts, where the form prints none
  Labels unit_labels;     // labels that may print it, beside the field's own
  std::string total_of;   // table whose total row holds the value
  std::string column;     // of that table
};

struct ColumnSpec {
  std::string name;
  Labels headers;
  bool optional = false;  // a form without the column is complete
  std::string unit;
  Labels unit_labels;
  Labels words;  // texts that its merged cells hold
};

/// A row of a table whose rows have labels.
struct RowSpec {
  std::string name;  // value of the key column
  Labels labels;
};

struct TableSpec {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::vector<std::string> rows_by;  // a row is where these columns have cells of their own
  std::string key;                   // column that the row's label gives; empty: none
  std::vector<RowSpec> rows;
  Labels side;                 // label whose rows are the table's; empty: none
  Labels until;                // a row that begins with one of them ends the table
  Labels total;                // label of the row of totals
  bool unnamed_total = false;  // the row of totals may have an empty label

  int column_index(std::string_view name) const;  // -1: none
};

/// What a layout.toml says.
struct LayoutSpec {
  std::string name;
  std::string version;
  std::string record;
  std::vector<int> years;
  Labels titles;
  Labels year;  // "(####年度)": # is a digit
  Labels must_have;
  Labels must_not_have;
  Labels headings;  // texts that stand in the form and are nobody's value
  std::vector<FieldSpec> fields;
  std::vector<TableSpec> tables;
};

/// Layout files that others may extend, by their names. Threads may share it.
class LayoutLibrary {
 public:
  /// `list` gives the files once somebody asks; of two that have one name the first counts.
  using ListFiles = std::function<std::vector<std::filesystem::path>()>;
  explicit LayoutLibrary(ListFiles list);

  std::optional<std::filesystem::path> find(const std::string& name) const;
  std::vector<std::string> names() const;  ///< sorted

 private:
  void read_names() const;

  ListFiles list_;
  mutable std::once_flag read_;
  mutable std::map<std::string, std::filesystem::path> by_name_;
};

/// The layouts in the folders beside that of `file`: where its base is looked for first.
std::vector<std::filesystem::path> layouts_beside(const std::filesystem::path& file);

/// Reads a layout file, with what it extends from `library`; null: from the folders beside its own.
/// Throws `Error::Code::bad_layout`: file, line, column, what was found, what was expected.
LayoutSpec parse_layout(const std::filesystem::path& file, const LayoutLibrary* library = nullptr);

/// The same from text; `name` stands for the file in messages. Null: it cannot extend any.
LayoutSpec parse_layout(std::string_view text, const std::string& name,
                        const LayoutLibrary* library = nullptr);

/// A label as it is compared.
Label make_label(std::string text);

}  // namespace tabularium
