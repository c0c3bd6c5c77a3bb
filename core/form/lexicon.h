#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tabularium/form/layout.h"

namespace tabularium {

/// What forms of one kind of record print, in the words of all years: enough to read a form that no
/// layout describes. The record model knows it.
struct Lexicon {
  struct Field {
    std::string name;                  ///< the record's key
    std::vector<std::string> labels;   ///< the likeliest first
    std::vector<std::string> options;  ///< texts of tick boxes; empty: the value is typed
    bool is_money = false;
    std::string total_of;  ///< table whose row of totals holds the value; empty: none
    std::string column;    ///< of that table
  };
  struct Column {
    std::string name;
    std::vector<std::string> labels;
    bool is_money = false;
    bool tells_rows = true;          ///< false: merged cells stand in it, levels for example
    std::vector<std::string> words;  ///< what its merged cells hold
  };
  struct Row {
    std::string name;  ///< value of the key column
    std::vector<std::string> labels;
  };
  struct Table {
    std::string name;
    std::vector<std::string> labels;  ///< headings beside or above it; one may print the unit
    std::vector<Column> columns;
    std::string key;        ///< column that the label of a row gives; empty: none
    std::vector<Row> rows;  ///< of a table with a key
  };

  std::string record;  ///< the record type
  std::vector<Field> fields;
  std::vector<Table> tables;
};

/// What every value has at most that is read with a lexicon alone: nobody has looked at a form of
/// this arrangement.
inline constexpr double kLexiconConfidence = 0.85;

/// Reads forms by the words of `lexicon` alone. Its name is "lexicon"; a large heading above a
/// table is the title. For each form it writes a layout of the labels that stand on it: of equal
/// labels those of several fields go to them in the order of the lexicon; a value stands right of
/// its label or below it; an amount has the unit that is printed beside it.
TABULARIUM_API std::unique_ptr<Layout> make_lexicon_layout(Lexicon lexicon);

}  // namespace tabularium
