#include <memory>

#include "lines.h"
#include "tabularium/plugin/api.h"

namespace {

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_recognizer("lines", [] { return std::make_unique<tabularium::lines::Lines>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "lines", "0.1.0", &register_all};
