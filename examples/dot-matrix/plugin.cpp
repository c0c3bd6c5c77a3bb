#include <tabularium/plugin/api.h>

#include "recognizer.h"

namespace {

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_recognizer("dot_matrix", [] { return std::make_unique<dot_matrix::Recognizer>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "dot_matrix", "1.0.0", &register_all};
