#include "tabularium/form/layout_schema.h"

#include "tabularium/page/json_schema_internal.h"

namespace tabularium {
namespace {

using namespace json_schema;

/// Texts of the form: one, a list, or in a variant a change of the base's list.
Json labels(const std::string& about) { return reference("labels", about); }

Json labels_definition() {
  const Json one = {{"type", "string"}, {"minLength", 1}};
  const Json change =
      object("In a layout that extends another: what differs from the base's list.",
             {{"add", text_or_texts("Texts that the base's list does not have.")},
              {"remove", text_or_texts("Texts of the base's list that this form does not have.")}});
  return {{"anyOf", Json::array({one, {{"type", "array"}, {"items", one}}, change})}};
}

const char* const kFresh =
    "In a layout that extends another: true takes nothing of it from the base.";

Json field() {
  return object(
      "A field with more to say than its label.",
      {{"label", labels("The label, or a list of its spellings; a form has one of them.")},
       {"value",
        {{"description",
          "The cell where the value stands: right of the label (the default) or below it; a list "
          "tries one after the other. Text after the label in its own cell or line comes first."},
         {"anyOf",
          Json::array(
              {{{"enum", {"right", "below"}}},
               {{"type", "array"}, {"minItems", 1}, {"items", {{"enum", {"right", "below"}}}}}})}}},
       {"nth", integer(1, 9999, "Of several equal labels the n-th in reading order, from 1.")},
       {"half", one_of({"left", "right"}, "Of equal labels the one in that half of the table.")},
       {"optional", flag("true: a form without the label is complete.")},
       {"ticked", labels("The texts of tick boxes; the value is the ticked ones. An empty list "
                         "takes the options as they are printed.")},
       {"strip", labels("What may stand at the end of the value and is no part of it: （盖章）.")},
       {"unit", text("The unit of an amount where the form prints none: 元 or 万元.")},
       {"unit_label", labels("Other labels that may print the unit: 项目资金（万元）.")},
       {"total_of", text("Instead of a label: the table whose row of totals holds the value.")},
       {"column", text("The column of that table.")},
       {"fresh", flag(kFresh)}});
}

Json column() {
  return object(
      "A column with more to say than its header.",
      {{"header", labels("The header, or a list of its spellings; a form has one of them.")},
       {"optional", flag("true: a form without the column is complete.")},
       {"unit", text("The unit of its amounts where the form prints none: 元 or 万元.")},
       {"unit_label", labels("Labels that may print the unit: 项目资金（万元）.")},
       {"words", labels("The texts that its merged cells hold: with them a label that a page break "
                        "cuts is made whole.")},
       {"fresh", flag(kFresh)}});
}

/// The label alone, or a table with more keys.
Json label_or(const char* definition) {
  return {
      {"anyOf", Json::array({{{"type", "string"}, {"minLength", 1}},
                             {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}},
                             {{"$ref", std::string("#/definitions/") + definition}}})}};
}

Json table() {
  return object(
      "A table: it begins below the row that holds its headers.",
      {{"columns",
        map_of(label_or("column"), "The columns by the record's names, each with its header.")},
       {"rows_by", text_or_texts("A row of the table is where these columns have cells of their "
                                 "own.")},
       {"key", text("The record's column that the label of a row gives; needs `rows`.")},
       {"rows", map_of(labels("The label of the row."),
                       "The rows of a table whose rows have labels, by the values of the key.")},
       {"side", labels("A label that stands beside the table and spans all its rows.")},
       {"until", labels("A row that begins with one of these ends the table.")},
       {"total", labels("The label of the row of totals, which is no row of the table.")},
       {"unnamed_total", flag("true: the row of totals may have an empty label.")},
       {"fresh", flag(kFresh)}});
}

Members head() {
  return {
      {"layout", text("The name that records store, declaration-2025. Permanent.")},
      {"version", text("Raised with every change, so that stored files are read anew.")},
      {"extends", text("The name of a layout that this one takes all from that it does not say.")},
      {"record", text("The record model whose records it yields.")},
      {"years", list_of(integer(1, 9999, "A year."), "The years that the form is for.")},
      {"titles", labels("A form begins where one of these stands as a line of its own.")},
      {"year", labels("How the form prints its year; # is a digit: （####年度）.")},
      {"must_have", labels("Labels without which it is another form of the same title.")},
      {"must_not_have", labels("Texts that only other forms of the same title have.")},
      {"headings", labels("Texts that belong to the form and are nobody's value.")},
      {"remove", text_or_texts("In a layout that extends another: what this form does without, as "
                               "fields.NAME, tables.NAME, tables.NAME.columns.NAME or "
                               "tables.NAME.rows.NAME.")},
      {"fields", map_of(label_or("field"),
                        "Every field of the record that the form has, in the record's order, each "
                        "with its label.")},
      {"tables", map_of({{"$ref", "#/definitions/table"}}, "The tables by the record's names.")}};
}

}  // namespace

std::string layout_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "A layout of Tabularium"}};
  schema.update(
      object("How one form-year is arranged: a layout.toml.", head(), {"layout", "version"}));
  schema["anyOf"] =
      Json::array({{{"required", {"extends"}}}, {{"required", {"record", "titles", "fields"}}}});
  schema["definitions"] = {{"field", field()},
                           {"column", column()},
                           {"table", table()},
                           {"labels", labels_definition()}};
  return schema.dump(2) + '\n';
}

}  // namespace tabularium
