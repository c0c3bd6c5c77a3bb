// The program `tabularium`: reads the command line and hands over to one command.
#include <CLI/CLI.hpp>
#include <array>
#include <exception>

#include "commands.h"
#include "keep_memory.h"
#include "tabularium/page/error.h"

namespace tabularium::tool {
namespace {

constexpr const char* kAbout =
    "Tabularium turns PDF forms into validated records.\n"
    "Data go to standard output, messages to standard error.";

constexpr const char* kFooter =
    "\nExit status: 0 all well; 1 some inputs failed, or failed a check under --strict; 2 wrong "
    "usage.\n"
    "`tabularium COMMAND --help` explains each command with an example.";

int run(int argc, char** argv) {
  Session session;
  CLI::App app(kAbout, "tabularium");
  app.footer(kFooter);
  app.set_version_flag("--version", "tabularium " TABULARIUM_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--plugin-path", session.plugin_path,
                 "Folder to look for plugins in before all others; may be given several times")
      ->type_name("DIR")
      ->expected(1)
      ->take_all();
  app.add_option(
         "--recognizer", session.recognizer,
         "Reads the text of scans: \"lines\", a network of our own that asks Tesseract where "
         "it is not sure, or \"ocr\", Tesseract alone")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_flag("--quiet", session.quiet, "Say only errors on standard error");

  const std::array commands{add_extract(app),  add_tables(app), add_inspect(app), add_import(app),
                            add_validate(app), add_export(app), add_status(app),  add_correct(app),
                            add_report(app),   add_work(app),   add_layout(app),  add_triage(app),
                            add_plugins(app),  add_worker(app)};
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Of CLI11's many exit codes the shell needs two: help was asked for, or the usage is wrong.
    return app.exit(error) == 0 ? kAllWell : kWrongUsage;
  }
  try {
    for (const Command& command : commands) {
      if (command.app->parsed()) return command.run(session);
    }
  } catch (const Error& error) {
    session.say(Severity::error, error.what());
    return error.code() == Error::Code::bad_usage ? kWrongUsage : kSomeFailed;
  } catch (const std::exception& error) {
    session.say(Severity::error, error.what());
    return kSomeFailed;
  }
  return kWrongUsage;
}

}  // namespace
}  // namespace tabularium::tool

int main(int argc, char** argv) {
  tabularium::tool::keep_memory();
  return tabularium::tool::run(argc, argv);
}
