#include "tabularium/record/model_schema.h"

#include "tabularium/page/json_schema_internal.h"

namespace tabularium {
namespace {

using namespace json_schema;

const char* const kAbout = "Anything for the reader; ignored.";

Json path(const std::string& about) { return text(about); }
Json paths(const std::string& about) { return texts(about); }

/// A number in quotes, so that it stays exact, or an integer.
Json number(const std::string& about) {
  return {{"description", about}, {"type", {"string", "integer"}}};
}

/// One kind of check: the keys that it has beside those of every check, and those it needs.
struct CheckKeys {
  const char* kind;
  const char* about;
  std::vector<std::string> keys;
  std::vector<std::string> required;
};

const std::vector<CheckKeys>& check_kinds() {
  static const std::vector<CheckKeys> kinds = {
      {"required", "Values that are null.", {"values"}, {"values"}},
      {"filled", "A table without rows.", {"table"}, {"table"}},
      {"order", "Values that do not rise (dates, numbers).", {"values"}, {"values"}},
      {"in_year", "Dates that are not in the record's year.", {"values"}, {"values"}},
      {"sum",
       "Parts that do not add up; an empty part counts as nothing.",
       {"total", "parts"},
       {"total", "parts"}},
      {"at_most", "Values above a limit.", {"values", "limit"}, {"values", "limit"}},
      {"range", "Values outside least to most.", {"values", "least", "most", "unit"}, {"values"}},
      {"equals", "Values that differ from another.", {"values", "to"}, {"values", "to"}},
      {"product",
       "A value that is not the product of the factors, cut or rounded.",
       {"values", "factors", "divisor", "cap"},
       {"values", "factors"}},
      {"ratio",
       "A value that is not numerator / denominator * times, cut or rounded.",
       {"values", "numerator", "denominator", "times"},
       {"values", "numerator", "denominator"}},
      {"target_met",
       "An actual that misses its target although the score is full.",
       {"table", "columns"},
       {"table", "columns"}},
      {"explained",
       "A score below the weight where no reason is given.",
       {"table", "columns"},
       {"table", "columns"}},
      {"bands",
       "A label that does not fit a value.",
       {"values", "label", "bands"},
       {"values", "label", "bands"}},
      {"taxonomy",
       "Levels that no form has.",
       {"table", "columns", "tree"},
       {"table", "columns", "tree"}},
      {"known", "Values that are none of their field's options.", {"values"}, {"values"}},
      {"parsed", "Texts that begin like a quantity and are none.", {"values"}, {"values"}},
      {"same_unit",
       "A second quantity in another unit than the first, or in none.",
       {"table", "columns"},
       {"table", "columns"}},
      {"unique",
       "Rows that are alike in these columns.",
       {"table", "columns"},
       {"table", "columns"}},
      {"contiguous",
       "Rows of one label with others between them.",
       {"table", "columns"},
       {"table", "columns"}},
      {"note_agrees",
       "A quantity whose note repeats it with another number.",
       {"values", "unless"},
       {"values"}},
      {"digits",
       "A text with an unlikely number of digits.",
       {"values", "least", "most", "unit"},
       {"values"}}};
  return kinds;
}

Members common_check_keys() {
  std::vector<std::string> kinds;
  for (const CheckKeys& one : check_kinds()) kinds.emplace_back(one.kind);
  return {
      {"id", text("Stands in the issue; several checks may share one.")},
      {"kind", one_of(kinds, "What it finds; each kind has keys of its own.")},
      {"severity", one_of({"info", "warning", "error"}, "`warning` if absent.")},
      {"hint", text("A sentence that is added to the message.")},
      {"when_same_year", paths("Dates: the check is applied only where they are of one year.")}};
}

Members special_check_keys() {
  const Json band = object("A band.",
                           {{"label", text("The label of values from `from` on.")},
                            {"from", number("The lowest value of the band.")}},
                           {"label", "from"});
  return {
      {"values", paths("The values it looks at: start_date is a field, indicators.weight a column, "
                       "funding[source=total].score the cells of some rows.")},
      {"table", text("The table whose rows it looks at.")},
      {"columns", texts("Columns of the table, in the order that the kind wants.")},
      {"total", path("The sum: a path or a number.")},
      {"parts", paths("What must add up to it: paths or numbers.")},
      {"limit", path("A path or a number.")},
      {"least", number("The least value.")},
      {"most", number("The greatest value.")},
      {"unit", text("Only quantities of this unit.")},
      {"to", path("What the values must be equal to: a path or a number.")},
      {"factors", paths("What is multiplied: paths or numbers.")},
      {"divisor", number("What the product is divided by.")},
      {"cap", path("A path or a number: where the product is more, this is right.")},
      {"numerator", path("A path or a number.")},
      {"denominator", path("A path or a number.")},
      {"times", number("What the ratio is multiplied by.")},
      {"label", path("The field that holds the label.")},
      {"bands", list_of(band, "The bands, from the highest to the lowest.")},
      {"tree",
       map_of(texts("Labels that stand below it."), "Labels that other labels stand below.")},
      {"unless", texts("Words of notes that speak of a part of the quantity.")}};
}

Json check() {
  Members all = common_check_keys();
  for (auto& member : special_check_keys()) all.push_back(std::move(member));
  Json json = object("A check that a record must pass.", all, {"id", "kind"});
  json["allOf"] = Json::array();
  for (const CheckKeys& one : check_kinds()) {
    std::vector<std::string> keys;
    for (const auto& [key, part] : common_check_keys()) keys.push_back(key);
    keys.insert(keys.end(), one.keys.begin(), one.keys.end());
    json["allOf"].push_back(
        {{"if", {{"properties", {{"kind", {{"const", one.kind}}}}}, {"required", {"kind"}}}},
         {"then",
          {{"description", one.about},
           {"propertyNames", {{"enum", keys}}},
           {"required", one.required}}}});
  }
  return json;
}

Json field() {
  const Json option = object("A value and what forms print for it.",
                             {{"name", text("As the record stores it.")},
                              {"labels", texts("As forms print it; the name if absent.")}},
                             {"name"});
  const Json one = {{"type", "string"}, {"minLength", 1}};
  return object(
      "A field of the record, or a column of a table.",
      {{"name",
        {{"description", "The key in the record: a to z, 0 to 9 and _, a letter first."},
         {"type", "string"},
         {"pattern", "^[a-z_][a-z0-9_]*$"}}},
       {"type", one_of({"text", "narrative", "choice", "list", "bool", "money", "date", "number",
                        "percent", "level", "quantity", "key"},
                       "How its text is read.")},
       {"labels", texts("What forms of all years print beside or above it, the likeliest first.")},
       {"options",
        {{"description",
          "The closed vocabulary of a choice, list, key or text: texts, or tables "
          "where forms print something else than the name."},
         {"anyOf", Json::array({{{"type", "array"}, {"items", one}},
                                {{"type", "array"}, {"items", option}}})}}},
       {"suffixes", texts("What may follow a number or percent: 分.")},
       {"total_of", text("\"table.column\": the value stands in that column of the table's row of "
                         "totals.")},
       {"about", text(kAbout)}},
      {"name", "type"});
}

Json table() {
  return object("A table of the record.",
                {{"name", text("The key in the record: a to z, 0 to 9 and _, a letter first.")},
                 {"labels", texts("Its headings on paper.")},
                 {"about", text(kAbout)},
                 {"column", list_of({{"$ref", "#/definitions/field"}},
                                    "Its columns, in the order in which records give them.")}},
                {"name", "column"});
}

Json model() {
  return object("A record model: what a kind of record is.",
                {{"record", text("The name of the kind of record. Permanent.")},
                 {"title", text("What people call such a form.")},
                 {"vocabulary", text("The vocabulary that its values are written with.")},
                 {"about", text(kAbout)},
                 {"field", list_of({{"$ref", "#/definitions/field"}},
                                   "The fields, in the order in which records give them.")},
                 {"table", list_of({{"$ref", "#/definitions/table"}}, "The tables.")},
                 {"year", object("What settles the year of a form that prints none.",
                                 {{"from", texts("Fields whose texts and dates may name it.")}})},
                 {"summary", object("What overviews count by.",
                                    {{"unit", path("A text that says whose record it is.")},
                                     {"amount", path("Money: what it is worth.")},
                                     {"score", path("A number: how it scored.")}})},
                 {"check", list_of({{"$ref", "#/definitions/check"}}, "The checks.")}},
                {"record", "title", "vocabulary"});
}

Json vocabulary() {
  const auto powers = [](const std::string& about) {
    return map_of(integer(-2, 12, "A power of ten."), about);
  };
  Members operators;
  for (const char* name : {">=", "<=", "=", ">", "<", "~"}) {
    operators.emplace_back(name, texts("Words that mean it."));
  }
  return object(
      "A vocabulary: words that values are written with.",
      {{"vocabulary", text("Its name, which models use.")},
       {"about", text(kAbout)},
       {"operators",
        object("The words of each operator that may stand before a number.", operators)},
       {"multipliers", powers("Words directly after a number, as powers of ten: 万 = 4.")},
       {"money_units", powers("Units of money, as powers of ten of a yuan.")},
       {"currency_marks", texts("What may stand before an amount: ¥.")},
       {"units", texts("Measure words; a unit may be made of several.")},
       {"no_units", texts("What follows numbers and is never a unit: 以上.")},
       {"blanks", texts("What stands in a cell for nothing: -.")},
       {"yes", texts("The words of a bool that is true.")},
       {"no", texts("The words of a bool that is false.")},
       {"first_year", integer(1000, 9999, "The first year that forms may be of.")},
       {"last_year", integer(1000, 9999, "The last year that forms may be of.")}},
      {"vocabulary"});
}

}  // namespace

std::string model_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "A record model or vocabulary of Tabularium"},
                 {"description",
                  "A file of the folder models: what a kind of record is, or the "
                  "words that values are written with."},
                 {"type", "object"},
                 {"if", {{"required", {"record"}}}},
                 {"then", {{"$ref", "#/definitions/model"}}},
                 {"else", {{"$ref", "#/definitions/vocabulary"}}}};
  schema["definitions"] = {{"model", model()},
                           {"field", field()},
                           {"table", table()},
                           {"check", check()},
                           {"vocabulary", vocabulary()}};
  return schema.dump(2) + '\n';
}

}  // namespace tabularium
