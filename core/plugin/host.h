#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/plugin/api.h"

namespace tabularium {

enum class PluginKind : std::uint8_t { reader, grid_detector, recognizer, layout };

/// "reader", "grid detector", "recognizer", "layout".
TABULARIUM_API std::string_view to_string(PluginKind kind) noexcept;

/// One thing that a plugin gave: a line of `tabularium plugins`.
struct PluginEntry {
  PluginKind kind;
  std::string name;
  std::string version;
  std::filesystem::path file;
};

/// A file on the plugin path that could not be used. `reason` names the file and the cause.
struct RefusedPlugin {
  std::filesystem::path file;
  std::string reason;
};

/// The recognizer that reads pages of pixels where nobody asks for another.
inline constexpr std::string_view kUsualRecognizer = "lines";

/// What a host should load. A command that reads tables alone needs no layouts, and reading them
/// takes longer than a small page.
struct PluginLoading {
  bool declarative_layouts = true;  ///< also every `layout.toml`
  /// Also the folder `pixels` of each folder at once; else when a grid detector or recognizer is
  /// first asked for, since loading their libraries takes longer than reading a born-digital page.
  bool pixel_plugins = true;
  /// Which recognizer reads the text of pages that are pixels: the name that it is registered by.
  std::string recognizer = std::string(kUsualRecognizer);
};

/// Loads plugins and makes their objects. Never unloads a library: code of a plugin may be needed
/// until the very end (type information of its exceptions). Threads may use one host at the same
/// time once it is made.
class TABULARIUM_API PluginHost {
 public:
  /// Loads every `*.so` of the folders and of their folders `pixels` (where the grid detectors and
  /// recognizers that we ship stand), and every `layout.toml` of their folder `layouts`. A
  /// folder may also be one `*.so`; one that does not exist is skipped. Of two plugins of one name
  /// the second is refused, and so is whatever else cannot be used: see `refused`. Never throws on
  /// a bad plugin.
  explicit PluginHost(const std::vector<std::filesystem::path>& folders,
                      const PluginLoading& loading = {});
  ~PluginHost();
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;

  /// What has been loaded so far, sorted by kind, then name.
  const std::vector<PluginEntry>& entries() const noexcept;
  const std::vector<RefusedPlugin>& refused() const noexcept;  ///< in the order of the search

  /// New objects of every reader, sorted by name.
  /// Throws `Error::Code::plugin_failed` where a plugin makes none.
  std::vector<std::unique_ptr<Reader>> make_readers() const;
  std::unique_ptr<GridDetector> make_grid_detector(std::string_view name) const;  ///< null: unknown
  std::unique_ptr<Recognizer> make_recognizer(std::string_view name) const;       ///< null: unknown

  /// The name of the recognizer of text that `PluginLoading` asked for.
  const std::string& recognizer() const noexcept;

  /// All layouts, sorted by name; they live as long as the host.
  std::vector<const Layout*> layouts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Where plugins are looked for, first to last: `extra` (from `--plugin-path`), the folders of the
/// environment variable TABULARIUM_PLUGIN_PATH (separated by ":"), then the folder beside the
/// program
/// (`../lib/tabularium/plugins`, in the build tree as when installed).
TABULARIUM_API std::vector<std::filesystem::path> plugin_folders(
    const std::vector<std::filesystem::path>& extra);

/// The program's own models, of records and of recognizers: the folder that the environment
/// variable TABULARIUM_MODELS names, or `../share/tabularium/models` beside the program.
TABULARIUM_API std::filesystem::path models_folder();

/// Where the JSON Schemas of layout and model files are: `../share/tabularium/schema` beside the
/// program.
TABULARIUM_API std::filesystem::path schema_folder();

/// Where record models are: `models_folder()`, then `models` in each of `plugin_folders(extra)`
/// that has one, so that a folder may bring a new kind of record together with its layouts.
TABULARIUM_API std::vector<std::filesystem::path> model_folders(
    const std::vector<std::filesystem::path>& extra);

}  // namespace tabularium
