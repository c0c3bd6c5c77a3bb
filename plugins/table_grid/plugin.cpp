#include "detector.h"
#include "tabularium/plugin/api.h"

namespace {

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_grid_detector("table_grid",
                             [] { return std::make_unique<tabularium::table_grid::Detector>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "table_grid", "0.1.0", &register_all};
