#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>

#include "session.h"
#include "tabularium/pipeline/extract.h"

namespace tabularium::tool {

/// One subcommand: its options are read into its own struct, then `run` does the work.
struct Command {
  CLI::App* app = nullptr;
  std::function<int(const Session&)> run;  ///< gives the exit status; may throw `Error`
};

/// Page ranges as a user writes them, "1-3,7"; empty text gives none.
/// Throws `Error::Code::bad_usage`.
std::vector<PageRange> page_ranges(const std::string& text);

Command add_extract(CLI::App& app);
Command add_tables(CLI::App& app);
Command add_inspect(CLI::App& app);
Command add_plugins(CLI::App& app);
Command add_layout(CLI::App& app);
Command add_triage(CLI::App& app);
Command add_import(CLI::App& app);
Command add_validate(CLI::App& app);
Command add_export(CLI::App& app);
Command add_status(CLI::App& app);
Command add_correct(CLI::App& app);
Command add_report(CLI::App& app);
Command add_work(CLI::App& app);
Command add_worker(CLI::App& app);

}  // namespace tabularium::tool
