#include <fmt/format.h>

#include <map>

#include "commands.h"
#include "tabularium/page/error.h"
#include "tabularium/store/store.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium validate forms.db
  error    weights_sum              2 in 2 records
    2025/a.pdf, record 1  /tables/indicators/0/weight  分值: 50.00 + 40.00 = 90.00, the total says 100
    2025/c.pdf, record 3  /tables/indicators/0/weight  分值: 60.00 + 50.00 = 110.00, the total says 100
  25 records: 2 errors, 0 warnings, 0 notes

Every stored record is checked anew with the models of today, and the table `issues` then holds
what they found. What reading found (text that nothing took, pages that could not be read) stays
as it is. With --strict the exit status is 1 where a check of severity error fails.)";

struct Options {
  std::string database;
  bool strict = false;
};

/// Findings of one check, by severity first: what is worst comes first.
struct Findings {
  std::vector<std::string> lines;
  int records = 0;
};
using Groups = std::map<std::pair<int, std::string>, Findings>;

int rank(Severity severity) { return -static_cast<int>(severity); }

void add_findings(Groups& groups, const StoredRecord& stored, const std::vector<Issue>& issues) {
  std::map<std::pair<int, std::string>, bool> met;
  for (const Issue& issue : issues) {
    const std::pair<int, std::string> key{rank(issue.severity), issue.check};
    Findings& findings = groups[key];
    if (!met[key]) ++findings.records;
    met[key] = true;
    findings.lines.push_back(fmt::format("{}, record {}  {}  {}", stored.file, stored.ordinal,
                                         issue.pointer, issue.message));
  }
}

std::string text_of(const Groups& groups) {
  std::string text;
  for (const auto& [key, findings] : groups) {
    const auto severity = static_cast<Severity>(-key.first);
    text += fmt::format("{:<8} {:<24} {} in {}\n", to_string(severity), key.second,
                        findings.lines.size(),
                        counted(static_cast<std::size_t>(findings.records), "record"));
    for (const std::string& line : findings.lines) text += "  " + line + "\n";
  }
  return text;
}

std::size_t count_of(const Groups& groups, Severity severity) {
  std::size_t count = 0;
  for (const auto& [key, findings] : groups) {
    if (key.first == rank(severity)) count += findings.lines.size();
  }
  return count;
}

int validate_database(const Session& session, const Options& options) {
  const Models models = session.load_models();
  const auto store = Store::open(options.database, models, StoreMode::existing);
  Groups groups;
  std::size_t records = 0;
  store->check_anew([&](const StoredRecord& stored, const std::vector<Issue>& issues) {
    ++records;
    add_findings(groups, stored, issues);
  });
  const std::size_t errors = count_of(groups, Severity::error);
  Output output({});
  output.write(text_of(groups));
  output.write(fmt::format("{}: {}, {}, {}\n", counted(records, "record"), counted(errors, "error"),
                           counted(count_of(groups, Severity::warning), "warning"),
                           counted(count_of(groups, Severity::info), "note")));
  output.close();
  return options.strict && errors > 0 ? kSomeFailed : kAllWell;
}

}  // namespace

Command add_validate(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("validate", "Check the records of a database anew, print what is wrong");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("DB", options->database, "Database that `import` made")->required();
  command->add_flag("--strict", options->strict,
                    "Exit with 1 where a check of severity error fails");
  return {command,
          [options](const Session& session) { return validate_database(session, *options); }};
}

}  // namespace tabularium::tool
