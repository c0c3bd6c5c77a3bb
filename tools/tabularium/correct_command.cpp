#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <ctime>

#include "commands.h"
#include "tabularium/page/error.h"
#include "tabularium/store/store.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium correct forms.db 100001 /fields/annual_funding_total 1576021.00 --why "seen on paper"
  2025/a.pdf, record 1, /fields/annual_funding_total: 1576020.00 -> 1576021.00
  error: funding_parts: the parts add up to 1576020.00, the total says 1576021.00
  $ tabularium correct forms.db '2025/a.pdf#2' /tables/indicators/3/target '≥40次'

RECORD is the record_id of the tables, or PATH#N for the N-th record of a file. POINTER is the place
of the value in the record: /title, /year, /fields/NAME or /tables/TABLE/ROW/COLUMN, rows from 0.
VALUE is written as a form would print it; '' empties the value. The record is checked anew, and the
table `corrections` keeps who, when, before and after. A later import never changes the value: a new
reading of the same bytes, or of the same path, gets it again.)";

struct Options {
  std::string database;
  std::string record;
  std::string pointer;
  std::string value;
  std::string by;
  std::string why;
};

/// The name of the user who runs the program.
std::string user_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user == nullptr ? std::to_string(::getuid()) : user->pw_name;
}

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

StoredRecord wanted_record(Store& store, const std::string& text) {
  if (const auto id = number_of(text)) {
    if (auto record = store.find_record(*id)) return std::move(*record);
    throw Error(Error::Code::bad_usage, fmt::format("there is no record {}", text));
  }
  const std::size_t mark = text.rfind('#');
  const auto ordinal = mark == std::string::npos ? std::nullopt : number_of(text.substr(mark + 1));
  if (!ordinal) {
    throw Error(Error::Code::bad_usage,
                fmt::format("{}: a record is its record_id or PATH#N", text));
  }
  // The path as it stands in the tables, or as the file system has it.
  for (const std::string& path : {text.substr(0, mark), ledger_path(text.substr(0, mark))}) {
    for (StoredRecord& record : store.records_of(path)) {
      if (record.ordinal == *ordinal) return std::move(record);
    }
  }
  throw Error(Error::Code::bad_usage, fmt::format("there is no record {}", text));
}

int correct_value(const Session& session, const Options& options) {
  const Models models = session.load_models();
  const auto store = Store::open(options.database, models, StoreMode::existing);
  const StoredRecord record = wanted_record(*store, options.record);
  CorrectionRequest request;
  request.record = record.id;
  request.pointer = options.pointer;
  request.value = options.value;
  request.by = options.by.empty() ? user_name() : options.by;
  request.why = options.why;
  request.at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  const Corrected corrected = store->correct(request);
  Output output({});
  output.write(fmt::format("{}, record {}, {}: {} -> {}\n", record.file, record.ordinal,
                           request.pointer, corrected.before, corrected.after));
  output.close();
  for (const Issue& issue : corrected.issues) {
    session.say(issue.severity, fmt::format("{}: {}", issue.check, issue.message));
  }
  return kAllWell;
}

}  // namespace

Command add_correct(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("correct", "Put a person's value in the place of one that was read");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("DB", options->database, "Database that `import` made; a file or an URL")
      ->required();
  command->add_option("RECORD", options->record, "record_id, or PATH#N")->required();
  command->add_option("POINTER", options->pointer, "Place of the value in the record")->required();
  command->add_option("VALUE", options->value, "As a form would print it")->required();
  command->add_option("--by", options->by, "Who corrects; the user's name where it is not given")
      ->type_name("NAME");
  command->add_option("--why", options->why, "What for")->type_name("TEXT");
  return {command, [options](const Session& session) { return correct_value(session, *options); }};
}

}  // namespace tabularium::tool
