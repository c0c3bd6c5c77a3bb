#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/issue.h"
#include "tabularium/plugin/host.h"
#include "tabularium/record/model.h"

namespace tabularium::tool {

/// What a command gives back to the shell.
inline constexpr int kAllWell = 0;
inline constexpr int kSomeFailed = 1;
inline constexpr int kWrongUsage = 2;

/// What all commands share: the global options, and where messages go.
struct Session {
  std::vector<std::filesystem::path> plugin_path;          ///< from `--plugin-path`
  std::string recognizer = std::string(kUsualRecognizer);  ///< from `--recognizer`
  bool quiet = false;                                      ///< only errors

  /// Loads the plugins, with the recognizer that was asked for; tells about those that were
  /// refused.
  std::unique_ptr<PluginHost> load_plugins(PluginLoading loading = {}) const;

  /// Loads the record models: those of the program and those of `plugin_path`.
  Models load_models() const;

  /// One line to standard error: "error: ...", "warning: ...", "note: ...". Control characters of
  /// a message, which may come from a file, are made visible.
  void say(Severity severity, std::string_view message) const;
};

/// Says issues of the file `file`. Pages that follow each other and have the same to say share one
/// line: "a.pdf, pages 1-3: no text".
void say_issues(const Session& session, const std::string& file, const std::vector<Issue>& issues);

/// Throws `Error::Code::bad_usage` where `output` is one of `inputs`, under whatever name.
void require_other_file(const std::filesystem::path& output,
                        const std::vector<std::string>& inputs);

/// Where a command's data go: standard output, or the file of `-o`.
class Output {
 public:
  /// `file`: empty for standard output. Throws `Error::Code::unwritable`, and `bad_usage` where it
  /// is one of `inputs`, which it would overwrite.
  explicit Output(const std::filesystem::path& file, const std::vector<std::string>& inputs = {});
  void write(std::string_view text);
  /// Ends the output. Throws `Error::Code::unwritable` where not all of it could be written.
  void close();

 private:
  std::string name_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
  bool failed_ = false;
};

/// `text` as a JSON string with its quotes; broken UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

/// "1 word", "2 words".
std::string counted(std::size_t count, const char* what);

/// `value` in at most two decimals, without trailing zeros: 72.5, 100.
std::string rounded(double value);

}  // namespace tabularium::tool
