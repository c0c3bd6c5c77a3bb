#include "protobuf_internal.h"

namespace tabularium {

namespace {

enum WireType : std::uint64_t { kNumber = 0, kEightBytes = 1, kBytes = 2, kFourBytes = 5 };

/// Takes `count` bytes off the front of `rest`.
std::optional<std::string_view> taken(std::string_view& rest, std::uint64_t count) {
  if (count > rest.size()) return std::nullopt;
  const std::string_view bytes = rest.substr(0, static_cast<std::size_t>(count));
  rest.remove_prefix(bytes.size());
  return bytes;
}

/// Takes a number off: seven bits a byte, the lowest first, the top bit says that more follow.
std::optional<std::uint64_t> taken_number(std::string_view& rest) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return number;
  }
  return std::nullopt;
}

std::optional<ProtoField> taken_field(std::string_view& rest) {
  const auto key = taken_number(rest);
  if (!key) return std::nullopt;
  ProtoField field{*key >> 3U, 0, {}};
  std::optional<std::string_view> bytes;
  switch (*key & 7U) {
    case kNumber: {
      const auto number = taken_number(rest);
      if (!number) return std::nullopt;
      field.value = *number;
      return field;
    }
    case kBytes: {
      const auto length = taken_number(rest);
      if (length) bytes = taken(rest, *length);
      break;
    }
    case kFourBytes:
      bytes = taken(rest, 4);
      break;
    case kEightBytes:
      bytes = taken(rest, 8);
      break;
    default:
      break;
  }
  if (!bytes) return std::nullopt;
  field.bytes = *bytes;
  return field;
}

}  // namespace

std::optional<std::vector<ProtoField>> proto_fields(std::string_view message) {
  std::vector<ProtoField> fields;
  while (!message.empty()) {
    const auto field = taken_field(message);
    if (!field) return std::nullopt;
    fields.push_back(*field);
  }
  return fields;
}

std::optional<std::vector<std::uint64_t>> proto_numbers(std::string_view packed) {
  std::vector<std::uint64_t> numbers;
  while (!packed.empty()) {
    const auto number = taken_number(packed);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace tabularium
