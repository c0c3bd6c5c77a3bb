#include "session.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
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

/// A message that begins with "page 3: ", taken apart; `page` is 0 where it does not.
struct PageMessage {
  int page = 0;
  std::string_view text;
};

PageMessage page_message(std::string_view message) {
  constexpr std::string_view word = "page ";
  if (!message.starts_with(word)) return {0, message};
  int page = 0;
  const char* const end = message.data() + message.size();
  const auto [after, failure] = std::from_chars(message.data() + word.size(), end, page);
  if (failure != std::errc() || end - after < 2 || after[0] != ':') return {0, message};
  return {page, message.substr(static_cast<std::size_t>(after + 2 - message.data()))};
}

std::string with_place(const std::string& file, const PageMessage& message, int last_page) {
  // What an `Error` said begins with the file's name already.
  if (message.text.starts_with(file)) return std::string(message.text);
  if (message.page == 0) return fmt::format("{}, {}", file, message.text);
  if (message.page == last_page)
    return fmt::format("{}, page {}: {}", file, last_page, message.text);
  return fmt::format("{}, pages {}-{}: {}", file, message.page, last_page, message.text);
}

}  // namespace

void say_issues(const Session& session, const std::string& file, const std::vector<Issue>& issues) {
  for (std::size_t first = 0; first < issues.size();) {
    const PageMessage message = page_message(issues[first].message);
    int last_page = message.page;
    std::size_t next = first + 1;
    for (; message.page != 0 && next < issues.size(); ++next) {
      const PageMessage other = page_message(issues[next].message);
      const bool same = other.page == last_page + 1 && other.text == message.text &&
                        issues[next].severity == issues[first].severity;
      if (!same) break;
      ++last_page;
    }
    session.say(issues[first].severity, with_place(file, message, last_page));
    first = next;
  }
}

std::unique_ptr<PluginHost> Session::load_plugins(PluginLoading loading) const {
  loading.recognizer = recognizer;
  auto host = std::make_unique<PluginHost>(plugin_folders(plugin_path), loading);
  for (const RefusedPlugin& refused : host->refused()) {
    say(Severity::warning, "plugin refused: " + refused.reason);
  }
  return host;
}

Models Session::load_models() const { return Models::load(model_folders(plugin_path)); }

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

void require_other_file(const std::filesystem::path& output,
                        const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(output, input, ignored)) {
      throw Error(Error::Code::bad_usage,
                  fmt::format("-o {}: this would overwrite the input", output.string()));
    }
  }
}

Output::Output(const std::filesystem::path& file, const std::vector<std::string>& inputs)
    : name_(file.empty() ? "standard output" : file.string()), stream_(nullptr, &std::fclose) {
  if (!file.empty()) require_other_file(file, inputs);
  stream_ = open_stream(file);
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

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string rounded(double value) {
  const double cut = std::round(value * 100.0) / 100.0;
  return fmt::format("{}", cut == 0.0 ? 0.0 : cut);
}

}  // namespace tabularium::tool
