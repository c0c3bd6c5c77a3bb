#include <fmt/format.h>

#include <charconv>
#include <map>

#include "commands.h"
#include "tabularium/page/error.h"
#include "tabularium/store/export.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium export forms.db --format xlsx --where year=2025 --where state=review -o look.xlsx
  12 files, 14 records written to look.xlsx
  $ tabularium export forms.db --format csv --bom -o tables/
  $ tabularium export forms.db --format jsonl | head -1

jsonl: one record in each line as `extract` prints it, complete, in the order of path and ordinal.
csv: a folder with a file for each table (files, each kind of record, indicators, funding,
subprojects, evidence, issues, corrections); text that a spreadsheet would take for a formula has an
apostrophe before it. xlsx: the same tables as sheets.

--where KEY=VALUE, KEY being year, layout, unit or state, may be given several times: values of one
key are alternatives, and all keys must hold. An export depends on nothing but the files, records
and corrections: the same bytes from SQLite and PostgreSQL, however many workers read the files.)";

struct Options {
  std::string database;
  ExportFormat format = ExportFormat::jsonl;
  std::vector<std::string> where;
  bool bom = false;
  std::string output;
};

Error bad_condition(const std::string& text, const std::string& reason) {
  return {Error::Code::bad_usage, fmt::format("--where {}: {}", text, reason)};
}

int year_of(const std::string& text, const std::string& value) {
  int year = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), year);
  if (read.ec != std::errc() || read.ptr != value.data() + value.size()) {
    throw bad_condition(text, "a year is four digits");
  }
  return year;
}

FileState state_of(const std::string& text, const std::string& value) {
  std::string known;
  for (const FileState state : kFileStates) {
    if (to_string(state) == value) return state;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", to_string(state));
  }
  throw bad_condition(text, "the states are " + known);
}

void add_condition(const std::string& text, StoreFilter& filter) {
  const std::size_t sign = text.find('=');
  if (sign == std::string::npos) throw bad_condition(text, "expected KEY=VALUE");
  const std::string key = text.substr(0, sign);
  const std::string value = text.substr(sign + 1);
  if (key == "year") {
    filter.years.push_back(year_of(text, value));
  } else if (key == "layout") {
    filter.layouts.push_back(value);
  } else if (key == "unit") {
    filter.units.push_back(value);
  } else if (key == "state") {
    filter.states.push_back(state_of(text, value));
  } else {
    throw bad_condition(text, "the keys are year, layout, unit, state");
  }
}

int export_database(const Session& session, const Options& options) {
  ExportOptions wanted{options.format, {}, options.bom};
  for (const std::string& text : options.where) add_condition(text, wanted.filter);
  const bool to_standard_output = options.output.empty() || options.output == "-";
  if (to_standard_output && options.format != ExportFormat::jsonl) {
    throw Error(Error::Code::bad_usage, "csv and xlsx need -o PATH");
  }
  if (!to_standard_output) require_other_file(options.output, {options.database});
  const Models models = session.load_models();
  const auto store = Store::open(options.database, models, StoreMode::existing);
  if (to_standard_output) {
    Output output({});
    export_lines(*store, wanted.filter, [&](std::string_view line) { output.write(line); });
    output.close();
    return kAllWell;
  }
  const Exported exported = export_store(*store, models, wanted, options.output);
  if (!session.quiet) {
    fmt::print(stderr, "{}, {} written to {}\n",
               counted(static_cast<std::size_t>(exported.files), "file"),
               counted(static_cast<std::size_t>(exported.records), "record"), options.output);
  }
  return kAllWell;
}

}  // namespace

Command add_export(CLI::App& app) {
  CLI::App* command = app.add_subcommand("export", "Write a database as JSON Lines, CSV or XLSX");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  static const std::map<std::string, ExportFormat> formats{
      {"jsonl", ExportFormat::jsonl}, {"csv", ExportFormat::csv}, {"xlsx", ExportFormat::xlsx}};
  command->add_option("DB", options->database, "Database that `import` made; a file or an URL")
      ->required();
  command->add_option("--format", options->format, "jsonl, csv or xlsx")
      ->required()
      ->transform(CLI::CheckedTransformer(formats))
      ->type_name("FORMAT");
  command->add_option("--where", options->where, "Only what fits: year=, layout=, unit=, state=")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  command->add_flag("--bom", options->bom, "CSV begins with a mark by which Excel knows UTF-8");
  command
      ->add_option("-o,--output", options->output,
                   "File, for csv a folder; without it jsonl goes to standard output")
      ->type_name("PATH");
  return {command,
          [options](const Session& session) { return export_database(session, *options); }};
}

}  // namespace tabularium::tool
