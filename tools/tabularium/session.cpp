#include "session.h"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::tool {
namespace {

int flush_only(std::FILE* stream) { return std::fflush(stream); }

std::unique_ptr<std::FILE, int (*)(std::FILE*)> open_stream(const std::filesystem::path& file) {
  if (file.empty()) return {stdout, &flush_only};
  return {std::fopen(file.c_str(), "wb"), &std::fclose};
}

}  // namespace

std::unique_ptr<PluginHost> Session::load_plugins(const PluginLoading& loading) const {
  auto host = std::make_unique<PluginHost>(plugin_folders(plugin_path), loading);
  for (const RefusedPlugin& refused : host->refused()) {
    say(Severity::warning, "plugin refused: " + refused.reason);
  }
  return host;
}

void Session::say(Severity severity, std::string_view message) const {
  if (quiet && severity != Severity::error) return;
  std::string line(severity == Severity::info ? "note" : to_string(severity));
  line += ": ";
  for (const char c : message) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      line += c == '\n' ? std::string(" ") : fmt::format("\\x{:02x}", byte);
    } else {
      line += c;
    }
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

Output::Output(const std::filesystem::path& file)
    : name_(file.empty() ? "standard output" : file.string()), stream_(open_stream(file)) {
  if (!stream_) {
    throw Error(Error::Code::unwritable,
                fmt::format("{}: cannot be written: {}", name_, std::strerror(errno)));
  }
}

void Output::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream_.get()) != text.size()) failed_ = true;
}

void Output::close() {
  if (std::fflush(stream_.get()) != 0) failed_ = true;
  if (!failed_) return;
  throw Error(Error::Code::unwritable,
              fmt::format("{}: not all of it could be written: disk full or closed", name_));
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : to_utf8(to_utf32(text))) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::string rounded(double value) {
  const double cut = std::round(value * 100.0) / 100.0;
  return fmt::format("{}", cut == 0.0 ? 0.0 : cut);
}

}  // namespace tabularium::tool
