// Plugins that must be refused. Each is this source with one of the BROKEN_... macros.
#include <stdexcept>

#include "tabularium/plugin/api.h"

namespace {

using namespace tabularium;

class QuietReader final : public Reader {
 public:
  std::string_view name() const noexcept override { return "quiet"; }
  bool accepts(const Document&) const override { return false; }
  std::unique_ptr<OpenedDocument> open(const Document&) override { return nullptr; }
};

#ifndef BROKEN_READER_NAME
#define BROKEN_READER_NAME "quiet"
#endif
#ifndef BROKEN_PLUGIN_NAME
#define BROKEN_PLUGIN_NAME "broken"
#endif
#ifndef BROKEN_API
#define BROKEN_API tabularium::kPluginApi
#endif
#ifndef BROKEN_TAG
#define BROKEN_TAG TABULARIUM_BUILD_TAG
#endif

[[maybe_unused]] void register_all([[maybe_unused]] PluginRegistry& registry) {
#if defined(BROKEN_THROWS_STD)
  registry.add_reader("taken_back", [] { return std::make_unique<QuietReader>(); });
  throw std::runtime_error("register_all throws on purpose");
#elif defined(BROKEN_THROWS_INT)
  throw 42;
#elif defined(BROKEN_FACTORY)
  registry.add_reader("unmade", []() -> std::unique_ptr<Reader> {
    throw std::runtime_error("the factory throws on purpose");
  });
#else
  registry.add_reader(BROKEN_READER_NAME, [] { return std::make_unique<QuietReader>(); });
#endif
}

}  // namespace

#ifndef BROKEN_NO_SYMBOL
extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {BROKEN_API, BROKEN_TAG,
#ifdef BROKEN_NO_REGISTER
                                                  BROKEN_PLUGIN_NAME, "1.0", nullptr
#else
                                                  BROKEN_PLUGIN_NAME, "1.0", &register_all
#endif
};
#endif
