#include <memory>

#include "numbers.h"
#include "tabularium/plugin/api.h"

namespace {

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_recognizer("numbers",
                          [] { return std::make_unique<tabularium::numbers::Numbers>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "numbers", "0.1.0", &register_all};
