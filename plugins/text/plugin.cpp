#include "reader.h"
#include "tabularium/plugin/api.h"

namespace {

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_reader("text", &tabularium::text::make_reader);
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "text", "0.1.0", &register_all};
