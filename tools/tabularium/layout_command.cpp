#include <fmt/format.h>

#include <fmt/ranges.h>
#include <filesystem>

#include <nlohmann/json.hpp>
#include <optional>

#include "check_command.h"
#include "commands.h"
#include "tabularium/form/layout_schema.h"
#include "tabularium/page/error.h"
#include "tabularium/record/model_schema.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium layout draft 2026/sample.pdf --name declaration-2026 -o layouts/declaration_2026/layout.toml
  note: 1 form: 23 fields, 1 table; 2 texts that nothing took
  $ tabularium layout check layouts/declaration_2026/layout.toml --samples 2026
  $ tabularium inspect 2026/sample.pdf --page 1 -o page.png --plugin-path layouts
`layout draft --help`, `layout check --help` and `layout schema --help` explain each.)";

constexpr const char* kSchemaHelp = R"(
Prints the JSON Schema of layout files, or with --model that of the files in `models`. Editors that know TOML (with Taplo: VS
Code's Even Better TOML, Neovim, Zed) complete and check by it where a file begins with a line that names it, as drafts do:
  #:schema file:///usr/share/tabularium/schema/layout.schema.json
Both are installed in share/tabularium/schema.

Example:
  $ tabularium layout schema > layout.schema.json)";

constexpr const char* kDraftHelp = R"(
Writes a first `layout.toml` from one or more samples of one arrangement: its title, each field with the label found and the
place of its value, its tables, what tells it from the layouts that are loaded, and as comments what the samples say and which
texts nothing took. The record models must know the labels; add what is new to their `labels` first.
With --json the same goes to standard output as one object, the layout under `toml`; -o then has the layout alone.

Example:
  $ tabularium layout draft sample.pdf --name declaration-2026 -o layouts/declaration_2026/layout.toml)";

struct DraftOptions {
  std::vector<std::string> samples;
  std::string name;
  std::string output;
  std::optional<std::string> password;
  bool json = false;
};

std::vector<SampleForm> forms_of(Extractor& extractor, const DraftOptions& options) {
  std::vector<SampleForm> forms;
  for (const std::string& sample : options.samples) {
    Document document = open_document(sample);
    document.password = options.password;
    for (SampleForm& form : extractor.sample_forms(document)) forms.push_back(std::move(form));
  }
  return forms;
}

void say_draft(const Session& session, const LayoutDraft& draft, std::size_t forms) {
  session.say(Severity::info, fmt::format("{}: {} of record type {}; {} that nothing took",
                                          draft.title, counted(forms, "form"), draft.record,
                                          counted(draft.unknown.size(), "text")));
  for (const UnknownLabel& label : draft.unknown) {
    std::string line = label.text;
    if (!label.value.empty()) line += fmt::format(" ({})", label.value);
    if (!label.guesses.empty()) {
      line += fmt::format(": perhaps {}", fmt::join(label.guesses, ", "));
    }
    session.say(Severity::info, "not placed: " + line);
  }
  for (const std::string& other : draft.collisions) {
    session.say(Severity::warning,
                fmt::format("layout {} reads these samples too: see must_have", other));
  }
}

std::string draft_as_json(const std::string& name, const LayoutDraft& draft, std::size_t forms) {
  nlohmann::ordered_json json = {{"layout", name},
                                 {"record", draft.record},
                                 {"title", draft.title},
                                 {"forms", forms},
                                 {"unknown", nlohmann::ordered_json::array()},
                                 {"collisions", draft.collisions},
                                 {"toml", draft.toml}};
  for (const UnknownLabel& label : draft.unknown) {
    json["unknown"].push_back(
        {{"text", label.text}, {"value", label.value}, {"guesses", label.guesses}});
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

int draft_layout(const Session& session, const DraftOptions& options) {
  const auto host = session.load_plugins({.pixel_plugins = false});
  const Models models = session.load_models();
  Extractor extractor(*host, models);
  const std::vector<SampleForm> forms = forms_of(extractor, options);
  const LayoutDraft draft = extractor.draft_layout(options.name, forms);
  if (!options.json || !options.output.empty()) {
    // A layout has a folder of its own, which a new one does not have yet. Where it cannot be made
    // the output says so.
    std::error_code ignored;
    const auto folder = std::filesystem::path(options.output).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    Output output(options.output, options.samples);
    output.write(draft.toml);
    output.close();
  }
  if (options.json) {
    Output output({});
    output.write(draft_as_json(options.name, draft, forms.size()));
    output.close();
  } else {
    say_draft(session, draft, forms.size());
  }
  return kAllWell;
}

int print_schema(bool model) {
  Output output({});
  output.write(model ? model_schema() : layout_schema());
  output.close();
  return kAllWell;
}

}  // namespace

Command add_layout(CLI::App& app) {
  CLI::App* command = app.add_subcommand("layout", "Write a first layout from samples, or try one");
  command->footer(kHelp);
  command->require_subcommand(1);
  CLI::App* draft = command->add_subcommand("draft", "Write a first layout from samples");
  draft->footer(kDraftHelp);
  auto options = std::make_shared<DraftOptions>();
  draft->add_option("SAMPLE", options->samples, "Files that hold forms of the new arrangement")
      ->required();
  draft->add_option("--name", options->name, "Name of the layout, \"declaration-2026\"")
      ->required();
  draft->add_option("--password", options->password, "User password of encrypted files");
  draft->add_option("-o,--output", options->output, "Write to this file, not to standard output");
  draft->add_flag("--json", options->json, "What the draft says as one JSON object");
  const Command check = add_layout_check(*command);
  CLI::App* schema = command->add_subcommand("schema", "Print the JSON Schema of layout files");
  schema->footer(kSchemaHelp);
  auto model = std::make_shared<bool>(false);
  schema->add_flag("--model", *model, "That of record models and vocabularies");
  return {command, [options, check, schema, model](const Session& session) {
            if (schema->parsed()) return print_schema(*model);
            return check.app->parsed() ? check.run(session) : draft_layout(session, *options);
          }};
}

}  // namespace tabularium::tool
