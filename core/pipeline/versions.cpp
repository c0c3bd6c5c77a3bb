#include "tabularium/pipeline/versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tabularium/page/document.h"

namespace tabularium {
namespace {

constexpr std::size_t kShownDigits = 12;  // of a SHA-256, enough to tell versions apart

std::string content_digest(const std::filesystem::path& file) {
  return sha256(open_document(file));
}

std::string digest_of(const std::string& text) {
  Document document;
  document.bytes = std::make_shared<const std::string>(text);
  return sha256(document);
}

/// A record model goes by its name alone; of a recognizer several files have one.
std::string name_of(const std::filesystem::path& file) {
  return file.extension() == ".toml" ? file.stem().string() : file.filename().string();
}

std::string model_lines(const std::vector<std::filesystem::path>& folders) {
  // Record models, and what recognizers were trained to.
  const std::set<std::string> kinds{".toml", ".onnx", ".weights", ".txt"};
  std::vector<std::filesystem::path> files;
  for (const auto& folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (kinds.contains(entry.path().extension().string())) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::string lines;
  for (const auto& file : files) {
    lines += fmt::format("{} {}\n", name_of(file), content_digest(file).substr(0, kShownDigits));
  }
  return lines;
}

}  // namespace

Versions current_versions(const PluginHost& host,
                          const std::vector<std::filesystem::path>& models) {
  Versions versions;
  versions.program = TABULARIUM_VERSION;
  for (const PluginEntry& entry : host.entries()) {
    if (entry.file.extension() == ".toml") {
      versions.layouts += fmt::format("{} {} {}\n", entry.name, entry.version,
                                      content_digest(entry.file).substr(0, kShownDigits));
    } else {
      versions.plugins += fmt::format("{} {}\n", entry.name, entry.version);
    }
  }
  versions.models = model_lines(models);
  versions.fingerprint =
      digest_of(versions.program + "\n" + versions.plugins + "\n" + versions.layouts + "\n" +
                versions.models + "\n" + host.recognizer());
  return versions;
}

}  // namespace tabularium
