#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tabularium/form/layout.h"
#include "tabularium/plugin/grid_detector.h"
#include "tabularium/plugin/reader.h"
#include "tabularium/plugin/recognizer.h"

namespace tabularium {

/// Version of everything that a plugin sees. Goes up with every change that an old plugin would not
/// survive.
inline constexpr int kPluginApi = 4;

/// Compiler and standard library that a plugin was built with: C++ types cross the border, so host
/// and plugin must agree.
#define TABULARIUM_BUILD_TAG "gcc-abi-" TABULARIUM_STRINGIFY(__GXX_ABI_VERSION) "-c++20"
#define TABULARIUM_STRINGIFY(x) TABULARIUM_STRINGIFY_(x)
#define TABULARIUM_STRINGIFY_(x) #x

/// What a plugin's `register_all` fills. A factory is called once for each thread that needs an
/// object.
class TABULARIUM_API PluginRegistry {
 public:
  virtual ~PluginRegistry();
  virtual void add_reader(std::string name, std::function<std::unique_ptr<Reader>()> make) = 0;
  virtual void add_grid_detector(std::string name,
                                 std::function<std::unique_ptr<GridDetector>()> make) = 0;
  virtual void add_recognizer(std::string name,
                              std::function<std::unique_ptr<Recognizer>()> make) = 0;
  virtual void add_layout(std::unique_ptr<Layout> layout) = 0;
};

/// The one symbol that a plugin exports:
///
///     extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
///     const tabularium::PluginInfo tabularium_plugin = {
///         tabularium::kPluginApi, TABULARIUM_BUILD_TAG, "pdf_text", "0.1.0", &register_all};
struct PluginInfo {
  int api = 0;  ///< kPluginApi of the headers it was built with
  const char* build_tag = nullptr;
  const char* name = nullptr;  ///< unique among all plugins
  const char* version = nullptr;
  void (*register_all)(PluginRegistry& registry) = nullptr;
};

}  // namespace tabularium
