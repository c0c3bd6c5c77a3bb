#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/record/check.h"

namespace tabularium {

/// What kind of value a field or column holds, and so how its raw text is read.
enum class ValueType : std::uint8_t {
  text,       ///< one line; white space at line breaks removed as the script wants it
  narrative,  ///< paragraphs, separated by "\n"
  choice,     ///< a text of a closed vocabulary, often the ticked box
  list,       ///< texts, often the ticked boxes
  boolean,
  money,  ///< kept in yuan, whatever the form prints
  date,
  number,
  percent,   ///< a number; "%" may follow it
  level,     ///< a text without any white space
  quantity,  ///< see `Quantity`
  key,       ///< one of the names that the model gives to printed labels
};

/// The type's name in a model file: "text", "money", ...
TABULARIUM_API std::string_view to_string(ValueType type) noexcept;

/// One of the values that a field may have.
struct Option {
  std::string name;                 ///< as the record stores it
  std::vector<std::string> labels;  ///< as forms print it; the name itself where none is given
};

/// A field of a record, or a column of one of its tables.
struct FieldModel {
  std::string name;  ///< the record's key
  ValueType type = ValueType::text;
  std::vector<std::string> labels;    ///< what forms of all years print beside or above it
  std::vector<Option> options;        ///< closed vocabulary; empty: anything goes
  std::vector<std::string> suffixes;  ///< what may follow a number, "分"
  std::string total_of;  ///< "indicators.weight": stands in that column's row of totals; or empty
};

struct TableModel {
  std::string name;
  std::vector<std::string> labels;  ///< headings of the table on paper; may be empty
  std::vector<FieldModel> columns;  ///< in the order in which records give them

  TABULARIUM_API const FieldModel* column(std::string_view name) const;
};

/// Words that values are written with, the same for many models. Words are folded (`fold`).
struct Vocabulary {
  struct Word {
    std::u32string text;
    int exponent = 0;  ///< power of ten, of multipliers and units of money
    std::string name;  ///< of operators: ">="
  };
  std::string name;
  std::vector<Word> operators;                 ///< longest first
  std::vector<Word> multipliers;               ///< longest first: 万 is 10^4
  std::vector<Word> money_units;               ///< longest first: 万元 is 10^4 yuan
  std::vector<std::u32string> currency_marks;  ///< what may stand before an amount
  std::vector<std::u32string> units;  ///< measure words, sorted; 元/人/天 is made of three
  std::vector<std::u32string>
      no_units;                     ///< what follows a number and is never a unit: 以上; sorted
  std::vector<std::string> blanks;  ///< what stands for "nothing" in a typed cell: "-"
  std::vector<std::string> yes;
  std::vector<std::string> no;
  int first_year = 1990;  ///< calendar years that forms may be of
  int last_year = 2099;
};

/// What a record of one type is. Read from `models/*.toml`; immutable.
class TABULARIUM_API RecordModel {
 public:
  std::string name;    ///< "performance_declaration"
  std::string title;   ///< what people call such a form
  std::string source;  ///< the file it was read from
  std::vector<FieldModel> fields;
  std::vector<TableModel> tables;
  std::vector<std::string>
      year_fields;  ///< texts that may settle a year that the form does not print
  std::vector<Check> checks;
  /// What overviews count by: whose record it is (a text of the record), what it is worth (money),
  /// how it scored (a number). Empty where the model does not say.
  std::optional<ValuePath> unit, amount, score;
  std::shared_ptr<const Vocabulary> vocabulary;  ///< never null

  const FieldModel* field(std::string_view field_name) const;
  const TableModel* table(std::string_view table_name) const;
};

/// All record models, by name.
class TABULARIUM_API Models {
 public:
  Models();
  ~Models();
  Models(Models&&) noexcept;
  Models& operator=(Models&&) noexcept;

  /// The model of that name, or null.
  const RecordModel* find(std::string_view record) const;
  std::vector<std::string> names() const;  ///< sorted

  /// Reads every `*.toml` of the folders; a model may use the vocabulary of another folder.
  /// Throws `Error::Code::bad_model` with file, line, column and reason, and
  /// `Error::Code::not_found` where there is no such folder or no model in it.
  static Models load(const std::vector<std::filesystem::path>& folders);

  /// Reads models from texts, pairs of file name (for messages) and content.
  static Models parse(const std::vector<std::pair<std::string, std::string>>& files);

 private:
  std::map<std::string, std::unique_ptr<RecordModel>, std::less<>> models_;
};

}  // namespace tabularium
