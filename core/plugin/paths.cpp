#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <boost/dll/runtime_symbol_info.hpp>

#include "tabularium/plugin/host.h"

namespace tabularium {
namespace {

std::filesystem::path beside_program(const char* relative) {
  const std::filesystem::path program = boost::dll::program_location().string();
  return (program.parent_path() / relative).lexically_normal();
}

}  // namespace

std::vector<std::filesystem::path> plugin_folders(const std::vector<std::filesystem::path>& extra) {
  std::vector<std::filesystem::path> folders = extra;
  if (const char* listed = std::getenv("TABULARIUM_PLUGIN_PATH")) {
    std::istringstream in(listed);
    for (std::string folder; std::getline(in, folder, ':');) {
      if (!folder.empty()) folders.emplace_back(folder);
    }
  }
  // The build tree uses "lib" everywhere; a distribution may install to "lib/x86_64-linux-gnu".
  folders.push_back(beside_program("../lib/tabularium/plugins"));
  folders.push_back(beside_program("../" TABULARIUM_LIBDIR "/tabularium/plugins"));
  return folders;
}

std::filesystem::path models_folder() {
  if (const char* named = std::getenv("TABULARIUM_MODELS")) return named;
  return beside_program("../share/tabularium/models");
}

std::filesystem::path schema_folder() { return beside_program("../share/tabularium/schema"); }

std::vector<std::filesystem::path> model_folders(const std::vector<std::filesystem::path>& extra) {
  std::vector<std::filesystem::path> folders{models_folder()};
  for (const auto& plugins : plugin_folders(extra)) {
    const auto models = plugins / "models";
    std::error_code failure;
    const bool is_new = std::find(folders.begin(), folders.end(), models) == folders.end();
    if (is_new && std::filesystem::is_directory(models, failure)) folders.push_back(models);
  }
  return folders;
}

}  // namespace tabularium
