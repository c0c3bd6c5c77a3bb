#include <fmt/format.h>

#include <algorithm>

#include "plugins_check.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium plugins
  reader  pdf_text          0.1.0  /usr/lib/tabularium/plugins/pdf_text.so
  layout  declaration-2025  1.0    /usr/lib/tabularium/plugins/layouts/declaration_2025/layout.toml

Plugins are looked for in --plugin-path, then in the folders of the environment variable
TABULARIUM_PLUGIN_PATH (separated by ":"), then beside the program. What could not be loaded
is named on standard error with the reason, and the exit status is 1.
`plugins check FILE.so` tries whether a plugin keeps its promises.)";

std::string text_list(const std::vector<PluginEntry>& entries) {
  std::size_t kind = 0;
  std::size_t name = 0;
  std::size_t version = 0;
  for (const PluginEntry& entry : entries) {
    kind = std::max(kind, to_string(entry.kind).size());
    name = std::max(name, entry.name.size());
    version = std::max(version, entry.version.size());
  }
  std::string text;
  for (const PluginEntry& entry : entries) {
    text += fmt::format("{:<{}}  {:<{}}  {:<{}}  {}\n", to_string(entry.kind), kind, entry.name,
                        name, entry.version, version, entry.file.string());
  }
  return text;
}

std::string json_list(const std::vector<PluginEntry>& entries) {
  std::string text = "[";
  for (const PluginEntry& entry : entries) {
    text += text.size() == 1 ? "\n" : ",\n";
    text += fmt::format(R"(  {{"kind": {}, "name": {}, "version": {}, "file": {}}})",
                        json_string(to_string(entry.kind)), json_string(entry.name),
                        json_string(entry.version), json_string(entry.file.string()));
  }
  return text + "\n]\n";
}

int list_plugins(const Session& session, const std::string& format) {
  const auto host = session.load_plugins();
  Output output({});
  output.write(format == "json" ? json_list(host->entries()) : text_list(host->entries()));
  output.close();
  return host->refused().empty() ? kAllWell : kSomeFailed;
}

}  // namespace

Command add_plugins(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("plugins", "List the plugins: kind, name, version, file; or try one");
  command->footer(kHelp);
  auto format = std::make_shared<std::string>("text");
  command->add_option("--format", *format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  const Command check = add_plugins_check(*command);
  return {command, [format, check](const Session& session) {
            return check.app->parsed() ? check.run(session) : list_plugins(session, *format);
          }};
}

}  // namespace tabularium::tool
