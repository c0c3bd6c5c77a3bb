#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "commands.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/extract.h"
#include "tabularium/record/json.h"
#include "tabularium/store/csv.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium extract declaration.pdf
  [
  {
    "record": "performance_declaration",
    "layout": "declaration-2025",
    "title": "财政项目支出绩效目标申报表",
    "year": 2025,
    "fields": {
      "project_name": "信息化运维项目",
      ...

  $ tabularium extract --format csv declaration.pdf
  file,record,layout,pointer,value,page,confidence
  declaration.pdf,1,declaration-2025,/fields/project_name,信息化运维项目,1,1

The JSON array holds one object for each form, also over several files. The CSV has one line for
each value: `record` counts the forms of a file from 1, `pointer` says which value of the form it
is. A file or page that cannot be read is named on standard error, the others go on, and the exit
status is 1.)";

struct Options {
  std::vector<std::string> files;
  std::string format = "json";
  std::optional<std::string> password;
  bool strict = false;
  std::string output;
};

/// Writes records one by one, so that none but the current one is in memory.
class RecordWriter {
 public:
  RecordWriter(Output& output, bool csv) : output_(output), csv_(csv) {
    output_.write(csv ? csv_header() : "[");
  }
  void next_file() { ordinal_ = 0; }
  void write(const Record& record) {
    ++ordinal_;
    if (csv_) return output_.write(to_csv(record, ordinal_));
    output_.write(first_ ? "\n" : ",\n");
    first_ = false;
    output_.write(to_json(record, 2));
  }
  void finish() {
    if (!csv_) output_.write(first_ ? "]\n" : "\n]\n");
    output_.close();
  }

 private:
  Output& output_;
  bool csv_;
  bool first_ = true;
  int ordinal_ = 0;
};

/// Where a person should look: the page of the value, else the first of the form.
int page_of(const Record& record, const std::string& pointer) {
  const auto found = record.evidence.find(pointer);
  if (found != record.evidence.end()) return found->second.page;
  return record.source.pages.empty() ? 1 : record.source.pages.front();
}

/// Says what is wrong with the record, as `--strict` wants it; returns whether it passes.
bool passes_strictly(const Session& session, const Record& record) {
  bool passes = true;
  for (const Issue& issue : record.issues) {
    if (issue.severity != Severity::error) continue;
    passes = false;
    session.say(
        Severity::error,
        fmt::format("{}, page {}: {}{}{} ({})", record.source.file, page_of(record, issue.pointer),
                    issue.pointer, issue.pointer.empty() ? "" : ": ", issue.message, issue.check));
  }
  return passes;
}

/// Says what is wrong with pages and with what became no record; returns whether the file was read
/// as a whole and gave at least one record.
bool report(const Session& session, const std::string& file, const ExtractSummary& summary) {
  std::vector<Issue> others = summary.issues;
  std::erase_if(others, [&](const Issue& issue) {
    const auto& said = summary.unread;
    return issue.severity == Severity::info ||
           std::find(said.begin(), said.end(), issue) != said.end();
  });
  say_issues(session, file, summary.unread);
  say_issues(session, file, others);
  const bool well =
      summary.unread.empty() && std::none_of(others.begin(), others.end(), [](const Issue& issue) {
        return issue.severity == Severity::error;
      });
  if (summary.records > 0 || !well) return well;
  session.say(Severity::error, fmt::format("{}: no form that a layout knows", file));
  return false;
}

int extract_files(const Session& session, const Options& options) {
  const auto host = session.load_plugins({.pixel_plugins = false});
  const Models models = session.load_models();
  Extractor extractor(*host, models);
  Output output(options.output, options.files);
  RecordWriter writer(output, options.format == "csv");
  bool all_well = true;
  for (const std::string& file : options.files) {
    writer.next_file();
    try {
      Document document = open_document(file);
      document.password = options.password;
      const ExtractSummary summary = extractor.extract(document, [&](const Record& record) {
        writer.write(record);
        if (options.strict && !passes_strictly(session, record)) all_well = false;
      });
      if (!report(session, file, summary)) all_well = false;
    } catch (const Error& error) {
      session.say(Severity::error, error.what());
      all_well = false;
    }
  }
  writer.finish();
  return all_well ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_extract(CLI::App& app) {
  CLI::App* command = app.add_subcommand("extract", "Print the records of the forms in PDF files");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "PDF files")->required();
  command->add_option("--format", options->format, "json or csv")
      ->check(CLI::IsMember({"json", "csv"}))
      ->capture_default_str();
  command->add_option("--password", options->password, "User password of encrypted files");
  command->add_flag("--strict", options->strict,
                    "Exit with 1 where a record fails a check of severity error, and say which");
  command->add_option("-o,--output", options->output, "Write to this file, not to standard output");
  return {command, [options](const Session& session) { return extract_files(session, *options); }};
}

}  // namespace tabularium::tool
