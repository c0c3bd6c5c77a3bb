#pragma once

#include <string>
#include <vector>

#include "tabularium/page/evidence.h"
#include "tabularium/page/issue.h"

namespace tabularium {

/// A value as it stands on paper, not yet understood.
struct RawValue {
  /// Lines of one paragraph are joined, paragraphs are separated by one "\n". Empty: the form
  /// leaves it empty.
  std::string text;
  std::vector<std::string>
      ticked;        ///< for a field of tick boxes: the labels of the ticked ones, in order
  std::string unit;  ///< unit that the layout or the label gives, "万元" for example; may be empty
  Evidence evidence;  ///< of an empty value: the place where it would stand
};

struct RawField {
  std::string name;  ///< the record's key, "project_name"
  RawValue value;
};

struct RawRow {
  std::vector<RawField> cells;
};

struct RawTable {
  std::string name;  ///< "indicators"
  std::vector<RawRow> rows;
};

/// Text of the form that no field took.
struct UnclaimedText {
  Evidence evidence;
};

/// One form on paper: raw values with evidence, by the names of the record model.
struct Form {
  std::string layout;      ///< "declaration-2025"
  std::string record;      ///< "performance_declaration"
  std::vector<int> years;  ///< the years that the layout is made for; empty: any
  std::string title;       ///< as printed, white space removed
  RawValue year;  ///< text that gives the year, "(2025年度)"; empty where the form prints none
  std::vector<int> pages;        ///< rising
  std::vector<RawField> fields;  ///< every field of the layout, also those left empty
  std::vector<RawTable> tables;
  std::vector<UnclaimedText> unclaimed;
  std::vector<Issue>
      issues;  ///< what the layout noticed: an anchor that is ambiguous, a column that is missing
};

}  // namespace tabularium
