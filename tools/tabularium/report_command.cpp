#include <fmt/format.h>

#include "commands.h"
#include "report_page.h"
#include "tabularium/store/store.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium report forms.db -o report.html

One page that any browser shows, without a network: files by state and reason, records by year and
layout, amounts by year, scores, issues by check, the slowest files. Which amount, score and unit a
kind of record has stands in its model ([summary] in models/*.toml).)";

constexpr int kSlowest = 10;

struct Options {
  std::string database;
  std::string output;
};

/// What the page calls the database: the end of its address, which holds no password.
std::string name_of(const std::string& address) {
  const std::string end = address.substr(address.rfind('/') + 1);
  return end.substr(0, end.find('?'));
}

int write_report(const Session& session, const Options& options) {
  require_other_file(options.output, {options.database});
  const Models models = session.load_models();
  const auto store = Store::open(options.database, models, StoreMode::existing);
  const std::string page =
      report_page(name_of(options.database), store->overview(kSlowest), store->distributions());
  Output output(options.output);
  output.write(page);
  output.close();
  return kAllWell;
}

}  // namespace

Command add_report(CLI::App& app) {
  CLI::App* command = app.add_subcommand("report", "Write a page of plots about a database");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("DB", options->database, "Database that `import` made; a file or an URL")
      ->required();
  command->add_option("-o,--output", options->output, "The page")->required()->type_name("FILE");
  return {command, [options](const Session& session) { return write_report(session, *options); }};
}

}  // namespace tabularium::tool
