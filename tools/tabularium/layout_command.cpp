#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>

#include "commands.h"
#include "tabularium/page/error.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium layout draft 2026/sample.pdf --name declaration-2026 -o layouts/declaration_2026/layout.toml
  note: 1 form: 23 fields, 1 table; 2 texts that nothing took
  $ tabularium inspect 2026/sample.pdf --page 1 -o page.png --plugin-path layouts
`layout draft --help` and `layout check --help` explain each.)";

constexpr const char* kDraftHelp = R"(
Writes a first `layout.toml` from one or more samples of one arrangement: its title, each field with the label found and the
place of its value, its tables, what tells it from the layouts that are loaded, and as comments what the samples say and which
texts nothing took. The record models must know the labels; add what is new to their `labels` first.

Example:
  $ tabularium layout draft sample.pdf --name declaration-2026 -o layouts/declaration_2026/layout.toml)";

struct DraftOptions {
  std::vector<std::string> samples;
  std::string name;
  std::string output;
  std::optional<std::string> password;
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

int draft_layout(const Session& session, const DraftOptions& options) {
  const auto host = session.load_plugins({.pixel_plugins = false});
  const Models models = session.load_models();
  Extractor extractor(*host, models);
  const std::vector<SampleForm> forms = forms_of(extractor, options);
  const LayoutDraft draft = extractor.draft_layout(options.name, forms);
  Output output(options.output, options.samples);
  output.write(draft.toml);
  output.close();
  say_draft(session, draft, forms.size());
  return kAllWell;
}

}  // namespace

Command add_layout(CLI::App& app) {
  CLI::App* command = app.add_subcommand("layout", "Write a first layout from samples");
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
  return {command, [options](const Session& session) { return draft_layout(session, *options); }};
}

}  // namespace tabularium::tool
