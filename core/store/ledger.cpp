#include "tabularium/store/ledger.h"

#include <fmt/format.h>

#include <optional>

namespace tabularium {
namespace {

/// Length of the UTF-8 sequence at the front of `text`; 0 where it is broken. Overlong forms,
/// surrogates and values past U+10FFFF are broken.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  const bool bad = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) ||
                   (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F);
  return bad ? 0 : length;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return std::nullopt;
}

/// The byte that `text` writes as `\xHH` at its front.
std::optional<char> written_byte(std::string_view text) {
  if (text.size() < 4 || !text.starts_with("\\x")) return std::nullopt;
  const auto high = hex_digit(text[2]);
  const auto low = hex_digit(text[3]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

}  // namespace

std::string_view to_string(FileState state) noexcept {
  switch (state) {
    case FileState::pending:
      return "pending";
    case FileState::claimed:
      return "claimed";
    case FileState::done:
      return "done";
    case FileState::review:
      return "review";
    case FileState::failed:
      return "failed";
    case FileState::duplicate:
      return "duplicate";
  }
  return "unknown";
}

std::string ledger_path(std::string_view path) {
  std::string text;
  while (!path.empty()) {
    const std::size_t length = sequence_length(path);
    const auto first = static_cast<unsigned char>(path.front());
    if (length == 0 || first < 0x20 || first == 0x7F || first == '\\') {
      text += fmt::format("\\x{:02x}", first);
      path.remove_prefix(1);
    } else {
      text += path.substr(0, length);
      path.remove_prefix(length);
    }
  }
  return text;
}

std::string path_of_ledger(std::string_view text) {
  std::string path;
  while (!text.empty()) {
    const auto byte = written_byte(text);
    path += byte ? *byte : text.front();
    text.remove_prefix(byte ? 4 : 1);
  }
  return path;
}

}  // namespace tabularium
