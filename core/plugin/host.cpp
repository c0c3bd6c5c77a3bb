#include "tabularium/plugin/host.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

constexpr const char* kSymbol = "tabularium_plugin";

/// What one plugin registers, before the host knows whether it takes it.
class Offer final : public PluginRegistry {
 public:
  void add_reader(std::string name, std::function<std::unique_ptr<Reader>()> make) override {
    readers.emplace_back(std::move(name), std::move(make));
  }
  void add_grid_detector(std::string name,
                         std::function<std::unique_ptr<GridDetector>()> make) override {
    grid_detectors.emplace_back(std::move(name), std::move(make));
  }
  void add_recognizer(std::string name,
                      std::function<std::unique_ptr<Recognizer>()> make) override {
    recognizers.emplace_back(std::move(name), std::move(make));
  }
  void add_layout(std::unique_ptr<Layout> layout) override { layouts.push_back(std::move(layout)); }

  std::vector<std::pair<std::string, std::function<std::unique_ptr<Reader>()>>> readers;
  std::vector<std::pair<std::string, std::function<std::unique_ptr<GridDetector>()>>>
      grid_detectors;
  std::vector<std::pair<std::string, std::function<std::unique_ptr<Recognizer>()>>> recognizers;
  std::vector<std::unique_ptr<Layout>> layouts;
};

Error bad_plugin(const std::filesystem::path& file, const std::string& reason) {
  return Error(Error::Code::bad_plugin, fmt::format("{}: {}", file.string(), reason));
}

/// Code of a plugin may be needed to the very end (exceptions, virtual tables), so a library that
/// was taken is pinned: closing its handle does not unload it any more.
void keep_loaded(const std::filesystem::path& file) {
  if (void* handle = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE)) {
    ::dlclose(handle);
  }
}

const PluginInfo& checked_info(boost::dll::shared_library& library,
                               const std::filesystem::path& file) {
  if (!library.has(kSymbol)) {
    throw bad_plugin(file, fmt::format("no symbol `{}`: not a plugin of Tabularium", kSymbol));
  }
  const auto& info = library.get<const PluginInfo>(kSymbol);
  // Of a plugin with another API nothing but the version number may be looked at.
  if (info.api != kPluginApi) {
    throw bad_plugin(file, fmt::format("built for plugin API {}, this program has API {}", info.api,
                                       kPluginApi));
  }
  if (info.build_tag == nullptr || std::strcmp(info.build_tag, TABULARIUM_BUILD_TAG) != 0) {
    throw bad_plugin(file, fmt::format("built with \"{}\", this program with \"{}\"",
                                       info.build_tag ? info.build_tag : "", TABULARIUM_BUILD_TAG));
  }
  if (info.name == nullptr || info.version == nullptr || info.register_all == nullptr) {
    throw bad_plugin(file, "its PluginInfo has no name, version or register_all");
  }
  return info;
}

/// Calls a plugin's factory. Only `plugin_failed` leaves it.
template <typename Made>
std::unique_ptr<Made> made_by(const std::string& name,
                              const std::function<std::unique_ptr<Made>()>& make) {
  std::string reason = "its factory gave nothing";
  try {
    if (auto made = make()) return made;
  } catch (const std::exception& thrown) {
    reason = thrown.what();
  } catch (...) {
    reason = "its factory threw something that is no exception";
  }
  throw Error(Error::Code::plugin_failed, fmt::format("plugin {} failed: {}", name, reason));
}

/// The layout files of a plugin folder, sorted.
std::vector<std::filesystem::path> declarative_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  const auto take = [&](const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) files.push_back(file);
  };
  take(folder / "layout.toml");
  for (const auto& entry : std::filesystem::directory_iterator(folder / "layouts", failure)) {
    take(entry.path() / "layout.toml");
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string_view to_string(PluginKind kind) noexcept {
  switch (kind) {
    case PluginKind::reader:
      return "reader";
    case PluginKind::grid_detector:
      return "grid detector";
    case PluginKind::recognizer:
      return "recognizer";
    case PluginKind::layout:
      return "layout";
  }
  return "unknown";
}

struct PluginHost::State {
  std::map<std::string, std::function<std::unique_ptr<Reader>()>, std::less<>> readers;
  std::map<std::string, std::function<std::unique_ptr<GridDetector>()>, std::less<>> grid_detectors;
  std::map<std::string, std::function<std::unique_ptr<Recognizer>()>, std::less<>> recognizers;
  std::map<std::string, std::unique_ptr<Layout>, std::less<>> layouts;
  std::map<std::string, std::filesystem::path> libraries;  // by plugin name: where it came from
  std::set<std::filesystem::path> seen;                    // a folder may be on the path twice
  std::vector<PluginEntry> entries;
  std::vector<RefusedPlugin> refused;

  PluginLoading loading;
  std::vector<std::filesystem::path> folders;
  std::once_flag pixels_loaded;

  void load_pixels();
  void sort_entries();
  void load_folder(const std::filesystem::path& folder);
  void load_library(const std::filesystem::path& file);
  void load_declarative(const std::filesystem::path& file);
  void add_layout(std::unique_ptr<Layout> layout, const std::filesystem::path& file);
  void refuse(const std::filesystem::path& file, const std::string& reason) {
    refused.push_back({file, reason});
  }
  void require_new(PluginKind kind, const std::string& name,
                   const std::filesystem::path& file) const;
  void take(Offer& offer, const PluginInfo& info, const std::filesystem::path& file);
};

void PluginHost::State::require_new(PluginKind kind, const std::string& name,
                                    const std::filesystem::path& file) const {
  for (const PluginEntry& entry : entries) {
    if (entry.kind == kind && entry.name == name) {
      throw bad_plugin(file, fmt::format("a {} of the name \"{}\" was already loaded from {}",
                                         to_string(kind), name, entry.file.string()));
    }
  }
}

void PluginHost::State::take(Offer& offer, const PluginInfo& info,
                             const std::filesystem::path& file) {
  // All names are checked before the first is taken, so that a refused plugin leaves nothing
  // behind.
  for (const auto& [name, make] : offer.readers) require_new(PluginKind::reader, name, file);
  for (const auto& [name, make] : offer.grid_detectors)
    require_new(PluginKind::grid_detector, name, file);
  for (const auto& [name, make] : offer.recognizers)
    require_new(PluginKind::recognizer, name, file);
  for (const auto& layout : offer.layouts)
    require_new(PluginKind::layout, std::string(layout->name()), file);

  const auto enter = [&](PluginKind kind, const std::string& name) {
    entries.push_back({kind, name, info.version, file});
  };
  for (auto& [name, make] : offer.readers) {
    enter(PluginKind::reader, name);
    readers[name] = std::move(make);
  }
  for (auto& [name, make] : offer.grid_detectors) {
    enter(PluginKind::grid_detector, name);
    grid_detectors[name] = std::move(make);
  }
  for (auto& [name, make] : offer.recognizers) {
    enter(PluginKind::recognizer, name);
    recognizers[name] = std::move(make);
  }
  for (auto& layout : offer.layouts) add_layout(std::move(layout), file);
}

void PluginHost::State::load_library(const std::filesystem::path& file) {
  boost::dll::fs::error_code failure;
  boost::dll::shared_library library(file.string(), failure, boost::dll::load_mode::rtld_local);
  if (failure) throw bad_plugin(file, fmt::format("not a loadable library: {}", failure.message()));
  const PluginInfo& info = checked_info(library, file);
  keep_loaded(file);
  if (const auto other = libraries.find(info.name); other != libraries.end()) {
    throw bad_plugin(file, fmt::format("a plugin of the name \"{}\" was already loaded from {}",
                                       info.name, other->second.string()));
  }
  Offer offer;
  info.register_all(offer);
  take(offer, info, file);
  libraries.emplace(info.name, file);
}

void PluginHost::State::add_layout(std::unique_ptr<Layout> layout,
                                   const std::filesystem::path& file) {
  const std::string name(layout->name());
  require_new(PluginKind::layout, name, file);
  entries.push_back({PluginKind::layout, name, std::string(layout->version()), file});
  layouts[name] = std::move(layout);
}

void PluginHost::State::load_declarative(const std::filesystem::path& file) {
  add_layout(load_layout(file,
                         [this] {
                           std::vector<std::filesystem::path> all;
                           for (const auto& folder : folders) {
                             const auto more = declarative_files(folder);
                             all.insert(all.end(), more.begin(), more.end());
                           }
                           return all;
                         }),
             file);
}

void PluginHost::State::load_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  const auto canonical = std::filesystem::weakly_canonical(folder, failure);
  if (failure || !seen.insert(canonical).second) return;
  std::vector<std::filesystem::path> files;
  if (canonical.extension() == ".so" && std::filesystem::is_regular_file(canonical)) {
    files.push_back(canonical);
  } else if (!std::filesystem::is_directory(canonical)) {
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(canonical, failure)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  if (loading.declarative_layouts) {
    const auto layout_files = declarative_files(canonical);
    files.insert(files.end(), layout_files.begin(), layout_files.end());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    try {
      file.extension() == ".so" ? load_library(file) : load_declarative(file);
    } catch (const std::exception& reason) {
      refuse(file, reason.what());
    } catch (...) {
      refuse(file, fmt::format("{}: threw something that is no exception", file.string()));
    }
  }
}

void PluginHost::State::sort_entries() {
  std::sort(entries.begin(), entries.end(), [](const PluginEntry& a, const PluginEntry& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  });
}

/// Threads that share a host may ask at the same time.
void PluginHost::State::load_pixels() {
  std::call_once(pixels_loaded, [this] {
    for (const auto& folder : folders) load_folder(folder / "pixels");
    sort_entries();
  });
}

PluginHost::PluginHost(const std::vector<std::filesystem::path>& folders,
                       const PluginLoading& loading)
    : state_(std::make_unique<State>()) {
  state_->loading = loading;
  state_->folders = folders;
  for (const auto& folder : folders) state_->load_folder(folder);
  state_->sort_entries();
  if (loading.pixel_plugins) state_->load_pixels();
}

PluginHost::~PluginHost() = default;

const std::vector<PluginEntry>& PluginHost::entries() const noexcept { return state_->entries; }
const std::vector<RefusedPlugin>& PluginHost::refused() const noexcept { return state_->refused; }

std::vector<std::unique_ptr<Reader>> PluginHost::make_readers() const {
  std::vector<std::unique_ptr<Reader>> made;
  for (const auto& [name, make] : state_->readers) made.push_back(made_by(name, make));
  return made;
}

std::unique_ptr<GridDetector> PluginHost::make_grid_detector(std::string_view name) const {
  state_->load_pixels();
  const auto found = state_->grid_detectors.find(name);
  return found == state_->grid_detectors.end() ? nullptr : made_by(found->first, found->second);
}

const std::string& PluginHost::recognizer() const noexcept { return state_->loading.recognizer; }

std::unique_ptr<Recognizer> PluginHost::make_recognizer(std::string_view name) const {
  state_->load_pixels();
  const auto found = state_->recognizers.find(name);
  return found == state_->recognizers.end() ? nullptr : made_by(found->first, found->second);
}

std::vector<const Layout*> PluginHost::layouts() const {
  std::vector<const Layout*> all;
  for (const auto& [name, layout] : state_->layouts) all.push_back(layout.get());
  return all;
}

}  // namespace tabularium
